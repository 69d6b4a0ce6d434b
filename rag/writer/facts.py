"""The facts of a sentence that must not change on the way: its names, numbers and dates.

Months, countries and their cities are told by CLDR's tables in each language, other scripts by
their Latin transcription. What two writings share is compared, never the writings themselves:
"25 November", "el 25 de noviembre" and "2025-11-25" are one day."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import combinations, product, takewhile

from anyascii import anyascii
from babel import Locale
from babel.core import get_global

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.months import month_names
from hemeroteca.index.text.names import is_given_name
from hemeroteca.index.text.spelling import is_word
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.writer.numbers import in_digits, is_number, numbers
from hemeroteca.rag.writer.rounding import (
    Duration,
    Rounded,
    durations,
    left_over,
    rounded,
    shares,
)

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
# Until September.
_FIRST_MONTHS = re.compile(r"\b(\d{1,2}) primeros meses|\bfirst (\d{1,2}) months")
_IDEOGRAPHS = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_ELIDED = re.compile(
    r"^(?:[cdjlmnst]|qu|un|all|dall|dell|nell|sull|quell|quest)['’](?=\w)", re.IGNORECASE
)
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
    "american": "US", "americans": "US", "estadunidense": "US", "estadunidenses": "US",
    "norteamericano": "US", "norteamericana": "US", "americain": "US", "amerikanisch": "US",
    "estadounidense": "US", "estadounidenses": "US",
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
# Given names that are translated, in names of saints, popes, kings and places.
_TRANSLATED = (
    "alexander alejandro alexandre aleixandre alessandro",
    "andrew andres andre andreas andreu andrea",
    "benedict benedicto benoit benedikt benedetto bento benet bieito",
    "catherine catalina katharina caterina catarina",
    "charles carlos karl carlo carles", "elizabeth isabel elisabeth elisabetta elisabet sabela",
    "francis francisco francois franziskus francesco francesc",
    "george jorge georges georg giorgio jordi xurxo",
    "henry enrique henri heinrich enrico henrique enric",
    "james jaime santiago jacques jakob giacomo jaume xaime",
    "john juan jean johannes giovanni joao joan xoan", "joseph jose josef giuseppe josep xose",
    "louis luis ludwig luigi lluis", "mark marcos marc markus marco", "mary maria marie",
    "michael miguel michel michele miquel", "nicholas nicolas nikolaus nicola nicolau",
    "paul pablo paulus paolo paulo pau", "peter pedro pierre petrus pietro pere",
    "philip felipe philippe philipp filippo felip filipe",
    "stephen esteban etienne stefan stefano esteve estevo",
    "william guillermo guillaume wilhelm guglielmo guilherme guillem guillerme",
    # Cities and regions that CLDR does not have.
    "sevilla seville siviglia sevilha", "cordoba cordova cordoue", "zaragoza saragossa saragosse",
    "milan milano mailand milao mila", "florence florencia firenze florenz florenca",
    "venice venecia venezia venedig venise veneza", "naples napoles napoli neapel napols",
    "turin torino turim tori", "genoa genova genua genes", "munich munchen monaco munique munic",
    "cologne colonia koln", "antwerp amberes antwerpen anvers anversa", "brugge bruges brujas",
    "gent ghent gante gand gant", "geneva ginebra geneve genf ginevra xenebra",
    "basel basilea bale",
    "hague haya haag haye aia haia", "marseille marsella marsiglia marselha", "lyon lione lio lion",
    "bordeaux burdeos bordeus bordeos", "nice niza nizza nica", "gothenburg gotemburgo goteborg",
    "catalonia cataluna catalunya catalogne katalonien catalogna catalunha",
    "galicia galice galizia galiza",
    "andalusia andalucia andalousie andalusien", "asturias asturies asturien asturie",
    "navarra navarre", "castilla castile castille kastilien castiglia", "mallorca majorca majorque",
    "sardinia cerdena sardaigne sardinien sardegna sardenya", "sicily sicilia sicile sizilien",
    "bavaria baviera baviere bayern", "tuscany toscana toscane toskana", "rhine rin rhein reno",
    "danube danubio donau danubi", "thames tamesis tamise themse tamigi tamesi",
    "tagus tajo tage tejo",
)  # fmt: skip
# Words of a claim that adds up.
_IN_ALL = frozenset(
    [
        *("total", "altogether", "together", "combined", "overall", "juntos", "juntas", "sumados"),
        *("insgesamt", "zusammen", "ensemble", "totale", "insieme", "suma", "suman", "conjunto"),
    ]
)
# Words of one that tells how far two numbers are apart.
_DIFFERING = frozenset(
    [
        *("puntos", "points", "punkte", "punti", "pontos", "punts", "diferencia", "difference"),
        *(
            "ventaja",
            "lead",
            "margen",
            "margin",
            "escanos",
            "seats",
            "mas",
            "menos",
            "more",
            "fewer",
        ),
        *(
            "less",
            "plus",
            "moins",
            "mehr",
            "weniger",
            "piu",
            "meno",
            "mais",
            "menys",
            "anos",
            "years",
        ),
    ]
)
# Where a decade is told by a word before it.
_DECADES_BEFORE = frozenset(("es", "fr", "it", "pt", "ca", "gl"))
_YEARS = 1000, 2100  # numbers that may be years
_SUMMED, _COUNTED = 8, 6  # numbers of a source that are added up; things named that are counted
# One sound, as languages write it.
_SPELLINGS = {
    "y": "i", "w": "v", "k": "c", "kh": "j", "sh": "s", "ou": "u", "sch": "s", "tch": "ch"
}  # fmt: skip
_SPELT = re.compile("sch|tch|kh|sh|ou|[ywk]")
# How names end in the cases of languages that decline them, in Latin letters.
_CASE = re.compile(r"(?:o[yimv]|e[yimv]|[aeiouy])$")
_BEGINNING, _MOST_OF = 6, 0.7  # letters that two names begin with; of the longer one
_SHORTEST_STEM = 3  # letters of a name without its ending
_HOURS = re.compile(r"hours?|horas?|hores?|heures?|stunden?|or[ae]|chas(?:a|ov|am)?")
_BOTH = frozenset(["both", "ambos", "ambas", "beide", "beiden", "entrambi", "entrambe", "deux"])
# Parts of the world, as CLDR numbers them.
_CONTINENTS = ("002", "009", "142", "150", "419")
# Languages that are of several countries, so that their name tells none, or that are a word.
_NO_NATION = {"ar", "en", "fi", "pt"}
# How the name of a language, which is the adjective of its country, is inflected.
_ENDINGS = ("", "s", "a", "as", "e", "es", "en", "er", "em", "ne", "nes", "i")
_VOWELS_INSTEAD = ("a", "as", "os", "i", "e")
# Where names are written as they are and take an s at most.
_UNDECLINED = {"ca", "de", "en", "es", "fr", "gl", "it", "nl", "pt"}
# "Anuló", "Culling some".
_VERBS = {
    "en": re.compile(r"[A-Z]\w{2,}(?:ing (?:an?|its?|of|some|the|them|these|this)\b|ly,? [a-z])"),
    "es": re.compile(r"[A-ZÁÉÍÓÚ]\w{2,}(?:ó|aron|ieron|aban?|mente|ándo\w+|iéndo\w+)\b"),
    "it": re.compile(r"[A-Z]\w{2,}(?:ò|arono|irono|mente)\b"),
    "pt": re.compile(r"[A-ZÁÉÍÓÚ]\w{2,}(?:ou|aram|eram|iram|mente)\b"),
    # Adjectives as well.
    "ru": re.compile(r"[А-ЯЁ]\w{3,}(?:ый|ой|ая|ое|ые|ого|ому|ым|ыми|ных|ного|ной|ться|лся|лись)\b"),
}
# How a country's adjective ends where adjectives are written small.
_ADJECTIVE = re.compile(r"(?:[aei]n|in|ens|[ei]s|it|[ei]ns)[aeo]?s?$")
# Words that begin a sentence or are capitalised without naming anybody.
_OPENING_WORDS = """
    a an the this that these those he she it they we his her its their in on at by for from with
    to of as after before during since until while when where who which what and but or both two
    according also however meanwhile there one not no neither none some all many several i if
    yes oui si sí sim ja nein non não да нет
    el la los las un una unos unas este esta estos estas ese esa eso él ella ellos ellas su sus en
    con de del por para según tras durante desde hasta cuando donde quien que y pero o ambos ambas
    también además sin embargo mientras no ni ninguno ninguna algunos todos hay fue al se lo
    le les des une ce cette il elle ils dans der die das ein eine im am nach il gli lo nel o os as
    president presidente minister ministro ministra mayor alcalde alcaldesa mr mrs ms dr don doña
    director directora king queen rey reina prime foreign secretary general government gobierno
    prize premio award pope papa navy marina army ejército union sindicato company empresa
    ministry ministerio court tribunal supreme supremo bank banco central health sanidad council
    consejo national nacional committee comité party partido parliament congress congreso senate
    senado state police policía officials authorities autoridades
    more most less fewer over under about around nearly almost only just even unlike like despite
    because although though if as well such other others another each every any either here then now
    today yesterday tomorrow so thus therefore instead still yet once again later earlier soon often
    never always perhaps maybe their them they you us our following under
    más menos casi sólo solo incluso aunque porque pues así luego entonces después antes ahora hoy
    ayer mañana aún todavía siempre nunca quizá tal otro otra otros otras cada cualquier ante bajo
    contra entre hacia sin sobre mediante salvo pese gracias debido les los mais donc car si comme
    avec pour dans sur sous sans leur leurs son sa ses en plus moins selon après avant
    vice former ex vicepresident vicepresidente vicepresidenta expresident expresidente expresidenta
    senator senador senadora governor gobernador gobernadora chancellor canciller chief jefe head
    river río plaza square street calle avenue avenida st saint san santa santo sankt house casa
    cour corte ministère ministero ministério público opera ópera opéra oper
    palace palacio city ciudad lake sea mount island university universidad museum museo church
    cathedral hospital school airport station god dios bible biblia esto eso aquello iglesia
    catedral colegio aeropuerto estación cup copa coupe coppa taça pokal кубок кубка league liga
    ligue lega final finale championship campeonato"""
_OPENING = frozenset(_OPENING_WORDS.split())
# What a German sentence begins with before a noun that is no name.
_GERMAN_FIRST_WORDS = """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
    dieser diese dieses diesen diesem jener jene jenes jeder jede jedes alle viele einige mehrere
    manche beide andere sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere
    im am zum zur beim vom ins ans heute gestern morgen auch nur laut trotz wegen während ohne durch
    zwei drei vier fünf sechs sieben acht neun zehn hunderte tausende hat ist war wird wurde"""
_GERMAN_FIRST = frozenset(_GERMAN_FIRST_WORDS.split())
# What stands before another noun without making a name with it: "vier Jahre Haft", "Ende Mai".
_GERMAN_MEASURE_WORDS = """
    jahr jahre jahren monat monate monaten woche wochen tag tage tagen stunde stunden minuten
    prozent million millionen milliarde milliarden tausend dutzend euro dollar tonne tonnen kilo
    kilogramm gramm liter meter metern kilometer kilometern grad ende anfang mitte uhr art sorte
    reihe gruppe zahl menge hälfte drittel viertel"""
_GERMAN_MEASURES = frozenset(_GERMAN_MEASURE_WORDS.split())
# Of languages whose months have one form; in English what stands before one.
_MONTHS_ALONE = frozenset(("ca", "de", "en", "es", "fr", "gl", "it", "nl", "pt"))
_BEFORE_MONTH_WORDS = "in of by since until till from to last next this early late mid"
_BEFORE_MONTH = frozenset(_BEFORE_MONTH_WORDS.split())
# Names one behind the other: "Moderna, Pfizer and Sinovac".
_AND = r"(?:[yei]|et|and|und|ed|или|и)\s"
_CAPITAL = r"[^\W\d_a-zß-ÿ][\w.-]*"
CAPITALS = re.compile(rf"{_CAPITAL}(?:\s+(?!{_AND})(?:de |del |la |van |von )?{_CAPITAL})*")
_LISTED = re.compile(rf"{CAPITALS.pattern}(?:(?:,\s*|,?\s+{_AND}\s*){CAPITALS.pattern})+")


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
    published: Sequence[Day] = ()  # of the article, which its text does not name
    months: frozenset[int] = frozenset()  # that stand without a day, 1 to 12
    weekdays: frozenset[int] = frozenset()  # 0 is Monday
    listed: int = 0  # the most names that it names one behind the other
    rounded: Sequence[Rounded] = ()
    shares: Sequence[tuple[float, frozenset[float]]] = ()  # as `rounding.shares` gives them
    left_over: Sequence[frozenset[float]] = ()
    decades: frozenset[int] = frozenset()  # by their tens: 6 for the sixties
    durations: Sequence[Duration] = ()


def _is_no_common_word(_: str) -> bool:
    return False


def fold_name(text: str) -> str:
    """`text` in small Latin letters, transcribed from any script."""
    return re.sub(r"[^a-z0-9. -]", "", anyascii(text).lower()).strip(" .")


def facts(
    text: str, language: str, is_common: Callable[[str], bool | None] = _is_no_common_word
) -> Facts:
    """The facts of a sentence in `language` (ISO 639-1). Its first word is no name if `is_common`
    says that it is seldom capitalised otherwise, or None and a dictionary has it."""
    digits = in_digits(text, language)
    days, rest = _days(digits, language)
    decades, rest = _decades(rest, language)
    stated = [*numbers(rest), *(frozenset([float(d.year)]) for d in days if d.year)]
    return Facts(
        days=days,
        numbers=stated,
        names=_names(text, language, is_common),
        words=words_of(text),
        places=_places(text, language),
        languages=frozenset([language]),
        months=_lone_months(rest, language),
        weekdays=weekdays_in(text, language),
        listed=max(
            (len(CAPITALS.findall(found[0])) for found in _LISTED.finditer(text)), default=0
        ),
        rounded=list(rounded(digits, language)),
        shares=list(shares(digits, language)),
        left_over=list(left_over(digits, stated)),
        decades=decades,
        durations=list(durations(digits, language)),
    )


def _decades(text: str, language: str) -> tuple[frozenset[int], str]:
    """The decades of `text`, its numbers in digits, and `text` without them."""
    known = known_of(language).spans
    if not known or language not in _DECADES_BEFORE:
        return frozenset(), text
    pattern = rf"\b(?:{known.decades})\s(?:19|20)?([1-9])0{known.decade_behind}\b(?![.,]?\d)"
    found = frozenset(int(match[1]) for match in re.finditer(pattern, text, re.IGNORECASE))
    return found, re.sub(pattern, " ", text, flags=re.IGNORECASE)


def _lone_months(text: str, language: str) -> frozenset[int]:
    """The months that are written out in a language of _MONTHS_ALONE, with a capital or without as
    it writes them; in English behind a small word, "in May", for May and March are more."""
    capital = language in ("en", "de")
    found = {int(m[1] or m[2]) for m in _FIRST_MONTHS.finditer(in_digits(text, language))}
    before = ""
    for match in _WORD.finditer(text) if language in _MONTHS_ALONE else ():
        word, month = match[0], _full_months(language).get(fold_name(match[0]))
        is_one = word[0].isupper() == capital and (language != "en" or before in _BEFORE_MONTH)
        if month and is_one:
            found.add(month)
        before = word
    return frozenset(found)


@cache
def _numbered_weekdays(language: str) -> Mapping[str, int]:
    forms = _locale(language).days["format"]["wide"]
    names = {fold_name(name): int(n) for n, name in forms.items()}
    if language in ("pt", "gl", "ca"):  # "terça" of "terça-feira"
        names |= {name.split("-")[0]: n for name, n in names.items()}
    return names


def weekdays_in(text: str, language: str) -> frozenset[int]:
    """The days of the week that `text` names, 0 for Monday; none in a language whose months are
    common words."""
    if language not in _MONTHS_ALONE:
        return frozenset()
    known = _numbered_weekdays(language)
    words = (fold_name(word).removesuffix("-feira") for word in _WORD.findall(text))
    return frozenset(known[word] for word in words if word in known)


@cache
def _full_months(language: str) -> Mapping[str, int]:
    forms = (month_names(language, form, "wide") for form in ("format", "stand-alone"))
    return {fold_name(name): n for names in forms for n, name in names.items()}


def together(found: Sequence[Facts]) -> Facts:
    """All that several texts state."""
    return Facts(
        days=[day for each in found for day in each.days],
        numbers=[number for each in found for number in each.numbers],
        names=[name for each in found for name in each.names],
        words=frozenset().union(*(each.words for each in found)),
        places={word: code for each in found for word, code in each.places.items()},
        languages=frozenset().union(*(each.languages for each in found)),
        published=[day for each in found for day in each.published],
        months=frozenset().union(*(each.months for each in found)),
        weekdays=frozenset().union(*(each.weekdays for each in found)),
        listed=max((each.listed for each in found), default=0),
        rounded=[one for each in found for one in each.rounded],
        shares=[share for each in found for share in each.shares],
        left_over=[number for each in found for number in each.left_over],
        decades=frozenset().union(*(each.decades for each in found)),
        durations=[duration for each in found for duration in each.durations],
    )


def longer_words(text: str, language: str) -> set[str]:
    """The stems of the words of `text` that say something; scripts that write no blanks have none
    that are long enough."""
    return {term for term in terms(text, language) if len(term) > 3}


def share_of_words(text: str, others: Sequence[str], language: str) -> float:
    """The share of the longer words of `text` that are in `others`, all in `language`; 1.0 if it
    has none."""
    words = longer_words(text, language)
    known = {word for other in others for word in longer_words(other, language)}
    return len(words & known) / len(words) if words else 1.0


def most_words_in(text: str, others: Sequence[str], language: str) -> bool:
    """Whether more than half of the longer words of `text` are in `others`, all in `language`."""
    return share_of_words(text, others, language) > 0.5


def missing_fact(claim: Facts, source: Facts, around: Facts | None = None) -> str | None:
    """ "date", "number" or "name" if the claim states one that the source does not. Names and days
    may be of what stands `around` it, for which "he" and "that year" stand."""
    near = [source, around] if around else [source]
    told = together(near)
    if fault := missing_day(claim, told):
        return fault
    if _missing_number(claim, source):
        return "number"
    return _missing_name(claim, told)


def missing_day(claim: Facts, source: Facts) -> str | None:
    """ "date" if the claim names a day, a month or a day of the week that the source does not."""
    years = {number for readings in source.numbers for number in readings}
    known = [*source.days, *source.published, *(Day(0, month, 0) for month in source.months)]
    years.update(float(day.year) for day in known)
    for day in claim.days:
        if not any(_same_day(day, other, years) for other in known):
            return "date"
    # Of a day as well: "in October" of the 3rd of October; where none is named, the article's own.
    told = source.months | {day.month for day in source.days}
    told = told or frozenset(day.month for day in source.published)
    if source.languages <= _MONTHS_ALONE and not claim.months <= told:
        return "date"
    if source.weekdays and not claim.weekdays <= source.weekdays:
        return "date"
    return None


def other_number(claim: Facts, source: Facts) -> bool:
    """Whether a claim states a number, years aside, where `source` states others alone."""
    own = [readings for readings in claim.numbers if not _may_be_a_year(readings)]
    told = [readings for readings in source.numbers if not _may_be_a_year(readings)]
    others = [readings for readings in told if not any(readings & known for known in claim.numbers)]
    if max(map(max, own), default=0) <= _COUNTED:
        # Two may be counted: "the minister of health and that of labour, aged 40 and 50".
        others = [readings for readings in others if max(readings) <= 2 * _COUNTED]
    return bool(own and others) and _missing_number(replace(claim, numbers=own), source)


def written_otherwise(claim: Facts, source: Facts) -> bool:
    """Whether a number above the counted ones is in both, which may be in words in one of them."""
    large = [readings for readings in claim.numbers if max(readings) > _COUNTED]
    return any(readings & known for readings in large for known in source.numbers)


def _may_be_a_year(readings: frozenset[float]) -> bool:
    return any(_YEARS[0] <= number <= _YEARS[1] and number == int(number) for number in readings)


def sums_up(words: frozenset[str]) -> bool:
    """Whether a sentence of `words`, as Facts has them, says what several are together."""
    return not words.isdisjoint(_IN_ALL)


def words_of(text: str) -> frozenset[str]:
    """The words of `text` as Facts has them; "l'Arxiu" is also "arxiu"."""
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]
    return frozenset(fold_name(said) for word in words for said in (word, _ELIDED.sub("", word)))


def _missing_number(claim: Facts, source: Facts) -> bool:
    # A day of the month may stand without its month, a year without its day.
    known = [*source.numbers, *(frozenset([float(day.day)]) for day in source.days)]
    known += [frozenset([float(day.year)]) for day in claim.days if day.year]  # told by the day
    if any(map(_HOURS.fullmatch, source.words)):
        known += [frozenset(hours / 24 for hours in readings) for readings in source.numbers]
    if sums_up(claim.words):
        known.extend(_sums(source.numbers))
    if not claim.words.isdisjoint(_DIFFERING):
        known.extend(_differences(source.numbers))
    known.extend(source.left_over)
    known.extend(_shared(claim, source))
    known.extend(one.readings for one in claim.rounded if one.stands_for(known))
    known.extend(
        own.readings
        for own, told in product(claim.durations, source.durations)
        if own.is_as_long(told)
    )
    if 1 < source.listed <= _COUNTED:
        known.append(frozenset([float(source.listed)]))
    if not source.words.isdisjoint(_BOTH):
        known.append(frozenset([2.0]))
    if not all(_is_in_decade(tens, source) for tens in claim.decades):
        return True
    missing = [r for r in claim.numbers if r != {1.0} and not any(r & other for other in known)]
    # "Three companies: Moderna, Pfizer and Sinovac" counts what it names.
    return any(max(readings) > _COUNTED or max(readings) > claim.listed for readings in missing)


def _is_in_decade(tens: int, source: Facts) -> bool:
    """Whether `source` names a decade, or a year or a number that may be of it."""
    told = (number for readings in source.numbers for number in readings)
    return tens in source.decades or any(
        _YEARS[0] <= year <= _YEARS[1] and int(year) // 10 % 10 == tens for year in told
    )


def _shared(claim: Facts, source: Facts) -> Iterator[frozenset[float]]:
    """What one tells as "four in five" and the other as 80 %."""
    told = frozenset().union(*source.numbers)
    shares = frozenset(share for share, _ in source.shares)
    yield from (frozenset([share]) for share in shares)
    for share, pair in claim.shares:
        if share in told | shares:
            yield from (frozenset([number]) for number in pair)


def _sums(numbers: Sequence[frozenset[float]]) -> Iterator[frozenset[float]]:
    """What two or three of `numbers` are together."""
    first = list(dict.fromkeys(numbers))[:_SUMMED]
    for size in (2, 3):
        for chosen in combinations(first, size):
            yield frozenset([sum(min(readings) for readings in chosen)])


def _differences(numbers: Sequence[frozenset[float]]) -> Iterator[frozenset[float]]:
    """How much two of `numbers` differ."""
    for one, other in combinations(list(dict.fromkeys(numbers))[:_SUMMED], 2):
        yield frozenset([round(abs(min(one) - min(other)), 2)])


def lacks_name(claim: Facts, name: str, source: Facts) -> bool:
    """Whether the source does not name what `claim` calls `name`, one of its names."""
    return _missing_name(replace(claim, names=[name]), source) is not None


def _missing_name(claim: Facts, source: Facts) -> str | None:
    codes = set(source.places.values())
    alike = _alike
    if not claim.languages | source.languages <= _UNDECLINED:
        alike = _alike_in_another_case
    elif claim.languages == source.languages:
        alike = _same_but_for_an_s
    for name in claim.names:
        code = claim.places.get(name)
        if code in codes or name in source.words:
            continue
        if not claim.languages <= source.languages and _translations(name) & source.words:
            continue
        # Another place is another, however alike: Niger, Nigeria.
        words = [word for word in source.words if not (code and source.places.get(word))]
        if any(alike(name, word) for word in words):
            continue
        foreign = claim.languages != source.languages
        if not (foreign and any(_begin_alike(name, word) for word in words)):
            return "name"
    return None


@cache
def _translations(name: str) -> frozenset[str]:
    """What other languages write for a given name."""
    known = (group.split() for group in _TRANSLATED)
    return frozenset(word for group in known if name in group for word in group)


def is_opening(word: str) -> bool:
    """Whether `word` may be capitalised without naming anybody."""
    return word.lower() in _OPENING


def is_place(word: str, language: str) -> bool:
    """Whether `word` of `language` (ISO 639-1) is a country or a city."""
    return fold_name(word) in _place_names(language)


def _same_day(day: Day, other: Day, years: set[float]) -> bool:
    if day.month != other.month or (day.day and day.day != other.day):
        return False
    return not day.year or day.year == other.year or (not other.year and day.year in years)


def _same_but_for_an_s(name: str, word: str) -> bool:
    return name.removesuffix("s") == word.removesuffix("s")


def _alike(name: str, word: str) -> bool:
    """Whether two transcriptions can be one name: Lukashenko, Lukashenka; Porto, Oporto."""
    name, word = (_SPELT.sub(lambda m: _SPELLINGS[m[0]], text) for text in (name, word))
    shorter, longer = sorted((name, word), key=len)
    if len(shorter) < 3:
        return False
    if name[0] != word[0] and not (len(shorter) > 4 and longer.endswith(shorter)):
        return False
    return SequenceMatcher(None, name, word).ratio() >= 0.8


def _begin_alike(name: str, word: str) -> bool:
    """Whether two long names begin with the same letters and end as their languages do: Asturien,
    Asturias."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, word, strict=False)))
    return same >= _BEGINNING and same >= _MOST_OF * max(len(name), len(word))


def _alike_in_another_case(name: str, word: str) -> bool:
    """Whether two names are alike but for the ending of a case: Вегу, Vega."""
    if _alike(name, word):
        return True
    stems = {_SPELT.sub(lambda m: _SPELLINGS[m[0]], _CASE.sub("", text)) for text in (name, word)}
    return len(stems) == 1 and len(min(stems)) >= _SHORTEST_STEM


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


def _names(text: str, language: str, is_common: Callable[[str], bool | None]) -> list[str]:
    """Capitalised words, and adjectives of countries. German capitalises every noun, so there only
    those that stand behind another count."""
    skipped = _OPENING | set(_months(language)) | _weekdays(language)
    words = list(_WORD.finditer(text))
    names = []
    for n, match in enumerate(words):
        word = _ELIDED.sub("", match[0])
        folded = fold_name(_POSSESSIVE.sub("", word))
        if word[0].islower() and _is_adjective(folded, language):
            names.append(folded)
        if not word[0].isupper() or word.lower() in skipped or folded in skipped:
            continue
        if language == "de" and not (n and _names_with(words[n - 1][0], text, match)):
            continue
        # A first word may be capitalised for being first, also before a name: "Three French …".
        if n == 0 and is_number(word, language):
            continue
        alone = n == 0 and not (words[1:] and words[1][0][0].isupper())
        common = n == 0 and all(
            is_common(part) or (is_common(part) is None and is_word(part, language))
            for part in _JOINT.split(word)
        )
        if common and (alone or not is_given_name(word)):
            continue
        # "Правительство Чили": the vocabulary of such languages has few whole words.
        declined = language not in _UNDECLINED
        if n == 0 and not alone and declined and not is_given_name(folded):
            continue
        if alone and _is_verb(text[match.start() :], language):
            continue
        names.append(folded)
    return names


def _names_with(before: str, text: str, match: re.Match[str]) -> bool:
    """Whether the German noun `before` what was found makes a name with it: it has its capital not
    for being first, counts nothing, and no sign parts them."""
    parted = match.start() and not text[match.start() - 1].isspace()
    small = before[0].islower() or before.lower() in _GERMAN_FIRST | _GERMAN_MEASURES
    return not (parted or small or text[: match.start()].rstrip()[-1:] in ",;:.")


def _is_verb(sentence: str, language: str) -> bool:
    """Whether the first word of a sentence has the form of a verb or an adverb: that is no name."""
    form = _VERBS.get(language)
    return bool(form and form.match(sentence))


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
    words = [fold_name(_POSSESSIVE.sub("", word)) for word in _WORD.findall(text)]
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
        known = len(code) == 2 or code in _CONTINENTS
        if known and code != "RE" and len(name) >= 3 and " " not in name:
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
            if len(code) == 2 or code in _CONTINENTS:
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
