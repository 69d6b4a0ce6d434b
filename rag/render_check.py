"""A Check put into words, in the language of its claim: the only place where that is done."""

from collections.abc import Iterator, Mapping, Sequence

from hemeroteca.index.errors import Message
from hemeroteca.rag.check import Check, Evidence
from hemeroteca.rag.render import ABSENT, NEAREST, not_said_in, quoted, worded
from hemeroteca.rag.verifier.decide import CheckVerdict

_SAID: Mapping[CheckVerdict, Message] = {
    "stated": Message("The articles say so."),
    "contradicted": Message("The articles say the contrary."),
    "conflicting": Message("The articles disagree."),
    "not said": ABSENT,
}
_UNSURE = Message("It is not sure whether the articles say so.")
_FOR, _AGAINST = Message("For it:"), Message("Against it:")


def check_text(check: Check) -> str:
    """What a person is shown of `check` where there is nothing but text: the verdict, and the
    sentences that decide it, or come nearest, each with its article."""
    parts = [verdict_text(check)]
    for heading, evidence in sides(check):
        parts += [heading] if heading else []
        parts += [
            f"[{each.citation.n}] {quoted(each.citation, check.language)}" for each in evidence
        ]
    return "\n\n".join(parts)


def verdict_text(check: Check) -> str:
    """The verdict as a sentence."""
    if check.verdict == "not said" and check.filter and not check.unsure:
        return not_said_in(check.filter, check.language)
    said = _UNSURE if check.unsure else _SAID[check.verdict]
    return worded(said, check.language)


def sides(check: Check) -> Iterator[tuple[str, Sequence[Evidence]]]:
    """The evidence as it is shown together, each part with what stands above it; "" for nothing."""
    if check.verdict != "conflicting":
        near = check.verdict == "not said"
        if check.evidence:
            yield worded(NEAREST, check.language) if near else "", check.evidence
        return
    for heading, verdict in ((_FOR, "stated"), (_AGAINST, "contradicted")):
        yield (
            worded(heading, check.language),
            [each for each in check.evidence if each.judgement.verdict == verdict],
        )
