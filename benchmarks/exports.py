"""What is found in real exports of press databases: `python -m benchmarks.exports FOLDER`.

Of each file under FOLDER it prints, as JSON lines: whose export it is, how many articles it
announces, how many were found, how many of them have a day, and how many have a title."""

import argparse
import json
from pathlib import Path

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Held, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in FORMATS):
        print(json.dumps({"file": path.relative_to(folder).as_posix()} | _measured(path)))


def _measured(path: Path) -> dict[str, object]:
    suffix = path.suffix.lower()
    parts: list[Part] = []
    refused = ""
    with path.open("rb") as stream:
        try:
            parts += FORMATS[suffix].extracts(stream, suffix)
        except ArticleError as error:
            refused = str(error)
    found = [part for part in parts if isinstance(part, Extract)]
    held = next((part for part in parts if isinstance(part, Held)), None)
    return {
        "provider": held.provider if held else None,
        "announced": held.announced if held else None,
        "found": len(found),
        "repeated": held.repeated if held else 0,
        "dated": sum(part.day is not None for part in found),
        "titled": sum(bool(part.title) for part in found),
        "rejected": sum(isinstance(part, Rejected) for part in parts),
        "refused": refused or None,
    }


if __name__ == "__main__":
    main()
