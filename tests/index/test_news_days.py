"""Days in sentences as newspapers write them: news_days.tsv has language, sentence, days a line."""

from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.text.days import days_in

_WRITTEN = date(2021, 3, 5)  # a Friday
_LINES = Path(__file__).with_name("news_days.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", _LINES)
def test_the_days_of_news_are_told(line: str) -> None:
    language, text, expected = line.split("\t")
    found = [
        f"{text[d.start : d.end]}={d.first}" + (f"/{d.last}" if d.last != d.first else "")
        for d in days_in(text, language, _WRITTEN)
    ]
    assert "; ".join(found) == expected
