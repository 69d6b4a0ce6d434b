"""The searches that somebody made on the page, to come back to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field
from starlette.datastructures import QueryParams
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.rag.days import period_text
from hemeroteca.ui.language import say
from hemeroteca.ui.web.asked import Asked
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.database import Database
from hemeroteca.ui.web.period_view import parse_period
from hemeroteca.ui.web.script_route import Sent, script_route
from hemeroteca.ui.web.visitor import Visitor

_MOST = 50  # of one owner: the older ones go
_LONGEST = 4_000  # characters of an address
_SCHEMA = """
CREATE TABLE IF NOT EXISTS searched (
    number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, address TEXT NOT NULL,
    UNIQUE (owner, address));
"""


class SearchHistory:
    """An SQLite file, which may be that of the conversations. A search belongs to its owner, a
    browser or a user. Safe to use from several threads.

    Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, owner: str, address: str) -> None:
        """Record a search by its address, below the page's own, as the latest."""
        kept = "SELECT number FROM searched WHERE owner = ? ORDER BY number DESC LIMIT ?"
        with self._database.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO searched (owner, address) VALUES (?, ?)", (owner, address)
            )
            db.execute(
                f"DELETE FROM searched WHERE owner = ? AND number NOT IN ({kept})",
                (owner, owner, _MOST),
            )

    def clear(self, owner: str) -> None:
        """Forget all the owner's searches."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM searched WHERE owner = ?", (owner,))

    def of(self, owner: str) -> list[str]:
        """The addresses of the owner's searches, the latest first."""
        with self._database.transaction() as db:
            rows = db.execute(
                "SELECT address FROM searched WHERE owner = ? ORDER BY number DESC", (owner,)
            ).fetchall()
        return [address for [address] in rows]


class Searched(Sent):
    """A search that was made, what stands behind the question mark of its address; none only asks
    for the former ones."""

    act: Literal["add", "clear"] = "add"
    search: str = Field("", max_length=_LONGEST)


def search_history_route(searches: SearchHistory, collections: Collections) -> Route:
    """`/searches`: takes a Searched as JSON, and gives the searches of whoever sends it, also those
    of one of the `collections`."""

    def done(asked: Searched, who: Visitor) -> dict[str, object]:
        if asked.act == "clear":
            searches.clear(who.owner)
        made = _bare(asked.search)
        if asked.act == "add" and (made.text.strip() or made.narrowed):
            searches.add(who.owner, made.address)
        former = [each for each in searches.of(who.owner) if each != made.address]
        names = {each.id: each.name for each in collections.of(who.owner)}
        return {"searches": [{"address": each, "said": _said(each, names, who)} for each in former]}

    return script_route("/searches", Searched, done)


def _bare(search: str) -> Asked:
    """The search without what only says how it is shown."""
    made = Asked.read(QueryParams(search))
    return Asked(
        text=" ".join(made.text.split()), names=made.names, first=made.first, last=made.last,
        undated=made.undated, within=made.within,
    )  # fmt: skip


def _said(address: str, collections: Mapping[str, str], who: Visitor) -> str:
    """A search in words: what is searched for, and of which articles; `collections` are the names
    by their ids."""
    made = Asked.read(QueryParams(address.partition("?")[2]))
    chosen = [name for names in made.names.values() for name in names]
    if made.within:
        chosen.append(f"“{collections.get(made.within.id, '…')}”")
    if made.undated == "only":
        chosen.append(say("without a date", who.language))
    elif made.first or made.last:
        chosen.append(_days(made.first, made.last, who.language))
    return " · ".join([made.text or say("Every article", who.language), *chosen])


def _days(first: str, last: str, language: str) -> str:
    try:
        return period_text(parse_period(first, last), language)
    except HemerotecaError:
        return f"{first} – {last}"
