"""Photographs of the archive: those of an article, and where else one was printed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, HemerotecaError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.query import All, Days, Query, Word
from hemeroteca.index.search.search import Wanted
from hemeroteca.index.search.words import plain, stems
from hemeroteca.index.sources.pages.picture import open_picture, reduced
from hemeroteca.index.sources.pictures.marks import BYTES, SAME, differences, marks_of
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.pictures import Photographs

_MOST_PIXELS = 60_000_000
MOST_BYTES = 20_000_000  # of a picture that is looked for
_MOST_ALIKE = 200
_SIDE = 512


class PictureFileError(HemerotecaError):
    """A file cannot be looked for."""


def too_large() -> PictureFileError:
    """That it has too many bytes."""
    return PictureFileError(
        "The file is too large: a picture may have {most:.0f} MB.", most=MOST_BYTES / 1e6
    )


@dataclass(frozen=True)
class Shown:
    """A photograph of an article, the picture `number` of it, from 1."""

    number: int
    picture: Picture


@dataclass(frozen=True)
class Alike:
    """The picture `number` of `article`, which differs by `bits` from what was looked for."""

    article: Article
    number: int
    bits: int


def photographs_of(archive: Archive, article: Article) -> list[Shown]:
    """The photographs of an article, in its order, without what its paper shows beside many."""
    found = [
        Shown(number, each)
        for number, each in enumerate(article.pictures, start=1)
        if each.is_photograph
    ]
    if not found:
        return []
    repeated = archive.catalog.photographs.get().repeated
    paper = article.publication.paper
    once: dict[bytes, Shown] = {}
    for each in found:  # of one picture in several sizes the first
        once.setdefault(each.picture.marks, each)
    found = [*once.values()]
    return [each for each in found if (paper, each.picture.marks[:BYTES]) not in repeated]


def alike(archive: Archive, marks: bytes, besides: str = "") -> list[Alike]:
    """The photographs that show what `marks` are of, one an article, `besides` that one, the
    nearest first."""
    held = archive.catalog.photographs.get()
    if not held.articles:
        return []
    bits = differences(marks, held.marks)
    near: dict[str, tuple[int, int]] = {}
    for row in sorted((bits <= SAME).nonzero()[0].tolist(), key=lambda row: (bits[row], row)):
        if held.articles[row] != besides:
            near.setdefault(held.articles[row], (held.numbers[row], int(bits[row])))
        if len(near) == _MOST_ALIKE:
            break
    documents = archive.documents_of([*near])
    return [Alike(documents[article], *near[article]) for article in near if article in documents]


def find_picture(archive: Archive, data: bytes, name: str) -> list[Alike]:
    """The photographs that show the same as the picture file `data` of this
    `name`, one an article, the nearest
    first. Raises ArticleError with the reason if it is none, or too large."""
    if len(data) > MOST_BYTES:
        raise too_large()
    try:
        with open_picture(io.BytesIO(data), name, _MOST_PIXELS) as image:
            picture = reduced(image, min(1.0, _SIDE / max(image.size)))
    except (ArticleError, ValueError) as error:
        said = error.message if isinstance(error, ArticleError) else None
        raise PictureFileError(
            "The file cannot be used: {reason}", reason=said or Message("the picture is damaged")
        ) from error
    return alike(archive, marks_of(picture))


@dataclass(frozen=True)
class Pictured:
    """One page of articles with photographs that a search finds, of `total`: each article with
    those that are shown."""

    query: Query
    total: int
    articles: Sequence[tuple[Article, Sequence[Shown]]]


def pictured(archive: Archive, wanted: Wanted) -> Pictured:
    """The articles with photographs that a search finds: first those in whose caption all its words
    stand, the latest first, then the others as the search orders them. Raises SearchError or
    DaysError, saying how a search is written."""
    query = parse(wanted.text)
    root = All((query.root, Days(undated=True))) if wanted.undated else query.root
    held = archive.catalog.photographs.get()
    among = [*held.pictured]
    if wanted.only.articles:
        kept = {*wanted.only.articles}
        among = [article for article in among if article in kept]
    if not among:
        return Pictured(query, 0, ())
    captioned = _captioned(archive, held, wanted, query, {*among})
    others = replace(wanted.only, articles=tuple({*among}.difference(captioned)) or ("",))
    first = (wanted.page - 1) * wanted.most
    ids = captioned[first : first + wanted.most]
    order = "newest" if wanted.order == "best" and not query.leaves else wanted.order
    found = archive.articles.search(
        *(replace(query, root=root), archive.catalog.languages(), others, order),
        *(max(0, first - len(captioned)), wanted.most, False),
    )
    ids += [*found.scores][: wanted.most - len(ids)]
    documents = archive.documents_of(ids).values()
    shown = [(each, photographs_of(archive, each)) for each in documents]
    return Pictured(query, len(captioned) + found.total, shown)


def _captioned(
    archive: Archive, held: Photographs, wanted: Wanted, query: Query, among: set[str]
) -> list[str]:
    """The articles of `among` with a caption that holds all words that are looked for; none where
    more than words is."""
    parts = query.root.queries if isinstance(query.root, All) else (query.root,)
    words = [each for each in parts if isinstance(each, Word) and each.part == "text"]
    if not words or len(words) != len(parts):
        return []
    ways = []
    for word in words:
        stemmed = stems(word, archive.catalog.languages()).items()
        ways.append({plain(word), *(language + each for language, each in stemmed)})
    found = {
        held.articles[row]
        for row in held.shown
        if held.captions[row]
        and held.articles[row] in among
        and all(not held.words[row].isdisjoint(way) for way in ways)
    }
    if not found:
        return []
    kept = replace(wanted.only, articles=tuple(found))
    return archive.catalog.photographs.latest(kept, wanted.undated)
