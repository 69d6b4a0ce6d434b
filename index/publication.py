"""Where, when and by whom an article was published."""

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Publication:
    """What is known of an article's publication beside its day; what is not is empty.

    `hour` is an ISO time, with the zone that it was written with, such as "10:30:00+01:00";
    `changed` the ISO day on which the article was last changed; `confidence` how sure a program was
    of a scan's words, from 0 to 1 in the mean, such as "0.83"."""

    paper: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    url: str = ""
    edition: str = ""
    page: str = ""
    hour: str = ""
    changed: str = ""
    confidence: str = ""

    def __bool__(self) -> bool:
        return self != _UNKNOWN

    def as_dict(self) -> dict[str, object]:
        """The fields as JSON has them."""
        return asdict(self) | {"authors": list(self.authors)}


_UNKNOWN = Publication()
PUBLICATION_FIELDS = tuple(field.name for field in fields(Publication))


def flat(holder: object) -> dict[str, object]:
    """The fields of a dataclass, those of its `publication` among them, as JSON has them; where on
    its pages an article stands is left out, and its pictures."""
    left_out = ("places", "pictures")
    known = {name: value for name, value in vars(holder).items() if name not in left_out}
    published = known.pop("publication")
    return {**known, **published.as_dict()}
