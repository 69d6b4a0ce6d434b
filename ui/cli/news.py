"""hemeroteca news: what new articles have brought for what is followed on the page."""

from contextlib import closing
from pathlib import Path

import typer

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.days import iso_text
from hemeroteca.ui.cli.output import print_json
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.saved import News, SavedSearches


def check(settings: Settings, archive: Archive, sources: list[Path]) -> int:
    """Ask what is followed of the articles that are new for it; returns how much news there is.
    Without anything to ask it costs next to nothing."""
    kept = settings.conversations(sources)
    if archive.read_only or not kept.exists():
        return 0
    last = archive.catalog.indexed_between()[1]
    with closing(SavedSearches(kept)) as saved:
        if all(each.checked >= last for each in saved.of()):
            return 0
        from hemeroteca.ui.web.news import check_news  # brings the page's framework, 2 s to load

        return check_news(archive, open_chain(settings, archive), saved, settings.top_k)


def show(
    settings: Settings,
    sources: list[Path],
    user: str | None,
    since: str,
    mark: bool,
    as_json: bool,
) -> None:
    """Print the news of `user`, or of everybody who uses the page: those that nobody has seen or,
    if given, those found `since` that day."""
    owner = f"user:{user}" if user else None
    kept = settings.conversations(sources)
    news: list[News] = []
    if kept.exists():
        with closing(SavedSearches(kept)) as saved:
            found = saved.news(owner, since=since)
            news = [each for each in found if since or not each.seen]
            if mark:
                saved.mark_seen(owner)
    if as_json:
        print_json({"news": [_as_dict(each) for each in news]})
        return
    for text in dict.fromkeys(each.saved.text for each in news):
        typer.echo(text)
        for each in news:
            if each.saved.text == text:
                typer.echo(_line(each))
    if not news:
        typer.echo("hemeroteca: no news of what is followed on the page", err=True)


def _line(news: News) -> str:
    cited = news.citation
    published = ", ".join(filter(None, (cited.publication.paper, iso_text(cited.date, "en"))))
    said = f"“{cited.quote}”\n    " if cited.quote else ""
    answer = f"{news.answer}: " if news.answer else ""
    return f"  - {answer}{said}{cited.title}" + (f" ({published})" if published else "")


def _as_dict(news: News) -> dict[str, object]:
    saved = news.saved
    return {
        "followed": saved.text,
        "kind": saved.kind,
        "found": news.found,
        "seen": news.seen,
        "answer": news.answer,
        "citation": news.citation.as_dict(),
    }
