"""An archive as a program uses it: brought in line, asked, searched, evaluated."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.search.search import Results, Wanted
from hemeroteca.index.search.search import search as find
from hemeroteca.index.stores.articles import Order
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.index.stores.chosen import chosen
from hemeroteca.index.stores.holdings import FIELDS
from hemeroteca.index.sync import SyncReport, sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.check import Check
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.rag.question import QuestionError, check_question
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.ui.session import check_sources, open_archive, open_chain, open_claim_checker
from hemeroteca.ui.settings import load_settings

if TYPE_CHECKING:
    from hemeroteca.rag.evaluation.scores import Scores
    from hemeroteca.retriever import ArchiveRetriever

Day = date | str  # a string is ISO: YYYY-MM-DD
Names = str | Sequence[str] | bool


class Archive:
    """What `hemeroteca.open` gives: use it in a `with`, or `close` it. Questions may be asked from
    several threads."""

    def __init__(self, *sources: str | PathLike[str], **settings: object) -> None:
        self._settings = load_settings(given=settings, guest=True)
        paths = [Path(source).expanduser() for source in sources]
        self.sources = check_sources(paths or [self._settings.articles_dir])
        self._opened = ExitStack()
        self._index = self._opened.enter_context(open_archive(self._settings, self.sources))

    def sync(self, progress: Callable[[int, int], None] | None = None) -> SyncReport:
        """Bring the index in line with the articles. `progress` is told how many files of how many
        are done. Raises BusyError if another process is writing the index: what is asked then is
        answered from the last complete state."""
        tell = (lambda now: progress(now.files, now.files_total)) if progress else None
        return sync_folders(self._index, self.sources, tell)

    def ask(
        self,
        question: str,
        date_from: Day | None = None,
        date_to: Day | None = None,
        history: Sequence[str] = (),
        top_k: int | None = None,
        **names: Names,
    ) -> Answer:
        """The answer to `question` from the articles of the period, both days included, asked after
        the questions `history`, oldest first; `top_k` passages are retrieved (TOP_K). Without a
        period, the one that the question names itself counts. `names` keep it to some articles:
        `paper`, `section`, `author`, `language`, each a name or several; with `undated=True` those
        without a date count for a period as well.

        What the articles do not say is an Answer whose `answerable` is false. Raises QuestionError
        if the question or the period cannot be searched, FilterError if no article has a name."""
        only = self._filter(date_from, date_to, names)
        return self._chain.ask(question, only, self._number(top_k), history)

    def check(
        self,
        claim: str,
        date_from: Day | None = None,
        date_to: Day | None = None,
        top_k: int | None = None,
        **names: Names,
    ) -> Check:
        """Whether the articles state `claim`, contradict it, or do not say, with the sentences that
        decide; the period and `names` keep it to some articles, as in `ask`.

        Raises ClaimError if it cannot be checked, as a question cannot, QuestionError for a period
        that cannot be searched, FilterError if no article has a name, CheckpointError if the
        verifier cannot be loaded."""
        only = self._filter(date_from, date_to, names)
        return self._checker.check(claim, only, self._number(top_k))

    def search(
        self,
        question: str,
        date_from: Day | None = None,
        date_to: Day | None = None,
        top_k: int | None = None,
        **names: Names,
    ) -> list[Passage]:
        """The passages that come nearest to a question or some words, best first; raises as
        `ask`."""
        asked = check_question(question, self._filter(date_from, date_to, names))
        return HybridRetriever(self._index, asked, self._number(top_k)).search()

    def as_retriever(
        self,
        top_k: int | None = None,
        date_from: Day | None = None,
        date_to: Day | None = None,
        **names: Names,
    ) -> "ArchiveRetriever":
        """A retriever for whatever takes one of LlamaIndex's, such as a query engine; `top_k`
        passages of the period for each question. It raises as `ask`."""
        from hemeroteca.retriever import ArchiveRetriever

        only = self._filter(date_from, date_to, names)
        return ArchiveRetriever(self._index, self._number(top_k), only)

    def find(
        self,
        search: str = "",
        date_from: Day | None = None,
        date_to: Day | None = None,
        order: Order = "best",
        page: int = 1,
        **names: Names,
    ) -> Results:
        """Every article that `search` finds (docs/search.md), counted, with the places: twenty a
        page. Raises SearchError or DaysError, saying how a search is written."""
        only = self._filter(date_from, date_to, names)
        return find(self._index, Wanted(search, only, order=order, page=max(1, page)))

    @property
    def articles(self) -> list[Listed]:
        """What the index holds, the latest first."""
        return self._index.catalog.listed()

    def article(self, article: str) -> Article:
        """The article of an id, as citations and `articles` give it, with its text, in which a
        citation's `start` and `end` count. Raises ArticleError if there is none."""
        found = self._index.document(article)
        if found is None:
            raise ArticleError("the index has no article {article!r}", article=article)
        return found

    def evaluate(
        self,
        testset: str | PathLike[str] | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> "Scores":
        """How well a test set (JSONL, or a SQuAD file with its own articles) is answered from these
        articles; without one, the program's own from its own articles. It is asked in an index
        apart, as `hemeroteca evaluate` does. Raises EvaluationError if it cannot be read."""
        from hemeroteca.rag.evaluation.scores import score
        from hemeroteca.ui.runs import OWN_TESTSET, ask_testset, read_testset

        path = Path(testset).expanduser() if testset else OWN_TESTSET
        articles = self.sources if testset and path.suffix.lower() == ".jsonl" else []
        cases = read_testset(self._settings, path, articles=articles)
        run = ask_testset(self._settings, cases, [path, *articles], progress or (lambda *_: None))
        return score(run.results)

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _number(self, top_k: int | None) -> int:
        if top_k is None:
            return self._settings.top_k
        if not 1 <= top_k <= 100:
            raise QuestionError("top_k={top_k}: expected a whole number from 1 to 100", top_k=top_k)
        return top_k

    def _filter(
        self, date_from: Day | None, date_to: Day | None, names: Mapping[str, Names]
    ) -> Filter:
        undated = bool(names.get("undated"))
        unknown = set(names) - {*FIELDS, "undated"}
        if unknown:
            raise TypeError(f"{min(unknown)!r} is no filter: {', '.join(FIELDS)} or undated")
        wanted = {
            field: [value] if isinstance(value, str) else list(value)
            for field in FIELDS
            if (value := names.get(field)) and not isinstance(value, bool)
        }
        return chosen(self._index.catalog.holdings, wanted, _period(date_from, date_to), undated)

    @cached_property
    def _chain(self) -> Chain:
        return open_chain(self._settings, self._index)

    @cached_property
    def _checker(self) -> ClaimChecker:
        return open_claim_checker(self._settings, self._index)


def _period(date_from: Day | None, date_to: Day | None) -> Period:
    return Period(_day(date_from), _day(date_to))


def _day(value: Day | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise QuestionError("{value!r}: expected a date YYYY-MM-DD", value=value) from None
