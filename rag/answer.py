"""What a question becomes: an `Answer`, which is data; rag/render.py words it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hemeroteca.index.article import Copy, Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication, flat
from hemeroteca.index.text.days import RelativeDay
from hemeroteca.rag.understand.kind import AskedKind

# What was asked (rag/understand/kind.py), where articles answer it: in a few words for "short",
# else in sentences and headlines of theirs. "sentence": a fact is asked for, and which words of its
# sentence that is is not sure; "written": sentences of the user's own model;
# "absent": the articles do not say, or it is not sure that they do.
Kind = AskedKind | Literal["sentence", "written", "absent"]


@dataclass(frozen=True)
class Citation:
    """A verbatim piece of an article that carries the answer.

    `quote == article_text[start:end]`; `n` is the number by which statements cite it; `article` is
    the article's id (its file's stem); `date` is ISO or None; `mark` is where in `quote` the short
    answer stands; `also` are other articles that say the same in the same text, small edits
    aside; `publication` is the paper, the authors and so on; `days` are what the quote names by
    the day of its article, at offsets of the quote;
    `language` (ISO 639-1) is the article's."""

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
    publication: Publication = Publication()
    days: Sequence[RelativeDay] = ()
    language: str = ""

    def as_dict(self) -> dict[str, object]:
        """The object in the `citations` of `hemeroteca ask --json`."""
        known = {name: value for name, value in flat(self).items() if name != "mark"}
        return known | {"days": [day.as_dict(self.quote) for day in self.days]}


@dataclass(frozen=True)
class Statement:
    """One thing that an answer says, and the numbers of the citations that prove it.

    `day` is the ISO day of what it tells, where that is told, and `day_said` whether the text says
    it; else it is the day of the article. `subject` is what it and those behind it are about,
    where an answer has several subjects."""

    text: str
    cites: tuple[int, ...]
    day: str = ""
    day_said: bool = False
    subject: str = ""

    def as_dict(self) -> dict[str, object]:
        """The object in the `statements` of `hemeroteca ask --json`."""
        return vars(self) | {"cites": list(self.cites)}


@dataclass(frozen=True)
class Answer:
    """The result of one question.

    `answer` is the short answer in the words of an article, or the sentences that are one;
    `statements` is all that is said, in order, each with the numbers of its `citations`; `lead` is
    what the program says before them, and `notes` is what the program says about its own
    answer. A refusal (`kind` "absent") has neither, but `nearest`: what comes nearest without
    answering, may well answer if `unsure`, or, if `outside`, answers in articles that were not
    asked.

    `withdrawn` counts, by fault (rag/writer/checker.py; "point": it does not answer;
    "heading": it repeats what stands above an article), the sentences of the user's model that are
    not shown.

    `confidence` is the estimated probability in [0, 1] that the short answer is right, or that the
    sentence of a "sentence" has it;
    `language` (ISO 639-1) is that in which all is worded: the question's, if that is sure; `filter`
    says of which articles it was asked, `named` what of that the question's own words named,
    `undated` how many articles its period leaves out for want of a date; `searched` the question as
    it was searched, which after earlier ones may not be as it was asked. `passages` is the
    retrieved ranking, best first. `timings_ms` holds the milliseconds spent by stage; `first_token`
    and `first_sentence`, within `write`, are those until the model's first. `text` is what a person
    is shown: nobody reads anything out of it."""

    question: str
    kind: Kind
    language: str
    confidence: float
    answer: str = ""
    statements: Sequence[Statement] = ()
    lead: Message | None = None
    citations: Sequence[Citation] = ()
    nearest: Sequence[Citation] = ()
    outside: bool = False
    unsure: bool = False
    notes: Sequence[Message] = ()
    withdrawn: Mapping[str, int] = field(default_factory=dict)
    filter: Filter = Filter()
    named: Filter = Filter()
    undated: int = 0
    searched: str = ""
    passages: Sequence[Passage] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    text: str = ""

    @property
    def period(self) -> Period:
        """The days of the articles that were asked."""
        return self.filter.period

    @property
    def answerable(self) -> bool:
        """Whether the articles answer."""
        return self.kind != "absent"

    @property
    def lists(self) -> bool:
        """Whether each statement is a thing by itself, in the words of its citation."""
        return self.kind not in ("short", "written", "absent")

    @property
    def whole(self) -> bool:
        """Whether `answer` is whole sentences of articles, of which no words are chosen."""
        return self.lists and self.answer == " ".join(s.text for s in self.statements)

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
            "kind": self.kind,
            "lead": str(self.lead) if self.lead else "",
            "statements": [statement.as_dict() for statement in self.statements],
            "nearest": [citation.as_dict() for citation in self.nearest],
            "notes": [str(note) for note in self.notes],
            "withdrawn": dict(self.withdrawn),
            "period": [day or None for day in self.period.iso],
            "filter": self.filter.as_dict(),
            "named": self.named.as_dict(),
            "undated": self.undated,
            "searched": self.searched,
            "unsure": self.unsure,
        }


def passage_dict(passage: Passage) -> dict[str, object]:
    """Where a retrieved passage lies and how it scored."""
    return {name: getattr(passage, name) for name in ("article", "start", "end", "score")}
