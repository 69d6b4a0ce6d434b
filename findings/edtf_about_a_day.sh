#!/usr/bin/env bash
# edtf makes more than two years of "about the 6th of August 1914".
#
# Expected: as its documentation has it, a date that is approximate ("~") or uncertain ("?") reaches one
#   of its own unit further on both sides: a year for "1914~", a month for "1914-08~" (there with the
#   figures: from 1912-03-01 to 1912-05-30 for "1912-04~"), and so a day for "1914-08-06~", as
#   catalogues write the day of an issue whose head is torn off.
# Seen: edtf 5.0.2 adds up a year, a month and a day: lower_fuzzy and upper_fuzzy of "1914-08-06~" are
#   1913-07-05 and 1915-09-07, 795 days instead of three, and of "1914-08~" twenty-seven months instead
#   of three. Whoever seeks the spring of 1915 is given them all. Level 2's "1914-08-~06", which says
#   that of the day alone, has the three.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOPY'
from datetime import date
from importlib.metadata import version

from edtf import parse_edtf

print("edtf", version("edtf"))
SEEN = {
    "1914-08-06": ("1914-08-06", "1914-08-06"),
    "1914~": ("1913-01-01", "1915-12-31"),
    "1914-08~": ("1913-07-01", "1915-09-30"),
    "1914-08-06~": ("1913-07-05", "1915-09-07"),
    "1914-08-06?": ("1913-07-05", "1915-09-07"),
    "1914-08-~06": ("1914-08-05", "1914-08-07"),
}
for written, seen in SEEN.items():
    read = parse_edtf(written)
    first, last = (date(*bound[:3]) for bound in (read.lower_fuzzy(), read.upper_fuzzy()))
    print(f"{written:12}{first} to {last}: days {(last - first).days + 1}")
    assert (first.isoformat(), last.isoformat()) == seen, "it reaches otherwise now"
EOPY
