"""Questions whose answers are known, and the corpus that they are asked of."""

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, HemerotecaError, Message
from hemeroteca.index.period import Period
from hemeroteca.index.sources.extract import Held
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.sentences import sentence_spans

log = logging.getLogger(__name__)

_KEYS = frozenset(
    ("id", "question", "answers", "evidence", "article", "lang", "tags", "history", "from", "to")
) | {"comment"}


class EvaluationError(HemerotecaError):
    """A test set, a run or a floor that cannot be used. Names the file, and the line if any."""


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of the text of `article`."""

    article: str
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.article == other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Gold:
    """Where the corpus proves the answer: the `evidence` itself, the whole `sentences` that it
    touches, and the `language` (ISO 639-1) of the article that holds it, which is the language of
    the gold answers. Any one piece of evidence is proof enough."""

    evidence: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    language: str = ""

    @property
    def articles(self) -> list[str]:
        return list(dict.fromkeys(span.article for span in self.evidence))


@dataclass(frozen=True)
class Case:
    """One question of a test set. `answers` is empty where the corpus does not answer; `lang` is
    the question's language (ISO 639-1), `history` what was asked before it, oldest first."""

    id: str
    question: str
    answers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    article: str | None = None
    lang: str = ""
    tags: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    period: Period = Period()
    gold: Gold = field(default_factory=Gold)

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    def as_dict(self) -> dict[str, Any]:
        """The case as a line of a test set, with `gold` beside it."""
        return {
            "id": self.id,
            "question": self.question,
            "answers": list(self.answers),
            "evidence": list(self.evidence),
            "article": self.article,
            "lang": self.lang,
            "tags": list(self.tags),
            "history": list(self.history),
            "from": self.period.iso[0] or None,
            "to": self.period.iso[1] or None,
            "gold": {
                "evidence": [list(vars(span).values()) for span in self.gold.evidence],
                "sentences": [list(vars(span).values()) for span in self.gold.sentences],
                "language": self.gold.language,
            },
        }


def case_from_dict(data: Mapping[str, Any]) -> Case:
    """The inverse of `Case.as_dict`."""
    gold = data["gold"]
    return Case(
        id=data["id"],
        question=data["question"],
        answers=tuple(data["answers"]),
        evidence=tuple(data["evidence"]),
        article=data["article"],
        lang=data["lang"],
        tags=tuple(data["tags"]),
        history=tuple(data["history"]),
        period=Period.from_iso(data["from"], data["to"]),
        gold=Gold(
            tuple(Span(*span) for span in gold["evidence"]),
            tuple(Span(*span) for span in gold["sentences"]),
            gold["language"],
        ),
    )


@dataclass(frozen=True)
class Part:
    """Cases that are asked of the same documents."""

    documents: Sequence[Article]
    cases: Sequence[Case]


@dataclass(frozen=True)
class CaseSet:
    """A test set. Most have one part; `left_out` counts the questions that cannot be judged."""

    name: str
    parts: Sequence[Part]
    left_out: int = 0

    @property
    def cases(self) -> list[Case]:
        return [case for part in self.parts for case in part.cases]

    @property
    def documents(self) -> list[Article]:
        """The documents of every part, each once."""
        seen = {d.id: d for part in self.parts for d in part.documents}
        return list(seen.values())

    def first(self, count: int) -> "CaseSet":
        """The set with its first `count` cases only; the corpus of each part is kept whole."""
        parts: list[Part] = []
        for part in self.parts:
            if count > 0:
                parts.append(replace(part, cases=part.cases[:count]))
            count -= len(part.cases)
        return replace(self, parts=parts)

    def corpus_hash(self) -> str:
        """sha256 of the articles' ids and contents; the same for the same corpus."""
        facts = sorted(
            [n, document.id, document.hash]
            for n, part in enumerate(self.parts)
            for document in part.documents
        )
        return _sha256(facts)

    def cases_hash(self) -> str:
        """sha256 of the cases; the same for the same questions with the same gold answers."""
        return _sha256([case.as_dict() for case in self.cases])


def read_corpus(sources: Sequence[Path], names: FieldNames = KNOWN) -> list[Article]:
    """The articles under `sources`, whose records call their fields by `names`; a file that is
    none is logged and passed over.

    Raises StorageError if a source does not exist, EvaluationError if there is no article."""
    documents = []
    for found in find_articles(sources, names):
        if isinstance(found, ArticleFile):
            try:
                for part in read_articles(found):
                    if isinstance(part, Reading):
                        documents.append(part.article)
                    elif not isinstance(part, Held):
                        log.warning("%s %s: %s", found.path, part.where, part.reason)
            except ArticleError as error:
                log.warning("%s %s", found.path, error)
        else:
            log.warning("%s: %s", found.path, found.reason)
    if not documents:
        named = ", ".join(map(str, sources))
        raise EvaluationError("{names} holds no article: name a folder of articles", names=named)
    return documents


def read_cases(path: Path, documents: Sequence[Article]) -> list[Case]:
    """The cases of the JSONL file `path`, their evidence found in `documents`.

    Raises EvaluationError that names the line: it is not a JSON object, has an unknown key or
    another type, repeats an id, or its evidence is not in the corpus; or if there is no case."""
    by_article = {document.id: document for document in documents}
    cases: dict[str, Case] = {}
    lines: dict[str, int] = {}
    # Not splitlines(): it parts at U+2028, too, which JSON strings may hold.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = _locate(_parse(line, f"line-{number}"), by_article)
        except EvaluationError as error:
            raise EvaluationError(
                "{path}, line {line}: {reason}", path=path, line=number, reason=error.message
            ) from None
        if case.id in cases:
            raise EvaluationError(
                "{path}, line {line}: the id {id!r} is that of line {first}: give each question "
                "its own",
                path=path,
                line=number,
                id=case.id,
                first=lines[case.id],
            )
        cases[case.id] = case
        lines[case.id] = number
    if not cases:
        raise EvaluationError("{path} holds no question: write one JSON object a line", path=path)
    return list(cases.values())


def read_text(path: Path) -> str:
    """The text of a file of a test set. Raises EvaluationError if it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(
            "{path} is not UTF-8 text (byte {byte})", path=path, byte=error.start
        ) from None
    except OSError as error:
        raise EvaluationError(
            "cannot read {path} ({reason})", path=path, reason=error.strerror
        ) from None


def join_documents(own: Sequence[Article], added: Sequence[Article]) -> list[Article]:
    """Both. Raises EvaluationError if an article of `added` bears the id of one of `own`."""
    taken = {document.id for document in own}
    for document in added:
        if document.id in taken:
            raise EvaluationError(
                "the article {article!r} of {source} is in the test set's corpus already: rename "
                "the file, or leave it out",
                article=document.id,
                source=document.source,
            )
    return [*own, *added]


def sentences_around(document: Article, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of `document` that any of `spans` touches, in order."""
    return tuple(
        sentence
        for start, end in sentence_spans(document.text, document.language, document.opening)
        if any((sentence := Span(document.id, start, end)).overlaps(span) for span in spans)
    )


def _parse(line: str, default_id: str) -> Case:
    """The case of one line. Raises EvaluationError with the reason."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvaluationError(
            "expected a JSON object, {reason} at column {column}",
            reason=error.msg,
            column=error.colno,
        ) from None
    if not isinstance(data, dict):
        raise EvaluationError("expected a JSON object, found {kind}", kind=type(data).__name__)
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise EvaluationError(
            "unknown key {name!r}: known are {known}",
            name=unknown[0],
            known=", ".join(sorted(_KEYS)),
        )
    question = _text(data, "question")
    if not question.strip():
        raise EvaluationError("the question is empty")
    if "answers" not in data:
        raise EvaluationError(
            "'answers' is missing: a list of texts, empty if the corpus has no answer"
        )
    case = Case(
        id=_text(data, "id", default_id),
        question=question,
        answers=_texts(data, "answers"),
        evidence=_texts(data, "evidence", lone=True),
        article=_text(data, "article", "") or None,
        lang=_text(data, "lang", "") or detect_language(question),
        tags=_texts(data, "tags"),
        history=_texts(data, "history"),
        period=Period(_day(data, "from"), _day(data, "to")),
    )
    if case.answers and not case.evidence:
        raise EvaluationError("has answers but no 'evidence': quote the sentence that proves them")
    return case


def _locate(case: Case, documents: Mapping[str, Article]) -> Case:
    """`case` with its gold. Raises EvaluationError if the corpus lacks the article or the
    evidence."""
    if case.article is not None and case.article not in documents:
        raise EvaluationError("the corpus has no article {article!r}", article=case.article)
    names = [case.article] if case.article is not None else list(documents)
    found: dict[str, list[Span]] = defaultdict(list)
    for evidence in case.evidence:
        spans = [
            Span(name, start, start + len(evidence))
            for name in names
            for start in _occurrences(documents[name].text, evidence)
        ]
        if not spans:
            lacking = (
                Message("no article of the corpus holds")
                if case.article is None
                else Message("article {article!r} lacks", article=case.article)
            )
            raise EvaluationError(
                "{lacking} the evidence {evidence!r}: copy it from the article character by "
                "character",
                lacking=lacking,
                evidence=_shorten(evidence),
            )
        for span in spans:
            found[span.article].append(span)
    # What is said of a question without answer is checked above, but proves nothing.
    if not case.answerable or not found:
        return case
    sentences = [
        s for name, spans in found.items() for s in sentences_around(documents[name], spans)
    ]
    first = next(iter(found))
    language = documents[first].language
    evidence_spans = tuple(span for spans in found.values() for span in spans)
    return replace(case, gold=Gold(evidence_spans, tuple(sentences), language))


def _occurrences(text: str, wanted: str) -> list[int]:
    starts = []
    at = text.find(wanted) if wanted.strip() else -1
    while at >= 0:
        starts.append(at)
        at = text.find(wanted, at + 1)
    return starts


def _text(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        found = Message("nothing") if value is None else json.dumps(value, ensure_ascii=False)[:40]
        raise EvaluationError("{key!r} should be a text, found {found}", key=key, found=found)
    return value


def _texts(data: Mapping[str, Any], key: str, lone: bool = False) -> tuple[str, ...]:
    value = data.get(key, [])
    if lone and isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise EvaluationError(
            "{key!r} should be a list of texts, found {found}",
            key=key,
            found=json.dumps(value, ensure_ascii=False)[:40],
        )
    return tuple(value)


def _day(data: Mapping[str, Any], key: str) -> date | None:
    value = data.get(key)
    try:
        return date.fromisoformat(value) if value is not None else None
    except (TypeError, ValueError):
        raise EvaluationError(
            "{key!r} should be a date YYYY-MM-DD, found {value!r}", key=key, value=value
        ) from None


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def _sha256(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
