"""A collection as a file to keep or to send."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from hemeroteca.rag.references import plain, references
from hemeroteca.ui.language import say
from hemeroteca.ui.markdown import inline, quote_markdown
from hemeroteca.ui.web.collections import Collection, CollectionError, Item
from hemeroteca.ui.web.export_view import REFERENCES, Export

Style = Literal["markdown", "json", "bibtex", "ris", "csl"]
STYLES: tuple[Style, ...] = get_args(Style)
NAMES: dict[str, str] = {
    "markdown": "Markdown",
    "json": "JSON",
    **{style: name for style, (name, _, _) in REFERENCES.items()},
}
_FILES: dict[str, tuple[str, str]] = {
    "markdown": ("md", "text/markdown"),
    "json": ("json", "application/json"),
    **{style: (suffix, mime) for style, (_, suffix, mime) in REFERENCES.items()},
}
_NOT_IN_NAMES = '<>:"/\\|?*'


def export(collection: Collection, items: Sequence[Item], style: str, language: str) -> Export:
    """The collection in `style`, one of STYLES; days are worded in `language` (ISO 639-1). Raises
    CollectionError for another style."""
    known = next((each for each in STYLES if each == style), None)
    if known is None:
        raise CollectionError(
            "A collection is exported as one of {names}, not as {name!r}.",
            names=", ".join(STYLES),
            name=style[:100],
        )
    suffix, mime = _FILES[known]
    name = "".join(" " if c in _NOT_IN_NAMES or not c.isprintable() else c for c in collection.name)
    text = _text(collection, items, known, language)
    return Export(f"{name.strip('. ') or 'collection'}.{suffix}", mime, text)


def _text(collection: Collection, items: Sequence[Item], style: Style, language: str) -> str:
    if style == "markdown":
        return _markdown(collection, items, language)
    if style == "json":
        told = {"name": collection.name, "created": collection.created}
        kept = [item.citation.as_dict() | {"note": item.note} for item in items]
        for number, each in enumerate(kept, start=1):
            each["n"] = number
        return json.dumps(told | {"items": kept}, ensure_ascii=False, indent=2) + "\n"
    notes: dict[str, list[str]] = {}
    for item in items:
        if item.note:
            notes.setdefault(item.citation.article, []).append(item.note)
    return references([item.citation for item in items], style, language, notes) + "\n"


def _markdown(collection: Collection, items: Sequence[Item], language: str) -> str:
    parts = [f"# {inline(collection.name)}"]
    for number, item in enumerate(items, start=1):
        citation = replace(item.citation, n=number)
        if citation.quote:
            parts.append(quote_markdown(citation, language))
        else:
            parts.append(f"[{number}] {inline(plain(citation, language))}")
        written = [inline(line) for line in item.note.splitlines() if line.strip()]
        if written:
            parts += [f"**{say('Note', language)}:** {written[0]}", *written[1:]]
    return "\n\n".join(parts) + "\n"
