"""What new articles say to what people follow: asked after each run that indexed some."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.web.articles_view import search_articles
from hemeroteca.ui.web.period_view import chosen_filter
from hemeroteca.ui.web.saved import Saved, SavedSearches

log = logging.getLogger(__name__)

_MOST = 100  # articles that one search brings after one run


def check_news(archive: Archive, chain: Chain, saved: SavedSearches, top_k: int) -> int:
    """Ask every followed question, and make every search, of the articles that were indexed since
    that was last done; returns how much news there is. What cannot be asked any more, such as of a
    paper that has no articles left, waits."""
    first, last = archive.catalog.indexed_between()
    number = archive.catalog.counts()[0]
    new = 0
    for each in saved.of():
        # The articles of an index that was made anew since are no news.
        rebuilt = each.held and first > each.checked
        try:
            found = [] if rebuilt else _found(archive, chain, each, top_k)
        except HemerotecaError as error:
            log.info("%r could not be asked: %s", each.text, error)
            continue
        new += saved.record(each, found, last, number)
    return new


def _found(
    archive: Archive, chain: Chain, saved: Saved, top_k: int
) -> Sequence[tuple[Citation, str]]:
    """What the articles that are new for it say, each with the answer that it gives."""
    articles = archive.catalog.indexed_since(saved.checked)
    if not articles:
        return []
    only = chosen_filter(archive.catalog.holdings, saved.asked_of)
    only = replace(only, articles=tuple(articles))
    if saved.kind == "search":
        found = search_articles(archive, saved.text, _MOST, only)
        return [(_article(archive, each.article), "") for each in found]
    answer = chain.ask(saved.text, only, top_k, whole=True)
    if not answer.answerable:
        return []
    told = answer.answer if answer.kind == "short" else ""
    return [(citation, told) for citation in answer.citations]


def _article(archive: Archive, id: str) -> Citation:
    article = archive.document(id)
    assert article is not None  # it was just found
    return Citation(
        n=0, article=article.id, title=article.title, date=article.date, quote="", start=0, end=0,
        score=0.0, mark=(0, 0), publication=article.publication, language=article.language,
    )  # fmt: skip
