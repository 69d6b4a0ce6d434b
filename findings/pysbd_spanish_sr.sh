#!/usr/bin/env bash
# pySBD ends a Spanish sentence after "Sr.", and not after "Sra.".
#
# Expected: of two forms of one abbreviation that both stand in its list for Spanish, "sr" and "sra",
#   neither ends a sentence before a name.
# Seen: pysbd 0.3.4 keeps "La Sra. Ruiz no votó." whole and cuts "El Sr. Ruiz no votó." in two. The list
#   of what may stand before a name has the feminine and not the masculine of Mr, the masculine and not
#   the feminine of Dr, and neither "Gral." nor "Excmo.", though all of them are abbreviations to it. A
#   sentence that is quoted or checked by itself then begins with the surname, or is "El Sr." alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pysbd==0.3.4
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

from pysbd import Segmenter
from pysbd.lang.spanish import Spanish

print("pysbd", version("pysbd"))
TITLES = {
    "La Sra.": 1, "El Sr.": 2, "La Srta.": 1, "Los Sres.": 2, "El Dr.": 1, "La Dra.": 2, "El Prof.": 1,
    "El Gral.": 2, "El Excmo.": 2,
}
for title, seen in TITLES.items():
    known = title.split()[1].rstrip(".").lower() in Spanish.Abbreviation.ABBREVIATIONS
    sentences = Segmenter(language="es", clean=False).segment(f"{title} Ruiz no votó ayer.")
    print(f"{title:10}in the list: {known}, sentences: {sentences}")
    assert known
    assert len(sentences) == seen, "another number of sentences now"
EOPY
