"""What the tellers of reasons and of positions share: their Answer, and what the reader adds."""

from collections.abc import Sequence

from hemeroteca.rag.answer import Answer
from hemeroteca.rag.kinds.sentences import Sentence, quoted_sentences
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading

SURE = 0.5  # the reader's confidence


def told(question: Question, reading: Reading, chosen: Sequence[Sentence]) -> Answer:
    """The sentences `chosen`, in reading order, with the reader's words where it is sure."""
    ordered = sorted(chosen, key=lambda s: s.start)
    statements, citations = quoted_sentences(ordered)
    answer = " ".join(statement.text for statement in statements)
    if reading.confidence >= SURE and any(read_best(s, reading) for s in ordered):
        answer = reading.evidence[0].answer
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=reading.confidence,
        answer=answer,
        statements=statements,
        citations=citations,
    )


def read_share(sentence: Sentence, reading: Reading) -> float:
    """The share of the best answer in the sentence; 0 without any."""
    return _share(sentence, (*reading.evidence, *reading.nearest))


def read_best(sentence: Sentence, reading: Reading) -> bool:
    """Whether the reader's best answer is in the sentence."""
    return _share(sentence, reading.evidence[:1]) > 0


def _share(sentence: Sentence, evidence: Sequence[Evidence]) -> float:
    return max(
        (
            each.score
            for each in evidence
            if each.passage.article == sentence.passage.article
            and each.start < sentence.start + len(sentence.text)
            and sentence.start < each.end
        ),
        default=0.0,
    )
