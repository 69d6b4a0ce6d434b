"""The list of past conversations as the page shows it."""

from collections.abc import Sequence
from html import escape

from hemeroteca.ui.messages import said
from hemeroteca.ui.web.history import Past


def past_html(conversations: Sequence[Past], current: str, language: str) -> str:
    """The conversations, newest first; `current` is the id of the one that is open."""
    heading = escape(said(language, "conversations"))
    listed = "".join(_item(past, past.id == current, language) for past in conversations)
    listed = listed or f'<li class="hint">{escape(said(language, "empty_history"))}</li>'
    return f'<nav class="past" aria-label="{heading}"><h2>{heading}</h2><ul>{listed}</ul></nav>'


def _item(past: Past, is_open: bool, language: str) -> str:
    rename = escape(said(language, "rename", title=past.title))
    export = escape(said(language, "export", title=past.title))
    delete = escape(said(language, "delete", title=past.title))
    sure = escape(said(language, "delete_sure", title=past.title))
    current = ' aria-current="true"' if is_open else ""
    return (
        f"<li{current}>"
        f'<button type="button" class="name" data-event="reopen" data-id="{past.id}">'
        f'{escape(past.title)}</button><span class="tools">'
        f'<button type="button" data-edit="rename" data-id="{past.id}" aria-label="{rename}" '
        f'title="{rename}">✎</button>'
        f'<button type="button" data-event="export" data-id="{past.id}" aria-label="{export}" '
        f'title="{export}">↓</button>'
        f'<button type="button" data-event="forget" data-id="{past.id}" data-sure="{sure}" '
        f'aria-label="{delete}" title="{delete}">×</button></span></li>'
    )
