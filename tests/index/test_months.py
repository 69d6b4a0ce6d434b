"""The names of the months."""

import pytest

from hemeroteca.index.text.months import month_names


@pytest.mark.parametrize("first", ["he", "pt", "sv"])
def test_one_language_does_not_get_the_names_of_another(first: str) -> None:
    month_names.cache_clear()
    month_names(first, "stand-alone", "wide")
    november = {
        language: month_names(language, "stand-alone", "wide")[11]
        for language in ("he", "pt", "sv", "it", "ru")
    }
    assert november == {
        "he": "נובמבר", "pt": "novembro", "sv": "november", "it": "novembre", "ru": "ноябрь",
    }  # fmt: skip
    assert month_names("ru", "format", "wide")[11] == "ноября"
