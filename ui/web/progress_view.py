"""How far something is that takes long, and what came of it, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hemeroteca.ui.messages import said

_MOST_REFUSED = 50


@dataclass(frozen=True)
class Refused:
    """A file that was not added, or not whole, and why."""

    name: str
    reason: str


def receipt_html(what: str, refused: Sequence[Refused], language: str) -> str:
    """What came of adding, deleting, indexing again or asking a test set."""
    shown = [
        f"<b>{escape(each.name)}</b> {escape(each.reason)}" for each in refused[:_MOST_REFUSED]
    ]
    if len(refused) > _MOST_REFUSED:
        shown.append(escape(said(language, "shown", number=_MOST_REFUSED)))
    listed = f"<ul>{''.join(f'<li>{item}</li>' for item in shown)}</ul>" if shown else ""
    return f'<div class="receipt" role="status"><p>{escape(what)}</p>{listed}</div>'


def meter_html(what: str, done: int = 0, total: int = 0) -> str:
    """A bar that is filled as far as `done` of `total`; without a total it only moves."""
    count = f"{done:,} / {total:,}" if total else ""
    filled = f' max="{total}" value="{done}"' if total else ""
    return (
        f'<div class="meter" role="status"><p>{escape(what)} <span>{count}</span></p>'
        f'<progress aria-label="{escape(what)}"{filled}></progress></div>'
    )
