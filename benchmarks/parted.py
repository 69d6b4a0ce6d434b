"""Whether words that lines part come out whole: `python -m benchmarks.parted FOLDER [--named]`.

FOLDER holds a folder for each library, with its METS and ALTO as it delivers them. Each page is
read once more by an XML parser of its own, line by line. A word is marked as parted where the page
writes it whole (SUBS_CONTENT of HypPart1); it is not marked where a line ends with a letter and a
hyphen (as HYP or within the word) and the next begins with a small letter. Printed in Markdown for
each folder: how many there are and what share of them stands whole in what the product reads, then
how many do at the ends of lines, of blocks (columns and paragraphs) and of pages. `--named` names
those that do not."""

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.read import Reading, read_articles

_WORD = re.compile(r"[\w-]+")
_HYPHENS = "-\u00ad\u00ac\u2010\u2011\u2e17="
_ENDS = ("line", "block", "page")


@dataclass(frozen=True)
class Parted:
    """A word that the end of a line, a block or a page parts: the spellings of it that are whole,
    and whether its page says it."""

    spellings: tuple[str, ...]
    end: str
    is_marked: bool


@dataclass(frozen=True)
class _Line:
    words: Sequence[dict[str, str]]
    ends_with_hyphen: bool
    block: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--named", action="store_true", help="name each word that is not whole")
    args = parser.parse_args()
    print("| source | marked | whole | not marked | whole |" + "".join(f" {e} |" for e in _ENDS))
    print("|---|" + "---|" * (4 + len(_ENDS)))
    every: Counter[tuple[str, bool, bool]] = Counter()
    for folder in sorted(each for each in args.folder.iterdir() if each.is_dir()):
        counted: Counter[tuple[str, bool, bool]] = Counter()
        for file in find_articles([folder]):
            if isinstance(file, ArticleFile):
                counted += _counted(file, args.named)
        if counted:
            print(_row(folder.name, counted), flush=True)
        every += counted
    print(_row("all", every))


def _row(name: str, counted: "Counter[tuple[str, bool, bool]]") -> str:
    def share(**wanted: object) -> tuple[int, int]:
        of = [
            (number, whole)
            for (end, marked, whole), number in counted.items()
            if wanted in ({"end": end}, {"marked": marked})
        ]
        return sum(n for n, _ in of), sum(n for n, whole in of if whole)

    cells = []
    for marked in (True, False):
        total, whole = share(marked=marked)
        cells += [f"{total:,}", f"{whole / total:.4f}" if total else ""]
    for end in _ENDS:
        total, whole = share(end=end)
        cells.append(f"{whole:,} of {total:,}")
    return f"| {name} | {' | '.join(cells)} |"


def _counted(file: ArticleFile, named: bool) -> "Counter[tuple[str, bool, bool]]":
    """The parted words of a file and its pages, by their end, their mark and whether they are
    whole."""
    paths = [path.resolve() for _, path in file.beside.files] if file.beside else [file.path]
    pages = [lines for path in dict.fromkeys(paths) if (lines := list(_lines(path)))]
    if not pages:
        return Counter()
    read: Counter[str] = Counter()
    try:
        for part in read_articles(file):
            if isinstance(part, Reading):
                read.update(_words(f"{part.article.title} {part.article.text}"))
    except ArticleError:
        return Counter()  # named by `hemeroteca index`
    counted: Counter[tuple[str, bool, bool]] = Counter()
    for each in _parted(pages):
        found = next((s for s in each.spellings if all(read[w] for w in _words(s))), None)
        read.subtract(_words(found or ""))
        counted[each.end, each.is_marked, found is not None] += 1
        if named and found is None:
            print(f"  {file.path}: {each}")
    return counted


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u00ad", "").casefold())


def _lines(path: Path) -> Iterator[_Line]:
    """The lines of a page of ALTO, in its order; none of any other file."""
    if path.suffix.lower() not in (".xml", ".gz"):
        return
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix.lower() == ".gz" else data
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return
    if root.tag.rpartition("}")[2].lower() != "alto":
        return
    for number, block in enumerate(root.iterfind(".//{*}TextBlock")):
        for line in block.iterfind(".//{*}TextLine"):
            words = [dict(each.attrib) for each in line.iterfind("{*}String")]
            words = [each for each in words if each.get("CONTENT", "").strip()]
            if words:
                yield _Line(words, line.find("{*}HYP") is not None, number)


def _parted(pages: Sequence[Sequence[_Line]]) -> Iterator[Parted]:
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    for (page, line), (next_page, following) in pairwise(lines):
        end = "line" if line.block == following.block else "block"
        end = "page" if page != next_page else end
        last, first = line.words[-1], following.words[0]
        begin, rest = last["CONTENT"].strip(), first["CONTENT"].strip()
        bare = begin.rstrip(_HYPHENS)
        if last.get("SUBS_TYPE") == "HypPart1":
            if whole := last.get("SUBS_CONTENT", "").strip():
                # Some write the hyphen into the whole word.
                unhyphened = bare + whole.removeprefix(bare).lstrip(_HYPHENS)
                is_prefix = bool(bare) and whole.startswith(bare)
                yield Parted((unhyphened, whole) if is_prefix else (whole,), end, True)
            continue
        hyphen = line.ends_with_hyphen or begin[-1] in _HYPHENS
        if hyphen and bare[-1:].isalpha() and rest[:1].islower():
            yield Parted((bare + rest,), end, False)


if __name__ == "__main__":
    main()
