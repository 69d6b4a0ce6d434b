#!/usr/bin/env bash
# trafilatura cuts a <time> out of the middle of a sentence.
#
# Expected: The text of an article keeps every word of its sentences; <time> is inline markup around a
#   date that is read aloud.
# Seen: trafilatura 2.3.1 discards the element with its words: 'se celebrará el 12 de junio en el
#   teatro' becomes 'se celebrará el en el teatro'.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

import trafilatura

print("trafilatura", version("trafilatura"))
page = (
    "<html><body><article><h1>Concierto</h1><p>El concierto se celebrará el "
    '<time datetime="2025-06-12">12 de junio</time> en el teatro de la ciudad, según anunció ayer '
    "el ayuntamiento.</p><p>" + "Las entradas se venden desde hoy en la taquilla. " * 8
    + "</p></article></body></html>"
)
text = trafilatura.extract(page)
print(text.splitlines()[1])
assert "se celebrará el en el teatro" in text
EOF
