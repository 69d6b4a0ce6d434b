"""An index as the page serves it: opened with what is kept beside it, brought in line meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.progress import Tell
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.ui.session import open_archive, open_chain, open_claim_checker
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.indexing import Indexing
from hemeroteca.ui.web.news import check_news
from hemeroteca.ui.web.saved import SavedSearches
from hemeroteca.ui.web.search_history import SearchHistory

BringInLine = Callable[[Archive, list[Path], Tell], None]


@dataclass(frozen=True)
class Served:
    """The archive of `sources`, the chain and the checker of claims over it, and what people keep
    of it."""

    sources: Sequence[Path]
    archive: Archive
    chain: Chain
    checker: ClaimChecker
    history: History
    collections: Collections
    saved: SavedSearches
    searches: SearchHistory
    indexing: Indexing


@contextmanager
def serving(
    settings: Settings,
    sources: list[Path],
    bring_in_line: BringInLine,
    patience_s: float,
    like: Served | None = None,
) -> Iterator[Served]:
    """The index of `sources`, closed at the end. It is brought in line from now on, for which
    `patience_s` seconds are waited at most. The models are those of `like`, if it is given."""
    encoder, reader = (like.archive.encoder, like.chain.reader) if like else (None, None)
    with open_archive(settings, sources, encoder=encoder) as archive:
        chain = open_chain(settings, archive, reader)
        checker = open_claim_checker(settings, archive, like.checker if like else None)
        kept = Path(":memory:") if archive.read_only else settings.conversations(sources)
        with (
            closing(History(kept)) as history,
            closing(Collections(kept)) as collections,
            closing(SavedSearches(kept)) as saved,
            closing(SearchHistory(kept)) as searches,
        ):

            def work(tell: Tell) -> None:
                bring_in_line(archive, sources, tell)
                check_news(archive, chain, saved, settings.top_k)

            indexing = Indexing(work)
            indexing.start()
            try:
                indexing.wait(patience_s)
                yield Served(
                    sources, archive, chain, checker, history, collections, saved, searches,
                    indexing,
                )  # fmt: skip
            finally:
                indexing.stop()
