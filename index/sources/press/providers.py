"""The press databases that are known: one table, one small reader each."""

from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.nexis import NEXIS
from hemeroteca.index.sources.press.provider import Provider

PROVIDERS: tuple[Provider, ...] = (NEXIS,)


def recognise(document: Document) -> Provider | None:
    """Whose export `document` is; None if it is none that is known."""
    for provider in PROVIDERS:
        if document.kind in provider.kinds and provider.is_export(document):
            return provider
    return None
