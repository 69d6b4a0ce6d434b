"""The collections as the page shows them."""

import json
import re
from collections.abc import Sequence

from hemeroteca.ui.language import say
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.collection_export import NAMES, STYLES
from hemeroteca.ui.web.collections import Collection, Item
from hemeroteca.ui.web.view import TEMPLATES

_TAG = re.compile(r"(?<!\w)#\w*[^\W\d]\w*")  # #budget, not #3


def collections_html(
    collections: Sequence[Collection],
    collection: Collection | None,
    items: Sequence[Item],
    language: str,
) -> str:
    """The list of the collections, and the `items` of the one that is open, if one is."""
    return TEMPLATES.render(
        "collections",
        language,
        collections=collections,
        collection=collection,
        items=items,
        tags=_tags(items),
        styles=STYLES,
        names=NAMES,
        link=sentence_address,
    )


def _tags(items: Sequence[Item]) -> list[str]:
    """The words with # in the notes, by the alphabet; of one that is written in several ways, the
    first."""
    found: dict[str, str] = {}
    for item in items:
        for tag in _TAG.findall(item.note):
            found.setdefault(tag.casefold(), tag)
    return [found[key] for key in sorted(found)]


def kept_html(collection: Collection | None, items: Sequence[Item], language: str) -> str:
    """What of all that is shown on the page is kept in the collection that is open: the page's
    script marks it."""
    keys = [[item.citation.article, item.citation.quote] for item in items]
    said = say("Kept in “{name}”", language, name=collection.name) if collection else ""
    kept = json.dumps(keys, ensure_ascii=False)
    return TEMPLATES.render("kept", language, kept=kept, said=said)
