"""A claim beside sources of its own, instead of an archive's."""

from collections.abc import Sequence

from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.verifier.figures import judge_figures
from hemeroteca.rag.verifier.judge import PremiseTooLongError, Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise


def judge_sources(verifier: Verifier, claim: str, sources: Sequence[str]) -> Judgement:
    """What `sources` together make of the claim; what does not fit the window at once is judged in
    parts, of which the one that leaves least open counts. Raises VerifierError if the claim or a
    source is empty, if there is none, or if the claim or a single sentence is too long."""
    try:
        return judge_figures(verifier, claim, [Premise(" ".join(sources))])[0]
    except PremiseTooLongError:
        parts = sources if len(sources) > 1 else _sentences(sources[0])
        if len(parts) < 2:
            raise
        middle = len(parts) // 2
        halves = [judge_sources(verifier, claim, half) for half in (parts[:middle], parts[middle:])]
        return min(halves, key=lambda judgement: judgement.not_said)


def _sentences(text: str) -> list[str]:
    language = detect_language(text)
    return [text[start:end] for start, end in sentence_spans(text, language)]
