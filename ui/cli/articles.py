"""`hemeroteca articles`: what an index holds, from its catalog alone, and what leaves it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import typer

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import ArticleError, StorageError
from hemeroteca.index.publication import flat
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.rag.days import hour_text, iso_text, short_text
from hemeroteca.ui.cli.output import print_json
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.uploads import Uploads


def list_articles(settings: Settings, sources: list[Path], as_json: bool) -> None:
    """Print every article, one a line, or one JSON object."""
    with _catalog(settings, sources) as catalog:
        listed = catalog.listed()
    if as_json:
        print_json({"articles": [a.as_dict() for a in listed]})
        return
    width = max((len(a.article) for a in listed), default=0)
    papers = max((len(a.publication.paper) for a in listed), default=0)
    days = [short_text(a.date, "en") or "-" for a in listed]
    broad = max(map(len, days), default=0)
    for a, day in zip(listed, days, strict=True):
        paper = f"  {a.publication.paper:{papers}}" if papers else ""
        typer.echo(f"{a.article:{width}}  {day:>{broad}}  {a.language}{paper}  {a.title}")


def show_article(settings: Settings, sources: list[Path], article: str, as_json: bool) -> None:
    """Print an article. Raises ArticleError if the index has none of that id."""
    with _catalog(settings, sources) as catalog:
        document = catalog.document(article)
        passages = catalog.passages_of(article)
    if document is None:
        raise _unknown(article)
    if as_json:
        print_json(_as_dict(document, passages))
        return
    cut = f"{len(passages)} passage{'s' if len(passages) > 1 else ''}"
    published = document.publication
    facts = [
        published.paper,
        ", ".join(published.authors),
        published.section,
        " ".join(filter(None, (iso_text(document.date, "en"), hour_text(published.hour, "en")))),
        published.changed and f"changed on {iso_text(published.changed, 'en')}",
        *(published.edition, published.page and f"p. {published.page}", published.url),
        published.confidence and f"OCR {float(published.confidence):.0%}",
        *(document.language, cut, document.source),
    ]
    typer.echo(document.title)
    if document.subtitle:
        typer.echo(document.subtitle)
    typer.echo(" · ".join(filter(None, facts)) + "\n")
    typer.echo(document.text[document.body :].strip())


def _as_dict(document: Article, passages: Sequence[Passage]) -> dict[str, object]:
    """The article with its passages' spans. The headline stands apart, as `title`: what is searched
    has it before the text as well."""
    headline = document.body - document.opening

    def own(offset: int) -> int:
        return max(min(offset, document.opening), offset - headline)

    spans = [[own(passage.start), own(passage.end)] for passage in passages]
    text = document.text[: document.opening] + document.text[document.body :]
    document = replace(document, text=text, body=document.opening)
    shown = [each.as_dict() for each in document.pictures if each.is_photograph]
    known = flat(document) | {"day": document.day, "passages": spans, "pictures": shown}
    return {"article": known.pop("id"), **known}


def remove_uploaded(archive: Archive, article: str) -> None:
    """Remove the file of an article that was added on the page, so that the next run takes it out
    of the index; nothing is to be done for one whose file is gone.

    Raises ArticleError, saying what to do, for any other: the index follows its files, and the next
    run would only bring it back."""
    document = archive.document(article)
    if document is None:
        raise _unknown(article)
    source, uploads = Path(document.source), Uploads(archive)
    if not source.exists():
        return
    entries = archive.catalog.entries().values()
    several = sum(entry.source == document.source for entry in entries) > 1
    if several or ArticleFile(article, source).format.many:
        raise ArticleError(
            "{article!r} is one of several in {source}: remove it there and run `hemeroteca index`",
            article=article,
            source=source,
        )
    if not uploads.holds(str(source)):
        raise ArticleError(
            "{article!r} is the file {source}: remove that and run `hemeroteca index`",
            article=article,
            source=source,
        )
    uploads.remove(str(source))


def _unknown(article: str) -> ArticleError:
    return ArticleError(
        "the index has no article {article!r}: `hemeroteca articles list` names them",
        article=article,
    )


@contextmanager
def _catalog(settings: Settings, sources: list[Path]) -> Iterator[Catalog]:
    """The catalog of `sources`, without the model that the rest of the index needs."""
    path = settings.archive_dir(sources) / "catalog.db"
    if not path.exists():
        names = " ".join(map(str, sources))
        raise StorageError(
            "{names} is not indexed yet: run `hemeroteca index {names}`", names=names
        )
    catalog = Catalog(path, read_only=not os.access(path.parent, os.W_OK))
    try:
        yield catalog
    finally:
        catalog.close()
