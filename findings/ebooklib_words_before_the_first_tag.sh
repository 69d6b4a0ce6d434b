#!/usr/bin/env bash
# EbookLib leaves the words before the first tag of a chapter out of the book.
#
# Expected: what is given to EpubHtml.content stands in the chapter of the EPUB that is written: an
#   article whose lines end in <br/>, one with its place before the first paragraph, or plain text.
# Seen: EbookLib 0.20 copies the elements of the body and forgets the text in front of them: of "El
#   puente viejo <b>no</b> cerrará." it writes "no cerrará.", of text with <br/> the first line is
#   missing, and of plain text nothing is left but <body/>. No error, no warning. What stands between
#   or behind the tags is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ebooklib==0.20 lxml==6.1.1
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
import zipfile
from importlib.metadata import version

from ebooklib import epub
from lxml import etree

print("EbookLib", version("ebooklib"), "lxml", version("lxml"))
WRITTEN = {
    "<p>El puente viejo <b>no</b> cerrará.</p>": "El puente viejo no cerrará.",
    "El puente viejo <b>no</b> cerrará.": "no cerrará.",
    "Cierra el puente.<br/>Ayer, por obras.<br/>Hasta mayo.": "Ayer, por obras.Hasta mayo.",
    "VILASECA. <p>Cierra el puente.</p>": "Cierra el puente.",
    "<h1>VILASECA.</h1> Cierra el <b>puente</b> viejo.": "VILASECA. Cierra el puente viejo.",
    "Cierra el puente viejo.": "",
}
for number, (content, seen) in enumerate(WRITTEN.items()):
    book = epub.EpubBook()
    book.set_identifier("faro")
    book.set_title("El Faro")
    book.set_language("es")
    chapter = epub.EpubHtml(title="Puente", file_name="puente.xhtml", lang="es")
    chapter.content = content
    book.add_item(chapter)
    book.spine = [chapter]
    book.add_item(epub.EpubNcx())
    epub.write_epub(f"{number}.epub", book)
    page = etree.fromstring(zipfile.ZipFile(f"{number}.epub").read("EPUB/puente.xhtml"))
    body = page.find("{http://www.w3.org/1999/xhtml}body")
    text = "".join(body.itertext()).strip()
    print(f"{content!r} is written as {text!r}")
    assert text == seen, "the words are there now"
EOPY
