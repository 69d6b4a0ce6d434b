"""An article of a press database, as its export has it."""

from dataclasses import dataclass
from datetime import date

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import LeftOut, Rejected
from hemeroteca.index.sources.press.document import Document


@dataclass(frozen=True)
class PressArticle:
    """What an export says of an article, each by its place in the form.

    `accession` is the database's own number of it, "" without; `day` as the paper has it, never
    shifted by a zone; `hour` is "HH:MM" as it is written, "" without; `language` ISO 639-1 where
    the export names it; `paragraphs` are the text proper, without headline and subtitle, its
    wrapped lines joined; `captions` those of its pictures."""

    title: str
    paragraphs: tuple[str, ...]
    accession: str = ""
    subtitle: str = ""
    paper: str = ""
    section: str = ""
    page: str = ""
    edition: str = ""
    authors: tuple[str, ...] = ()
    day: date | None = None
    hour: str = ""
    language: str | None = None
    captions: tuple[str, ...] = ()
    url: str = ""

    @property
    def publication(self) -> Publication:
        """Where, when and by whom it was published, as the index keeps it."""
        return Publication(
            paper=self.paper,
            authors=self.authors,
            section=self.section,
            url=self.url,
            edition=self.edition,
            page=self.page,
            hour=self.hour,
        )

    @property
    def identity(self) -> str:
        """What tells it from the others of any export, wherever it stands there."""
        return self.accession or self.described

    @property
    def described(self) -> str:
        """Its day, paper and title, which few have in common."""
        day = self.day.isoformat() if self.day else ""
        return " ".join(filter(None, (day, self.paper, self.title)))


@dataclass(frozen=True)
class Export:
    """The articles of a file, in order, those that cannot be read, or are none, in their places;
    how many the file says that there are, None if it does not; and what stands in it outside of
    articles and is nothing that the database adds, such as another's articles."""

    articles: tuple[PressArticle | Rejected | LeftOut, ...] = ()
    announced: int | None = None
    rest: Document | None = None
