"""What other programs may ask of the page through Gradio's clients: endpoints of its API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.events import api

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.requests import Ask, CheckClaim, ListArticles, Search, parse


def add_endpoints(library: Library) -> None:
    """Add the endpoints `ask`, `search`, `articles` and `check` to the page that is being built."""

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
        history: list[str] | None = None,
        index: str = "",
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
            history: The questions before it in the conversation, oldest first.
            index: Of several indexes, the name of the one to ask; empty for that of the page.
        """
        with _said_to_the_program():
            asked = {
                "question": question, "date_from": date_from, "date_to": date_to, "paper": paper,
                "section": section, "author": author, "language": language, "undated": undated,
                "history": history or [], "index": index,
            }  # fmt: skip
            return library.of(index).ask(parse(Ask, asked)).as_dict()

    def check(
        claim: str,
        date_from: str = "",
        date_to: str = "",
        paper: str = "",
        section: str = "",
        author: str = "",
        language: str = "",
        undated: bool = False,
        index: str = "",
    ) -> dict[str, Any]:
        """Check a claim against the newspaper articles, with the sentences that decide.

        Args:
            claim: The claim, a sentence in any language; no question.
            date_from: First day of the articles to check by, YYYY-MM-DD; empty for no limit.
            date_to: Last day of the articles to check by, YYYY-MM-DD; empty for no limit.
            paper: Only articles of this newspaper; empty for all.
            section: Only articles of this section; empty for all.
            author: Only articles by this author; empty for all.
            language: Only articles in this language (ISO 639-1, such as "es"); empty for all.
            undated: Whether articles without a date count for a period as well.
            index: Of several indexes, the name of the one to check by; empty for that of the page.
        """
        with _said_to_the_program():
            asked = {
                "claim": claim, "date_from": date_from, "date_to": date_to, "paper": paper,
                "section": section, "author": author, "language": language, "undated": undated,
                "index": index,
            }  # fmt: skip
            return library.of(index).check(parse(CheckClaim, asked)).as_dict()

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
        index: str = "",
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
            index: Of several indexes, the name of the one to search; empty for that of the page.
        """
        with _said_to_the_program():
            asked = {
                "question": question, "date_from": date_from, "date_to": date_to, "limit": limit,
                "paper": paper, "section": section, "author": author, "language": language,
                "undated": undated, "index": index,
            }  # fmt: skip
            return library.of(index).search(parse(Search, asked))

    def articles(words: str = "", limit: int = 20, index: str = "") -> list[dict[str, Any]]:
        """List the newspaper articles, the latest first.

        Args:
            words: Only articles that hold one of these words; empty for all.
            limit: How many articles, 1 to 100.
            index: Of several indexes, the name of the one to list; empty for that of the page.
        """
        with _said_to_the_program():
            asked = {"words": words, "limit": limit, "index": index}
            found = library.of(index).articles(parse(ListArticles, asked))
            return [listed.as_dict() for listed in found]

    for endpoint in (ask, search, articles, check):
        api(endpoint, queue=False)


@contextmanager
def _said_to_the_program() -> Iterator[None]:
    """What a user can mend is said in the reply, and not logged as a fault of the program."""
    try:
        yield
    except HemerotecaError as error:
        raise gr.Error(str(error), print_exception=False) from error
