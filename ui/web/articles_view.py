"""The articles, those that hold some words, and where some are added, as HTML."""

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from babel import Locale

from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.ui.messages import counted, said
from hemeroteca.ui.web.uploads import MAX_BYTES

MOST = 200  # articles shown at once; a search reaches the others


def find_articles(archive: Archive, wanted: str, limit: int = MOST) -> list[Listed]:
    """At most `limit` articles that hold a word of `wanted`, the latest first; without words,
    of all articles."""
    if not wanted.strip():
        return archive.catalog.listed(limit)
    found = archive.fulltext.search(wanted, archive.catalog.languages(), limit)
    passages = archive.catalog.passages(list(found)).values()
    held = sorted({passage.article for passage in passages})
    return archive.catalog.listed(limit, held)


def masthead_html(archive: Archive, language: str) -> str:
    """The page's name and what its archive holds."""
    articles, passages = archive.catalog.counts()
    period = archive.catalog.period()
    facts = [counted(language, "article", articles), counted(language, "passage", passages)]
    if period:
        facts.append(" – ".join(sorted(set(period.iso))))
    held = escape(", ".join(facts))
    return f'<header class="masthead"><h1>Hemeroteca</h1><p>{held}</p></header>'


def drop_html(language: str) -> str:
    """Where files are dropped or chosen, and the button that indexes again."""
    kinds = ",".join(FORMATS)
    read = said(language, "kinds", limit=f"{MAX_BYTES / 1e6:.0f}")
    return (
        f'<div class="adding"><label class="drop" data-limit="{MAX_BYTES}" '
        f'data-sending="{escape(said(language, "sending"))}">'
        f'<input type="file" name="files" multiple accept="{kinds}">'
        f"<b>{escape(said(language, 'add'))}</b>"
        f'<span class="hint">{escape(read)}</span>'
        f'<span class="hint" role="status"></span></label></div>'
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
    heads = "".join(
        f"<span>{escape(said(language, name))}</span>"
        for name in ("title", "date", "language", "passages_head", "indexed")
    )
    head = f'<div class="head" aria-hidden="true">{heads}</div>'
    return f'<section class="evidence library">{more}{head}{cards}</section>'


def _card(listed: Listed, language: str, deletable: bool) -> str:
    day = escape(listed.date or said(language, "no_date"))
    carried = escape(json.dumps({"article": listed.article}))
    return (
        f'<details class="card" data-citation="{carried}"><summary>'
        f'<span class="source"><b>{escape(listed.title)}</b></span>'
        f'<span class="facts"><span>{day}</span>'
        f"<span>{escape(_language_name(listed.language, language))}</span>"
        f"<span>{_passages(listed, language)}</span>"
        f"{_indexed(listed, language)}</span></summary>"
        f'<p class="tools"><span class="hint">{escape(Path(listed.source).name)}</span>'
        f"{_delete(listed, language) if deletable else ''}</p>"
        f'<div class="article" role="region" tabindex="0" aria-label="{escape(listed.title)}">'
        "</div></details>"
    )


def _language_name(code: str, language: str) -> str:
    """The name of an ISO 639-1 code, such as "Spanish"; the code if it has none."""
    return str(Locale(language).languages.get(code, code))


def _passages(listed: Listed, language: str) -> str:
    number, _, noun = counted(language, "passage", listed.passages).partition(" ")
    return f'{number}<span class="prefix"> {escape(noun)}</span>'


def _indexed(listed: Listed, language: str) -> str:
    """When, in UTC; the page's script puts it into the browser's own time."""
    if listed.indexed is None:
        return "<span>–</span>"
    shown = escape(listed.indexed[:16].replace("T", " "))
    return (
        f'<span><span class="prefix">{escape(said(language, "indexed"))} </span>'
        f'<time class="moment" datetime="{escape(listed.indexed)}">{shown}</time></span>'
    )


def _delete(listed: Listed, language: str) -> str:
    file = Path(listed.source).name
    sure = escape(said(language, "delete_file_sure", file=file))
    return (
        f'<button type="button" data-event="discard" data-id="{escape(listed.article)}" '
        f'data-sure="{sure}">{escape(said(language, "delete_file"))}</button>'
    )
