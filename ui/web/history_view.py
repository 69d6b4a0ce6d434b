"""The list of past conversations as the page shows it."""

from collections.abc import Sequence

from hemeroteca.ui.web.history import Conversation
from hemeroteca.ui.web.view import TEMPLATES


def history_html(conversations: Sequence[Conversation], current: str, language: str) -> str:
    """The conversations, newest first; `current` is the id of the one that is open."""
    return TEMPLATES.render("history", language, conversations=conversations, current=current)
