"""The command `hemeroteca`."""

import gc
import logging
import os
import sys
import time
from contextlib import closing
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hemeroteca.index.errors import BusyError, HemerotecaError, ReadOnlyError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.ui.cli import evaluate as evaluation
from hemeroteca.ui.cli.output import fit_output, print_json
from hemeroteca.ui.cli.progress import indexing_bar
from hemeroteca.ui.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hemeroteca.index.progress import Progress, Tell
    from hemeroteca.index.stores.holdings import Field
    from hemeroteca.index.sync import Skipped, SyncReport
    from hemeroteca.rag.references import Style

articles_app = typer.Typer(
    help="See what the index holds. It follows the files: to remove an article, remove its file "
    "or line and run `hemeroteca index`; `remove` is for those added on the page.",
    no_args_is_help=True,
)
app = typer.Typer(
    help="Question a newspaper archive and see the sentence that proves the answer.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(articles_app, name="articles")
feedback = typer.Typer(help="What people thought of the answers.", no_args_is_help=True)
app.add_typer(feedback, name="feedback")

_SKIPPED_SHOWN = 50  # of a folder with thousands of pictures
# What these log is said by the errors of their readers.
_LOUD = {"htmldate": "CRITICAL", "trafilatura": "CRITICAL"}
_NEW_OBJECTS = 50_000  # after so many the collector of garbage runs; Python's own default is 700
_BUSY_S = 1.0  # until a writer is asked again whether it is done

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Articles = Annotated[
    list[Path] | None,
    typer.Option("--articles", metavar="DIR", help="Other articles; their index is kept apart."),
]
Index = Annotated[
    str | None,
    typer.Option("--index", metavar="NAME", help="The index of that name, of several (INDEXES)."),
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, YYYY-MM-DD.")]

Undated = Annotated[
    bool, typer.Option("--undated", help="Articles without a date count for a period, too.")
]
Papers = Annotated[list[str] | None, typer.Option("--paper", help="Only of this paper (or these).")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="Only of this section.")]
Authors = Annotated[list[str] | None, typer.Option("--author", help="Only by this author.")]
Languages = Annotated[
    list[str] | None, typer.Option("--language", help="Only in this language, such as es.")
]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hemeroteca {version('hemeroteca')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """Question a newspaper archive and see the sentence that proves the answer."""


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders or files of articles (ARTICLES_DIR).")
    ] = None,
    name: Index = None,
    rebuild: Annotated[bool, typer.Option(help="Begin anew, embedding everything again.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow the articles until Ctrl-C.")
    ] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray",
            metavar="ADDRESS",
            help="Embed on the Ray cluster there (`auto`: the one of this machine; `local`: one "
            "that is started for this). Needs CHROMA_URL.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring the index in line with the articles."""
    settings = _start()
    from hemeroteca.index.sources.watch import follow
    from hemeroteca.ui.session import chosen_sources, open_archive, open_workers

    sources = chosen_sources(settings, paths, name)
    with (
        open_workers(settings, ray) as workers,
        open_archive(settings, sources, rebuild) as archive,
    ):
        if not watch:
            _show(_synchronise(archive, sources, workers), as_json)
            _tell_news(settings, archive, sources)
            return
        try:
            shown: SyncReport | None = None

            def is_due() -> bool:
                return shown is not None and shown.is_due

            for _ in follow(sources, archive.folder.parent, is_due):
                report = _synchronise_when_free(archive, sources, workers)
                if shown is None or report.news(shown):
                    _show(report, as_json, named=shown.skipped if shown else ())
                    _tell_news(settings, archive, sources)
                shown = report
        except KeyboardInterrupt:
            typer.echo("hemeroteca: no longer following", err=True)


def _show(report: "SyncReport", as_json: bool, named: "Sequence[Skipped]" = ()) -> None:
    """Print what a run did; of what was skipped only what has not been `named` yet."""
    if as_json:
        print_json(report.as_dict())
        return
    for counted in report.counted:
        typer.echo(f"{counted.path}: {counted.held.message}")
    new = [skipped for skipped in report.skipped if skipped not in named]
    for skipped in new[:_SKIPPED_SHOWN]:
        typer.echo(f"skipped {skipped.path}: {skipped.reason}", err=True)
    if len(new) > _SKIPPED_SHOWN:
        typer.echo(f"and {len(new) - _SKIPPED_SHOWN:,} more skipped: --json names all", err=True)
    typer.echo(
        f"{report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.skipped)} skipped; "
        f"{report.passages} passages; {report.embedded} embedded; {report.seconds:.1f} s"
    )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in any language.")],
    articles: Articles = None,
    index: Index = None,
    date_from: From = None,
    date_to: To = None,
    undated: Undated = False,
    paper: Papers = None,
    section: Sections = None,
    author: Authors = None,
    language: Languages = None,
    everywhere: Annotated[
        bool,
        typer.Option("--everywhere", help="Whatever paper or period the question names itself."),
    ] = False,
    top_k: Annotated[int | None, typer.Option(min=1, max=100, help="Passages to retrieve.")] = None,
    cite: Annotated[
        str | None,
        typer.Option(
            "--cite",
            metavar="STYLE",
            help="Print the references of the cited articles instead: plain, bibtex, ris or csl.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the articles."""
    settings = _start()
    style = _parse_style(cite)
    # A question that cannot be asked is refused before anything is loaded.
    from hemeroteca.rag.question import check_question

    period = Period(_parse_day("--from", date_from), _parse_day("--to", date_to))
    check_question(question, Filter(period))
    from hemeroteca.index.stores.chosen import chosen
    from hemeroteca.ui.cli.ask import show
    from hemeroteca.ui.session import chosen_sources, open_archive, open_chain

    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        _bring_in_line(archive, sources)
        names = _names(paper, section, author, language)
        only = chosen(archive.catalog.holdings, names, period, undated)
        chain = open_chain(settings, archive)
        show(
            chain.stream(question, only, top_k or settings.top_k, whole=everywhere), as_json, style
        )


@app.command()
def check(
    claim: Annotated[
        str | None, typer.Argument(help="A sentence, in any language, such as a politician's.")
    ] = None,
    articles: Articles = None,
    index: Index = None,
    date_from: From = None,
    date_to: To = None,
    undated: Undated = False,
    paper: Papers = None,
    section: Sections = None,
    author: Authors = None,
    language: Languages = None,
    top_k: Annotated[int | None, typer.Option(min=1, max=100, help="Passages to retrieve.")] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            metavar="FILE",
            help="Judge the claim of each line of this JSONL file by its own sources instead.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether the articles state a claim, contradict it, or do not say."""
    settings = _start()
    # What cannot be checked is refused before anything is loaded.
    period = Period(_parse_day("--from", date_from), _parse_day("--to", date_to))
    names = _names(paper, section, author, language)
    if pairs is not None:
        if claim is not None or articles or index or period or undated or any(names.values()):
            raise SettingsError("--pairs judges each claim by its own sources: give nothing else")
        from hemeroteca.ui.cli.check import check_pairs
        from hemeroteca.ui.session import open_verifier

        if not check_pairs(pairs, open_verifier(settings), as_json):
            raise typer.Exit(1)
        return
    if claim is None:
        raise SettingsError("expected a claim, or a file of claims with their sources (--pairs)")
    from hemeroteca.rag.claim import check_claim

    check_claim(claim, Filter(period))
    from hemeroteca.index.stores.chosen import chosen
    from hemeroteca.ui.cli.check import show_check
    from hemeroteca.ui.session import chosen_sources, open_archive, open_claim_checker

    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        _bring_in_line(archive, sources)
        only = chosen(archive.catalog.holdings, names, period, undated)
        checker = open_claim_checker(settings, archive)
        show_check(checker.check(claim, only, top_k or settings.top_k), as_json)


@app.command()
def search(
    query: Annotated[
        str,
        typer.Argument(
            help='Words, "a phrase", AND, OR, NOT, embaj*, embajdaor~, title:, paper:, author:, '
            "section:, date:2020-03; nothing for every article."
        ),
    ] = "",
    articles: Articles = None,
    index: Index = None,
    date_from: From = None,
    date_to: To = None,
    undated: Undated = False,
    paper: Papers = None,
    section: Sections = None,
    author: Authors = None,
    language: Languages = None,
    order: Annotated[
        str, typer.Option("--order", help="best, newest or oldest first.", metavar="ORDER")
    ] = "best",
    page: Annotated[int, typer.Option(min=1, max=10_000_000, help="Which page of them.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Articles on a page.")] = 20,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="By what it means, whatever the words.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            help="Many searches, a line each of this file (- is standard input): how many articles "
            "each finds, and in how many papers; --json prints what is found of each, a line each.",
            metavar="FILE",
            allow_dash=True,
        ),
    ] = None,
    shared: Annotated[
        bool,
        typer.Option(
            "--shared", help="Instead the passages that several of them share, and where they are."
        ),
    ] = False,
    topics: Annotated[
        bool, typer.Option("--topics", help="Instead the topics of these articles, with counts.")
    ] = False,
    topic: Annotated[
        str, typer.Option(help="Only articles on a topic that --topics names.", metavar="WORDS")
    ] = "",
    counts: Annotated[
        bool, typer.Option("--counts", help="And how many of each paper, author, year and so on.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find the articles that hold something: every one, with the place."""
    settings = _start()
    from hemeroteca.index.search.grammar import parse
    from hemeroteca.index.search.search import Wanted
    from hemeroteca.index.search.search import search as search_articles
    from hemeroteca.index.search.topics import topics_of, within_topic
    from hemeroteca.index.stores.articles import ORDERS
    from hemeroteca.index.stores.chosen import chosen
    from hemeroteca.index.stores.holdings import Field
    from hemeroteca.rag.meaning import by_meaning
    from hemeroteca.ui.cli.search import batch_of, show_batch, show_passages, show_results
    from hemeroteca.ui.cli.shared import show_shared
    from hemeroteca.ui.cli.topics import show_topics
    from hemeroteca.ui.session import chosen_sources, open_archive

    period = Period(_parse_day("--from", date_from), _parse_day("--to", date_to))
    by = next((each for each in ORDERS if each == order), None)
    if by is None:
        raise SettingsError(
            "--order {value!r}: expected one of {names}", value=order, names=", ".join(ORDERS)
        )
    if batch and (query or meaning or counts):
        raise SettingsError("--batch holds the searches: leave out QUERY, --meaning and --counts")
    if shared and (batch or meaning or counts):
        raise SettingsError("--shared lists passages: leave out --batch, --meaning and --counts")
    if topics and (batch or meaning or counts or shared):
        raise SettingsError(
            "--topics lists topics: leave out --batch, --meaning, --counts and --shared"
        )
    parsed = parse(query)  # what cannot be searched is said before anything is loaded
    searches = batch_of(batch) if batch else []
    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        _bring_in_line(archive, sources)
        names = _names(paper, section, author, language)
        only = chosen(archive.catalog.holdings, names, period, undated)
        if topic:
            topics_of(archive).made()
            only = within_topic(archive, only, topic)
        if topics:
            show_topics(archive, parsed, only, as_json)
            return
        if batch:
            wanted = Wanted("", only, order=by, page=page, most=limit)
            whole: list[Field] = [] if as_json else ["paper"]  # every paper is counted
            wrong = show_batch(
                searches,
                lambda each: search_articles(archive, each, whole=whole),
                wanted,
                as_json,
            )
            raise typer.Exit(1 if wrong else 0)
        if meaning:
            show_passages(by_meaning(archive, parsed.words or query, only, limit), as_json)
            return
        wanted = Wanted(query, only, order=by, page=page, most=limit)
        if shared:
            show_shared(archive, wanted, as_json)
            return
        show_results(search_articles(archive, wanted, counts or as_json), counts, as_json)


@app.command()
def chat(
    articles: Articles = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (CHAT_HOST).")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="Port (CHAT_PORT).")] = None,
) -> None:
    """Open the chat in the browser."""
    settings = _start()
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # for pages that Gradio adds itself
    from hemeroteca.ui.web.page import check_port

    address = (host or settings.chat_host, port or settings.chat_port)
    check_port(*address)
    from hemeroteca.ui.session import check_sources
    from hemeroteca.ui.web.server import serve_indexes

    folders = {name: [folder] for name, folder in settings.named_indexes.items()}
    if articles:
        folders = {"": articles}
    for sources in folders.values():
        check_sources(sources)
    serve_indexes(settings, folders, address, _bring_in_line)


@app.command()
def mcp(articles: Articles = None, index: Index = None) -> None:
    """Serve the archive to a language model's program over standard input and output (MCP)."""
    settings = _start()
    import anyio

    from hemeroteca.ui.programs.library import Library
    from hemeroteca.ui.programs.mcp_server import serve_stdio
    from hemeroteca.ui.session import (
        chosen_sources,
        open_archive,
        open_chain,
        open_claim_checker,
    )

    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        _bring_in_line(archive, sources)
        chain, checker = open_chain(settings, archive), open_claim_checker(settings, archive)
        anyio.run(serve_stdio, Library(chain, checker, archive, settings.top_k, concurrent=1))


@app.command()
def news(
    articles: Articles = None,
    index: Index = None,
    user: Annotated[str | None, typer.Option("--user", help="Of this user of the page.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Found since that day, also if seen."),
    ] = None,
    mark: Annotated[bool, typer.Option("--mark", help="Take them for seen.")] = False,
    as_json: AsJson = False,
) -> None:
    """What new articles have brought for the questions and searches that are followed."""
    settings = _start()
    day = _parse_day("--since", since)
    from hemeroteca.ui.cli.news import check, show
    from hemeroteca.ui.session import chosen_sources, open_archive

    sources = chosen_sources(settings, articles, index)
    if settings.conversations(sources).exists():
        with open_archive(settings, sources) as archive:
            _bring_in_line(archive, sources)
            check(settings, archive, sources)
    show(settings, sources, user, day.isoformat() if day else "", mark, as_json)


@feedback.command()
def export(articles: Articles = None, index: Index = None) -> None:
    """Print judged answers as draft lines of a test set, to be corrected by hand."""
    settings = _start()
    from hemeroteca.ui.cli.feedback import draft_lines
    from hemeroteca.ui.session import chosen_sources
    from hemeroteca.ui.web.history import History

    path = settings.conversations(chosen_sources(settings, articles, index))
    lines: list[str] = []
    if path.exists():
        with closing(History(path)) as history:
            lines = list(draft_lines(history))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("hemeroteca: nobody has judged an answer yet", err=True)


@app.command()
def user(name: Annotated[str, typer.Argument(help="The user's name.")]) -> None:
    """Print a line for CHAT_USERS with a password that is asked for."""
    from hemeroteca.ui.web.auth import hash_password

    if not name.strip() or set(name) & set(":,"):
        raise SettingsError("user {name!r}: expected a name without colon and comma", name=name)
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    typer.echo(f"{name.strip()}:{hash_password(password)}")


@articles_app.command("list")
def list_articles(articles: Articles = None, index: Index = None, as_json: AsJson = False) -> None:
    """Every article with its date, language, title and source."""
    settings = _start()
    from hemeroteca.ui.cli.articles import list_articles
    from hemeroteca.ui.session import chosen_sources

    list_articles(settings, chosen_sources(settings, articles, index), as_json)


@articles_app.command("show")
def show_article(
    article: Annotated[str, typer.Argument(help="Its id, as the list and the citations give it.")],
    articles: Articles = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """One article: what is known of it, and its text as it is cited."""
    settings = _start()
    from hemeroteca.ui.cli.articles import show_article
    from hemeroteca.ui.session import chosen_sources

    show_article(settings, chosen_sources(settings, articles, index), article, as_json)


@articles_app.command("remove")
def remove_article(
    article: Annotated[str, typer.Argument(help="Its id, as the list gives it.")],
    articles: Articles = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Remove an article that was added on the page, or whose file is gone."""
    settings = _start()
    from hemeroteca.ui.cli.articles import remove_uploaded
    from hemeroteca.ui.session import chosen_sources, open_archive

    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        remove_uploaded(archive, article)
        _show(_synchronise(archive, sources), as_json)


@app.command()
def doctor(
    articles: Articles = None,
    index: Index = None,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what is wrong.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check that every passage of every article can be found, and mend what is wrong."""
    settings = _start()
    from hemeroteca.ui.cli.doctor import doctor, model_line
    from hemeroteca.ui.session import chosen_sources, open_archive, open_model

    sources = chosen_sources(settings, articles, index)
    with open_archive(settings, sources) as archive:
        sound = doctor(archive, repair, as_json)
    if not as_json and (model := open_model(settings)):
        typer.echo(model_line(model, settings.llm_model, settings.llm_base_url))
    if not sound:
        raise typer.Exit(1)


@app.command()
def evaluate(
    testset: evaluation.Testset = None,
    questions: evaluation.Questions = None,
    articles: evaluation.Articles = None,
    per_paragraph: evaluation.PerParagraph = False,
    limit: evaluation.Limit = None,
    as_json: evaluation.AsJson = False,
    save: evaluation.Save = None,
    html: evaluation.Html = None,
    floors: evaluation.Floors = None,
    compare: evaluation.Compare = None,
    judge: evaluation.Judge = False,
) -> None:
    """Ask a test set and report how good the answers are, or compare two runs."""
    evaluation.evaluate(
        _start(),
        testset=testset,
        questions=questions,
        articles=articles or [],
        per_paragraph=per_paragraph,
        limit=limit,
        as_json=as_json,
        save=save,
        html=html,
        floors=floors,
        compare=compare,
        judge=judge,
    )


def main() -> None:
    """Run the command; an error that a user can mend is one sentence, never a traceback."""
    # What is loaded at the start stays. Looking through it for cycles again and again took a sixth
    # of a first question's time.
    gc.set_threshold(_NEW_OBJECTS)
    fit_output()
    try:
        app(standalone_mode=True)
    except HemerotecaError as error:
        typer.echo(f"hemeroteca: {error}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        # A fault of the program: one sentence for the person, the rest for whoever mends it.
        logging.getLogger("hemeroteca").debug("unexpected", exc_info=True)
        typer.echo(
            f"hemeroteca: unexpected {type(error).__name__}: {error} (LOG_LEVEL=DEBUG shows where)",
            err=True,
        )
        raise SystemExit(70) from None


def _start() -> Settings:
    settings = load_settings()
    logging.basicConfig(
        level=settings.log_level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    for name, level in _LOUD.items():
        logging.getLogger(name).setLevel(level)
    return settings


def _names(
    paper: list[str] | None,
    section: list[str] | None,
    author: list[str] | None,
    language: list[str] | None,
) -> "dict[Field, list[str]]":
    return {
        "paper": paper or [],
        "section": section or [],
        "author": author or [],
        "language": language or [],
    }


def _parse_day(option: str, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise SettingsError(
            "{option} {value!r}: expected a date YYYY-MM-DD", option=option, value=value
        ) from None


def _parse_style(value: str | None) -> "Style | None":
    from hemeroteca.rag.references import STYLES

    found = next((style for style in STYLES if style == value), None)
    if value is not None and found is None:
        raise SettingsError(
            "--cite {value!r}: expected one of {names}", value=value, names=", ".join(STYLES)
        )
    return found


def _bring_in_line(  # type: ignore[no-untyped-def]
    archive, sources: list[Path], also: "Tell | None" = None, drawn: bool = True
) -> None:
    """Index what is new before a question, unless another process is at it; `also` is told how far
    it is, which is `drawn` as well unless another is."""
    try:
        report = _synchronise(archive, sources, also=also, drawn=drawn)
    except (BusyError, ReadOnlyError) as error:
        typer.echo(f"hemeroteca: {error}; answering from the last complete state", err=True)
        return
    if report.skipped:
        skipped = f"{len(report.skipped):,} skipped"
        typer.echo(f"hemeroteca: {skipped}; `hemeroteca index` says what and why", err=True)


def _tell_news(settings: Settings, archive, sources: list[Path]) -> None:  # type: ignore[no-untyped-def]
    """Ask what is followed on the page, and say that there is news."""
    from hemeroteca.ui.cli.news import check

    if new := check(settings, archive, sources):
        typer.echo(f"hemeroteca: {new:,} new for what is followed: `hemeroteca news`", err=True)


def _synchronise_when_free(archive, sources: list[Path], workers):  # type: ignore[no-untyped-def]
    while True:
        try:
            return _synchronise(archive, sources, workers)
        except BusyError as error:
            logging.getLogger(__name__).info("%s", error)
            time.sleep(_BUSY_S)


def _synchronise(  # type: ignore[no-untyped-def]
    archive, sources: list[Path], workers=None, also: "Tell | None" = None, drawn: bool = True
):
    from hemeroteca.index.sync import sync_folders

    try:
        with indexing_bar(drawn) as draw:

            def tell(now: "Progress") -> None:
                draw(now)
                if also is not None:
                    also(now)

            report = sync_folders(archive, sources, tell, workers)
    except KeyboardInterrupt:
        articles, passages = archive.catalog.counts()
        typer.echo(
            f"hemeroteca: stopped; what was done is kept, {articles:,} articles with {passages:,} "
            "passages are in and can be asked; the next run goes on from there",
            err=True,
        )
        raise
    if not archive.catalog.counts()[0]:
        folders = ", ".join(map(str, sources))
        typer.echo(
            f"hemeroteca: there are no articles in {folders}: put .txt files there", err=True
        )
    return report


if __name__ == "__main__":
    main()
