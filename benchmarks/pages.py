"""How pages of newspapers are read, drawn and scanned.

    python -m benchmarks.pages FOLDER [--scanned DPI]

FOLDER holds PDF files, each beside its right text, NAME.txt: paragraphs with a blank line between
them, first the running head and the page's number, then article by article its headline, the line
below it and its paragraphs; a caption ends with " / " and a name. With `--scanned` the first pages
are read as pictures of so many dots an inch, by Tesseract. Printed of each: what share of the right
words stands in the right order (the longest common subsequence), how many words came out that the
page does not hold, how many articles are as they should be, and the seconds of processor."""

import argparse
import io
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf

_ENDS = re.compile(r"[.!?…»”]$")
_CAPTION = re.compile(r" / [^a-z]+$")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scanned", type=int, metavar="DPI")
    asked = parser.parse_args()
    print("| page | in order | invented | articles | seconds |\n|---|---|---|---|---|")
    for path in sorted(asked.folder.glob("*.pdf")):
        right = path.with_suffix(".txt").read_text(encoding="utf-8")
        data = path.read_bytes()
        data = _scanned(data, asked.scanned) if asked.scanned else data
        begun = _seconds()
        read = [
            each for each in FORMATS[".pdf"].read(io.BytesIO(data)) if isinstance(each, Extract)
        ]
        seconds = _seconds() - begun
        words = [word for each in read for word in _words(each)]
        expected = right.replace("~", "").split()
        invented = (Counter(words) - Counter(expected)).total()
        in_order = common(expected, words) / len(expected)
        wanted = articles(right)
        apart = sum(any(_is(each, found) for found in read) for each in wanted)
        print(
            f"| {path.stem} | {in_order:.3f} | {invented} | {apart} of {len(wanted)} "
            f"| {seconds:.2f} |",
            flush=True,
        )


def articles(right: str) -> list[list[str]]:
    """The words of each article of a right text."""
    if "\f" in right:
        return [part.split() for part in right.split("\f") if not part.startswith("~")]
    found: list[list[str]] = []
    in_headline = False
    for paragraph in right.strip().split("\n\n")[2:]:
        if _CAPTION.search(paragraph):
            continue
        is_headline = not _ENDS.search(paragraph)
        if is_headline and not in_headline:
            found.append([])
        found[-1] += paragraph.split()
        in_headline = is_headline
    return found


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words the longest sequence has that both hold in order: Hyyrö's bit-parallel rows
    (2004)."""
    places: dict[str, int] = {}
    for number, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << number
    whole = row = (1 << len(first)) - 1
    for word in second:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & whole
    return len(first) - row.bit_count()


def _words(each: Extract) -> list[str]:
    return f"{each.title or ''} {each.subtitle} {each.text}".split()


def _is(wanted: Sequence[str], found: Extract) -> bool:
    """Whether an article is as it should be: .97 of its words in order, and no more than .03 that
    are none of its own."""
    words = _words(found)
    met = common(wanted, words)
    return met >= 0.97 * len(wanted) and met >= 0.97 * len(words)


def _scanned(data: bytes, dpi: int) -> bytes:
    """The first page as a picture."""
    with PDFIUM:
        document = open_pdf(data)
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
        document.close()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()


def _seconds() -> float:
    """Of processor, those of the programs that were run too."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
