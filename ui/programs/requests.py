"""What a program may ask of an archive; the descriptions are what it is told about each field."""

from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.chosen import chosen
from hemeroteca.index.stores.holdings import Holdings

MOST = 100  # passages or articles in one reply
_QUESTIONS = 20  # of a conversation that are looked at


Kind = TypeVar("Kind", bound=BaseModel)


class RequestError(HemerotecaError):
    """An argument of a program's request cannot be used."""


class Request(BaseModel):
    """Arguments by name; one that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    index: str = Field(
        "", description="Of several indexes (`holdings` names them) which one; empty: the first."
    )


class OfArticles(Request):
    """Which articles are asked."""

    date_from: str = Field("", description="First day of the articles, YYYY-MM-DD; empty: any.")
    date_to: str = Field("", description="Last day of the articles, YYYY-MM-DD; empty: any.")
    paper: str = Field("", description="Only articles of this newspaper; empty: all.")
    section: str = Field("", description="Only articles of this section; empty: all.")
    author: str = Field("", description="Only articles by this author; empty: all.")
    language: str = Field(
        "", description='Only articles in this language (ISO 639-1, such as "es"); empty: all.'
    )
    undated: bool = Field(
        False, description="Whether articles without a date count for a period as well."
    )

    def filter(self, holdings: Holdings) -> Filter:
        """The filter that they are. Raises RequestError for what is no date, FilterError for a name
        that no article has."""
        names = {
            "paper": [self.paper], "section": [self.section],
            "author": [self.author], "language": [self.language],
        }  # fmt: skip
        period = Period(_day(self.date_from), _day(self.date_to))
        return chosen(holdings, names, period, self.undated)  # type: ignore[arg-type]


class Ask(OfArticles):
    """Answer a question from the newspaper articles, with verbatim citations. What the articles do
    not say is not answered: then `answerable` is false and `nearest` is what comes nearest."""

    question: str = Field(description="The question, in any language.")
    history: list[str] = Field(
        [], description="The questions before it in the conversation, oldest first."
    )

    @property
    def asked_before(self) -> list[str]:
        """The last of the questions before it."""
        return [question for question in self.history if question.strip()][-_QUESTIONS:]


class CheckClaim(OfArticles):
    """Check a claim against the newspaper articles: whether they state it, contradict it, disagree
    ("conflicting") or do not say, with the sentences that decide, quoted verbatim."""

    claim: str = Field(description="The claim, a sentence in any language; no question.")


class Search(OfArticles):
    """Find the passages of the newspaper articles that come nearest to a question or some words, by
    meaning and by words together, best first."""

    question: str = Field(description="The question or some words, in any language.")
    limit: int = Field(10, description=f"How many passages, 1 to {MOST}.")


class ListArticles(OfArticles):
    """List the newspaper articles, the latest first, without their text."""

    words: str = Field("", description="Only articles that hold one of these words; empty: all.")
    limit: int = Field(20, description=f"How many articles, 1 to {MOST}.")


class ReadArticle(Request):
    """Read a whole newspaper article."""

    id: str = Field(description="Its id, as citations, passages and lists give it in `article`.")


class Timeline(OfArticles):
    """What the newspaper articles tell about a subject, one sentence an event, the oldest first,
    each with its day and its citation."""

    subject: str = Field(description="What or who it is about, in any language.")


class Describe(Request):
    """What the archive holds: how many articles, from when to when, of which papers, sections and
    languages."""


def parse(kind: type[Kind], arguments: object) -> Kind:
    """The request of that kind with these arguments. Raises RequestError that names the first one
    that is wrong."""
    try:
        return kind.model_validate(arguments)
    except ValidationError as error:
        raise refusal(error) from None


def parse_json(kind: type[Kind], sent: bytes) -> Kind:
    """The same of an object in JSON. Raises RequestError for what is none as well."""
    try:
        return kind.model_validate_json(sent)
    except ValidationError as error:
        raise refusal(error) from None


def refusal(error: ValidationError) -> RequestError:
    """What is wrong first with a request."""
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"])) or "request"
    return RequestError("{name}: {reason}", name=name, reason=first["msg"])


def number(value: int) -> int:
    """`value`, if so many can be asked for. Raises RequestError."""
    if not 1 <= value <= MOST:
        raise RequestError(
            "limit {value}: expected a whole number from 1 to {most}", value=value, most=MOST
        )
    return value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise RequestError("{value!r}: expected a date YYYY-MM-DD", value=value) from None
