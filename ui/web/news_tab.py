"""What the page does with the questions and searches that are followed, and with their news."""

import json
from dataclasses import asdict
from typing import Any

import gradio as gr
from babel import Locale

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.holdings import FIELDS
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.days import period_text
from hemeroteca.ui.language import say
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.following import follow
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.message import Turn
from hemeroteca.ui.web.notice import notice_html, noticed
from hemeroteca.ui.web.period_view import Chosen, PeriodError, parse_period
from hemeroteca.ui.web.saved import KINDS, Saved, SavedSearches
from hemeroteca.ui.web.view import TEMPLATES
from hemeroteca.ui.web.visitor import Visitor, visitor


class NewsTab:
    """One method for each thing that can be pressed; it returns the tab as it is then."""

    def __init__(self, archive: Archive, saved: SavedSearches, history: History) -> None:
        self._archive = archive
        self._saved = saved
        self._history = history

    def arrive(self, browser: str, request: gr.Request) -> str:
        """What is new, of all that is followed."""
        return self._shown(visitor(browser, request))

    def choose(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """The news of one question or search, or of all."""
        return self._shown(visitor(browser, request), str(event._data["id"]), True)

    def older(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """With the news that were seen, or without."""
        who, shown = visitor(browser, request), bool(event._data["all"])
        return self._shown(who, str(event._data["id"]), shown)

    def seen(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """The news that are shown, taken for seen."""
        who, id = visitor(browser, request), str(event._data["id"])
        self._saved.mark_seen(who.owner, id)
        return self._shown(who, id)

    def follow(
        self, asked_of: Chosen, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[Any, ...]:
        """Follow a question or a search from now on, of the articles that are chosen."""
        who, kind = visitor(browser, request), str(event._data["kind"])
        return self._follow(who, kind, str(event._data["text"]), asked_of)

    def follow_turn(
        self,
        conversation: str,
        asked_of: Chosen,
        browser: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[Any, ...]:
        """Follow the question of a turn, as it was searched."""
        who, position = visitor(browser, request), int(event._data["turn"])
        turns = self._history.turns(who.owner, conversation)
        turn = turns[position].turn if position < len(turns) else Turn("")
        text = (turn.answer.searched if turn.answer else "") or turn.question
        shown, notice = self._follow(who, "question", text, asked_of)
        said = say("Followed: what new articles say stands under “News”.", who.language)
        return shown, notice or notice_html(said, who.language)

    def forget(self, browser: str, request: gr.Request, event: gr.EventData) -> str:
        """Follow something no more."""
        who = visitor(browser, request)
        self._saved.forget(who.owner, str(event._data["id"]))
        return self._shown(who)

    def _follow(self, who: Visitor, kind: str, text: str, asked_of: Chosen) -> tuple[Any, ...]:
        known = next((each for each in KINDS if each == kind), KINDS[0])
        # A collection holds what is there already: nothing new comes into it by itself.
        chosen = {k: v for k, v in asked_of.items() if not k.startswith("collection")}

        def followed() -> tuple[str]:
            follow(self._archive, self._saved, who.owner, known, text, chosen)
            return (self._shown(who),)

        return noticed(followed, 1, who.language)

    def _shown(self, who: Visitor, current: str = "", older: bool = False) -> str:
        news = self._saved.news(who.owner, current)
        return TEMPLATES.render(
            "news",
            who.language,
            followed=self._saved.of(who.owner),
            news=[each for each in news if older or not each.seen],
            current=current,
            older=older,
            key=self._saved.feed_key(who.owner),
            link=sentence_address,
            carried=_carried,
            said=lambda each: followed_text(each, who.language),
        )


def followed_text(followed: Saved, language: str) -> str:
    """What is followed, a search in quotation marks, with what is chosen beside it."""
    of, spoken = followed.asked_of, Locale(language).languages
    named = {field: of.get(field, "") for field in FIELDS}
    named["language"] = spoken.get(named["language"], named["language"])
    try:
        days = period_text(parse_period(of.get("from", ""), of.get("to", "")), language)
    except PeriodError:
        days = ""
    text = f"“{followed.text}”" if followed.kind == "search" else followed.text
    return " · ".join(filter(None, [text, *named.values(), days]))


def _carried(citation: Citation) -> str:
    return json.dumps(asdict(citation), ensure_ascii=False, default=str)
