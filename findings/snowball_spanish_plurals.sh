#!/usr/bin/env bash
# Snowball's Spanish stemmer parts a noun from its own plural.
#
# Expected: A stemmer that is made for searching gives 'mujer' and 'mujeres', or 'gobierno' and
#   'gobiernos', one stem.
# Seen: PyStemmer 2.2.0.3 gives muj/mujer, dol/dolar, lid/lider, año/años and gobiern/gobi: whoever
#   searches an index of stems for the one does not find the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyStemmer==2.2.0.3
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

import Stemmer

print("PyStemmer", version("PyStemmer"))
stem = Stemmer.Stemmer("spanish").stemWord
parted = []
for one, many in (
    ("mujer", "mujeres"), ("año", "años"), ("dólar", "dólares"), ("líder", "líderes"),
    ("juez", "jueces"), ("gobierno", "gobiernos"), ("papel", "papeles"), ("ley", "leyes"),
):
    print(f"{one:10}{stem(one):10}{many:12}{stem(many)}")
    if stem(one) != stem(many):
        parted.append(one)
assert parted == ["mujer", "año", "dólar", "líder", "juez", "gobierno"], parted
EOF
