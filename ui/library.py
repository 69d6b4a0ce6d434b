"""The list of the articles, and those of them that hold some words."""

import json
from collections.abc import Sequence
from html import escape

from index.archive import Archive
from index.catalog import Listed
from ui.messages import counted, said

MOST = 200  # articles shown at once; a search reaches the others


def find_articles(archive: Archive, wanted: str, limit: int = MOST) -> list[Listed]:
    """At most `limit` articles that hold a word of `wanted`, the latest first; without words,
    of all articles."""
    if not wanted.strip():
        return archive.catalog.listed(limit)
    found = archive.fulltext.search(wanted, archive.catalog.languages(), limit, 0, 0)
    passages = archive.catalog.passages(list(found)).values()
    held = sorted({passage.metadata["article"] for passage in passages})
    return archive.catalog.listed(limit, held)


def library_html(articles: Sequence[Listed], language: str) -> str:
    """The articles, each opening in its place."""
    if not articles:
        return f'<p class="hint">{escape(said(language, "empty_library"))}</p>'
    cards = "".join(_card(listed, language) for listed in articles)
    more = ""
    if len(articles) == MOST:
        more = f'<p class="hint">{escape(said(language, "shown", number=MOST))}</p>'
    return f'<section class="evidence library">{more}{cards}</section>'


def _card(listed: Listed, language: str) -> str:
    day = escape(listed.date or said(language, "no_date"))
    carried = escape(json.dumps({"article": listed.article}))
    return (
        f'<details class="card" data-citation="{carried}"><summary>'
        f'<span class="source"><b>{escape(listed.title)}</b></span>'
        f'<span class="facts"><span>{day}</span><span>{escape(listed.language)}</span>'
        f"<span>{escape(counted(language, 'passage', listed.passages))}</span></span></summary>"
        f'<div class="article" role="region" tabindex="0" aria-label="{escape(listed.title)}">'
        "</div></details>"
    )
