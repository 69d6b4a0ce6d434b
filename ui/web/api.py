"""What other programs may ask of the page: endpoints of its API and tools of its MCP server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore
from typing import Any

import gradio as gr
from gradio.events import api

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.chosen import chosen
from hemeroteca.index.stores.holdings import Field
from hemeroteca.rag.answer import passage_dict
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.ui.web.articles_view import search_articles

_MOST = 100  # passages or articles in one reply


class RequestError(HemerotecaError):
    """An argument of a program's request cannot be used."""


def add_endpoints(chain: Chain, archive: Archive, top_k: int, concurrent: int) -> None:
    """Add the endpoints `ask`, `search` and `articles` to the page that is being built;
    `concurrent` questions are answered at the same time."""

    turn = BoundedSemaphore(concurrent)

    def kept(
        first: str, last: str, paper: str, section: str, author: str, language: str, undated: bool
    ) -> Filter:
        names: dict[Field, list[str]] = {
            "paper": [paper], "section": [section], "author": [author], "language": [language]
        }  # fmt: skip
        return chosen(archive.catalog.holdings, names, _period(first, last), undated)

    # Gradio makes the schemas from the signatures and the descriptions from the docstrings.
    def ask(
        question: str,
        date_from: str = "",
        date_to: str = "",
        paper: str = "",
        section: str = "",
        author: str = "",
        language: str = "",
        undated: bool = False,
    ) -> dict[str, Any]:
        """Answer a question from the newspaper articles, with verbatim citations.

        Args:
            question: The question, in any language.
            date_from: First day of the articles to ask, YYYY-MM-DD; empty for no limit.
            date_to: Last day of the articles to ask, YYYY-MM-DD; empty for no limit.
            paper: Only articles of this newspaper; empty for all.
            section: Only articles of this section; empty for all.
            author: Only articles by this author; empty for all.
            language: Only articles in this language (ISO 639-1, such as "es"); empty for all.
            undated: Whether articles without a date count for a period as well.
        """
        with turn, _said_to_the_program():
            only = kept(date_from, date_to, paper, section, author, language, undated)
            return chain.ask(question, only, top_k).as_dict()

    def search(
        question: str,
        date_from: str = "",
        date_to: str = "",
        limit: int = 10,
        paper: str = "",
        section: str = "",
        author: str = "",
        language: str = "",
        undated: bool = False,
    ) -> list[dict[str, Any]]:
        """Find the passages of the newspaper articles that come nearest to a question.

        Args:
            question: The question or some words, in any language.
            date_from: First day of the articles to search, YYYY-MM-DD; empty for no limit.
            date_to: Last day of the articles to search, YYYY-MM-DD; empty for no limit.
            limit: How many passages, 1 to 100.
            paper: Only articles of this newspaper; empty for all.
            section: Only articles of this section; empty for all.
            author: Only articles by this author; empty for all.
            language: Only articles in this language (ISO 639-1, such as "es"); empty for all.
            undated: Whether articles without a date count for a period as well.
        """
        with turn, _said_to_the_program():
            only = kept(date_from, date_to, paper, section, author, language, undated)
            checked = check_question(question, only)
            found = HybridRetriever(archive, checked, _number(limit)).search()
        return [
            passage_dict(passage)
            | {"title": passage.title, "date": passage.date, "text": passage.text}
            | passage.publication.as_dict()
            for passage in found
        ]

    def articles(words: str = "", limit: int = 20) -> list[dict[str, Any]]:
        """List the newspaper articles, the latest first.

        Args:
            words: Only articles that hold one of these words; empty for all.
            limit: How many articles, 1 to 100.
        """
        with _said_to_the_program():
            return [listed.as_dict() for listed in search_articles(archive, words, _number(limit))]

    for endpoint in (ask, search, articles):
        # Not through Gradio's queue: its MCP server would ask it over HTTP, without a password.
        api(endpoint, queue=False)


@contextmanager
def _said_to_the_program() -> Iterator[None]:
    """What a user can mend is said in the reply, and not logged as a fault of the program."""
    try:
        yield
    except HemerotecaError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _period(first: str, last: str) -> Period:
    return Period(_day(first), _day(last))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise RequestError("{value!r}: expected a date YYYY-MM-DD", value=value) from None


def _number(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise RequestError(
            "limit {value}: expected a whole number from 1 to {most}", value=value, most=_MOST
        )
    return value
