#!/usr/bin/env bash
# citeproc-py leaves a day that is given as text out of the citation, without a word.
#
# Expected: CSL-JSON knows three ways to give a day: its parts ("date-parts"), text to be read ("raw",
#   as most exporters of web pages write it) and text to be printed ("literal"). A processor that does
#   not read "raw" prints it as it stands, or warns.
# Seen: citeproc-py 0.11.1 prints the parts and the literal, and of "raw" nothing at all: no day, no
#   warning, no error, only two commas where it stood. An article of a newspaper cited without its day
#   cannot be found again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check citeproc-py==0.11.1
cd "$folder"
cat > small.csl <<'EOF'
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Small</title><id>small</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix=".">
    <text variable="title" suffix=", "/><text variable="container-title" suffix=", "/>
    <date variable="issued">
      <date-part name="day" suffix=" "/><date-part name="month" suffix=" "/><date-part name="year"/>
    </date>
    <text variable="page" prefix=", p. "/>
  </layout></bibliography>
</style>
EOF
cat > cite.py <<'EOF'
import warnings

from citeproc import (
    Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
)
from citeproc.source.json import CiteProcJSON

DAYS = {
    "parts": {"date-parts": [[2021, 3, 4]]},
    "literal": {"literal": "Spring 2021"},
    "raw": {"raw": "2021-03-04"},
}
style = CitationStylesStyle("small.csl", validate=False)
printed = {}
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    for way, issued in DAYS.items():
        article = {
            "id": "a", "type": "article-newspaper", "title": "El puente",
            "container-title": "El Faro", "issued": issued, "page": "4",
        }
        made = CitationStylesBibliography(style, CiteProcJSON([article]), formatter.plain)
        made.register(Citation([CitationItem("a")]))
        printed[way] = str(made.bibliography()[0])
        print(f"{way:8}{printed[way]}")
said = [str(w.message) for w in warned if "date" in str(w.message).lower()]
print("warnings of a date:", said)
assert printed["parts"] == "El puente, El Faro, 4 March 2021, p. 4."
assert "Spring 2021" in printed["literal"]
assert "2021" not in printed["raw"], printed["raw"]
assert not said
EOF
"$folder/venv/bin/python" cite.py
