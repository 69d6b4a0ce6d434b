"""The articles, those that hold some words, and where some are added, as HTML."""

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from index.archive import Archive
from index.catalog import Listed
from index.formats import FORMATS
from ui.messages import counted, said
from ui.uploads import MAX_BYTES

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


def masthead_html(archive: Archive, language: str) -> str:
    """The page's name and what its archive holds."""
    articles, passages = archive.catalog.counts()
    days = archive.catalog.days()
    facts = [counted(language, "article", articles), counted(language, "passage", passages)]
    if days:
        facts.append(" – ".join(sorted(set(days))))
    held = escape(", ".join(facts))
    return f'<header class="masthead"><h1>Hemeroteca</h1><p>{held}</p></header>'


def drop_html(language: str) -> str:
    """Where files are dropped or chosen, and the button that indexes again."""
    kinds = ",".join(FORMATS)
    return (
        f'<div class="adding"><label class="drop" data-limit="{MAX_BYTES}" '
        f'data-sending="{escape(said(language, "sending"))}">'
        f'<input type="file" name="files" multiple accept="{kinds}">'
        f"<b>{escape(said(language, 'add'))}</b>"
        f'<span class="hint">{escape(" ".join(FORMATS))}</span>'
        f'<span class="hint" role="status"></span></label>'
        f'<button type="button" class="quiet" data-event="reindex">'
        f"{escape(said(language, 'reindex'))}</button></div>"
    )


def library_html(
    articles: Sequence[Listed], language: str, deletable: Callable[[str], bool]
) -> str:
    """The articles, each opening in its place; `deletable` tells of a source whether it may be
    deleted here."""
    if not articles:
        return f'<p class="hint">{escape(said(language, "empty_library"))}</p>'
    cards = "".join(_card(listed, language, deletable(listed.source)) for listed in articles)
    more = ""
    if len(articles) == MOST:
        more = f'<p class="hint">{escape(said(language, "shown", number=MOST))}</p>'
    return f'<section class="evidence library">{more}{cards}</section>'


def _card(listed: Listed, language: str, deletable: bool) -> str:
    day = escape(listed.date or said(language, "no_date"))
    carried = escape(json.dumps({"article": listed.article}))
    return (
        f'<details class="card" data-citation="{carried}"><summary>'
        f'<span class="source"><b>{escape(listed.title)}</b></span>'
        f'<span class="facts"><span>{day}</span><span>{escape(listed.language)}</span>'
        f"<span>{escape(counted(language, 'passage', listed.passages))}</span></span></summary>"
        f'<p class="tools"><span class="hint">{escape(Path(listed.source).name)}</span>'
        f"{_delete(listed, language) if deletable else ''}</p>"
        f'<div class="article" role="region" tabindex="0" aria-label="{escape(listed.title)}">'
        "</div></details>"
    )


def _delete(listed: Listed, language: str) -> str:
    file = Path(listed.source).name
    sure = escape(said(language, "delete_file_sure", file=file))
    return (
        f'<button type="button" data-event="discard" data-id="{escape(listed.article)}" '
        f'data-sure="{sure}">{escape(said(language, "delete_file"))}</button>'
    )
