"""The questions of questions.jsonl, and what the chain said to them."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs

import hemeroteca
from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.understand.kind import asked_kind

QUESTIONS = Path(__file__).with_name("questions.jsonl")
_SEARCHED = 5  # passages that a follow-up is searched rightly in
_HELD_OUT = 3  # one question of so many
_VERDICTS = {"Yes:": "yes", "No:": "no", "The articles disagree:": "disagree"}


@dataclass(frozen=True)
class Question:
    """A question with what a right answer holds; docs/kinds.md says how each is used.

    `kind` is a kind of rag/understand/kind.py, or "catalog", "followup" or "unanswerable" with the
    kind `asked`. `articles` are ids in noticias.jsonl."""

    id: str
    kind: str
    language: str
    question: str
    history: Sequence[str] = ()
    asked: str = ""
    verdict: str = ""
    evidence: Sequence[str] = ()
    never: Sequence[str] = ()
    items: Sequence[str] = ()
    events: Sequence[Mapping[str, Any]] = ()
    points: Sequence[str] = ()
    sides: Mapping[str, Sequence[str]] = field(default_factory=dict)
    absent: Sequence[str] = ()
    articles: Sequence[str] = ()
    first: str = ""
    value: str = ""

    @property
    def held_out(self) -> bool:
        """Whether nobody looks at its faults."""
        return sha256(self.question.encode()).digest()[0] % _HELD_OUT == 0

    @property
    def looked_for(self) -> list[str]:
        """All pieces of text that a right answer may hold."""
        events = [event["evidence"] for event in self.events]
        return [*self.evidence, *events, *self.points, *(e for s in self.sides.values() for e in s)]


@dataclass(frozen=True)
class Line:
    """A statement, its ISO day, and the articles and verbatim quotes that it cites."""

    text: str
    day: str
    articles: Sequence[str]
    quotes: Sequence[str]
    supported: bool


@dataclass(frozen=True)
class Said:
    """What the chain said: `asked` is the kind that it took the question for, `homes` the articles
    that hold what a right answer does, `searched` whether one of the first passages holds it,
    `verdict` "yes", "no" or "disagree" where that was said."""

    id: str
    asked: str
    kind: str
    answer: str
    lines: Sequence[Line]
    notes: str
    homes: Sequence[str]
    searched: bool
    seconds: float
    verdict: str = ""

    @property
    def shown(self) -> bool:
        return self.kind != "absent"


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    with path.open(encoding="utf-8") as lines:
        return [Question(**json.loads(line)) for line in lines]


def read_said(path: Path) -> list[Said]:
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [Said(**{**s, "lines": [Line(**line) for line in s["lines"]]}) for s in found]


def write_said(said: Said, path: Path) -> None:
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(said), ensure_ascii=False) + "\n")


def ask(articles: Path, questions: Sequence[Question]) -> Iterator[Said]:
    """What is said to each question over the index of `articles`."""
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"), threads=1)
    with hemeroteca.open(articles) as archive:
        archive.sync()
        known = {each.article: archive.article(each.article) for each in archive.articles}
        for question in questions:
            before = time.perf_counter()
            answer = archive.ask(question.question, history=question.history)
            seconds = time.perf_counter() - before
            passages = answer.passages[:_SEARCHED]
            yield Said(
                id=question.id,
                asked=asked_kind(encoder, [question.question]),
                kind=answer.kind,
                answer=answer.answer,
                lines=[_line(statement, answer, known) for statement in answer.statements],
                notes=" ".join(map(str, answer.notes)),
                homes=[i for i, each in known.items() if holds(each.text, question.looked_for)],
                searched=any(holds(passage.text, question.evidence) for passage in passages),
                seconds=seconds,
                verdict=_VERDICTS.get(answer.lead.sentence if answer.lead else "", ""),
            )


def _line(statement: Statement, answer: Answer, known: Mapping[str, Article]) -> Line:
    cited = [c for c in answer.citations if c.n in statement.cites]
    verbatim = all(known[c.article].text[c.start : c.end] == c.quote for c in cited)
    said = [text for c in cited for text in (c.quote, c.title)]
    of_catalog = answer.kind in ("paper", "author", "day")
    return Line(
        text=statement.text,
        day=statement.day,
        articles=[c.article for c in cited],
        quotes=[c.quote for c in cited],
        supported=bool(cited)
        and verbatim
        and (of_catalog or holds(" ".join(said), [statement.text])),
    )


def holds(text: str, pieces: Sequence[str]) -> bool:
    """Whether one of `pieces` is in `text`, however either is spaced or accented."""
    row = plain(text)
    return any(plain(piece) in row for piece in pieces)


def plain(text: str) -> str:
    return " ".join(fold(text).casefold().split())
