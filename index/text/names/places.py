"""The places that are known in a language: countries, continents and large cities, from Unicode's
CLDR by babel."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_SHORTEST = 4  # letters: "Man" and the like say too little
_BEHIND = re.compile(r"\s*\(.*")  # "Myanmar (Birmania)"
# Cities after which time zones are called: of these no stations, and no small towns that are called
# like a person or a thing.
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")
_NO_CITIES = re.compile(
    r"/Indiana/|/North_Dakota/|/Kentucky/|/(?:Nelson|Fort_Nelson|Creston|Menominee|Regina|Nome|"
    r"Sitka|Resolute|Center|Merida|Phoenix|Bahia|Juba|Chuuk|Truk|Wake|Midway|Easter|Troll|Currie|"
    r"Eucla|Mendoza|Jujuy|Palau|Majuro)$"
)
# The world, unions of states, and islands called Christmas, Man, Diego García and Cocos.
_NO_LANDS = ("001", "EU", "EZ", "UN", "XA", "XB", "QO", "ZZ", "IM", "CX", "IO", "CC")


@cache
def places(language: str) -> frozenset[str]:
    """The names of places as a text in `language` writes them."""
    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return frozenset()
    known = {name for code, name in locale.territories.items() if code not in _NO_LANDS}
    for zone in _zones():
        # A city that a language writes as English does is not told.
        said = locale.time_zones.get(zone, {}).get("city")
        known.add(str(said or zone.rpartition("/")[2].replace("_", " ")))
    plain = (
        _BEHIND.sub("", name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for name in known
    )
    return frozenset(name for name in plain if len(name) >= _SHORTEST and name[0].isupper())


@cache
def country_in(name: str, language: str, other: str) -> str:
    """What the country that `language` calls `name` is called in the language `other`; empty where
    either does not know it."""
    try:
        said, wanted = Locale.parse(language).territories, Locale.parse(other).territories
    except (ValueError, UnknownLocaleError):
        return ""
    code = next((code for code, each in said.items() if each == name), "")
    return str(wanted.get(code, ""))


@cache
def _zones() -> tuple[str, ...]:
    """The time zones that are called after a city."""
    zones = map(str, get_global("zone_territories"))
    return tuple(z for z in zones if z.startswith(_AREAS) and not _NO_CITIES.search(z))
