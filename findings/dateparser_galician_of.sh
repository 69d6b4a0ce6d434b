#!/usr/bin/env bash
# dateparser knows Galician and its months, and reads no Galician date as newspapers write it.
#
# Expected: of a language that dateparser lists, it reads a date in full: "3 de xuño de 2024", as
#   Galician always writes it, like "3 de junio de 2024" in Spanish and "3 de junho de 2024" in
#   Portuguese.
# Seen: dateparser 1.5.0 reads "3 xuño 2024", which nobody writes, and of every date with its "de"
#   nothing: None, as of a text without a date. So a Galician paper's articles have no day, though the
#   language is asked for by name; Asturian the same, Catalan not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$folder"
cat > days.py <<'EOF'
import dateparser
from dateparser.data.languages_info import language_order

WRITTEN = {
    "es": "3 de junio de 2024",
    "pt": "3 de junho de 2024",
    "ca": "3 de juny de 2024",
    "gl": "3 de xuño de 2024",
    "ast": "3 de xunu de 2024",
}
read = {}
for language, text in WRITTEN.items():
    assert language in language_order, f"{language} is no longer listed"
    without = text.replace(" de ", " ")
    read[language] = [
        day and day.date().isoformat()
        for day in (dateparser.parse(t, languages=[language]) for t in (text, without))
    ]
    print(f"{language}: {text!r} is read as {read[language][0]}, {without!r} as {read[language][1]}")
assert all(each[0] == "2024-06-03" for code, each in read.items() if code in ("es", "pt", "ca"))
assert read["gl"] == [None, "2024-06-03"], "Galician dates are read differently now"
assert read["ast"] == [None, "2024-06-03"], "Asturian dates are read differently now"
EOF
"$folder/venv/bin/python" days.py
