"""What a search says, as data. It is parsed in grammar.py, looked up in index/stores/articles.py
and found again in a text by marks.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hemeroteca.index.errors import Message
from hemeroteca.index.period import Period

# Where something stands: anywhere in the article, or in one of its parts.
Part = Literal["text", "title", "paper", "author", "section", "person", "place", "organisation"]


@dataclass(frozen=True)
class Word:
    """A word as it is written, one term long. With a capital letter it is a name, found as it is
    written, accents and capitals aside; else its other endings are found as well."""

    written: str
    part: Part = "text"

    @property
    def is_name(self) -> bool:
        return not self.written.islower() and any(map(str.isupper, self.written))


@dataclass(frozen=True)
class Phrase:
    """Terms in this order, at most `gaps` others between them; the last of them only begins so if
    it is `open`, and they are all of the name of a person, a place or an organisation if it is
    `whole`."""

    terms: tuple[str, ...]
    part: Part = "text"
    gaps: int = 0
    open: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Pattern:
    """A term in whose place of each * any letters may stand."""

    term: str
    part: Part = "text"


@dataclass(frozen=True)
class Near:
    """A term and those that at most `slips` letters make of it."""

    term: str
    slips: int
    part: Part = "text"


@dataclass(frozen=True)
class Days:
    """The articles of a period, or the `undated`."""

    period: Period = Period()
    undated: bool = False


@dataclass(frozen=True)
class Language:
    """The articles in a language (ISO 639-1)."""

    code: str


@dataclass(frozen=True)
class Recognised:
    """The scans of whose words a program was sure by so many hundredths, both included."""

    least: int = 0
    most: int = 100


@dataclass(frozen=True)
class Not:
    """The articles that `query` does not find."""

    query: "Node"


@dataclass(frozen=True)
class All:
    """What every one of `queries` finds; without one, every article."""

    queries: "tuple[Node, ...]" = ()


@dataclass(frozen=True)
class Any:
    """What one of `queries` finds, or several."""

    queries: "tuple[Node, ...]"


Leaf = Word | Phrase | Pattern | Near
Node = Leaf | Days | Language | Recognised | Not | All | Any


@dataclass(frozen=True)
class Query:
    """A search: `text` as it was written, `root` what it says, `notes` what of it was taken
    otherwise than it may have been meant."""

    text: str
    root: Node = All()
    notes: Sequence[Message] = ()

    @property
    def leaves(self) -> list[Leaf]:
        """What it wants to find in the articles, in order; without what it leaves out."""
        return list(_leaves(self.root))

    @property
    def words(self) -> str:
        """The same as a question would have it, for a search by meaning."""
        return " ".join(_written(leaf) for leaf in self.leaves)


def _leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case All(queries) | Any(queries):
            for query in queries:
                yield from _leaves(query)
        case Word() | Phrase() | Pattern() | Near():
            yield node
        case _:
            return


def _written(leaf: Leaf) -> str:
    match leaf:
        case Word(written):
            return written
        case Phrase(terms):
            return " ".join(terms)
        case Pattern(term) | Near(term):
            return term.replace("*", "")
