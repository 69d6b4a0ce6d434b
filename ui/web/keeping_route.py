"""Where the script of the pages for reading asks what is kept, and keeps something."""

from functools import partial
from typing import Literal

from pydantic import Field
from starlette.routing import Route

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import say
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.keeping import keep, open_collection
from hemeroteca.ui.web.script_route import Sent, script_route
from hemeroteca.ui.web.visitor import Visitor

_LONGEST_QUOTE = 5_000


class Keep(Sent):
    """What is to be done with what somebody keeps in `collection`."""

    act: Literal["show", "keep", "note", "remove", "collect"] = "show"
    collection: str = ""
    article: str = ""
    quote: str = Field("", max_length=_LONGEST_QUOTE)
    start: int = Field(0, ge=0)
    item: str = Field("", description="The id of what is kept already, for a note.")
    text: str = Field("", description="The note, or the name of a new collection.")


def keeping_route(archive: Archive, collections: Collections) -> Route:
    """`/keeping`: takes a Keep as JSON, and says what is kept then."""

    return script_route("/keeping", Keep, partial(_done, archive, collections))


def _done(
    archive: Archive, collections: Collections, asked: Keep, who: Visitor
) -> dict[str, object]:
    """What is kept once it is done."""
    current = asked.collection
    if asked.act == "keep":
        carried = {"article": asked.article, "quote": asked.quote, "start": asked.start}
        current = keep(archive, collections, who, current, carried)
    elif asked.act == "note":
        collections.note(who.owner, asked.item, asked.text)
    elif asked.act == "remove":
        collections.remove(who.owner, asked.item)
    elif asked.act == "collect":
        current = collections.add(who.owner, asked.text)
    found = open_collection(collections, who.owner, current)
    items = collections.items(who.owner, found.id) if found else []
    return {
        "collection": found.id if found else "",
        "said": say("Kept in “{name}”", who.language, name=found.name) if found else "",
        "collections": [
            {"id": each.id, "name": each.name, "items": each.items}
            for each in collections.of(who.owner)
        ],
        "items": [
            {
                "id": item.id,
                "article": item.citation.article,
                "quote": item.citation.quote,
                "note": item.note,
            }
            for item in items
        ],
    }
