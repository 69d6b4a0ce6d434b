"""What the page says."""

import re
from string import Formatter

import pytest

from hemeroteca.ui.messages import TEXTS, counted, preferred, said
from tests.helpers import ROOT


def test_every_language_says_everything_with_the_same_blanks() -> None:
    def blanks(texts: dict[str, str]) -> dict[str, set[str | None]]:
        return {
            name: {field for _, field, _, _ in Formatter().parse(text) if field}
            for name, text in texts.items()
        }

    expected = blanks(dict(TEXTS["en"]))
    for texts in TEXTS.values():
        assert blanks(dict(texts)) == expected
        assert all(texts.values())


def test_nothing_is_said_in_vain() -> None:
    source = "".join(path.read_text() for path in (ROOT / "ui").rglob("*.py"))
    for name in TEXTS["en"]:
        quoted = rf"""(?<!    )["']{name}["'](?!:)"""
        pattern = r'"unit_|f"unit_' if name.startswith("unit_") else quoted
        assert re.search(pattern, source) or (name[-1] == "s" and name[:-1] in TEXTS["en"]), name


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es-PE,es;q=0.9,en;q=0.8", "es"),
        ("en", "en"),
        ("fr, es;q=0.5", "en"),
        ("", "en"),
        (None, "en"),
        ("ES", "es"),
    ],
)
def test_the_first_language_of_the_browser_decides(header: str | None, language: str) -> None:
    assert preferred(header) == language


def test_blanks_are_filled_in() -> None:
    assert said("en", "confidence", share=7) == "Confidence 7 %"


def test_one_is_not_many() -> None:
    assert [counted("en", "article", number) for number in (0, 1, 2_000)] == [
        "0 articles",
        "1 article",
        "2,000 articles",
    ]
