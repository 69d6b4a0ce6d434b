"""A file that a browser saves, as a link that the page's script follows at once."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from hemeroteca.ui.web.view import TEMPLATES


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
