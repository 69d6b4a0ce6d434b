"""How often the persons, places and organisations that are told of articles are right.

    python -m benchmarks.names ARTICLES

ARTICLES has a JSON object a line: `text`, `language` and `names`, what an annotator found in the
text before this program was asked: pairs of what it is (person, place, organisation) and how it is
written, each way in which the text does so. A name that is told is right if the same of that kind
was found, accents and capitals aside; of what was found every way counts. Prints, for each kind
and in all, how many are told, the precision, the recall, and the seconds of the processor for a
million characters."""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from hemeroteca.index.text.names import KINDS, Name, names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    lines = parser.parse_args().articles.read_text("utf-8").splitlines()
    told, right, there = Counter[str](), Counter[str](), Counter[str]()
    characters, spent = 0, 0.0
    for line in filter(None, lines):
        article = json.loads(line)
        found = {(kind, Name(kind, text).key) for kind, text in article["names"]}
        started = time.process_time()
        shown = names(article["text"], article["language"])
        spent += time.process_time() - started
        characters += len(article["text"])
        there.update(kind for kind, _ in found)
        told.update(name.kind for name in shown)
        right.update(name.kind for name in shown if (name.kind, name.key) in found)
    print("| | told | precision | recall |\n|---|---|---|---|")
    for kind in (*KINDS, "all"):
        counts = [c.total() if kind == "all" else c[kind] for c in (told, right, there)]
        shown_n, right_n, there_n = counts
        print(f"| {kind} | {shown_n} | {_share(right_n, shown_n)} | {_share(right_n, there_n)} |")
    print(f"{spent * 1e6 / max(characters, 1):.2f} s of the processor for a million characters")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}".removeprefix("0") if whole else "–"


if __name__ == "__main__":
    main()
