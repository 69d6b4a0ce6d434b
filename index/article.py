"""What the index holds: articles, and the passages that they are searched by."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NotRequired, TypedDict

from hemeroteca.index.period import day_number
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Place, packed
from hemeroteca.index.publication import Publication


class Copy(TypedDict):
    """An article with the same text as another, small edits aside; `date` is ISO."""

    article: str
    title: str
    date: str | None
    paper: NotRequired[str]  # copies were kept without, formerly


@dataclass(frozen=True)
class Article:
    """An article as it was read. Offsets count from the first character of `text`: what is searched
    begins at `opening`, behind a date line, and the text proper at `body`, behind the headline
    where that stands apart. `date` is ISO or None, `language` ISO 639-1, `source` the path of its
    file, `hash` the sha256 of what was read; `places` say where
    on the pages of its file its lines stand, where that is known; `pictures` are all that its file
    shows it with, of which some may be no photographs."""

    id: str
    text: str
    language: str
    title: str = ""
    date: str | None = None
    source: str = ""
    hash: str = ""
    opening: int = 0
    body: int = 0
    subtitle: str = ""
    publication: Publication = Publication()
    places: Sequence[Place] = ()
    pictures: Sequence[Picture] = ()

    @property
    def day(self) -> int:
        """The date as the number yyyymmdd, which the stores can compare; 0 without a date."""
        return _day(self.date)

    @property
    def described(self) -> str:
        """What changes with what is said beside the text and is not in `hash`; "" if nothing is."""
        if not (self.subtitle or self.publication or self.places or self.pictures):
            return ""
        said: list[object] = [self.subtitle, self.publication.as_dict()]
        if self.pictures:
            said.append([each.said for each in self.pictures])
        return sha256(json.dumps(said).encode() + packed(self.places)).hexdigest()[:16]


@dataclass(frozen=True)
class Passage:
    """A piece of the article `article`, whose title, date, language, source and publication it
    bears: `article_text[start:end] == text`.

    `group` is the same in all articles with copies of one text, and `also` names those others;
    its first `headline` characters are the article's headline; `score` is the retriever's, 0 where
    none retrieved it."""

    id: str
    article: str
    text: str
    start: int
    end: int
    language: str
    title: str = ""
    date: str | None = None
    source: str = ""
    group: str = ""
    headline: int = 0
    publication: Publication = Publication()
    also: Sequence[Copy] = ()
    score: float = 0.0

    @property
    def day(self) -> int:
        """The date as the number yyyymmdd; 0 without a date."""
        return _day(self.date)


def _day(iso: str | None) -> int:
    return day_number(date.fromisoformat(iso) if iso else None)
