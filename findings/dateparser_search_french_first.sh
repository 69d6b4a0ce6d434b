#!/usr/bin/env bash
# dateparser finds two false dates in a French text for the first day of any month.
#
# Expected: search_dates() finds in a French sentence the day that parse() of the same package reads, as
#   it does for every other day: "le 2 mai 1930" is the 2nd of May 1930.
# Seen: dateparser 1.5.0 reads "1er mai 1930", as French writes the first of a month, when it is all there
#   is. In a sentence it finds "mai" and "1930" apart, two days that are not there: searched from the 5th of
#   June 1935, the 5th of May 1935 and the 5th of June 1930. So for all twelve months; with REQUIRE_PARTS or
#   STRICT_PARSING it finds nothing. Who asks a French archive what happened on a day misses Labour Day,
#   the mobilisation of 1 August 1914 and every other first, and gets them on days of no matter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from datetime import datetime
from importlib.metadata import version

from dateparser import parse
from dateparser.search import search_dates

print("dateparser", version("dateparser"))
ISSUE = datetime(1935, 6, 5)  # the day of the newspaper: what "hier" counts from
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def found(text, **more):
    dates = search_dates(text, languages=["fr"], settings={"RELATIVE_BASE": ISSUE, **more})
    return [(words, f"{day:%Y-%m-%d}") for words, day in dates or []]


for number, month in enumerate(MONTHS, 1):
    first = f"1er {month} 1930"
    assert parse(first, languages=["fr"]) == datetime(1930, number, 1)
    sentence = f"La réunion du {first} fut interdite."
    seen = found(sentence)
    print(sentence, seen)
    assert seen == [(month, f"1935-{number:02}-05"), ("1930", "1930-06-05")], "other dates now"
    assert not found(sentence, REQUIRE_PARTS=["day", "month", "year"]), "found now"
    assert not found(sentence, STRICT_PARSING=True), "found now"
    for day in range(1, 29):
        other = found(f"La réunion du {day} {month} 1930 fut interdite.")
        assert [date for _, date in other] == [f"1930-{number:02}-{day:02}"]

born = "Jean Durval, né le 1er mars 1871 à Lyon, mourut le 2 mars 1931."
print(born, found(born))
assert [date for _, date in found(born)] == ["1935-03-05", "1871-06-05", "1931-03-02"]
EOPY
