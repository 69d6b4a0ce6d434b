#!/usr/bin/env bash
# python-docx leaves words out of a paragraph that Word shows: those inserted while changes
#   were tracked.
#
# Expected: paragraph.text is what a reader sees; an editor's insertion that nobody has accepted yet is
#   shown as part of the sentence.
# Seen: python-docx 1.2.0 reads only the runs that are the paragraph's own children: 'The council
#   elected Ana Ruiz as mayor.' becomes 'The council elected as mayor.', and nothing tells that
#   words are missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

print("python-docx", version("python-docx"))
document = docx.Document()
paragraph = document.add_paragraph("The council elected ")
paragraph._p.append(parse_xml(
    f'<w:ins {nsdecls("w")} w:id="1" w:author="Editor" w:date="2025-01-02T00:00:00Z">'
    "<w:r><w:t>Ana Ruiz</w:t></w:r></w:ins>"
))
paragraph.add_run(" as mayor.")
file = io.BytesIO()
document.save(file)
file.seek(0)
(text,) = [paragraph.text for paragraph in docx.Document(file).paragraphs]
print(repr(text))
assert text == "The council elected  as mayor."
EOF
