"""The page: what is on it, and what happens when something is pressed."""

import errno
import io
import json
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

# Before gradio is imported: it reads the setting then, and must never call home.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
from starlette.middleware import Middleware

from index.archive import Archive
from index.errors import HemerotecaError
from rag.answer import Citation
from rag.chain import Chain
from ui.access import Gate, Users, is_loopback
from ui.evidence import article_html, evidence_html, whole_html
from ui.history import History, as_markdown
from ui.library import find_articles, library_html
from ui.messages import TEXTS, counted, preferred
from ui.past import past_html
from ui.period import parse_period, period_html
from ui.programs import offer
from ui.talk import talk_html
from ui.turn import Turn, answered_turn

# System fonts: a theme with web fonts would make the browser ask another host for them.
THEME = gr.themes.Soft(
    primary_hue="amber",
    neutral_hue="stone",
    font=["ui-serif", "Georgia", "Cambria", "serif"],
    font_mono=["ui-monospace", "monospace"],
).set(
    # Soft's own are too pale to read (WCAG asks for a contrast of 4.5).
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_400",
    link_text_color="*primary_800",
    link_text_color_dark="*primary_400",
)
_HERE = Path(__file__).parent
_SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")
_CONCURRENT = 4  # questions read at the same time; the others wait
_WAITING = 100  # beyond them Gradio says that the queue is full
_REFUSED_SHOWN = 300  # characters kept of a question that cannot be asked
_I18N = gr.I18n(**{language: dict(texts) for language, texts in TEXTS.items()})

Dates = tuple[str, str]  # a period as the page holds it: ISO dates, "" for open


class _Desk:
    """What the page does, apart from how it looks."""

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
    ) -> Iterator[tuple[str, str, str, str, str]]:
        """The text box, the conversation's id, the conversation, the evidence, the list."""
        if not question.strip():
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
        yield "", *self._open(owner, conversation, language)

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
    ) -> Iterator[tuple[str, str, str, str, str]]:
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


def build_page(chain: Chain, archive: Archive, history: History, top_k: int) -> gr.Blocks:
    """The page over `chain` and `archive`, its conversations kept in `history`."""
    desk = _Desk(chain, archive, history, top_k)

    def open_article(citation: str, request: gr.Request) -> str:
        return desk.open_article(citation, request)  # Gradio cannot mark a method as its own

    page = gr.Blocks(title="Hemeroteca", analytics_enabled=False, fill_width=True)
    page.queue(max_size=_WAITING)
    with page:
        # A fixed key and secret: with Gradio's random ones a restart would forget the browser.
        browser = gr.BrowserState("", storage_key="hemeroteca", secret="hemeroteca")
        conversation, dates = gr.State(""), gr.State(("", ""))
        masthead = _html("masthead")
        with gr.Tab(_I18N("ask_tab")), gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=200, elem_id="shelf"):
                begin = gr.Button(_I18N("new"), size="sm", elem_id="begin")
                past = _html("past")
                exported = _html("exported")
            with gr.Column(scale=6, min_width=320):
                talk = _html("talk")
                question = gr.Textbox(
                    label=_I18N("placeholder"),
                    placeholder=_I18N("placeholder"),
                    show_label=False,
                    submit_btn=True,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    autofocus=True,
                )
                period = _html("period")
            with gr.Column(scale=5, min_width=320):
                evidence = _html("evidence", [open_article])
        with gr.Tab(_I18N("library_tab")) as tab:
            wanted = gr.Textbox(
                placeholder=_I18N("search"), label=_I18N("search"), show_label=False
            )
            library = _html("library", [open_article])
        offer(chain, archive, top_k, _CONCURRENT)
        opened = [conversation, talk, evidence, past]
        asking: dict[str, Any] = {
            "outputs": [question, *opened],
            "concurrency_limit": _CONCURRENT,
            "concurrency_id": "ask",
            "show_progress": "minimal",  # it shows the place in the queue
            "show_progress_on": question,
            "api_visibility": "private",
        }
        moving: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        page.load(desk.arrive, browser, [browser, masthead, talk, evidence, past, period], **moving)
        question.submit(desk.ask, [question, conversation, dates, browser], **asking)
        talk.example(desk.example, [conversation, dates, browser], **asking)
        talk.show(desk.show, [conversation, browser], evidence, **moving)
        talk.judge(desk.judge, [conversation, browser], talk, **moving)
        period.narrow(desk.narrow, None, [dates, period], **moving)
        gr.on([tab.select, wanted.submit], desk.library, wanted, library, **moving)
        begin.click(desk.begin, browser, opened, **moving)
        past.reopen(desk.reopen, browser, opened, **moving)
        past.export(desk.export, browser, exported, **moving)
        past.forget(desk.forget, [conversation, browser], opened, **moving)
    return page


def _html(name: str, server_functions: list | None = None) -> gr.HTML:
    return gr.HTML(
        "",
        elem_id=name,
        elem_classes="part",
        js_on_load=_SCRIPT,
        apply_default_css=False,
        server_functions=server_functions,
    )


def _language(request: gr.Request) -> str:
    return preferred(request.headers.get("accept-language"))


def _owner(browser: str, request: gr.Request) -> str:
    """Whose conversations these are: the user's; without users, the browser's, or until it has
    its name, those of this visit."""
    if request.username:
        return f"user:{request.username}"
    return f"browser:{browser}" if browser else f"visit:{request.session_hash}"


def serve(page: gr.Blocks, host: str, port: int, hashes: Mapping[str, str]) -> None:
    """Open `page` on `host`:`port`, print its address and serve until interrupted; with `hashes`
    of users' passwords, to these users only."""
    guarded: dict[str, Any] = {}
    if hashes:
        users = Users(hashes)
        guarded = {
            "auth_dependency": lambda request: users.named_by(request.headers.get("authorization")),
            "app_kwargs": {"middleware": [Middleware(Gate, users=users)]},
        }
    elif not is_loopback(host):
        print(
            f"hemeroteca: anyone who reaches {host} can ask and read the articles: "
            "set CHAT_USERS, or listen on 127.0.0.1 (CHAT_HOST)",
            file=sys.stderr,
        )
    try:
        # Gradio announces its MCP server even when told to be quiet.
        with redirect_stdout(io.StringIO()):
            page.launch(
                server_name=host,
                server_port=port,
                theme=THEME,
                css_paths=_HERE / "page.css",
                i18n=_I18N,
                quiet=True,
                show_error=True,
                share=False,
                inbrowser=False,
                prevent_thread_lock=True,
                max_file_size="1mb",
                footer_links=[],
                ssr_mode=False,
                mcp_server=True,
                **guarded,
            )
    except OSError as error:
        raise HemerotecaError(_port_taken(host, port)) from error
    print(f"Hemeroteca is open on http://{host}:{port} (Ctrl-C ends it)", flush=True)
    page.block_thread()


def check_port(host: str, port: int) -> None:
    """Raise HemerotecaError if the page cannot listen there; before anything slow is loaded."""
    try:
        socket.getaddrinfo(host, port)  # by itself: create_server hides the type of its error
        with socket.create_server((host, port)):
            pass
    except (OSError, UnicodeError) as error:  # UnicodeError is of names that cannot be
        foreign = getattr(error, "errno", None) == errno.EADDRNOTAVAIL
        if foreign or isinstance(error, (socket.gaierror, UnicodeError)):
            raise HemerotecaError(
                f"{host!r} is not an address of this machine (CHAT_HOST)"
            ) from error
        raise HemerotecaError(_port_taken(host, port)) from error


def _port_taken(host: str, port: int) -> str:
    return (
        f"cannot listen on {host}:{port}, it is in use or not allowed: close the other program, "
        "or choose another port with --port (CHAT_PORT)"
    )
