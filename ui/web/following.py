"""How a question or a search is followed, on the page and from the pages for reading."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from starlette.datastructures import QueryParams
from starlette.routing import Route

from hemeroteca.index.search.grammar import parse
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import say
from hemeroteca.ui.web.asked import Asked
from hemeroteca.ui.web.saved import Kind, SavedSearches
from hemeroteca.ui.web.script_route import Sent, script_route
from hemeroteca.ui.web.visitor import Visitor

_LONGEST = 4_000  # characters of an address


class Follow(Sent):
    """A search, what stands behind the question mark of its address, that is to be followed, or no
    more; without an `act`, whether it is."""

    act: Literal["show", "follow", "forget"] = "show"
    search: str = Field("", max_length=_LONGEST)


def following_route(archive: Archive, saved: SavedSearches) -> Route:
    """`/following`: takes a Follow as JSON, and says whether the search is followed then."""

    def done(asked: Follow, who: Visitor) -> dict[str, object]:
        text, asked_of = _as_followed(Asked.read(QueryParams(asked.search)))
        if asked.act == "follow":
            follow(archive, saved, who.owner, "search", text, asked_of)
        now = [
            each.id
            for each in saved.of(who.owner)
            if (each.kind, each.text, each.asked_of) == ("search", " ".join(text.split()), asked_of)
        ]
        if asked.act == "forget":
            for id in now:
                saved.forget(who.owner, id)
            now = []
        said = say("Followed: what new articles say stands under “News”.", who.language)
        return {"followed": bool(now), "said": said if now else ""}

    return script_route("/following", Follow, done)


def follow(
    archive: Archive,
    saved: SavedSearches,
    owner: str,
    kind: Kind,
    text: str,
    asked_of: Mapping[str, str],
) -> None:
    """Follow a question or a search from now on, of the articles that are chosen. Raises
    SavedError, or SearchError for what is no search."""
    if kind == "search":
        parse(text)
    last = archive.catalog.indexed_between()[1]
    saved.follow(owner, kind, text, asked_of, last, archive.catalog.counts()[0])


def _as_followed(asked: Asked) -> tuple[str, dict[str, str]]:
    """The search as it is followed: what is chosen once beside it, several names as its words."""
    chosen, words = {"from": asked.first, "to": asked.last}, [asked.text] if asked.text else []
    chosen["undated"] = "1" if asked.undated == "with" else ""
    if asked.undated == "only":
        words.append("date:none")
    for field, names in asked.names.items():
        if len(names) == 1:
            chosen[field] = names[0]
        else:
            words.append(" OR ".join(f'{field}:"{name}"' for name in names))
    if len(words) > 1:
        words = [f"({each})" if " " in each else each for each in words]
    return " ".join(words), {name: value for name, value in chosen.items() if value}
