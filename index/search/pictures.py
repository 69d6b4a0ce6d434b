"""Photographs of the archive: those of an article, and where else one was printed."""

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.sources.pages.picture import open_picture, reduced
from hemeroteca.index.sources.pictures.marks import SAME, differences, marks_of
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.pictures import Photographs

if TYPE_CHECKING:
    import numpy as np

# What a paper shows beside so many of its articles, and so large a share of those that have
# pictures, is its own.
_FEWEST_REPEATED, _SHARE_REPEATED = 5, 0.3
_MOST_PIXELS = 60_000_000
MOST_BYTES = 20_000_000  # of a picture that is looked for
_MOST_ALIKE = 200
_SIDE = 512


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
    repeated = _repeated(archive.catalog.photographs.get())
    paper = article.publication.paper
    return [each for each in found if (paper, each.picture.marks[:8]) not in repeated]


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
        raise ArticleError(
            "has {megabytes:.1f} MB; {what} may have {most:.0f} MB",
            megabytes=len(data) / 1e6,
            what=Message("a picture"),
            most=MOST_BYTES / 1e6,
        )
    with open_picture(io.BytesIO(data), name, _MOST_PIXELS) as image:
        try:
            picture = reduced(image, min(1.0, _SIDE / max(image.size)))
        except ValueError as error:
            raise ArticleError("the picture is damaged") from error
    return alike(archive, marks_of(picture))


def _repeated(held: Photographs) -> set[tuple[str, bytes]]:
    """What papers show beside many articles: (paper, the mark of the whole)."""
    shown: dict[tuple[str, bytes], set[str]] = {}
    wholes: np.ndarray = held.marks[:, 0]
    for article, paper, whole in zip(held.articles, held.papers, wholes, strict=True):
        shown.setdefault((paper, whole.tobytes()), set()).add(article)
    pictured = Counter(paper for _, paper in {*zip(held.articles, held.papers, strict=True)})
    return {
        (paper, whole)
        for (paper, whole), articles in shown.items()
        if len(articles) >= max(_FEWEST_REPEATED, _SHARE_REPEATED * pictured[paper])
    }
