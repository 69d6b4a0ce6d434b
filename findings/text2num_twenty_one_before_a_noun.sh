#!/usr/bin/env bash
# text2num reads "veintiuno" and "treinta y un", and not "veintiún", the form before every noun.
#
# Expected: Spanish "veintiún mil" is 21000, as "treinta y un mil" is 31000, "veintiuno" 21, and as
#   the Italian form before a noun ("ventun") is read.
# Seen: text2num 3.1.0 leaves the word and takes the scale for the number: "veintiún 1000", and so
#   within larger numbers ("ciento veintiún mil" becomes two).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check text2num==3.1.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

from text_to_num import alpha2digit

print("text2num", version("text2num"))
read = {
    "veintiuno": "21",
    "treinta y un mil personas": "31000 personas",
    "veintiún muertos": "veintiún muertos",
    "veintiún mil personas": "veintiún 1000 personas",
    "ciento veintiún mil personas": "100 veintiún 1000 personas",
}
for written, expected in read.items():
    digits = alpha2digit(written, "es")
    print(f"{written} -> {digits}")
    assert digits == expected, f"{written} is read as {digits} now"
print("ventun anni ->", alpha2digit("ventun anni", "it"))
EOF
