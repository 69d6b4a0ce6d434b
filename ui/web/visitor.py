"""Who presses something on the page, and in which language they read it."""

import hmac
import secrets
from dataclasses import dataclass

import gradio as gr

from hemeroteca.ui.language import preferred

_SECRET = secrets.token_bytes()


@dataclass(frozen=True)
class Visitor:
    """`owner` is whose conversations these are: the user's; without users, the browser's."""

    owner: str
    language: str


def visitor(browser: str, request: gr.Request) -> Visitor:
    """Who sent `request` from the browser of that name, which is "" until it was told one."""
    language = language_of(request)
    if request.username:
        return Visitor(f"user:{request.username}", language)
    return Visitor(f"browser:{browser or new_name(request)}", language)


def new_name(request: gr.Request) -> str:
    """The name of a browser that has none: the same for everything that one visit asks before it
    knows its name, and not to be told from the visit's own id, which stands in addresses."""
    return hmac.digest(_SECRET, str(request.session_hash).encode(), "sha256").hex()[:32]


def language_of(request: gr.Request) -> str:
    """The language of the page for `request`."""
    return preferred(request.headers.get("accept-language"))
