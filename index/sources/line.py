"""A paragraph of a document as it is set: its text, and what shows what it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; empty ones are lines as well. `text` has "\\n" where the line breaks within the
    paragraph, and its no-break blanks, which part a label from its value.

    `bold` if all of its letters are; `centred`; `level` counts from 0, that of the largest
    headings, None of a plain paragraph; `begins` if a section or page does with it; `marked` if it
    bears a bookmark; `link` is where the first link in it leads. A row of a table is one line with
    its `cells`."""

    text: str = ""
    bold: bool = False
    centred: bool = False
    level: int | None = None
    begins: bool = False
    marked: bool = False
    link: str = ""
    cells: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The text on one line, every run of blanks one blank."""
        return " ".join(self.text.split())


def printed(lines: "list[Line]") -> str:
    """The text of a document, a blank line between its paragraphs; the empty ones left out."""
    return "\n\n".join(filter(None, (line.text.strip() for line in lines)))
