"""Numbers and dates, which the verifier tells apart badly: "232 dead" is stated to it by "223
dead", and not by "two hundred and thirty-two"; "on the 28th" is not by "on Sunday"."""

from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.verifier.dated import dated
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.writer.dated import with_days
from hemeroteca.rag.writer.facts import (
    Facts,
    facts,
    missing_day,
    other_number,
    written_otherwise,
)
from hemeroteca.rag.writer.numbers import in_digits, reads_numbers


def judge_figures(
    verifier: Verifier, statement: str, premises: Sequence[Premise]
) -> list[Judgement]:
    """What each premise makes of the statement, days being told by their dates and numbers in words
    being those in digits, where they are read: what is stated only with other numbers or days is
    contradicted, and with none of these days not said. Raises as `Verifier.judge_all`."""
    language = detect_language(statement)
    claimed = facts(statement, language)
    if not _names_days(claimed) and not claimed.numbers:
        return verifier.judge_all([(statement, premise) for premise in premises])
    languages = [detect_language(_whole(premise)) for premise in premises]
    premises = [dated(*each, claimed) for each in zip(premises, languages, strict=True)]
    judged = verifier.judge_all([(statement, premise) for premise in premises])
    if not reads_numbers(language):
        return judged
    read = [
        _by_numbers(verifier, statement, language, claimed, *each)
        for each in zip(premises, languages, judged, strict=True)
    ]
    if not _names_days(claimed):
        return read
    days = [_days_of(*each) for each in zip(premises, languages, strict=True)]
    return [
        _by_days(
            verifier, statement, claimed, premise, told, read[n], _elsewhere(n, premises, days)
        )
        for n, (premise, told) in enumerate(zip(premises, days, strict=True))
    ]


def _names_days(claimed: Facts) -> bool:
    return bool(claimed.days or claimed.months or claimed.weekdays)


def _whole(premise: Premise) -> str:
    return " ".join(filter(None, (premise.headline, premise.before, premise.text)))


def _by_numbers(
    verifier: Verifier,
    statement: str,
    language: str,
    claimed: Facts,
    premise: Premise,
    of: str,
    judgement: Judgement,
) -> Judgement:
    if not reads_numbers(of):
        return judgement
    told = facts(_whole(premise), of)
    if judgement.verdict == "stated":
        return _contradicted(judgement) if other_number(claimed, told) else judgement
    digits = replace(
        premise, text=in_digits(premise.text, of), before=in_digits(premise.before, of)
    )
    counted = in_digits(statement, language)
    if (counted, digits) == (statement, premise) or not written_otherwise(claimed, told):
        return judgement
    read = verifier.judge(counted, digits)
    return max(judgement, read, key=lambda each: each.stated)


def _days_of(premise: Premise, of: str) -> Facts:
    """The facts of the sentence alone, with the days that it names by that of its article."""
    told = facts(premise.text, of)
    return with_days(told, premise.text, of, premise.day, appeared_then=False)


def _names(told: Facts) -> bool:
    return bool(told.days or told.published or told.months)


def _elsewhere(at: int, premises: Sequence[Premise], days: Sequence[Facts]) -> bool:
    """Whether another sentence of the article of the premise `at` names days."""
    return any(
        _names(told)
        for n, (other, told) in enumerate(zip(premises, days, strict=True))
        if n != at and other.headline == premises[at].headline and other.day == premises[at].day
    )


def _by_days(
    verifier: Verifier,
    statement: str,
    claimed: Facts,
    premise: Premise,
    told: Facts,
    judgement: Judgement,
    elsewhere: bool,
) -> Judgement:
    """A sentence states only the days that it names or, where none of its article names any, that
    of the paper. It contradicts others if it tells the same by itself."""
    if judgement.verdict != "stated" or not missing_day(claimed, told):
        return judgement
    # A headline may be of an older thing; a sentence behind one is of its day.
    of_its_day = premise.day and premise.headline and not elsewhere and not _names(told)
    appeared = facts(premise.day, "en")
    if of_its_day and not missing_day(claimed, appeared):
        return judgement
    alone = Premise(premise.text)
    if _names(told) and missing_day(claimed, appeared) and _states(verifier, statement, alone):
        return _contradicted(judgement)
    return replace(judgement, stated=judgement.not_said, not_said=judgement.stated)


def _states(verifier: Verifier, statement: str, premise: Premise) -> bool:
    return verifier.judge(statement, premise).verdict == "stated"


def _contradicted(judgement: Judgement) -> Judgement:
    return replace(judgement, stated=judgement.contradicted, contradicted=judgement.stated)
