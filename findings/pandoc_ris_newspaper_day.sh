#!/usr/bin/env bash
# pandoc leaves the day of a newspaper's article out of RIS, and calls an article "undated" that has its day.
#
# Expected: RIS gives a day as YYYY/MM/DD/other, what is not known left empty: 1936/07/18/. DA is for the
#   date, PY (Y1) for the year in the same form; press databases and reference managers write PY and DA
#   beside each other. A reader of RIS makes of either what pandoc makes of "date = {1936-07-18}" in BibLaTeX.
# Seen: pandoc 3.9 (in pypandoc_binary 1.17) never looks at DA: the day is gone, and with DA alone the year,
#   too. Of PY or Y1 with its month and day it keeps less than of the bare year: nothing. The citation
#   then says "s. f." (no date) of an article whose record has the very day, and BibLaTeX that pandoc
#   makes of it has "date = {}". "1936///" becomes "1936-", as of a thing that goes on. No
#   error, no warning even with --verbose and --fail-if-warnings, and a bare year is read, so that a
#   trial shows nothing. Who follows such a citation has 366 issues of El Faro to go through.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOPY'
import json
import subprocess
from importlib.metadata import version

import pypandoc

print("pypandoc_binary", version("pypandoc_binary"), "with pandoc", pypandoc.get_pandoc_version())


def pandoc(text, *args):
    command = [pypandoc.get_pandoc_path(), "--verbose", "--fail-if-warnings", *args]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert all("filter citeproc" in line for line in done.stderr.splitlines()), "there is a warning now"
    return done.stdout


def look(text, form):
    issued = json.loads(pandoc(text, "-f", form, "-t", "csljson"))[0].get("issued", {}).get("date-parts")
    cited = " ".join(pandoc(text, "-f", form, "-s", "-C", "-M", "lang=es", "-t", "plain").split())
    print(f"  {issued}  {cited}")
    return issued, cited


print("BibLaTeX, date = 1936-07-18")
LATEX = "@article{a, author={Vega, Ana}, title={La huelga}, journaltitle={El Faro}, date={1936-07-18}}"
issued, cited = look(LATEX, "biblatex")
assert issued == [[1936, 7, 18]] and "julio 18" in cited, "the day is not kept here either"
SEEN = {("PY 1936",): "1936", ("PY 1936", "DA 1936/07/18/"): "1936", ("PY 1936/07/18/",): "",
        ("Y1 1936/07/18/",): "", ("Y1 1936/07/18",): "", ("DA 1936/07/18/",): "", ("PY 1936///",): "1936–"}
for dates, seen in SEEN.items():
    print("RIS,", " and ".join(dates))
    lines = ["TY NEWS", "AU Vega, Ana", "TI La huelga", "T2 El Faro", *dates, "ER "]
    record = "".join(f"{line[:2]}  - {line[3:]}\n" for line in lines)
    issued, cited = look(record, "ris")
    assert "18" not in cited and "julio" not in cited, "the day is kept now"
    assert f"Vega, Ana. {seen or 's. f.'}" in cited, "another year now"
    assert seen or not issued, "another date now"
    if issued == []:
        assert "date = {}" in pandoc(record, "-f", "ris", "-t", "biblatex"), "another date in BibLaTeX now"
EOPY
