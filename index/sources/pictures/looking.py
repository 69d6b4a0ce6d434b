"""The pictures of an article looked at: which are photographs, how large, and what they show."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.sources.pictures.marks import marks_of
from hemeroteca.index.sources.pictures.opened import PictureGoneError, Pictures

log = logging.getLogger(__name__)

_LOOKED_AT = 320  # pixels of the longer side: more than what is told of it needs
_SMALLEST = 120  # pixels of a side: icons and portraits of authors have fewer
_FEWEST = 30_000  # pixels
_LONGEST = 4.0  # times as long as wide: banners and rules
_FLAT = 8.0  # of 255, by which its grey differs: a coloured area has less
_NONE = -1


def looked_at(article: Article) -> tuple[Article, tuple[Message, ...]]:
    """The article with its pictures looked at, and what is to be said of those that cannot be
    opened though they are there."""
    if all(each.width for each in article.pictures):
        return article, ()
    opener = Pictures(Path(article.source), article.id)
    notes: list[Message] = []
    found: Sequence[Picture] = [
        each if each.width else _look(opener, each, notes) for each in article.pictures
    ]
    return replace(article, pictures=tuple(found)), tuple(notes)


def _look(opener: Pictures, picture: Picture, notes: list[Message]) -> Picture:
    nothing = replace(picture, width=_NONE, height=_NONE)
    name = picture.at.partition(" ")[2] or picture.at
    try:
        image, (width, height) = opener.open(picture, _LOOKED_AT)
    except PictureGoneError:
        return nothing
    except ArticleError as error:
        notes.append(
            Message("its picture {name!r} cannot be read: {reason}", name=name,
                    reason=error.message)
        )  # fmt: skip
        return nothing
    except Exception as error:  # what decoders raise for a damaged picture has no end
        log.debug("unreadable picture", exc_info=True)
        said = " ".join(str(error).split())[:200] or type(error).__name__
        notes.append(
            Message("its picture {name!r} cannot be read: {reason}", name=name, reason=said)
        )
        return nothing
    if min(width, height) < _SMALLEST or width * height < _FEWEST:
        return nothing
    if max(width, height) > _LONGEST * min(width, height):
        return nothing
    import numpy as np

    if float(np.asarray(image.convert("L")).std()) < _FLAT:
        return nothing
    return replace(picture, width=width, height=height, marks=marks_of(image))
