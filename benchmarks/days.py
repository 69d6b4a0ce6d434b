"""How many sentences have all their relative days, and no others: `python -m benchmarks.days SET`.

SET has a line for each sentence: language (ISO 639-1), the day on which it was written, the
sentence, and its days as "words=first" or "words=first/last", joined by "; ", separated by tabs."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hemeroteca.index.text.days import RelativeDay, days_in


@dataclass(frozen=True)
class Judged:
    """A sentence with the days that it has and those that were `told`, as "words=first/last"."""

    text: str
    expected: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the days are the same; words may be told with their preposition or without."""
        return len(self.told) == len(self.expected) and all(map(_alike, self.told, self.expected))


def judge(line: str) -> Judged:
    """The judged sentence of a line of the set. Raises ValueError if it has no four columns."""
    language, written, text, expected = line.split("\t")
    days = tuple(day.strip() for day in expected.split(";") if day.strip())
    told = days_in(text, language, date.fromisoformat(written))
    return Judged(text, days, tuple(_named(text, day) for day in told))


def _named(text: str, day: RelativeDay) -> str:
    last = f"/{day.last}" if day.last != day.first else ""
    return f"{text[day.start : day.end]}={day.first}{last}"


def _alike(told: str, expected: str) -> bool:
    (words, _, days), (others, _, wanted) = told.rpartition("="), expected.rpartition("=")
    return days == wanted and (words in others or others in words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    lines = parser.parse_args().set.read_text(encoding="utf-8").splitlines()
    judged = [judge(line) for line in lines if line]
    for each in judged:
        if not each.right:
            print(each.text, f"  expected {'; '.join(each.expected)}", sep="\n")
            print(f"  told {'; '.join(each.told)}")
    right = sum(each.right for each in judged)
    invented = sum(bool(each.told) and not each.expected for each in judged)
    print(f"{right} of {len(judged)} right ({right / len(judged):.3f}); {invented} had no day")


if __name__ == "__main__":
    main()
