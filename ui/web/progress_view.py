"""How far something is that takes long, and what came of it, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.index.errors import Message
from hemeroteca.index.progress import Progress
from hemeroteca.ui.indexing import worded
from hemeroteca.ui.web.view import TEMPLATES

_MOST_REFUSED = 50
_INDEXING = Message("Indexing")


@dataclass(frozen=True)
class Refused:
    """A file that was not added, or not whole, and why."""

    name: str
    reason: str


def receipt_html(what: str, refused: Sequence[Refused], language: str) -> str:
    """What came of adding, deleting, indexing again or asking a test set."""
    return TEMPLATES.render("receipt", language, what=what, refused=refused, most=_MOST_REFUSED)


def meter_html(what: Message, language: str, done: int = 0, total: int = 0, said: str = "") -> str:
    """A bar that is filled as far as `done` of `total`, with these numbers or with what is `said`
    instead; without a total it only moves."""
    return TEMPLATES.render("meter", language, what=what, done=done, total=total, said=said)


def indexing_html(now: Progress | None, language: str) -> str:
    """How far an indexing is, if that is known."""
    if now is None:
        return meter_html(_INDEXING, language)
    return meter_html(_INDEXING, language, round(1_000 * now.share), 1_000, worded(now, language))
