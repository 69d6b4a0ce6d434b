"""How something is kept: what it says of itself made a citation, in the collection that is open."""

from collections.abc import Mapping
from typing import Any

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.language import say
from hemeroteca.ui.web.collections import Collection, CollectionError, Collections
from hemeroteca.ui.web.evidence_view import found_again
from hemeroteca.ui.web.message import citation_of
from hemeroteca.ui.web.visitor import Visitor


def open_collection(collections: Collections, owner: str, current: str) -> Collection | None:
    """The collection that is open; where there is none of that id, the latest."""
    found = collections.find(owner, current)
    return found or next(reversed(collections.of(owner)), None)


def keep(
    archive: Archive,
    collections: Collections,
    who: Visitor,
    current: str,
    carried: Mapping[str, Any],
) -> str:
    """Keep what is `carried` in the collection that is open, else in a new one, or keep it no more;
    returns the collection's id. Raises CollectionError for what stands in no article."""
    citation = _cited(archive, carried)
    found = open_collection(collections, who.owner, current)
    into = found.id if found else collections.add(who.owner, say("Kept", who.language))
    collections.toggle(who.owner, into, citation)
    return into


def _cited(archive: Archive, carried: Mapping[str, Any]) -> Citation:
    """A card of evidence carries its whole citation; else there is the id of an article and, for
    some words of it, these as `quote` and their `start`."""
    article = archive.document(str(carried["article"]))
    if article is None:
        raise CollectionError("This article is no longer in the archive.")
    if carried.get("quote") and "mark" in carried:
        citation = citation_of(carried)
    else:
        quote, start = str(carried.get("quote", "")), int(carried.get("start", 0))
        citation = Citation(
            n=0, article=article.id, title=article.title, date=article.date, quote=quote,
            start=start, end=start + len(quote), score=0.0, mark=(0, 0),
            publication=article.publication, language=article.language,
        )  # fmt: skip
    citation = found_again(citation, article)
    if article.text[citation.start : citation.end] != citation.quote:
        raise CollectionError("The article has changed since; the sentence is no longer there.")
    return citation
