"""What the page does when something is pressed to ask, apart from how it is laid out."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import gradio as gr

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import MAX_QUESTION_CHARACTERS
from hemeroteca.ui.language import FAULT, say
from hemeroteca.ui.markdown import as_markdown, cited
from hemeroteca.ui.web.articles_view import masthead_html
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.conversation_view import Waiting, conversation_html
from hemeroteca.ui.web.evidence_view import article_html, awaited_html, evidence_html, whole_html
from hemeroteca.ui.web.export_view import Export, export_html, references_html
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.history_view import history_html
from hemeroteca.ui.web.message import Kept, Turn, answered_turn, citation_of
from hemeroteca.ui.web.period_view import CHOSEN, Chosen, asked_html, chosen_filter
from hemeroteca.ui.web.queue import FullError, Position, QuestionQueue
from hemeroteca.ui.web.suggestions import Suggestions
from hemeroteca.ui.web.view import TEMPLATES
from hemeroteca.ui.web.views import Views
from hemeroteca.ui.web.visitor import Visitor, language_of, new_name, visitor

log = logging.getLogger(__name__)

_FULL = Message(
    "The page is busy: too many questions are waiting already. Please ask again in a minute."
)

Shown = tuple[Any, Any, Any, Any, Any]  # text box, conversation's id, conversation, evidence, list


class AskTab:
    """One method for each thing that can be pressed; it returns what is shown anew, as HTML."""

    def __init__(
        self,
        chain: Chain,
        archive: Archive,
        history: History,
        queue: QuestionQueue[str | Turn],
        top_k: int,
        collections: Collections,
        suggestions: Suggestions,
    ) -> None:
        self._chain = chain
        self._archive = archive
        self._history = history
        self._queue = queue
        self._top_k = top_k
        self._collections = collections
        self._suggestions = suggestions
        self._views = Views()

    def arrive(self, browser: str, request: gr.Request) -> tuple[Any, ...]:
        """The browser's name, and the page as it stands before a question. What was opened or asked
        meanwhile is shown already, and stays."""
        who, before = visitor(browser, request), self._views.last(_visit(request))
        page = (
            self._conversation(who, "", []),
            self._evidence(None, who.language),
            self._past(who, ""),
        )
        return (
            browser or new_name(request),
            masthead_html(self._archive, who.language),
            *(page if self._views.last(_visit(request)) is before else _skipped(3)),
            self._period({}, who.language),
        )

    def leave(self, request: gr.Request) -> None:
        """The page was closed."""
        self._views.leave(_visit(request))

    def ask(
        self, question: str, conversation: str, asked_of: Chosen, browser: str, request: gr.Request
    ) -> Iterator[Shown]:
        """What is shown of a question while it is answered, and of its answer."""
        who = visitor(browser, request)
        yield from self._ask(question, conversation, asked_of, who, _visit(request))

    def example(
        self,
        conversation: str,
        asked_of: Chosen,
        browser: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[Shown]:
        """The same as `ask`, with the question of the button that was pressed."""
        who, question = visitor(browser, request), str(event._data["text"])
        yield from self._ask(question, conversation, asked_of, who, _visit(request))

    def again(
        self,
        conversation: str,
        asked_of: Chosen,
        browser: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[Shown]:
        """The same with the question of a former turn; `whole` sets aside the period that it names
        itself."""
        who, position = visitor(browser, request), int(event._data["turn"])
        turns = self._history.turns(who.owner, conversation)
        question = turns[position].turn.question if position < len(turns) else ""
        whole = "whole" in event._data
        yield from self._ask(question, conversation, asked_of, who, _visit(request), whole)

    def _ask(
        self,
        question: str,
        conversation: str,
        asked_of: Chosen,
        who: Visitor,
        visit: str,
        whole: bool = False,
    ) -> Iterator[Shown]:
        if not question.strip():
            yield _skipped(5)
            return
        view = self._views.open(visit, conversation, asking=True)
        turns = self._history.turns(who.owner, conversation)
        waiting = Waiting(uuid4().hex, question)
        shown = conversation_html(conversation, turns, who.language, waiting)
        yield "", conversation, shown, awaited_html(who.language), gr.skip()
        turn = Turn(
            _kept(question),
            failure=say("You stopped this answer.", who.language),
        )
        steps = self._steps(question, asked_of, turns, who, whole)
        try:
            for step in self._queue.follow(waiting.id, steps):
                before = waiting
                if isinstance(step, Turn):
                    turn = step  # kept, if what a model adds is stopped
                    waiting = replace(waiting, draft=step.answer)
                elif isinstance(step, Position):
                    waiting = replace(waiting, ahead=step.ahead)
                else:
                    waiting = replace(waiting, written=(*waiting.written, step))
                if waiting != before and self._views.shows(visit, view):
                    shown = conversation_html(conversation, turns, who.language, waiting)
                    yield gr.skip(), gr.skip(), shown, gr.skip(), gr.skip()
        except FullError:
            turn = Turn(_kept(question), failure=say(_FULL, who.language))
        # Begun only now, so that a question that breaks off leaves no empty conversation.
        if turns:
            self._history.add(who.owner, conversation, turn)
        else:
            conversation = self._history.begin(who.owner, turn)
        # The text box is left alone: the next question may be in it by now.
        if self._views.shows(visit, view):
            yield gr.skip(), *self._open(who, conversation, visit)
        else:  # another was opened meanwhile: it stays, and this one stands in the list
            last = self._views.last(visit)
            yield *_skipped(4), self._past(who, last.conversation if last else "")

    def _steps(
        self, question: str, asked_of: Chosen, turns: list[Kept], who: Visitor, whole: bool
    ) -> Iterator[str | Turn]:
        """The turn that the question becomes; where a model writes, that of the embedded answer
        and the sentences that are written before it."""
        asked = [kept.turn.question for kept in turns]
        try:
            only = self._filter(asked_of, who)
            steps = self._chain.stream(question, only, self._top_k, asked, whole, [who.language])
            for step in steps:
                yield answered_turn(step) if isinstance(step, Answer) else step
        except HemerotecaError as error:
            yield Turn(_kept(question), failure=say(error.message, who.language))
        except Exception:
            log.exception("a question could not be answered")
            yield Turn(_kept(question), failure=say(FAULT, who.language))

    def _filter(self, asked_of: Chosen, who: Visitor) -> Filter:
        """Which articles are asked. Raises HemerotecaError for what cannot be chosen."""
        only = chosen_filter(self._archive.catalog.holdings, asked_of)
        if not (id := asked_of.get("collection")):
            return only
        name = asked_of.get("collection_name", "")
        articles = tuple(self._collections.articles(who.owner, id))
        return replace(only, articles=articles, collection=name)

    def halt(self, event: gr.EventData) -> None:
        """Stop what is being answered."""
        self._queue.stop(str(event._data["id"]))

    def _open(self, who: Visitor, conversation: str, visit: str) -> tuple[str, str, str, str]:
        self._views.open(visit, conversation)
        turns = self._history.turns(who.owner, conversation)
        return (
            conversation,
            self._conversation(who, conversation, turns),
            self._evidence(turns[-1].turn if turns else None, who.language),
            self._past(who, conversation),
        )

    def _conversation(self, who: Visitor, conversation: str, turns: list[Kept]) -> str:
        """A conversation or, where it has no turns, what one can begin with."""
        if turns:
            return conversation_html(conversation, turns, who.language)
        return conversation_html(
            conversation,
            turns,
            who.language,
            suggestions=self._suggestions.of(who.language),
            articles=self._archive.catalog.counts()[0] > 0,
        )

    def come_back(self, conversation: str, shown: str, browser: str, request: gr.Request) -> Any:
        """What one can begin with, if nothing was asked: articles may have come meanwhile. The tab
        is chosen before anything is shown as well, and what comes then is for `arrive` to say."""
        who, before = visitor(browser, request), self._views.last(_visit(request))
        if conversation or not shown or (before and before.asking):
            return gr.skip()
        page = self._conversation(who, "", [])
        return page if self._views.last(_visit(request)) is before else gr.skip()

    def begin(self, browser: str, request: gr.Request) -> tuple[str, str, str, str]:
        """The page with no conversation open."""
        return self._open(visitor(browser, request), "", _visit(request))

    def reopen(
        self, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str, str, str]:
        """A past conversation, with its evidence."""
        return self._open(visitor(browser, request), event._data["id"], _visit(request))

    def forget(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[Any, ...]:
        """A conversation deleted; another that is open stays as it is."""
        who, gone = visitor(browser, request), event._data["id"]
        self._history.delete(who.owner, gone)
        if conversation == gone:
            return self._open(who, "", _visit(request))
        return *_skipped(3), self._past(who, conversation)

    def rename(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """The list, a conversation in it under its new name."""
        who = visitor(browser, request)
        self._history.rename(who.owner, event._data["id"], event._data["text"])
        return self._past(who, conversation)

    def export(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """A link to a conversation as Markdown, which the page's script follows at once, and to its
        references."""
        who = visitor(browser, request)
        turns = self._history.turns(who.owner, event._data["id"])
        sources = cited(turns)
        articles = {each.article for each in sources}
        gone = {article for article in articles if self._archive.document(article) is None}
        whole = Export("hemeroteca.md", "text/markdown", as_markdown(turns, gone))
        return export_html(whole) + references_html(sources, who.language)

    def share(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """The link under which others may read a conversation; nothing of another owner's."""
        who, conversation = visitor(browser, request), str(event._data["id"])
        key = self._history.share(who.owner, conversation)
        if not key:
            return ""
        return TEMPLATES.render("sharing", who.language, key=key, conversation=conversation)

    def unshare(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """Nobody may read the conversation any more: nothing in place of its link."""
        self._history.unshare(visitor(browser, request).owner, str(event._data["id"]))
        return ""

    def judge(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> Any:
        """The conversation, with a vote recorded; the same vote again takes it back."""
        who, before = visitor(browser, request), self._views.last(_visit(request))
        position, vote = int(event._data["turn"]), int(event._data["vote"])
        self._history.judge(who.owner, conversation, position, vote)
        turns = self._history.turns(who.owner, conversation)
        shown = conversation_html(conversation, turns, who.language)
        left = before and not self._views.shows(_visit(request), before)
        return gr.skip() if left else shown

    def remark(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> None:
        """What a person says about their vote, recorded; it stands in its field already."""
        owner, position = visitor(browser, request).owner, int(event._data["turn"])
        self._history.remark(owner, conversation, position, str(event._data["text"]))

    def show(
        self, conversation: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """The evidence of the marker that was pressed, its article open."""
        who = visitor(browser, request)
        turns = self._history.turns(who.owner, conversation)
        position, number = int(event._data["turn"]), int(event._data["n"])
        turn = turns[position].turn if position < len(turns) else None
        return self._evidence(turn, who.language, number)

    def narrow(self, asked_of: Chosen, event: gr.EventData) -> Chosen:
        """What was chosen of the articles. It draws nothing: what is asked next is asked of it."""
        data = event._data
        return {**asked_of, **{name: str(data[name]) for name in CHOSEN if name in data}}

    def narrowed(self, asked_of: Chosen, request: gr.Request) -> str:
        """The fields where articles are chosen, with what was chosen."""
        return self._period(asked_of, language_of(request))

    def open_article(self, carried: str, request: gr.Request) -> str:
        """The article of a card, from the JSON that the card carries: a citation, or in the list
        of articles only the article's id."""
        kept, language = json.loads(carried), language_of(request)
        if "mark" not in kept:
            return whole_html(kept["article"], self._archive.document, language)
        return article_html(citation_of(kept), self._archive.document, language)

    def _evidence(self, turn: Turn | None, language: str, opened: int = 0) -> str:
        return evidence_html(turn, self._archive.document, language, opened)

    def _past(self, who: Visitor, conversation: str) -> str:
        return history_html(self._history.conversations(who.owner), conversation, who.language)

    def _period(self, asked_of: Chosen, language: str) -> str:
        return asked_html(self._archive, asked_of, language)


def _visit(request: gr.Request) -> str:
    """The id of the page that sent `request`, as long as it is open."""
    return str(request.session_hash)


def _kept(question: str) -> str:
    """What is kept of a question that was not answered: all of any that can be asked again."""
    whole = question.strip()
    too_long = len(whole) > MAX_QUESTION_CHARACTERS
    return whole[:MAX_QUESTION_CHARACTERS] + "…" if too_long else whole


def _skipped(outputs: int) -> Any:
    return tuple(gr.skip() for _ in range(outputs))
