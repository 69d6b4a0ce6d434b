"""The facts of a sentence that must not change on the way: its names, numbers and dates.

Months, countries and their cities are told by CLDR's tables in each language, other scripts by
their Latin transcription. What two writings share is compared, never the writings themselves:
"25 November", "el 25 de noviembre" and "2025-11-25" are one day."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import product, takewhile

from anyascii import anyascii
from babel import Locale
from babel.core import get_global

from hemeroteca.index.text.months import month_names
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.writer.numbers import in_digits, is_number, numbers

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_IDEOGRAPHS = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_JOINT = re.compile(r"['’-]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_YEAR = r"(?:\s*,?\s*(?:de\s+|del\s+|of\s+)?(\d{4}))?\b"
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|[.º])?\s+(?:de\s+|of\s+)?([^\W\d_]+)" + _YEAR
)
_MONTH_DAY = re.compile(
    r"\b([^\W\d_]+)\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?![\d.,]*\d{3})" + _YEAR
)
_MONTH_YEAR = re.compile(r"\b([^\W\d_]+)\s+(?:de\s+|del\s+|of\s+)?(\d{4})\b")
# What CLDR does not list: adjectives unlike their country, and bodies that languages abbreviate.
_ALIASES = {
    "american": "US", "americans": "US", "estadounidense": "US", "estadounidenses": "US",
    "us": "US", "usa": "US", "u.s": "US", "eeuu": "US", "washington": "US-capital",
    "british": "GB", "britain": "GB", "uk": "GB", "britanico": "GB", "britanica": "GB",
    "french": "FR", "dutch": "NL", "neerlandes": "NL", "holanda": "NL", "greek": "GR",
    "griego": "GR", "griega": "GR", "swiss": "CH", "un": "UNO", "onu": "UNO", "united nations":
    "UNO", "naciones unidas": "UNO", "nato": "NATO", "otan": "NATO", "eu": "EU", "ue": "EU",
    "european union": "EU", "union europea": "EU", "who": "WHO", "oms": "WHO",
    "venezolano": "VE", "suizo": "CH", "austriaco": "AT", "belga": "BE", "egipcio": "EG",
    "iraqui": "IQ", "irani": "IR", "israeli": "IL", "marroqui": "MA", "saudi": "SA",
    "afgano": "AF", "sirio": "SY", "libio": "LY", "salvadoreno": "SV", "palestino": "PS",
    "peruano": "PE", "cubano": "CU", "keniano": "KE", "ecuatoriano": "EC", "uruguayo": "UY",
    "paraguayo": "PY", "guatemalteco": "GT",
    "espanol": "ES", "ingles": "GB", "english": "GB", "portugues": "PT", "portuguese": "PT",
}  # fmt: skip
# Languages that are of several countries, so that their name tells none, or that are a word.
_NO_NATION = {"ar", "en", "fi", "pt"}
# How the name of a language, which is the adjective of its country, is inflected.
_ENDINGS = ("", "s", "a", "as", "e", "es", "en", "er", "em", "ne", "nes", "i")
_VOWELS_INSTEAD = ("a", "as", "os", "i", "e")
# Where names are written as they are and take an s at most.
_UNDECLINED = {"ca", "de", "en", "es", "fr", "gl", "it", "nl", "pt"}
# How a country's adjective ends where adjectives are written small.
_ADJECTIVE = re.compile(r"(?:[aei]n|in|ens|[ei]s|it|[ei]ns)[aeo]?s?$")
# Words that begin a sentence or are capitalised without naming anybody.
_OPENING_WORDS = """
    a an the this that these those he she it they we his her its their in on at by for from with
    to of as after before during since until while when where who which what and but or both two
    according also however meanwhile there one not no neither none some all many several i if
    el la los las un una unos unas este esta estos estas ese esa eso él ella ellos ellas su sus en
    con de del por para según tras durante desde hasta cuando donde quien que y pero o ambos ambas
    también además sin embargo mientras no ni ninguno ninguna algunos todos hay fue al se lo
    le les des une ce cette il elle ils dans der die das ein eine im am nach il gli lo nel o os as
    president presidente minister ministro ministra mayor alcalde alcaldesa mr mrs ms dr don doña
    director directora king queen rey reina prime foreign secretary general government gobierno
    prize premio award pope papa navy marina army ejército union sindicato company empresa
    ministry ministerio court tribunal supreme supremo bank banco central health sanidad council
    consejo national nacional committee comité party partido parliament congress congreso senate
    senado state police policía officials authorities autoridades"""
_OPENING = frozenset(_OPENING_WORDS.split())


@dataclass(frozen=True)
class Day:
    """A date as far as it is written: 0 for a part that is not."""

    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Facts:
    """What a sentence states. Each number is the set of its readings ("1.500" has two), `names`
    are the folded names by which it may be wrong, `words` all its words, `places` the codes of the
    countries and cities in it, `languages` those of the text."""

    days: Sequence[Day]
    numbers: Sequence[frozenset[float]]
    names: Sequence[str]
    words: frozenset[str]
    places: Mapping[str, str]
    languages: frozenset[str]


def _is_no_common_word(_: str) -> bool:
    return False


def fold_name(text: str) -> str:
    """`text` in small Latin letters, transcribed from any script."""
    return re.sub(r"[^a-z0-9. -]", "", anyascii(text).lower()).strip(" .")


def facts(text: str, language: str, is_common: Callable[[str], bool] = _is_no_common_word) -> Facts:
    """The facts of a sentence in `language` (ISO 639-1). Its first word is no name if `is_common`
    says that it is seldom capitalised otherwise."""
    days, rest = _days(in_digits(text, language), language)
    stated = [*numbers(rest), *(frozenset([float(d.year)]) for d in days if d.year)]
    folded = [fold_name(word) for word in _WORD.findall(text)]
    return Facts(
        days=days,
        numbers=stated,
        names=_names(text, language, is_common),
        words=frozenset(folded),
        places=_places(text, language),
        languages=frozenset([language]),
    )


def together(found: Sequence[Facts]) -> Facts:
    """All that several texts state."""
    return Facts(
        days=[day for each in found for day in each.days],
        numbers=[number for each in found for number in each.numbers],
        names=[name for each in found for name in each.names],
        words=frozenset().union(*(each.words for each in found)),
        places={word: code for each in found for word, code in each.places.items()},
        languages=frozenset().union(*(each.languages for each in found)),
    )


def longer_words(text: str, language: str) -> set[str]:
    """The stems of the words of `text` that say something; scripts that write no blanks have none
    that are long enough."""
    return {term for term in terms(text, language) if len(term) > 3}


def most_words_in(text: str, others: Sequence[str], language: str) -> bool:
    """Whether more than half of the longer words of `text` are in `others`, all in `language`."""
    words = longer_words(text, language)
    known = {word for other in others for word in longer_words(other, language)}
    return not words or len(words & known) > len(words) / 2


def missing_fact(claim: Facts, source: Facts) -> str | None:
    """ "date", "number" or "name" if the claim states one that the source does not."""
    years = {number for readings in source.numbers for number in readings}
    for day in claim.days:
        if not any(_same_day(day, other, years) for other in source.days):
            return "date"
    # A day of the month may stand without its month, a year without its day.
    known = [*source.numbers, *(frozenset([float(day.day)]) for day in source.days)]
    for readings in claim.numbers:
        if readings != {1.0} and not any(readings & other for other in known):
            return "number"
    codes = set(source.places.values())
    alike = _alike
    if claim.languages == source.languages and claim.languages <= _UNDECLINED:
        alike = _same_but_for_an_s
    for name in claim.names:
        code = claim.places.get(name)
        if code in codes or name in source.words:
            continue
        # Another place is another, however alike: Niger, Nigeria.
        words = (word for word in source.words if not (code and source.places.get(word)))
        if not any(alike(name, word) for word in words):
            return "name"
    return None


def _same_day(day: Day, other: Day, years: set[float]) -> bool:
    if day.month != other.month or (day.day and day.day != other.day):
        return False
    return not day.year or day.year == other.year or (not other.year and day.year in years)


def _same_but_for_an_s(name: str, word: str) -> bool:
    return name.removesuffix("s") == word.removesuffix("s")


def _alike(name: str, word: str) -> bool:
    """Whether two transcriptions can be one name: Lukashenko, Lukashenka; Porto, Oporto."""
    shorter, longer = sorted((name, word), key=len)
    if len(shorter) < 3:
        return False
    if name[0] != word[0] and not (len(shorter) > 4 and longer.endswith(shorter)):
        return False
    return SequenceMatcher(None, name, word).ratio() >= 0.8


def _days(text: str, language: str) -> tuple[list[Day], str]:
    """The dates of `text`, and `text` without them."""
    months = _months(language)
    found: list[Day] = []

    def take(match: re.Match[str]) -> str:
        pattern, g = match.re, match.groups()
        if pattern is _ISO or pattern is _IDEOGRAPHS:
            found.append(Day(int(g[0] or 0), int(g[1]), int(g[2] or 0)))
        elif pattern is _SLASHED:
            day, month = int(g[0]), int(g[1])
            # Day first, as most of the world writes, unless that is no date.
            found.append(Day(int(g[2]), *((month, day) if month <= 12 else (day, month))))
        else:
            first, second = (g[1], g[0]) if pattern is _DAY_MONTH else (g[0], g[1])
            month = months.get(fold_name(first), 0)
            if not month:
                return match[0]
            if pattern is _MONTH_YEAR:
                found.append(Day(int(second), month, 0))
            else:
                found.append(Day(int(g[2] or 0), month, int(second)))
        return " "

    for pattern in (_ISO, _SLASHED, _IDEOGRAPHS, _DAY_MONTH, _MONTH_YEAR, _MONTH_DAY):
        text = pattern.sub(take, text)
    return found, text


def _names(text: str, language: str, is_common: Callable[[str], bool]) -> list[str]:
    """Capitalised words, and adjectives of countries. German capitalises every noun, so there only
    those that are places or stand beside another count."""
    skipped = _OPENING | set(_months(language)) | _weekdays(language)
    words = list(_WORD.finditer(text))
    names = []
    for n, match in enumerate(words):
        word = match[0]
        folded = fold_name(re.sub(r"['’]s$", "", word))
        if word[0].islower() and _is_adjective(folded, language):
            names.append(folded)
        if not word[0].isupper() or word.lower() in skipped or folded in skipped:
            continue
        if language == "de" and not (n and words[n - 1][0][0].isupper()):
            continue
        # A first word may be capitalised for being first, unless its name goes on.
        alone = n == 0 and not (words[1:] and words[1][0][0].isupper())
        if alone and (is_number(word, language) or all(map(is_common, _JOINT.split(word)))):
            continue
        names.append(folded)
    return names


def _is_adjective(folded: str, language: str) -> bool:
    """Whether a small word tells a country."""
    if len(folded) < 5:
        return False
    if folded in _demonyms(language):
        return True
    if folded in _place_names(language) or not _ADJECTIVE.search(folded):
        return False
    return _adjective(folded, language, share=0.75, letters=5) is not None


def _places(text: str, language: str) -> dict[str, str]:
    """Each word of `text` that is, or is part of, the name of a place or its adjective."""
    table = _place_names(language)
    words = [fold_name(re.sub(r"['’]s$", "", word)) for word in _WORD.findall(text)]
    found: dict[str, str] = {}
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            code = table.get(" ".join(run))
            if code:
                found.update({word: code for word in run if word not in found})
    if re.search(r"EE\.? ?UU|U\.S\.", text):
        found["eeuu"] = "US"
    for word in words:
        if word not in found and (code := _adjective(word, language)):
            found[word] = code
    return found


@lru_cache(maxsize=65_536)
def _adjective(word: str, language: str, share: float = 0.55, letters: int = 3) -> str | None:
    """The country whose adjective `word` is, or that begins with as many of the same letters and
    that share of its own: Belarusian, Belarus."""
    if word in _demonyms(language):
        return _demonyms(language)[word]
    best, code = 0, None
    for name, country in _countries(language).get(word[:3], ()):
        shared = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False))
        )
        if (
            shared > max(best, letters - 1)
            and shared >= share * len(name)
            and len(word) - shared <= 5
        ):
            best, code = shared, country
    return code


@cache
def _demonyms(language: str) -> dict[str, str]:
    """What comes from a country, by the name of its language (búlgaro, búlgaras) or an alias."""
    likely = get_global("likely_subtags")
    found: dict[str, str] = {}
    for code, name in _locale(language).languages.items():
        country = str(likely.get(code)).rpartition("_")[2]
        if code in _NO_NATION or not str(likely.get(f"und_{country}")).startswith(f"{code}_"):
            continue
        found.update(dict.fromkeys(_inflected(fold_name(name)), country))
    for name, code in _ALIASES.items():
        found.update(dict.fromkeys(_inflected(name) if len(name) > 4 else [name], code))
    return found


def _inflected(name: str) -> list[str]:
    stems = [name[:-1] + ending for ending in _VOWELS_INSTEAD] if name[-1] in "aeo" else []
    return [*stems, *(name + ending for ending in _ENDINGS)]


@cache
def _countries(language: str) -> dict[str, list[tuple[str, str]]]:
    """The countries' names of one word with their codes, by the letters that they begin with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, code in _place_names(language).items():
        # Réunion is left out, whose name is a word of many languages.
        if len(code) == 2 and code != "RE" and len(name) >= 3 and " " not in name:
            found.setdefault(name[:3], []).append((name, code))
    return found


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@cache
def _place_names(language: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for locale in (_locale("en"), _locale(language)):
        for code, name in locale.territories.items():
            if len(code) == 2:
                names[fold_name(name)] = code
        for zone, values in locale.time_zones.items():
            if "city" in values:
                names.setdefault(fold_name(values["city"]), zone)
    # CLDR names in Russian every city that gives a time zone its English name.
    for zone in _locale("ru").time_zones:
        names.setdefault(fold_name(str(zone).split("/")[-1].replace("_", " ")), str(zone))
    return names | _ALIASES


@cache
def _months(language: str) -> dict[str, int]:
    months: dict[str, int] = {}
    for code in ("en", language):
        for form, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            names = month_names(code, form, width)
            months.update({fold_name(name): n for n, name in names.items()})
    return months


@cache
def _weekdays(language: str) -> frozenset[str]:
    forms = [_locale(code).days["format"]["wide"] for code in ("en", language)]
    return frozenset(fold_name(name) for form in forms for name in form.values())
