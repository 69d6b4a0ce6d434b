"""What a program that keeps an article says of it, beside what its file says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.saved_page import UNDATED


@dataclass(frozen=True)
class Said:
    """A title, an ISO day, and where and by whom it was published; what is empty is not said. What
    was `entered` by a person or a library is surer than what the file says; what a program noted
    while it saved a page only stands in for it, but for the address."""

    title: str = ""
    day: str = ""
    publication: Publication = field(default_factory=Publication)
    entered: bool = True

    def applied(self, found: Extract) -> Extract:
        """The article with this."""
        own, said = found.publication, self.publication
        known = {
            each.name: (
                getattr(said, each.name) or getattr(own, each.name)
                if self.entered or each.name == "url"
                else getattr(own, each.name) or getattr(said, each.name)
            )
            for each in fields(Publication)
        }
        title, day = (self.title, self._day), (found.title, found.day)
        first, then = (title, day) if self.entered else (day, title)
        return replace(
            found,
            title=first[0] or then[0] or None,
            day=first[1] or then[1],
            publication=Publication(**known),
            notes=tuple(n for n in found.notes if not (first[1] and n == UNDATED)),
        )

    @property
    def _day(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None

    def as_json(self) -> dict[str, object]:
        """The same as a value of JSON."""
        return asdict(self)

    @staticmethod
    def from_json(value: Mapping[str, object]) -> "Said":
        """What `as_json` gave."""
        written = dict(value)
        publication = dict(written.pop("publication"))  # type: ignore[call-overload]
        authors = tuple(publication.pop("authors"))
        return Said(publication=Publication(authors=authors, **publication), **written)  # type: ignore[arg-type]
