"""What a question becomes: an `Answer` with the `Citation`s that prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from llama_index.core.schema import NodeWithScore

from hemeroteca.index.stores.catalog import Copy


@dataclass(frozen=True)
class Citation:
    """A verbatim piece of an article that carries the answer.

    `quote == article_text[start:end]`; `n` is the number that the text shows as `[n]`;
    `article` is the article's id (its file's stem); `date` is ISO or None; `mark` is where in
    `quote` the short answer stands; `also` are other articles with the same text, small edits
    aside."""

    n: int
    article: str
    title: str
    date: str | None
    quote: str
    start: int
    end: int
    score: float
    mark: tuple[int, int]
    also: Sequence[Copy] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The object in the `citations` of `hemeroteca ask --json`."""
        return {name: value for name, value in vars(self).items() if name != "mark"}


@dataclass(frozen=True)
class Answer:
    """The result of one question.

    `answer` is the short answer, `text` what a person is shown, `confidence` the estimated
    probability in [0, 1] that the articles answer the question, `passages` the retrieved ranking,
    best first, `searched` the question as it was searched, which after earlier ones may not be as
    it was asked. `timings_ms` holds the milliseconds spent by stage; `first_token` and
    `first_sentence`, within `write`, are those until the model's first.

    `citations` is empty when `answerable` is false; then `nearest` holds what comes nearest without
    answering."""

    question: str
    answer: str
    text: str
    answerable: bool
    confidence: float
    citations: Sequence[Citation]
    passages: Sequence[NodeWithScore]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    nearest: Sequence[Citation] = ()
    searched: str = ""

    def as_dict(self) -> dict[str, object]:
        """The object that `hemeroteca ask --json` prints."""
        return {
            "question": self.question,
            "answer": self.answer,
            "text": self.text,
            "answerable": self.answerable,
            "confidence": round(self.confidence, 4),
            "citations": [citation.as_dict() for citation in self.citations],
            "passages": [passage_dict(passage) for passage in self.passages],
            "timings_ms": {stage: round(ms, 3) for stage, ms in self.timings_ms.items()},
        }


def passage_dict(passage: NodeWithScore) -> dict[str, object]:
    """Where a retrieved passage lies and how it scored."""
    node = passage.node
    return {
        "article": node.metadata["article"],
        "start": node.metadata["start"],
        "end": node.metadata["end"],
        "score": passage.score,
    }
