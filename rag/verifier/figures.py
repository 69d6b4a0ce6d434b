"""Numbers, which the verifier tells apart badly: "232 dead" is stated to it by "223 dead", and not
by "two hundred and thirty-two"; and days (dated.py)."""

from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.verifier.dated import contradicted, dated, judge_days, names_days
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.writer.facts import Facts, facts, other_number, written_otherwise
from hemeroteca.rag.writer.numbers import in_digits, reads_numbers


def judge_figures(
    verifier: Verifier, statement: str, premises: Sequence[Premise]
) -> list[Judgement]:
    """What each premise makes of the statement, days being told by their dates and numbers in words
    being those in digits, where they are read: what is stated only with other numbers or days is
    contradicted, and with none of these days not said. Raises as `Verifier.judge_all`."""
    language = detect_language(statement)
    claimed = facts(statement, language)
    if not names_days(claimed) and not claimed.numbers:
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
    return judge_days(verifier, statement, claimed, premises, languages, read)


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
        return contradicted(judgement) if other_number(claimed, told) else judgement
    digits = replace(
        premise, text=in_digits(premise.text, of), before=in_digits(premise.before, of)
    )
    counted = in_digits(statement, language)
    if (counted, digits) == (statement, premise) or not written_otherwise(claimed, told):
        return judgement
    read = verifier.judge(counted, digits)
    return max(judgement, read, key=lambda each: each.stated)
