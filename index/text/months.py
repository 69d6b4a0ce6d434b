"""The names of the months in each language, by CLDR."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any, cast

from babel import Locale
from babel.localedata import LocaleDataDict, load


@cache
def month_names(language: str, form: str, width: str) -> Mapping[int, str]:
    """The names of the months 1 to 12 in `language` (ISO 639-1), as they stand in a date (`form`
    "format") or alone ("stand-alone"), "wide" or "abbreviated"."""
    # Babel resolves CLDR's aliases in data that languages share: read in one language, Locale's own
    # tables give its names to others.
    data: dict[str | int | None, Any] = {
        "months": deepcopy(load(str(Locale.parse(language)))["months"])
    }
    return cast(Mapping[int, str], dict(LocaleDataDict(data)["months"][form][width].items()))


@cache
def months_by_name(language: str) -> Mapping[str, int]:
    """The number of each month by its whole name, in a date or alone, its case folded."""
    return {
        name.casefold(): number
        for form in ("format", "stand-alone")
        for number, name in month_names(language, form, "wide").items()
    }
