"""A paragraph of a document as it is set: its text, and what shows what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST_NAME = 30  # of a field in a table's first column
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; empty ones are lines as well. `text` has "\\n" where the line breaks within the
    paragraph, and its no-break blanks, which part a label from its value.

    `bold` if all of its letters are; `centred`; `level` counts from 0, that of the largest
    headings, None of a plain paragraph; `begins` if a section or page does with it; `marked` if it
    bears a bookmark; `link` is where the first link in it leads. A row of a table is one line with
    its `cells`, in each of which a blank line parts paragraphs."""

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


def table_row(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """A row as a line: its short cells side by side, or a name and what it is the name of; cells of
    several paragraphs, as pages are laid out with, as these."""
    filled = [[line for line in cell if line.text] for cell in cells]
    if not any(filled):
        return []
    named = len(filled) == 2 and len(filled[0]) == 1 and len(filled[0][0].text) <= _LONGEST_NAME
    short = all(len(cell) <= 1 for cell in filled)
    if not short and not named:
        return [line for cell in filled for line in cell]
    words = tuple("\n\n".join(line.text for line in cell) for cell in filled)
    between = "\t" if short else "\n\n"
    return [Line(between.join(filter(None, words)), begins=_begins(filled), cells=words)]


def _begins(cells: Sequence[Sequence[Line]]) -> bool:
    return any(line.begins for cell in cells for line in cell)


def heading(lines: Sequence[Line]) -> str | None:
    """The heading that a document begins with; None if it begins otherwise."""
    written = [line for line in lines if line.text][:2]
    if not written or len(written[0].text) > _LONGEST_HEADING or written[0].cells:
        return None
    first = written[0]
    in_bold = first.bold and not all(line.bold for line in written)
    return first.words if first.level is not None or in_bold else None


def printed(lines: Sequence[Line]) -> str:
    """The text of a document, a blank line between its paragraphs; the empty ones left out."""
    return "\n\n".join(filter(None, (line.text.strip() for line in lines)))
