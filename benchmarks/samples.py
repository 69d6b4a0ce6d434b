"""What is read of real samples of archives: `python -m benchmarks.samples FOLDER [--named]`.

FOLDER holds a folder for each publisher or library, with their files as they deliver them. Each
file is read as `hemeroteca index` would, and once more by a second, independent reading
(benchmarks/second_samples.py). Printed in Markdown for each folder: the files, the articles that
were read, how many of the second's titles and days are among them, the share of the second's words
that came out, and how many words came out that the file does not hold. `--named` names each
difference; files that neither reads are counted apart."""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.second_reading import Second
from benchmarks.second_samples import second_of
from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import LeftOut
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.read import Reading, read_articles

_WORD = re.compile(r"\w+")
_HYPHENS = re.compile("[-\u00ad\u00ac\u2010\u2011]")


@dataclass(frozen=True)
class Compared:
    """Of a file or several: what both readings found, and in what they differ."""

    files: int = 0
    articles: int = 0
    titles: int = 0
    titles_alike: int = 0
    days: int = 0
    days_alike: int = 0
    words: int = 0
    lacking: int = 0
    added: int = 0

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> Sequence[int]:
        return tuple(vars(self).values())

    def row(self) -> str:
        kept = 1 - self.lacking / max(1, self.words)
        return (
            f"{self.files} | {self.articles:,} | {self.titles_alike:,} of {self.titles:,} | "
            f"{self.days_alike:,} of {self.days:,} | {self.words:,} | {kept:.4f} | {self.added:,}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--named", action="store_true", help="name each difference")
    args = parser.parse_args()
    print("| source | files | articles | titles | days | words | kept | added |")
    print("|---|---|---|---|---|---|---|---|")
    every = Compared()
    for folder in sorted(each for each in args.folder.iterdir() if each.is_dir()):
        total = Compared()
        for file in find_articles([folder]):
            if isinstance(file, ArticleFile):
                total += compared(file, args.named)
        if total.files:
            print(f"| {folder.name} | {total.row()} |", flush=True)
        every += total
    print(f"| | {every.row()} |")


def compared(file: ArticleFile, named: bool) -> Compared:
    """The two readings of a file side by side; nothing if one of them does not read it."""
    try:
        seconds = second_of(file.path)
    except (ValueError, AttributeError, TypeError, LookupError) as error:
        seconds = None
        if named:
            print(f"  {file.path}: no second reading ({error})")
    if not seconds:
        return Compared()
    found: list[Article] = []
    left_out = 0
    try:
        for part in read_articles(file):
            left_out += isinstance(part, LeftOut)
            if isinstance(part, Reading):
                found.append(part.article)
    except ArticleError as error:
        if named:
            print(f"  {file.path}: {error}")
    if left_out and not found:  # kept back: its words are not compared
        return Compared()
    wanted = _words(each.text for each in seconds)
    # What stands above a text is among its words or not, as its format has it.
    above = _words([*(a.title for a in found), *(a.subtitle for a in found),
                    *(" ".join(a.publication.authors) for a in found),
                    *(each.title for each in seconds)])  # fmt: skip
    mine = _words(article.text for article in found)
    titles = [each for each in seconds if each.title]
    missing = _unlike(titles, found)
    days = [each for each in seconds if each.day and (each.text or not titles)]
    have = {article.date for article in found}
    if named:
        for each in missing:
            print(f"  {file.path}: no title {each.title[:100]!r}")
        if lacking := wanted - mine:
            print(f"  {file.path}: lacks {dict(lacking.most_common(12))}")
        if added := mine - wanted - above:
            print(f"  {file.path}: adds {dict(added.most_common(12))}")
    alike = sum(str(each.day) in have for each in days)
    return Compared(
        1,
        len(found),
        len(titles),
        len(titles) - len(missing),
        len(days),
        alike,
        wanted.total(),
        (wanted - mine - above).total(),
        (mine - wanted - above).total(),
    )


def _unlike(titles: list[Second], found: list[Article]) -> list[Second]:
    """Those whose title no article has."""
    have = [_flat(article.title) for article in found] + [_flat(a.text[:2_000]) for a in found]
    return [each for each in titles if not any(_flat(each.title)[:150] in own for own in have)]


def _flat(text: str) -> str:
    return "".join(_WORD.findall(_HYPHENS.sub("", text).casefold()))


def _words(texts: Iterable[str]) -> "Counter[str]":
    return Counter(
        word.casefold() for text in texts for word in _WORD.findall(_HYPHENS.sub("", text))
    )


if __name__ == "__main__":
    main()
