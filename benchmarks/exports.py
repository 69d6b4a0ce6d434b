"""What is found in real exports of press databases: `python -m benchmarks.exports FOLDER`.

FOLDER holds a folder a repository, named owner+name. Of each file it prints, as a JSON line: whose
export it is, how many articles it announces, how many were found, how many of them it has once
more; and beside a second reading (benchmarks/second_reading.py) how many have the same title and
the same day, how many of its words of the text are there, and how many are more. The last lines are
the same by database and repository, in Markdown."""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.second_reading import Second, second_reading
from hemeroteca.index.sources.extract import Held, Part
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.press.article import PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.providers import recognise

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Measured:
    """A file, or several of one database."""

    files: int = 0
    found: int = 0
    once_more: int = 0
    compared: int = 0
    same_title: int = 0
    same_day: int = 0
    words: int = 0
    lacking: int = 0
    added: int = 0

    def __add__(self, other: "_Measured") -> "_Measured":
        mine, others = asdict(self), asdict(other)
        return _Measured(**{name: mine[name] + others[name] for name in mine})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows: dict[tuple[str, str], _Measured] = {}
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in FORMATS):
        name = path.relative_to(folder)
        document = Document(path.read_bytes()).inner
        provider = recognise(document)
        if provider is None:
            print(json.dumps({"file": name.as_posix(), "provider": None}))
            continue
        export = provider.read(document)
        counted = _held(path)
        measured = _compared(
            [each for each in export.articles if isinstance(each, PressArticle)],
            second_reading(path, provider.name),
            counted.repeated,
        )
        said = {"file": name.as_posix(), "provider": provider.name, "announced": export.announced}
        print(json.dumps(said | asdict(measured)))
        key = (provider.name, name.parts[0].replace("+", "/"))
        rows[key] = rows.get(key, _Measured()) + measured
    print("| database | repository | files | articles | once more | title | day | words kept |")
    print("|---|---|---|---|---|---|---|---|")
    for (database, repository), measured in sorted(rows.items()):
        print(f"| {database} | {repository} | {_cells(measured)} |")
    print(f"| | | {_cells(sum(rows.values(), _Measured()))} |")


def _cells(measured: _Measured) -> str:
    kept = 1 - measured.lacking / max(1, measured.words)
    numbers = (measured.files, measured.found, measured.once_more, measured.same_title,
               measured.same_day)  # fmt: skip
    return " | ".join((*(f"{number:,}" for number in numbers), f"{kept:.4f}"))


def _held(path: Path) -> Held:
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        parts: list[Part] = list(FORMATS[suffix].extracts(stream, suffix))
    return next(part for part in parts if isinstance(part, Held))


def _compared(articles: list[PressArticle], others: list[Second], once_more: int) -> _Measured:
    """What the two readings, which follow the file, have in common; nothing if one of them has
    more articles."""
    if len(articles) != len(others):
        return _Measured(1, len(articles), once_more)
    pairs = list(zip(articles, others, strict=True))
    wanted = [_words([other.text]) for other in others]
    return _Measured(
        1,
        len(articles),
        once_more,
        compared=len(pairs),
        same_title=sum(_is_title(own.title, other.title) for own, other in pairs),
        same_day=sum(own.day == other.day for own, other in pairs),
        words=sum(map(Counter.total, wanted)),
        lacking=sum((w - _all_words(a)).total() for a, w in zip(articles, wanted, strict=True)),
        added=sum(
            (_words(a.paragraphs) - w).total() for a, w in zip(articles, wanted, strict=True)
        ),
    )


def _is_title(own: str, other: str) -> bool:
    """Whether the words are the same, but for a second line that the other has more."""
    mine, others = (" ".join(_WORD.findall(each.casefold())) for each in (own, other))
    return mine == others or (bool(mine) and others.startswith(mine))


def _all_words(article: PressArticle) -> "Counter[str]":
    beside = (article.title, article.subtitle, article.section, article.edition)
    return _words((*article.paragraphs, *article.captions, *article.authors, *beside))


def _words(texts: Iterable[str]) -> "Counter[str]":
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


if __name__ == "__main__":
    main()
