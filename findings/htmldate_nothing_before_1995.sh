#!/usr/bin/env bash
# htmldate finds no date in a page that states one in its own metadata, if it is before 1995.
#
# Expected: article:published_time of 1976-05-04 dates the page: digitised archives are older than the
#   web.
# Seen: htmldate 1.11.0 has 1995-01-01 as the earliest date unless min_date says otherwise, also for
#   what is stated outright; it returns None without a word. trafilatura, which calls it, passes
#   that on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

from htmldate import find_date

print("htmldate", version("htmldate"))
page = """<html><head><meta property="article:published_time" content="{}T08:00:00Z"></head>
<body><article><p>La reina inauguró ayer el puente de la ciudad.</p></article></body></html>"""
for day in ("1976-05-04", "1994-12-31", "1995-01-02"):
    found, since = find_date(page.format(day)), find_date(page.format(day), min_date="1800-01-01")
    print(f"stated {day}: found {found}; with an earlier min_date {since}")
    assert since == day
    assert found == (None if day < "1995" else day)
EOF
