"""Word documents (DOCX)."""

from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.extract import Extract


def read_docx(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: paragraphs and the rows of tables, in order, and the document's title."""
    import docx
    from docx.table import Table

    open_container(stream)
    stream.seek(0)
    document = docx.Document(stream)
    blocks: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks += [
                "\t".join(cell.text.strip() for cell in row.cells).strip() for row in block.rows
            ]
        else:
            blocks.append(block.text.strip())
    yield Extract("\n\n".join(filter(None, blocks)), title=document.core_properties.title or None)
