"""Who presses something on the page, and in which language they read it."""

from dataclasses import dataclass

import gradio as gr

from hemeroteca.ui.language import preferred


@dataclass(frozen=True)
class Visitor:
    """`owner` is whose conversations these are: the user's; without users, the browser's, or until
    it has its name, those of this visit."""

    owner: str
    language: str


def visitor(browser: str, request: gr.Request) -> Visitor:
    """Who sent `request` from the browser of that name."""
    language = language_of(request)
    if request.username:
        return Visitor(f"user:{request.username}", language)
    return Visitor(f"browser:{browser}" if browser else f"visit:{request.session_hash}", language)


def language_of(request: gr.Request) -> str:
    """The language of the page for `request`."""
    return preferred(request.headers.get("accept-language"))
