"""The press databases that are known: one table, one small reader each."""

from hemeroteca.index.sources.press.apa import APA
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.europresse import EUROPRESSE
from hemeroteca.index.sources.press.factiva_html import FACTIVA_HTML
from hemeroteca.index.sources.press.factiva_text import FACTIVA_TEXT
from hemeroteca.index.sources.press.factiva_xml import FACTIVA_XML
from hemeroteca.index.sources.press.lexisnexis import LEXISNEXIS
from hemeroteca.index.sources.press.mediargus import MEDIARGUS
from hemeroteca.index.sources.press.nexis import NEXIS
from hemeroteca.index.sources.press.proquest import PROQUEST
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.retriever import RETRIEVER
from hemeroteca.index.sources.press.ris import RIS

PROVIDERS: tuple[Provider, ...] = (
    APA,
    EUROPRESSE,
    FACTIVA_HTML,
    FACTIVA_TEXT,
    FACTIVA_XML,
    LEXISNEXIS,
    MEDIARGUS,
    NEXIS,
    PROQUEST,
    RETRIEVER,
    RIS,
)


def recognise(document: Document) -> Provider | None:
    """Whose export `document` is; None if it is none that is known."""
    for provider in PROVIDERS:
        if document.kind in provider.kinds and provider.is_export(document):
            return provider
    return None
