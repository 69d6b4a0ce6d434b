"""Numbers, which the verifier tells apart badly: "232 dead" is stated to it by "223 dead", and not
by "two hundred and thirty-two"."""

from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.writer.facts import Facts, facts, other_number, written_otherwise
from hemeroteca.rag.writer.numbers import in_digits, reads_numbers


def judge_figures(
    verifier: Verifier, statement: str, premises: Sequence[Premise]
) -> list[Judgement]:
    """What each premise makes of the statement, numbers in words being those in digits, where they
    are read: what is stated only with other numbers is contradicted. Raises as
    `Verifier.judge_all`."""
    judged = verifier.judge_all([(statement, premise) for premise in premises])
    language = detect_language(statement)
    claimed = facts(statement, language) if reads_numbers(language) else None
    if claimed is None or not claimed.numbers:
        return judged
    return [
        _by_figures(verifier, statement, language, claimed, premise, judgement)
        for premise, judgement in zip(premises, judged, strict=True)
    ]


def _by_figures(
    verifier: Verifier,
    statement: str,
    language: str,
    claimed: Facts,
    premise: Premise,
    judgement: Judgement,
) -> Judgement:
    whole = " ".join(filter(None, (premise.headline, premise.before, premise.text)))
    of = detect_language(whole)
    if not reads_numbers(of):
        return judgement
    told = facts(whole, of)
    if judgement.verdict == "stated":
        if not other_number(claimed, told):
            return judgement
        return replace(judgement, stated=judgement.contradicted, contradicted=judgement.stated)
    digits = replace(
        premise, text=in_digits(premise.text, of), before=in_digits(premise.before, of)
    )
    counted = in_digits(statement, language)
    if (counted, digits) == (statement, premise) or not written_otherwise(claimed, told):
        return judgement
    read = verifier.judge(counted, digits)
    return max(judgement, read, key=lambda each: each.stated)
