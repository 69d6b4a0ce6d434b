#!/usr/bin/env bash
# IPTC's own reader of NewsML-G2 ends a headline at the first name that is marked in it.
#
# Expected: headline, byline and description are mixed text in NewsML-G2: a name may be marked (<inline>,
#   <a>, <span>) and a line broken (<br/>) within them. str() of one, which the README has for elements
#   of plain text, gives all of its words or none, and what is read and written again keeps them. The
#   items below are valid by IPTC's schema 2.35.
# Seen: newsmlg2 1.1 reads what stands before the first mark. "El alcalde Luis Mora no dimite" is "El
#   alcalde", and "Dimite Luis Mora, según su rival" is "Dimite"; of two authors the second is not read,
#   of a description nothing below its first line. What stands behind a mark is in none of the item's
#   objects, and to_xml_string() writes the headline as "El alcalde Luis Mora": an archive that passes
#   its items through it keeps news that no agency sent. No error, no warning; without marks all is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check newsmlg2==1.1
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOPY'
from importlib.metadata import version

from lxml import etree
from NewsMLG2 import NewsMLG2Document

print("newsmlg2", version("newsmlg2"))
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agencia.example:20210304:1"
 version="1" standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="es">
<catalog><scheme alias="p" uri="http://agencia.example/p/"/></catalog>
<itemMeta><itemClass qcode="p:text"/><provider qcode="p:agencia"/>
<versionCreated>2021-03-04T08:00:00Z</versionCreated></itemMeta>
<contentMeta>%s</contentMeta></newsItem>"""
MIXED = [  # name of the element, what it holds, what str() gives, all words that are written again
    ("headline", 'El alcalde Luis Mora no dimite', "El alcalde Luis Mora no dimite", None),
    ("headline", 'El alcalde <inline qcode="p:mora">Luis Mora</inline> no dimite', "El alcalde",
     "El alcalde Luis Mora"),
    ("headline", 'Dimite <inline qcode="p:mora">Luis Mora</inline>, según su rival', "Dimite",
     "Dimite Luis Mora"),
    ("by", 'Ana Vega y <a href="http://agencia.example/ruiz">Eva Ruiz</a>, Villa', "Ana Vega y",
     "Ana Vega y Eva Ruiz"),
    ("description", 'Lo anunció el pleno.<br/>La oposición lo niega.<br/>No hubo votación.',
     "Lo anunció el pleno.", "Lo anunció el pleno."),
]
for name, inside, read, written in MIXED:
    document = NewsMLG2Document((ITEM % f"<{name}>{inside}</{name}>").encode())
    [element] = getattr(document.get_item().contentmeta, name)
    again = etree.fromstring(document.to_xml_string().encode()).find(".//{*}" + name)
    words = " ".join("".join(f"{text} " for text in again.itertext()).split())
    print(f"{inside}\n  read: {element!s:32}written again: {words}")
    assert str(element) == read, "reads something else now"
    assert words == (written or read), "writes something else now"
EOPY
