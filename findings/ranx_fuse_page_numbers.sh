#!/usr/bin/env bash
# ranx, when it fuses two searches, cuts the ids of the second to the length of the first's.
#
# Expected: two searches of one newspaper, the first of which found page-8 and page-9 and the second
#   page-10, page-9 and page-11, give four pages when they are fused by the better of their scores, and
#   page-10, which has the best, comes first.
# Seen: ranx 0.3.21 with norm=None (the scores are of one kind and need no normalising) takes the ids of
#   the second search to be no longer than the longest of the first: page-10 and page-11 become one
#   "page-1", another page, which nobody found, with the score -1000000000. No error, no warning. The
#   best hit is lost, whoever reads the list to its end is sent to a wrong page, and an evaluation
#   blames the searches. "sum" and "mnz" do the same (with the score 0). If all ids are of one length,
#   as "page-08", every page is kept with its score; so they are with norm="min-max" or method="rrf".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    ranx==0.3.21 numba==0.68.1 numpy==2.4.6
cd "$folder"
# Numba compiles twice as fast without optimising; the outcome is the same with it.
NUMBA_OPT=0 HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

from ranx import Run, fuse

print(*(f"{name} {version(name)}" for name in ("ranx", "numba", "numpy")))
FIRST = {8: 0.8, 9: 0.7}
SECOND = {10: 0.9, 9: 0.6, 11: 0.3}


def fused(form):
    """Fuse both searches, with the pages' numbers written in this form."""
    searches = ({form.format(page): score for page, score in hits.items()} for hits in (FIRST, SECOND))
    runs = [Run({"q": hits}) for hits in searches]
    assert [len(run.to_dict()["q"]) for run in runs] == [2, 3]
    assert "10" in next(iter(runs[1].to_dict()["q"])), "the second search by itself is right"
    return dict(fuse(runs, norm=None, method="max").to_dict()["q"])


right = fused("page-{:02}")
print("ids of one length:", right)
assert right == {"page-10": 0.9, "page-08": 0.8, "page-09": 0.7, "page-11": 0.3}
wrong = fused("page-{}")
print("ids as they come: ", wrong)
assert wrong == {"page-8": 0.8, "page-9": 0.7, "page-1": -1e9}, "other pages or scores now"
EOPY
