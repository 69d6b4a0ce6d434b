"""What is said of something that was pressed, above the page, which stays as it was."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import gradio as gr

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.ui.language import say
from hemeroteca.ui.web.view import TEMPLATES


def notice_html(text: str, language: str, failed: bool = False) -> str:
    """A notice; nothing without a text."""
    number = uuid4().hex  # that the same can be said twice
    return TEMPLATES.render("notice", language, text=text, failed=failed, number=number)


def noticed(act: Callable[[], tuple[Any, ...]], outputs: int, language: str) -> tuple[Any, ...]:
    """What `act` gives, for so many outputs, and the notice: none or, where it raises what a person
    can mend, the reason; then all else stays."""
    try:
        return (*act(), "")
    except HemerotecaError as error:
        kept = (gr.skip() for _ in range(outputs))
        return (*kept, notice_html(say(error.message, language), language, failed=True))
