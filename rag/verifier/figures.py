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
    if _names_days(claimed) or claimed.numbers:
        premises = [dated(each, detect_language(_whole(each)), claimed) for each in premises]
    judged = verifier.judge_all([(statement, premise) for premise in premises])
    if not reads_numbers(language) or not (_names_days(claimed) or claimed.numbers):
        return judged
    return [
        _by_figures(verifier, statement, language, claimed, premise, judgement)
        for premise, judgement in zip(premises, judged, strict=True)
    ]


def _names_days(claimed: Facts) -> bool:
    return bool(claimed.days or claimed.months or claimed.weekdays)


def _names_others(told: Facts, claimed: Facts, day: str) -> bool:
    """Whether what is `told` names days, and what is `claimed` is not of the `day` of the paper, of
    which what names another may be, too."""
    if not (told.days or told.published or told.months):
        return False
    return not day or missing_day(claimed, facts(day, "en")) is not None


def _whole(premise: Premise) -> str:
    return " ".join(filter(None, (premise.headline, premise.before, premise.text)))


def _by_figures(
    verifier: Verifier,
    statement: str,
    language: str,
    claimed: Facts,
    premise: Premise,
    judgement: Judgement,
) -> Judgement:
    whole = _whole(premise)
    of = detect_language(whole)
    if not reads_numbers(of):
        return judgement
    said = facts(whole, of)
    told = with_days(said, whole, of, premise.day, appeared_then=False)
    if judgement.verdict == "stated":
        # A headline may be of an older thing; a sentence behind one is of its day.
        of_its_day = with_days(said, whole, of, premise.day, bool(premise.headline))
        another_day = missing_day(claimed, of_its_day) is not None
        if another_day and not _names_others(told, claimed, premise.day):
            return replace(judgement, stated=judgement.not_said, not_said=judgement.stated)
        if another_day or other_number(claimed, told):
            return replace(judgement, stated=judgement.contradicted, contradicted=judgement.stated)
        return judgement
    digits = replace(
        premise, text=in_digits(premise.text, of), before=in_digits(premise.before, of)
    )
    counted = in_digits(statement, language)
    if (counted, digits) == (statement, premise) or not written_otherwise(claimed, told):
        return judgement
    read = verifier.judge(counted, digits)
    return max(judgement, read, key=lambda each: each.stated)
