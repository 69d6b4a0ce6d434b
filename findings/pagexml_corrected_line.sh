#!/usr/bin/env bash
# pagexml-tools loses a line of a newspaper's page just because somebody has corrected it.
#
# Expected: PAGE XML lets a line have several readings (<TextEquiv>), and its schema says that the one with
#   the lowest index is the main text. LAREX, in which people correct what OCR has read, keeps both:
#   the correction as 0, what was read as 1. A reader gives the first of them, or both, or complains.
# Seen: pagexml-tools 0.9.0 gives neither: the text of a line with two readings is None, as of one that
#   nobody has read, while a line with one reading has its text, whatever its index. Its paragraph closes
#   over the gap: of "El tribunal condena / a Mora y absuelve / a Ruiz." (condemns Mora and acquits Ruiz)
#   it makes "El tribunal condena a Ruiz." (condemns Ruiz), and to_pagexml() writes the page without
#   either reading. No error, no warning, and the count of lines is right: it is the lines with the most
#   certain text, those a person has checked, that no search finds and that turn a report around. The
#   pages below are valid by PAGE's schema of 2019.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --prefer-binary pagexml-tools==0.9.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W error::UserWarning - <<'EOPY'
from importlib.metadata import version
from pathlib import Path

from lxml import etree
from pagexml.helper.pagexml_helper import make_text_region_text
from pagexml.parser import parse_pagexml_file

print("pagexml-tools", version("pagexml-tools"))
HEAD = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata>
<Creator>test</Creator><Created>2024-05-06T10:00:00</Created><LastChange>2024-05-06T10:00:00</LastChange>
</Metadata><Page imageFilename="page.png" imageWidth="400" imageHeight="400"><TextRegion id="r">
<Coords points="0,0 300,0 300,300 0,300"/>"""


def read(*lines):
    body = ""
    for at, readings in enumerate(lines):
        top, low = 100 * at, 100 * at + 80
        body += f'<TextLine id="l{at}"><Coords points="0,{top} 300,{top} 300,{low} 0,{low}"/>'
        for index, text in readings.items():
            body += f'<TextEquiv index="{index}"><Unicode>{text}</Unicode></TextEquiv>'
        body += "</TextLine>"
    Path("page.xml").write_text(f"{HEAD}{body}</TextRegion></Page></PcGts>")
    scan = parse_pagexml_file("page.xml")
    text = make_text_region_text(scan.text_regions[0].lines)[0]
    print([line.text for line in scan.get_lines()], "->", text)
    return text, scan.stats["lines"], etree.tostring(scan.to_pagexml(), encoding="unicode")


FIRST, LAST = {1: "El tribunal condena"}, {1: "a Ruiz."}
text, count, written = read(FIRST, {1: "a Mora y absuclve"}, LAST)
assert text == "El tribunal condena a Mora y absuclve a Ruiz." and count == 3 and "absuclve" in written
text, count, written = read(FIRST, {0: "a Mora y absuelve"}, LAST)
assert text == "El tribunal condena a Mora y absuelve a Ruiz." and count == 3 and "absuelve" in written
text, count, written = read(FIRST, {0: "a Mora y absuelve", 1: "a Mora y absuclve"}, LAST)
assert text == "El tribunal condena a Ruiz." and count == 3, "the corrected line is read now"
assert "Mora" not in written and "condena" in written, "the corrected line is written now"
EOPY
