"""How pages of newspapers are read, drawn and scanned.

    python -m benchmarks.pages FOLDER [--scanned DPI]

FOLDER holds PDF files, each beside its right text, NAME.txt: paragraphs with a blank line between
them, first the running head and the page's number, then article by article its headline, the line
below it and its paragraphs; a caption ends with " / " and a name. With `--scanned` the first pages
are read as pictures of so many dots an inch, by Tesseract. Printed of each: what share of the right
words stands in the right order (the longest common subsequence), how many words came out that the
page does not hold, how many articles are as they should be, and the seconds of processor. Of scans
also how many letters are wrong, lacking or too many, in parts of those of the right words, here and
in what Tesseract itself gives, words whole; the order of words and what is of no article, such as
the running head, are left out of both."""

import argparse
import io
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.hocr import read_hocr
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf, picture_of
from hemeroteca.index.sources.pages.scan import DPI, recognised

_ENDS = re.compile(r"[.!?…»”]$")
_CAPTION = re.compile(r" / [^a-z]+$")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scanned", type=int, metavar="DPI")
    asked = parser.parse_args()
    more = (" letters wrong | Tesseract's |", "---|---|") if asked.scanned else ("", "")
    print(f"| page | in order | invented | articles | seconds |{more[0]}")
    print(f"|---|---|---|---|---|{more[1]}")
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
        wrong = ""
        if asked.scanned:
            own = " ".join(_by_tesseract(data)).split()
            shares = [letters_wrong(right, each) for each in (words, own)]
            wrong = f" {shares[0]:.4f} | {shares[1]:.4f} |"
        print(
            f"| {path.stem} | {in_order:.3f} | {invented} | {apart} of {len(wanted)} "
            f"| {seconds:.2f} |{wrong}",
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


def letters_wrong(right: str, read: Sequence[str]) -> float:
    """The letters to be changed, left out or put in to make the words that were read those of the
    right text's articles, wherever they stand, in parts of the right letters. Words that are no
    right ones are compared with those that lack, the likest first."""
    parts = right.split("\f") if "\f" in right else right.strip().split("\n\n")
    aside = [part.startswith("~") or ("\f" not in right and n < 2) for n, part in enumerate(parts)]
    none = Counter(w for part, is_none in zip(parts, aside, strict=True) if is_none
                   for w in part.replace("~", "").split())  # fmt: skip
    expected = Counter(right.replace("~", "").split()) - none
    found = Counter(read)
    found -= none & (found - expected)
    lacking, other = list((expected - found).elements()), list((found - expected).elements())
    pairs = sorted(
        (distance(one, two), n, m) for n, one in enumerate(lacking) for m, two in enumerate(other)
    )
    wrong = 0
    left, beyond = set(range(len(lacking))), set(range(len(other)))
    for far, n, m in pairs:
        if n in left and m in beyond and far < len(lacking[n]) + len(other[m]):
            left.remove(n)
            beyond.remove(m)
            wrong += far
    wrong += sum(len(lacking[n]) for n in left) + sum(len(other[m]) for m in beyond)
    return wrong / sum(len(word) * number for word, number in expected.items())


def distance(one: str, two: str) -> int:
    """The fewest letters to change, leave out or put in (Levenshtein)."""
    row = list(range(len(two) + 1))
    for n, letter in enumerate(one, start=1):
        above, row[0] = row[0], n
        for m, other in enumerate(two, start=1):
            above, row[m] = row[m], min(above + (letter != other), row[m] + 1, row[m - 1] + 1)
    return row[-1]


def _by_tesseract(data: bytes) -> list[str]:
    """The text of the first page as Tesseract itself gives it."""
    with PDFIUM:
        document = open_pdf(data)
        picture = picture_of(document, 1, DPI)
        document.close()
    found = read_hocr(io.BytesIO(recognised(picture, "spa", DPI)))
    return [each.text for each in found if isinstance(each, Extract)]


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
