"""A run: every question of a test set asked through the chain, and all that came back."""

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.evaluation.testset import Case, CaseSet, EvaluationError, Span, case_from_dict
from hemeroteca.rag.render import own_words, said

log = logging.getLogger(__name__)

FORMAT = 1  # raised when a run of the previous format cannot be read any more
CONTEXT_CHARACTERS = 400  # shown on either side of a quote

Progress = Callable[[str, int, int], None]  # what is being done, done, in all


@dataclass(frozen=True)
class Cited:
    """A citation as it was given. `verbatim` says that the article holds the quote at its
    offsets; `before` and `after` are the text around it."""

    span: Span
    title: str
    date: str | None
    quote: str
    verbatim: bool
    before: str
    after: str


@dataclass(frozen=True)
class Judgement:
    """What a language model thinks of an answer: whether what it cites supports it (where it
    `stated` something), and a mark from 1 to 5. None where it was not judged; `failures` says why,
    if it should have been."""

    stated: bool
    faithful: bool | None = None
    correctness: float | None = None
    failures: Sequence[str] = ()


@dataclass(frozen=True)
class Result:
    """What became of one case. `whole` is whether the answer is whole sentences; `said` is what it
    says, without its quotes, `own_words` that of it which stands in no article; `passages` the
    ranking, `relevant` the passages of the index that overlap the evidence; `nearest` what a
    refusal shows, which is `unsure` where it does not say that the articles do not say; `error` is
    set, and the answer's fields are empty, where asking failed."""

    case: Case
    answered: bool = False
    answer: str = ""
    whole: bool = False
    text: str = ""
    said: str = ""
    own_words: str = ""
    confidence: float = 0.0
    citations: Sequence[Cited] = ()
    passages: Sequence[Span] = ()
    relevant: Sequence[Span] = ()
    nearest: Sequence[Cited] = ()
    unsure: bool = False
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None
    judgement: Judgement | None = None

    @property
    def refused(self) -> bool:
        return self.error is None and not self.answered


@dataclass(frozen=True)
class Run:
    """All results over one test set, with what is needed to repeat them. `seconds` is what was
    spent by activity: `index`, `ask`, and within that `chain`."""

    testset: str
    corpus_hash: str
    cases_hash: str
    articles: int
    left_out: int
    models: Mapping[str, str]
    settings: Mapping[str, Any]
    results: Sequence[Result]
    seconds: Mapping[str, float]
    package: str
    created: str

    def save(self, path: Path) -> None:
        """Write the run as JSON. Raises EvaluationError if it cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                json.dumps(self.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8"
            )
        except OSError as error:
            raise EvaluationError(
                "cannot write the run {path} ({reason})", path=path, reason=error.strerror
            ) from None

    def as_dict(self) -> dict[str, Any]:
        return {"format": FORMAT, **vars(self), "results": [_result_dict(r) for r in self.results]}


def load_run(path: Path) -> Run:
    """The run saved in `path`. Raises EvaluationError if it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(
            "cannot read the run {path} ({reason})", path=path, reason=error.strerror
        ) from None
    except ValueError as error:
        raise EvaluationError(
            "{path} is no saved run ({reason})", path=path, reason=str(error)
        ) from None
    found = data.pop("format", None) if isinstance(data, dict) else None
    if found != FORMAT:
        raise EvaluationError(
            "{path} is no saved run of format {expected} (found {found}): name a file that "
            "`hemeroteca evaluate --save` wrote",
            path=path,
            expected=FORMAT,
            found=found,
        )
    try:
        return Run(**{**data, "results": [_result_from_dict(r) for r in data["results"]]})
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationError(
            "{path} is a damaged run: {reason}", path=path, reason=str(error)
        ) from None


def check_same_questions(before: Run, after: Run, names: Sequence[str]) -> None:
    """Raise EvaluationError unless both runs, called `names`, asked the same of the same."""
    for fact, what in (
        ("corpus_hash", Message("corpora")),
        ("cases_hash", Message("test sets")),
    ):
        one, other = getattr(before, fact), getattr(after, fact)
        if one != other:
            raise EvaluationError(
                "{one} and {other} are runs over different {what} ({one_set}, {one_hash} and "
                "{other_set}, {other_hash}): compare runs over the same",
                one=names[0],
                other=names[1],
                what=what,
                one_set=before.testset,
                one_hash=one[:8],
                other_set=after.testset,
                other_hash=other[:8],
            )


def ask_all(
    chain: Chain,
    archive: Archive,
    testset: CaseSet,
    top_k: int,
    models: Mapping[str, str],
    settings: Mapping[str, Any],
    progress: Progress | None = None,
) -> Run:
    """Index the corpus of `testset` in `archive` and ask every case. A question that fails is
    recorded with its error and does not stop the others."""
    seconds = {"index": 0.0, "ask": 0.0, "chain": 0.0}
    results: list[Result] = []
    total = len(testset.cases)
    for part in testset.parts:
        started = time.perf_counter()
        sync_documents(archive, _counted(part.documents, progress))
        seconds["index"] += time.perf_counter() - started
        started = time.perf_counter()
        for case in part.cases:
            result, spent = _ask(chain, archive, case, top_k)
            results.append(result)
            seconds["chain"] += spent
            if progress:
                progress("questions", len(results), total)
        seconds["ask"] += time.perf_counter() - started
    return Run(
        testset=testset.name,
        corpus_hash=testset.corpus_hash(),
        cases_hash=testset.cases_hash(),
        articles=len(testset.documents),
        left_out=testset.left_out,
        models=dict(models),
        settings={"top_k": top_k, **settings},
        results=results,
        seconds={name: round(value, 3) for name, value in seconds.items()},
        package=_package_version(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _counted(documents: Sequence[Article], progress: Progress | None):  # type: ignore[no-untyped-def]
    for n, document in enumerate(documents, start=1):
        yield document
        if progress:
            progress("articles", n, len(documents))


def _ask(chain: Chain, archive: Archive, case: Case, top_k: int) -> tuple[Result, float]:
    """The result, and the seconds spent inside the chain."""
    relevant = _relevant(archive, case)
    started = time.perf_counter()
    try:
        answer = chain.ask(case.question, Filter(case.period), top_k, case.history)
    except Exception as error:  # whatever fails is a wrong answer, not the end of the run
        known = isinstance(error, HemerotecaError)
        reason = str(error) if known else f"{type(error).__name__}: {error}"
        log.warning("question %s failed: %s", case.id, reason)
        return Result(case, relevant=relevant, error=reason), time.perf_counter() - started
    spent = time.perf_counter() - started
    result = Result(
        case=case,
        answered=answer.answerable,
        answer=answer.answer,
        whole=answer.whole,
        text=answer.text,
        said=said(answer),
        own_words=own_words(answer),
        confidence=answer.confidence,
        citations=[_cited(archive, citation) for citation in answer.citations],
        passages=[_span(passage) for passage in answer.passages],
        relevant=relevant,
        nearest=[_cited(archive, citation) for citation in answer.nearest],
        unsure=answer.unsure,
        timings_ms={stage: round(ms, 3) for stage, ms in answer.timings_ms.items()},
    )
    return result, spent


def _span(passage: Passage) -> Span:
    return Span(passage.article, passage.start, passage.end)


def _relevant(archive: Archive, case: Case) -> list[Span]:
    gold = case.gold
    spans = [_span(p) for name in gold.articles for p in archive.catalog.passages_of(name)]
    return [span for span in spans if any(span.overlaps(proof) for proof in gold.evidence)]


def _cited(archive: Archive, citation: Citation) -> Cited:
    document = archive.document(citation.article)
    text = document.text if document is not None else ""
    start, end = citation.start, citation.end
    return Cited(
        span=Span(citation.article, start, end),
        title=citation.title,
        date=citation.date,
        quote=citation.quote,
        verbatim=bool(citation.quote) and text[start:end] == citation.quote,
        before=text[max(0, start - CONTEXT_CHARACTERS) : start],
        after=text[end : end + CONTEXT_CHARACTERS],
    )


def _result_dict(result: Result) -> dict[str, Any]:
    return {
        **vars(result),
        "case": result.case.as_dict(),
        "citations": [_cited_dict(cited) for cited in result.citations],
        "nearest": [_cited_dict(cited) for cited in result.nearest],
        "passages": [list(vars(span).values()) for span in result.passages],
        "relevant": [list(vars(span).values()) for span in result.relevant],
        "judgement": vars(result.judgement) if result.judgement else None,
    }


def _cited_dict(cited: Cited) -> dict[str, Any]:
    return {**vars(cited), "span": list(vars(cited.span).values())}


def _cited_from_dict(data: Mapping[str, Any]) -> Cited:
    return Cited(**{**data, "span": Span(*data["span"])})


def _result_from_dict(data: Mapping[str, Any]) -> Result:
    return Result(
        **{
            **data,
            "case": case_from_dict(data["case"]),
            "citations": [_cited_from_dict(cited) for cited in data["citations"]],
            "nearest": [_cited_from_dict(cited) for cited in data.get("nearest", ())],
            "passages": [Span(*span) for span in data["passages"]],
            "relevant": [Span(*span) for span in data["relevant"]],
            "judgement": Judgement(**data["judgement"]) if data.get("judgement") else None,
        }
    )


def _package_version() -> str:
    try:
        return version("hemeroteca")
    except PackageNotFoundError:
        return "unknown"
