"""What the page does when something is pressed, apart from how it is laid out."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import gradio as gr

from index.archive import Archive
from index.errors import HemerotecaError
from rag.answer import Citation
from rag.chain import Chain
from ui.evidence import article_html, evidence_html, whole_html
from ui.history import History, as_markdown
from ui.library import find_articles, library_html
from ui.messages import counted, preferred
from ui.past import past_html
from ui.period import parse_period, period_html
from ui.talk import talk_html
from ui.turn import Turn, answered_turn

_REFUSED_SHOWN = 300  # characters kept of a question that cannot be asked

Dates = tuple[str, str]  # a period as the page holds it: ISO dates, "" for open


class Desk:
    """One method for each thing that can be pressed; it returns what is shown anew, as HTML."""

    def __init__(self, chain: Chain, archive: Archive, history: History, top_k: int) -> None:
        self._chain = chain
        self._archive = archive
        self._history = history
        self._top_k = top_k

    def arrive(self, browser: str, request: gr.Request) -> tuple[str, str, str, str, str, str]:
        """The browser's name, and the page as it stands before a question."""
        language, browser = _language(request), browser or uuid4().hex
        return (
            browser,
            self._masthead(language),
            talk_html([], language),
            self._evidence(None, language),
            self._past(_owner(browser, request), "", language),
            self._period(("", ""), language),
        )

    def ask(
        self, question: str, conversation: str, dates: Dates, browser: str, request: gr.Request
    ) -> Iterator[tuple[Any, Any, Any, Any, Any]]:
        """The text box, the conversation's id, the conversation, the evidence, the list."""
        if not question.strip():
            yield _nothing_new()
            return
        language, owner = _language(request), _owner(browser, request)
        turns = self._history.turns(owner, conversation)
        waiting = talk_html(turns, language, waiting=question)
        evidence, past = self._evidence(None, language), self._past(owner, conversation, language)
        yield "", conversation, waiting, evidence, past
        turn = self._answer(question, turns, dates, language)
        # Begun only now, so that a question that breaks off leaves no empty conversation.
        conversation = conversation if turns else self._history.begin(owner, question)
        self._history.add(owner, conversation, turn)
        # The text box is left alone: the next question may be in it by now.
        yield gr.skip(), *self._open(owner, conversation, language)

    def _answer(self, question: str, turns: list[Turn], dates: Dates, language: str) -> Turn:
        asked = [turn.question for turn in turns]
        try:
            period = parse_period(*dates, language)
            answer = self._chain.ask(question, *period, top_k=self._top_k, history=asked)
        except HemerotecaError as error:
            too_long = len(question) > _REFUSED_SHOWN
            shown = question[:_REFUSED_SHOWN] + "…" if too_long else question
            return Turn(shown, str(error))
        return answered_turn(answer, *period)

    def _open(self, owner: str, conversation: str, language: str) -> tuple[str, str, str, str]:
        judged = self._history.judged_turns(owner, conversation)
        turns, votes = [turn for turn, _ in judged], [vote for _, vote in judged]
        return (
            conversation,
            talk_html(turns, language, votes),
            self._evidence(turns[-1] if turns else None, language),
            self._past(owner, conversation, language),
        )

    def example(
        self,
        conversation: str,
        dates: Dates,
        browser: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[tuple[Any, Any, Any, Any, Any]]:
        """The same as `ask`, with the question of the button that was pressed."""
        yield from self.ask(event._data["text"], conversation, dates, browser, request)

    def begin(self, browser: str, request: gr.Request) -> tuple[str, str, str, str]:
        """The page with no conversation open."""
        return self._open(_owner(browser, request), "", _language(request))

    def reopen(
        self, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str, str, str]:
        """A past conversation, with its evidence."""
        return self._open(_owner(browser, request), event._data["id"], _language(request))

    def forget(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str, str, str]:
        """A conversation deleted; another that is open stays open."""
        owner, gone = _owner(browser, request), event._data["id"]
        self._history.delete(owner, gone)
        return self._open(owner, "" if conversation == gone else conversation, _language(request))

    def export(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """A link to a conversation as Markdown, which the page's script follows at once."""
        turns = self._history.turns(_owner(browser, request), event._data["id"])
        data = quote(as_markdown(turns))
        # A number of its own, so that the same text can be saved twice.
        return (
            f'<a class="unseen" download="hemeroteca.md" tabindex="-1" data-n="{uuid4().hex}" '
            f'aria-hidden="true" href="data:text/markdown;charset=utf-8,{data}"></a>'
        )

    def judge(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """The conversation, with a vote recorded; the same vote again takes it back."""
        owner, language = _owner(browser, request), _language(request)
        position, vote = int(event._data["turn"]), int(event._data["vote"])
        self._history.judge(owner, conversation, position, vote)
        judged = self._history.judged_turns(owner, conversation)
        return talk_html([t for t, _ in judged], language, [vote for _, vote in judged])

    def show(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """The evidence of the marker that was pressed, its article open."""
        turns = self._history.turns(_owner(browser, request), conversation)
        position, number = int(event._data["turn"]), int(event._data["n"])
        turn = turns[position] if position < len(turns) else None
        return self._evidence(turn, _language(request), number)

    def narrow(self, request: gr.Request, event: gr.EventData) -> tuple[Dates, str]:
        """The period that was chosen, and its fields."""
        dates = (str(event._data["from"]), str(event._data["to"]))
        return dates, self._period(dates, _language(request))

    def open_article(self, carried: str, request: gr.Request) -> str:
        """The article of a card, from the JSON that the card carries: a citation, or in the list
        of articles only the article's id."""
        kept, language = json.loads(carried), _language(request)
        if "mark" not in kept:
            return whole_html(kept["article"], self._archive.document, language)
        cited = Citation(**(kept | {"mark": tuple(kept["mark"])}))
        return article_html(cited, self._archive.document, language)

    def library(self, wanted: str, request: gr.Request) -> str:
        """The articles that hold the words `wanted`."""
        return library_html(find_articles(self._archive, wanted), _language(request))

    def _evidence(self, turn: Turn | None, language: str, opened: int = 0) -> str:
        return evidence_html(turn, self._archive.document, language, opened)

    def _past(self, owner: str, conversation: str, language: str) -> str:
        return past_html(self._history.past(owner), conversation, language)

    def _period(self, dates: Dates, language: str) -> str:
        return period_html(self._archive.catalog.dates(), dates, language)

    def _masthead(self, language: str) -> str:
        articles, passages = self._archive.catalog.counts()
        days = self._archive.catalog.days()
        facts = [counted(language, "article", articles), counted(language, "passage", passages)]
        if days:
            facts.append(" – ".join(sorted(set(days))))
        held = escape(", ".join(facts))
        return f'<header class="masthead"><h1>Hemeroteca</h1><p>{held}</p></header>'


def _nothing_new() -> tuple[Any, Any, Any, Any, Any]:
    return gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()


def _language(request: gr.Request) -> str:
    return preferred(request.headers.get("accept-language"))


def _owner(browser: str, request: gr.Request) -> str:
    """Whose conversations these are: the user's; without users, the browser's, or until it has
    its name, those of this visit."""
    if request.username:
        return f"user:{request.username}"
    return f"browser:{browser}" if browser else f"visit:{request.session_hash}"
