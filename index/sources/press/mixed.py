"""Exports of several databases in one text or page, one pasted below the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.providers import PROVIDERS, recognise

_PAGE = re.compile(r"(?:<!doctype\s+html\b[^>]*>\s*)?<html\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A part of a document, and whose export it is."""

    provider: Provider
    document: Document


@dataclass(frozen=True, order=True)
class _Mark:
    """Where in a document something begins that only the exports of one database have."""

    start: int
    end: int
    provider: str


def pieces(document: Document, provider: Provider) -> list[Piece]:
    """The exports in `document`, in order; it is one of `provider` at least."""
    switches = [] if document.kind not in ("text", "html") else [*_switches(document)]
    if not switches:
        return [Piece(provider, document)]
    found: list[Piece] = []
    begin = 0
    for at in [*switches, len(document.text)]:
        part = Document.of_text(document.kind, document.text[begin:at])
        other = recognise(part)
        if other is None and at < len(document.text):
            continue  # a mark by chance, such as a rule
        last = found.pop() if found and other in (None, found[-1].provider) else None
        if last:
            part = Document.of_text(document.kind, last.document.text + part.text)
        found.append(Piece(last.provider if last else other or provider, part))
        begin = at
    return found if len(found) > 1 else [Piece(provider, document)]


def _switches(document: Document) -> Iterator[int]:
    """Where in the characters the marks of another database begin than those before."""
    marks = sorted(mark for provider in PROVIDERS for mark in _marks(provider, document))
    for before, after in pairwise(marks):
        if before.provider == after.provider:
            continue
        pages = list(_PAGE.finditer(document.text, before.end, after.start))
        yield pages[-1].start() if document.kind == "html" and pages else after.start


def _marks(provider: Provider, document: Document) -> list[_Mark]:
    if document.kind not in provider.kinds:
        return []
    found = sorted(
        _Mark(each.start(), each.end(), provider.name)
        for pattern in provider.begins
        for each in pattern.finditer(document.text)
    )
    if not found:
        return []
    rest = Document.of_text(document.kind, document.text[found[0].start :])
    return found if provider.is_export(rest) else []
