"""Files that a browser saves, as links; the page's script follows the first at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from hemeroteca.rag.answer import Citation
from hemeroteca.rag.references import Style, references
from hemeroteca.ui.web.view import TEMPLATES

# Of each style of references its name, how its files end and what they are (a MIME type).
REFERENCES: dict[Style, tuple[str, str, str]] = {
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "ris": ("RIS", "ris", "application/x-research-info-systems"),
    "csl": ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True)
class Export:
    """A file: its name, what it is (a MIME type) and what stands in it."""

    name: str
    mime: str
    text: str


def export_html(export: Export) -> str:
    """The link to the file."""
    return TEMPLATES.render(
        "export",
        "en",
        file=export.name,
        mime=export.mime,
        data=quote(export.text),
        number=uuid4().hex,
    )


def references_html(citations: Sequence[Citation], language: str) -> str:
    """Links to the references of `citations` in each style; nothing if there are none."""
    if not citations:
        return ""
    links = [
        (name, f"hemeroteca.{suffix}", f"data:{mime};charset=utf-8,{quote(text)}")
        for style, (name, suffix, mime) in REFERENCES.items()
        for text in (references(citations, style, language) + "\n",)
    ]
    return TEMPLATES.render("references", language, links=links)
