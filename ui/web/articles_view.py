"""The articles, those that hold some words, and where some are added, as HTML."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from babel import Locale

from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.rag.days import period_text
from hemeroteca.ui.web.uploads import MAX_BYTES
from hemeroteca.ui.web.view import TEMPLATES

MOST = 200  # articles shown at once; the page of searches reaches every one


def search_articles(
    archive: Archive, wanted: str, limit: int = MOST, only: Filter = Filter()
) -> list[Listed]:
    """At most `limit` articles of those that `only` leaves which the search `wanted` finds, the
    latest first; without words, of all of them. Raises SearchError."""
    catalog = archive.catalog
    if not wanted.strip():
        chosen = catalog.holdings.articles(only, limit=limit) if only else None
        return catalog.listed(limit, chosen)
    found = archive.articles.search(
        parse(wanted), catalog.languages(), only, order="newest", most=limit, faceted=False
    )
    return catalog.listed(limit, list(found.scores))


def masthead_html(archive: Archive, language: str) -> str:
    """The page's name and what its archive holds."""
    articles, passages = archive.catalog.counts()
    period = archive.catalog.period()
    days = period_text(period, language)
    return TEMPLATES.render("masthead", language, articles=articles, passages=passages, days=days)


def adding_html(language: str) -> str:
    """Where files are dropped or chosen."""
    return TEMPLATES.render("adding", language, suffixes=list(FORMATS), limit=MAX_BYTES)


def articles_html(
    articles: Sequence[Listed],
    language: str,
    deletable: Callable[[str], bool],
    fault: Message | None = None,
) -> str:
    """The articles, each opening in its place; `deletable` tells of a source whether it may be
    deleted here, `fault` why nothing could be searched."""
    names = Locale(language).languages
    return TEMPLATES.render(
        "articles",
        language,
        articles=articles,
        fault=fault,
        most=MOST,
        deletable=deletable,
        carried=lambda listed: json.dumps({"article": listed.article}),
        file_name=lambda listed: Path(listed.source).name,
        language_name=lambda code: names.get(code, code),
    )
