"""The page: what is on it, how it is laid out and served."""

import errno
import io
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from hemeroteca.index.environment import without_proxy
from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.ui.indexes import Indexes
from hemeroteca.ui.language import LANGUAGES, say
from hemeroteca.ui.programs.completions import Completions
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.mcp_server import McpEndpoint
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.api import add_endpoints
from hemeroteca.ui.web.article_page import article_routes
from hemeroteca.ui.web.article_pictures import photograph_route
from hemeroteca.ui.web.articles_tab import ArticlesTab
from hemeroteca.ui.web.articles_view import masthead_html
from hemeroteca.ui.web.ask_tab import AskTab
from hemeroteca.ui.web.auth import AuthMiddleware, Users, is_loopback
from hemeroteca.ui.web.batch_page import batch_routes
from hemeroteca.ui.web.check_page import check_routes
from hemeroteca.ui.web.choice import Choice, choice_html
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.collections_tab import CollectionsTab
from hemeroteca.ui.web.compare_page import compare_route
from hemeroteca.ui.web.evaluation_tab import EvaluationTab
from hemeroteca.ui.web.feed import feed_route
from hemeroteca.ui.web.following import following_route
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.indexing import Indexing
from hemeroteca.ui.web.keeping_route import keeping_route
from hemeroteca.ui.web.message import Turn
from hemeroteca.ui.web.news import check_news
from hemeroteca.ui.web.news_tab import NewsTab
from hemeroteca.ui.web.page_picture import picture_route
from hemeroteca.ui.web.passages_page import passages_routes
from hemeroteca.ui.web.pictures_page import pictures_routes
from hemeroteca.ui.web.progress_view import indexing_html
from hemeroteca.ui.web.queue import QuestionQueue
from hemeroteca.ui.web.reading import style_routes
from hemeroteca.ui.web.results_export import export_route
from hemeroteca.ui.web.saved import SavedSearches
from hemeroteca.ui.web.search_history import SearchHistory, search_history_route
from hemeroteca.ui.web.search_page import search_routes
from hemeroteca.ui.web.shared_page import shared_route
from hemeroteca.ui.web.suggestions import Suggestions
from hemeroteca.ui.web.uploads import MAX_BYTES
from hemeroteca.ui.web.view import TEMPLATES
from hemeroteca.ui.web.visitor import language_of

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
    input_placeholder_color="*neutral_600",
    input_placeholder_color_dark="*neutral_400",
)
_HERE = Path(__file__).parent
_SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")
_CONCURRENT = 4  # questions read at the same time; the others wait
_WAITING = 100  # beyond them the page says that it is busy
_EVERY_S = 2.0  # a page asks how far an indexing is
_THREADS = 40 + _CONCURRENT + _WAITING  # a question that waits holds one; Gradio's own are 40
# What Gradio says itself, by names that it can look up in the browser.
_LABELS = {
    "ask_tab": Message("Ask"),
    "new": Message("New conversation"),
    "placeholder": Message("Your question"),
    "library_tab": Message("Articles"),
    "search": Message("Search the articles"),
    "reindex": Message("Index again"),
    "collections_tab": Message("Collections"),
    "news_tab": Message("News"),
    "evaluation_tab": Message("Evaluation"),
}
_I18N = gr.I18n(
    **{
        language: {name: say(sentence, language) for name, sentence in _LABELS.items()}
        for language in LANGUAGES
    }
)


@dataclass(frozen=True)
class Beside:
    """What is served beside the page: routes, and what is done around the server's life."""

    routes: Sequence[BaseRoute] = ()
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]] | None = None


def open_library(
    chain: Chain,
    checker: ClaimChecker,
    archive: Archive,
    settings: Settings,
    indexes: Indexes[Library] | None = None,
) -> Library:
    """What answers the requests of programs."""
    return Library(chain, checker, archive, settings.top_k, _CONCURRENT, indexes)


def beside(
    archive: Archive,
    library: Library,
    history: History,
    collections: Collections,
    saved: SavedSearches,
    searches: SearchHistory,
    root: str = "",
    choice: Choice = Choice(),
) -> Beside:
    """The articles under their own addresses, from where they are kept in `collections`, the
    conversations of `history` that are shared, the feeds of what is `saved`, the `searches` that
    were made, and what programs ask of `library`; a server in front shows all of it at `root`."""
    mcp = McpEndpoint(library)
    completions = Completions(library, root)
    kept = keeping_route(archive, collections)
    shared = shared_route(history, choice)
    checking = check_routes(library, choice)
    pages = [
        *reading_routes(archive, choice, root, collections),
        *checking,
        kept,
        shared,
        following_route(archive, saved),
        search_history_route(searches, collections),
        feed_route(saved, root),
    ]
    return Beside([*pages, *mcp.routes, *completions.routes], mcp.running)


def build_page(
    chain: Chain,
    archive: Archive,
    history: History,
    collections: Collections,
    saved: SavedSearches,
    sources: Sequence[Path],
    settings: Settings,
    programs: Library,
    indexing: Indexing | None = None,
    choice: Choice = Choice(),
) -> gr.Blocks:
    """The page over `chain` and `archive`, which holds the articles of `sources`; its conversations
    are kept in `history`, what people keep of the articles in `collections`, what they follow in
    `saved`, and `programs` answers the requests of its API; `indexing` may still go on, and other
    indexes be chosen."""

    suggestions = Suggestions(archive, chain, settings.top_k)

    def check() -> None:
        check_news(archive, chain, saved, settings.top_k)
        suggestions.renew()

    def how_far(request: gr.Request) -> tuple[Any, ...]:
        """How far the indexing is that goes on, and what is in; the last time that it ended."""
        language = language_of(request)
        goes_on = indexing is not None and indexing.goes_on
        shown = indexing_html(indexing.now, language) if indexing and goes_on else ""
        if not goes_on:
            suggestions.renew()
        return masthead_html(archive, language), shown, gr.Timer(active=goes_on)

    lock = indexing.writing if indexing else None
    queue: QuestionQueue[str | Turn] = QuestionQueue(_CONCURRENT, _WAITING)
    ask = AskTab(chain, archive, history, queue, settings.top_k, collections, suggestions)
    articles = ArticlesTab(archive, sources, check, lock)
    evaluation = EvaluationTab(settings, sources)
    kept, news = CollectionsTab(archive, collections), NewsTab(archive, saved, history)

    def choose(request: gr.Request) -> str:
        return choice_html(choice, language_of(request))

    def open_article(citation: str, request: gr.Request) -> str:
        return ask.open_article(citation, request)  # Gradio cannot mark a method as its own

    page = gr.Blocks(title="Hemeroteca", analytics_enabled=False, fill_width=True)
    page.queue(max_size=_WAITING)
    with page:
        # A fixed key and secret: with Gradio's random ones a restart would forget the browser.
        browser = gr.BrowserState("", storage_key="hemeroteca", secret="hemeroteca")
        conversation, asked_of, current = gr.State(""), gr.State({}), gr.State("")
        with gr.Row(elem_id="top"):
            masthead = _html("masthead")
            ways = _html("ways")  # apart from what is drawn anew, so that an open menu stays open
            indexes = _html("indexes") if len(choice.names) > 1 else None
        progress = _html("progress")
        notice = _html("notice")
        keeping = _html("kept")  # here, for what is in a tab is there when that is opened
        # Wrapped: Gradio's menu of the tabs for which there is no room would list the evaluation.
        tabs = gr.Tabs(overflow_behavior="wrap")
        with (
            tabs,
            gr.Tab(_I18N("ask_tab"), elem_id="ask-tab") as ask_tab,
            gr.Row(equal_height=False),
        ):
            with gr.Column(scale=2, min_width=200, elem_id="shelf"):
                begin = gr.Button(_I18N("new"), size="sm", elem_id="begin")
                past = _html("past")
                exported = _html("exported")
            with gr.Column(scale=6, min_width=320, elem_id="middle"):
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
        with tabs, gr.Tab(_I18N("library_tab"), elem_id="library-tab") as library_tab:
            adding = _html("adding")
            receipt = _html("receipt")
            with gr.Row(equal_height=True):
                wanted = gr.Textbox(
                    label=_I18N("search"),
                    placeholder=_I18N("search"),
                    show_label=False,
                    elem_id="wanted",
                    min_width=200,
                )
                again = gr.Button(_I18N("reindex"), size="sm", scale=0, elem_id="again")
            library = _html("library", [open_article])
        with tabs, gr.Tab(_I18N("collections_tab"), elem_id="collections-tab") as collections_tab:
            shelf = _html("collections")
        with tabs, gr.Tab(_I18N("news_tab"), elem_id="news-tab") as news_tab:
            bulletin = _html("news")
        with tabs, gr.Tab(_I18N("evaluation_tab"), elem_id="evaluation-tab") as evaluation_tab:
            runs = _html("runs")
            report = _html("report")
        add_endpoints(programs)
        opened = [conversation, talk, evidence, past]
        # What each event has in common. Gradio drops a second press while the first is answered, or
        # ("always_last") sends the first again, unless it is "multiple".
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        moving = quiet | {"queue": False}  # what is always the same, so that once is enough
        pressed = moving | {"trigger_mode": "multiple"}
        # What draws the page anew, one after the other: the last press is what is seen.
        drawing = quiet | {"concurrency_limit": 1, "trigger_mode": "multiple"}
        asking = pressed | {
            "outputs": [question, *opened],
            "queue": True,
            "concurrency_limit": None,  # the tab's own queue says how many are before, and stops
        }
        writing = asking | {  # the tab does one thing at a time, and shows how far it is
            "inputs": [wanted, asked_of],
            "outputs": [receipt, library, masthead, period],
        }
        showing = quiet | {"concurrency_limit": None}  # the tab asks one test set at a time

        def by(*inputs: Any) -> dict[str, Any]:
            """The `inputs` of an event, under the name of its browser, which is known before the
            page has arrived."""
            return {"inputs": [*inputs, browser], "js": _named_at(len(inputs))}

        named = [
            *(ask_tab, begin, question, library_tab, wanted, again),
            *(collections_tab, news_tab, evaluation_tab, ways),
        ]
        page.load(_named, None, named, **moving)
        if indexes is not None:
            page.load(choose, None, indexes, **moving)
        arrival = [browser, masthead, talk, evidence, past, period]
        page.load(ask.arrive, **by(), outputs=arrival, **moving)
        page.unload(ask.leave)
        if indexing is not None and indexing.goes_on:
            clock = gr.Timer(_EVERY_S)
            told = clock.tick(how_far, None, [masthead, progress, clock], **moving)
            told.then(ask.come_back, [conversation, talk, browser], talk, **moving)
        # A question that is sent while an answer is awaited waits too, in its box.
        sending = asking | {"trigger_mode": "always_last"}
        question.submit(ask.ask, **by(question, conversation, asked_of), **sending)
        talk.example(ask.example, **by(conversation, asked_of), **asking)
        talk.again(ask.again, **by(conversation, asked_of), **asking)
        talk.halt(ask.halt, None, None, **pressed)
        talk.show(ask.show, **by(conversation), outputs=evidence, **drawing)
        talk.judge(ask.judge, **by(conversation), outputs=talk, **drawing)
        talk.remark(ask.remark, **by(conversation), **pressed)
        # Not in the queue: a question sent right after it is asked of what is chosen.
        chosen = period.narrow(ask.narrow, asked_of, asked_of, **pressed)
        chosen.then(ask.narrowed, asked_of, period, **drawing)
        begin.click(ask.begin, **by(), outputs=opened, **moving)
        for reopen in (past.reopen, talk.reopen):
            reopen(ask.reopen, **by(), outputs=opened, concurrency_id="reopen", **drawing)
        past.export(ask.export, **by(), outputs=exported, **pressed)
        past.publish(ask.share, **by(), outputs=exported, **pressed)
        exported.unpublish(ask.unshare, **by(), outputs=exported, **pressed)
        past.rename(ask.rename, **by(conversation), outputs=past, **drawing)
        past.forget(ask.forget, **by(conversation), outputs=opened, **drawing)
        ask_tab.select(ask.come_back, **by(conversation, talk), outputs=talk, **moving)
        library_tab.select(articles.arrive, None, adding, **moving)
        finding = [library_tab.select, wanted.submit]
        gr.on(finding, articles.find, wanted, library, trigger_mode="always_last", **moving)
        adding.admit(articles.admit, **writing)
        adding.paste(articles.paste, **writing)
        again.click(articles.reindex, **writing)
        library.discard(articles.discard, **writing)
        held = {**by(current), "outputs": [current, keeping, shelf, notice]}
        in_turn = drawing | {"concurrency_id": "collections"}
        page.load(kept.arrive, **held, **moving)
        collections_tab.select(kept.arrive, **held, **moving)
        for shown in (evidence, library, bulletin):
            shown.keep(kept.keep, **held, **in_turn)
        shelf.choose(kept.choose, **by(), outputs=held["outputs"], **in_turn)
        shelf.collect(kept.collect, **held, **in_turn)
        shelf.rename(kept.rename, **held, **in_turn)
        shelf.forget(kept.forget, **held, **in_turn)
        shelf.remove(kept.remove, **held, **in_turn)
        shelf.note(kept.note, **by(), outputs=notice, **pressed)
        shelf.question(kept.question, **by(asked_of), outputs=[asked_of, period, notice], **pressed)
        shelf.export(kept.export, **by(), outputs=[exported, notice], **pressed)
        news_tab.select(news.arrive, **by(), outputs=bulletin, **moving)
        for press, answered in (
            (bulletin.choose, news.choose),
            (bulletin.older, news.older),
            (bulletin.seen, news.seen),
            (bulletin.forget, news.forget),
        ):
            press(answered, **by(), outputs=bulletin, concurrency_id="news", **drawing)
        followed = {"outputs": [bulletin, notice], "concurrency_id": "news", **drawing}
        bulletin.follow(news.follow, **by(asked_of), **followed)
        talk.follow(news.follow_turn, **by(conversation, asked_of), **followed)
        evaluation_tab.select(evaluation.arrive, None, [runs, report], **showing)
        runs.view(evaluation.view, None, [runs, report], trigger_mode="multiple", **showing)
        runs.examine(evaluation.examine, None, [runs, report], **showing)
        runs.admit(evaluation.admit, None, [runs, report], **showing)
    return page


def _named(request: gr.Request) -> list[dict[str, Any]]:
    """What the page's own parts are called, and where it leads, in the language of its contents:
    the browser's script knows the first language that the browser names, and not the others."""
    said = {name: say(label, language_of(request)) for name, label in _LABELS.items()}
    ways = TEMPLATES.render("ways", language_of(request))
    return [
        gr.update(label=said["ask_tab"]),
        gr.update(value=said["new"]),
        gr.update(label=said["placeholder"], placeholder=said["placeholder"]),
        gr.update(label=said["library_tab"]),
        gr.update(label=said["search"], placeholder=said["search"]),
        gr.update(value=said["reindex"]),
        gr.update(label=said["collections_tab"]),
        gr.update(label=said["news_tab"]),
        gr.update(label=said["evaluation_tab"]),
        gr.update(value=ways),
    ]


def _named_at(place: int) -> str:
    """A script that puts the browser's name in that place of an event's inputs. It is the one that
    the pages for reading keep things under, and there before anything can be asked."""
    return (
        f"(...said) => {{ said.length = {place + 1}; "
        f"said[{place}] = nameOfBrowser(said[{place}]); return said }}"
    )


def _html(name: str, server_functions: list | None = None) -> gr.HTML:
    return gr.HTML(
        "",
        elem_id=name,
        elem_classes="part",
        js_on_load=_SCRIPT,
        apply_default_css=False,
        server_functions=server_functions,
    )


def reading_routes(
    archive: Archive,
    choice: Choice = Choice(),
    root: str = "",
    collections: Collections | None = None,
) -> list[BaseRoute]:
    """The pages that have addresses of their own, where the articles of one of the `collections`
    can be searched alone; a server in front shows them at `root`."""
    return [
        *search_routes(archive, choice, collections),
        export_route(archive, root, collections),
        compare_route(archive, choice, collections),
        *batch_routes(archive, choice, collections),
        *pictures_routes(archive, choice, collections),
        *passages_routes(archive, choice, collections),
        *article_routes(archive, choice),
        picture_route(archive.document),
        photograph_route(archive.document),
        *style_routes(),
    ]


def serve(
    page: gr.Blocks,
    host: str,
    port: int,
    hashes: Mapping[str, str],
    root_path: str = "",
    also: Beside = Beside(),
    indexing: Indexing | None = None,
) -> None:
    """Open `page` as `launch` does, print its address and serve until interrupted."""
    if not hashes and not is_loopback(host):
        print(
            f"hemeroteca: anyone who reaches {host} can ask and read the articles: "
            "set CHAT_USERS, or listen on 127.0.0.1 (CHAT_HOST)",
            file=sys.stderr,
        )
    launch(page, host, port, hashes, root_path, also)
    goes_on = indexing is not None and indexing.goes_on
    more = "; indexing goes on, what is in can be asked" if goes_on else ""
    print(f"Hemeroteca is open on http://{_address(host, port)} (Ctrl-C ends it){more}", flush=True)
    if indexing is not None and goes_on:
        indexing.then(lambda: print("Indexing is done", flush=True))
    page.block_thread()


def launch(
    page: gr.Blocks,
    host: str,
    port: int,
    hashes: Mapping[str, str],
    root_path: str = "",
    also: Beside = Beside(),
) -> None:
    """Serve `page` on `host`:`port` in a thread; with `hashes` of users' passwords, to these users
    only. `root_path` is where a proxy in front shows it, if not at the root of its host; `also`
    is served beside it."""
    shown = _shown(Users(hashes) if hashes else None, root_path, also)
    try:
        # Gradio asks the page itself.
        with redirect_stdout(io.StringIO()), without_proxy():
            page.launch(
                server_name=_in_address(host),
                server_port=port,
                quiet=True,
                share=False,
                inbrowser=False,
                prevent_thread_lock=True,
                max_threads=_THREADS,
                **shown,
            )
    except OSError as error:
        raise _port_taken(host, port) from error


def mounted(
    page: gr.Blocks, hashes: Mapping[str, str], root_path: str, also: Beside = Beside()
) -> FastAPI:
    """The same as an application of its own, which another shows at `root_path`."""
    page.max_threads = page._queue.max_thread_count = _THREADS
    app = FastAPI(openapi_url=None)
    shown = _shown(Users(hashes) if hashes else None, root_path, also)
    gr.mount_gradio_app(app, page, "/", **shown)
    return app


def _shown(users: Users | None, root_path: str, also: Beside) -> dict[str, Any]:
    """What a page is shown with, however it is served."""
    app: dict[str, Any] = {"routes": list(also.routes), "lifespan": also.lifespan}
    shown: dict[str, Any] = {
        "theme": THEME,
        "css_paths": _HERE / "page.css",
        "head": f"<script>{(_HERE / 'name.js').read_text('utf-8')}</script>",
        "i18n": _I18N,
        "show_error": True,
        "max_file_size": MAX_BYTES,
        "footer_links": [],
        "ssr_mode": False,
        "mcp_server": False,
        "root_path": root_path or None,
        "app_kwargs": app,
    }
    if users is not None:
        app["middleware"] = [Middleware(AuthMiddleware, users=users)]
        shown["auth_dependency"] = lambda request: users.named_by(
            request.headers.get("authorization")
        )
    return shown


def check_port(host: str, port: int) -> None:
    """Raise HemerotecaError if the page cannot listen there; before anything slow is loaded."""
    bare = host.strip("[]")
    try:
        # By itself: create_server hides the type of its error.
        found = {each[0] for each in socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)}
        family = socket.AF_INET if socket.AF_INET in found else socket.AF_INET6
        with socket.create_server((bare, port), family=family):
            pass
    except (OSError, UnicodeError) as error:  # UnicodeError is of names that cannot be
        foreign = getattr(error, "errno", None) == errno.EADDRNOTAVAIL
        if foreign or isinstance(error, (socket.gaierror, UnicodeError)):
            raise HemerotecaError(
                "{host!r} is not an address of this machine (CHAT_HOST)", host=host
            ) from error
        raise _port_taken(host, port) from error


def _address(host: str, port: int) -> str:
    return f"{_in_address(host)}:{port}"


def _in_address(host: str) -> str:
    """`host` as it stands in an address: an IPv6 one has brackets, for it has colons."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _port_taken(host: str, port: int) -> HemerotecaError:
    return HemerotecaError(
        "cannot listen on {address}, it is in use or not allowed: close the other program, or "
        "choose another port with --port (CHAT_PORT)",
        address=_address(host, port),
    )
