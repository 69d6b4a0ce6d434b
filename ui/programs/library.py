"""What an archive answers to the requests of programs, however these come in."""

from collections.abc import Sequence
from threading import BoundedSemaphore
from typing import Any

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.index.stores.holdings import Field
from hemeroteca.rag.answer import Answer, passage_dict
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.check import Check
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.ui.indexes import Indexes, UnknownIndexError
from hemeroteca.ui.programs.requests import (
    Ask,
    CheckClaim,
    Describe,
    ListArticles,
    OfArticles,
    ReadArticle,
    Search,
    Timeline,
    number,
)
from hemeroteca.ui.web.articles_view import search_articles

_NAMES = 50  # papers and sections that are told, the largest


class Library:
    """Answers at most `concurrent` questions at the same time, each from `top_k` passages; it
    may be one of several `indexes`. Every method raises HemerotecaError for what whoever asks can
    mend. Safe to use from several threads."""

    def __init__(
        self,
        chain: Chain,
        checker: ClaimChecker,
        archive: Archive,
        top_k: int,
        concurrent: int,
        indexes: "Indexes[Library] | None" = None,
    ) -> None:
        self._chain = chain
        self._checker = checker
        self.archive = archive
        self._top_k = top_k
        self._turn = BoundedSemaphore(concurrent)
        self._indexes = indexes

    @property
    def indexes(self) -> Sequence[str]:
        """The names of the indexes that can be asked, the first first; none where there is one."""
        return self._indexes.names if self._indexes else ()

    def of(self, index: str) -> "Library":
        """That of the index of that name, or this one for none. Raises UnknownIndexError."""
        if not index:
            return self
        if self._indexes is None:
            raise UnknownIndexError(
                "there is no index {name!r}, for there is one only: leave its name out",
                name=index[:100],
            )
        return self._indexes.of(index)

    def ask(self, request: Ask) -> Answer:
        """The answer to a question."""
        with self._turn:
            only, history = self._filter(request), request.asked_before
            return self._chain.ask(request.question, only, self._top_k, history)

    def check(self, request: CheckClaim, languages: Sequence[str] = ()) -> Check:
        """What the articles say of a claim; `languages` as in ClaimChecker.check."""
        with self._turn:
            only = self._filter(request)
            return self._checker.check(request.claim, only, self._top_k, languages)

    def timeline(self, request: Timeline) -> Answer:
        """What is told about a subject, by days."""
        with self._turn:
            only = self._filter(request)
            return self._chain.ask(request.subject, only, self._top_k, kind="timeline")

    def search(self, request: Search) -> list[dict[str, Any]]:
        """The passages that come nearest."""
        with self._turn:
            checked = check_question(request.question, self._filter(request))
            found = HybridRetriever(self.archive, checked, number(request.limit)).search()
        return [
            passage_dict(passage)
            | {"title": passage.title, "date": passage.date, "text": passage.text}
            | passage.publication.as_dict()
            for passage in found
        ]

    def articles(self, request: ListArticles) -> list[Listed]:
        """The latest articles, of those that hold a word if one is given."""
        limit = number(request.limit)
        return search_articles(self.archive, request.words, limit, self._filter(request))

    def article(self, request: ReadArticle) -> Article:
        """A whole article. Raises ArticleError if there is none of that id."""
        found = self.archive.document(request.id)
        if found is None:
            raise ArticleError("the index has no article {article!r}", article=request.id)
        return found

    def holdings(self, _request: Describe) -> dict[str, Any]:
        """How many articles of which papers and so on there are."""
        catalog = self.archive.catalog
        articles, passages = catalog.counts()
        first, last = catalog.period().iso
        named: dict[str, Field] = {
            "papers": "paper", "sections": "section", "languages": "language"
        }  # fmt: skip
        return {
            "articles": articles,
            "passages": passages,
            "first_day": first,
            "last_day": last,
            "undated": catalog.holdings.undated(),
            "indexes": list(self.indexes),
        } | {name: catalog.holdings.names(field, limit=_NAMES) for name, field in named.items()}

    def count_tokens(self, text: str) -> int:
        """How many tokens of the archive's own encoder `text` has."""
        return len(self.archive.encoder.tokenize([text])[0].ids)

    def _filter(self, request: OfArticles) -> Filter:
        return request.filter(self.archive.catalog.holdings)
