"""What belongs to what in a sentence that tells several things: a number to what it counts, a rise
or an acquittal to what rose and of what somebody was acquitted.

Words are compared by what languages share of them (`cognates`), so that of two languages little is
told. A sentence that tells one thing binds nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.writer.negation import DENIED
from hemeroteca.rag.writer.numbers import in_digits, numbers
from hemeroteca.rag.writer.senses import DEEDS, senses, turned_pairs

# Where a sentence goes on to tell something else, of another perhaps.
_SEGMENT = re.compile(
    r"[;:—–]\s|\.\s(?=[A-ZÁÉÍÓÚÑÀ-Þ])|,?\s(?:mientras(?:\sque)?|pero|aunque|sino|frente\sa"
    r"|a\sdiferencia\sde|en\scambio"
    r"|while|whereas|but|although|though|unlike|compared\s(?:with|to)|tandis\sque|mais"
    r"|alors\sque|contre"
    r"|während|aber|jedoch|gegenüber|mentre|ma|invece|enquanto|mas|embora|mentres|però)\s"
    r"|,?\s(?:y|e|and|et|und|ed|i)\s(?=(?:el|la|los|las|su|sus|lo|otr[oa]s?|se|no|un|una|the"
    r"|its|his|her|their|an|another"
    r"|le|la|les|son|sa|ses|der|die|das|sein\w*|ihr\w*|il|lo|gli|os|as|seu|sua|els|les)\s)",
    re.IGNORECASE,
)  # fmt: skip
_PART = re.compile(r"[,;]\s|,?\s(?:y|e|and|et|und|ed|i|but|pero|mais|aber|ma|mas)\s")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:['’-][^\W\d_]+)*|[,;:.()]")
# How long something took or takes: said of all that a sentence tells.
_TIME = re.compile(
    r"(?:\d+|primer\w*|últim\w*|first|last|premiers?|derniers?|ersten|letzten|primi|ultimi"
    r"|pasad\w*|past)"
    r"(?:\s(?:\d+|primer\w*|últim\w*|first|last))?\s(?:meses|mes|años?|días?|semanas?|horas?"
    r"|months?|years?|days?|weeks?"
    r"|hours?|mois|ans?|jours?|semaines?|monate\w*|jahre?n?|tage\w*|wochen|mesi|anni|giorni"
    r"|settimane|anos|dias|semestres?"
    r"|trimestres?|quarters?)\b",
    re.IGNORECASE,
)  # fmt: skip
# What any number of people is counted as.
_PEOPLE = frozenset(
    cognates(
        "personas gente people persons personnes Menschen Personen persone pessoas persones xente"
        " hombres mujeres men women hommes femmes casos cases"
    )
)
# What is counted most in news, as languages say it.
_COUNTED_ALIKE = {
    head: n
    for n, words in enumerate(
        (
            "muertos muertas muertes fallecidos fallecidas morts mortes dead deaths killed "
            "Tote Toten morti mortos",
            "heridos heridas injured wounded blessés Verletzte Verletzten feriti feridos ferits",
            "desaparecidos missing disparus Vermisste dispersi desaparecidos desapareguts",
            "detenidos detenidas arrestados arrested arrests arrêtés interpellés Festnahmen "
            "arrestati detidos detinguts",
            "hijos hijas children enfants Kinder figli filhos fillos fills",
            "años years Jahre anni anos anys",
            "meses months mois Monate mesi mesos",
            "días days jours Tage giorni dias",
            "votos votes voix Stimmen voti vots",
            "escaños seats sièges Sitze seggi assentos escons",
            "viviendas casas homes houses maisons logements Häuser Wohnungen casa case",
            "vuelos flights vols Flüge voli voos",
            "trabajadores empleados workers employees employés salariés Arbeiter lavoratori "
            "dipendenti trabalhadores",
        )
    )
    for head in cognates(words)
}
# What measures and counts nothing that acts.
_UNITS = frozenset(
    str(_COUNTED_ALIKE.get(head, head))
    for head in cognates(
        "horas hours heures Stunden hores minutos minutes Minuten minuti minuts segundos seconds"
        " días days jours Tage giorni dias dies semanas weeks semaines Wochen settimane setmanes"
        " meses months mois Monate mesi mesos años years Jahre anni anos anys euros dólares"
        " dollars pesos metros meters metres mètres Meter metri metres kilómetros kilometres"
    )
)
_SCALES = frozenset(
    ["mil", "millón", "millones", "billones", "million", "millions", "billion", "thousand"]
)
_BETWEEN = frozenset(["de", "of", "d", "des", "von", "di", "más", "other", "otros", "otras", "más"])
_STOPS = frozenset([*",;:.()", "y", "e", "and", "et", "und", "o", "or", "ni"])
_YEARS = 1000, 2100  # numbers that may be years
_FEWEST = 2  # words of a part less one
_BEHIND, _BEFORE = 3, 2  # words around a number that may say what it counts


def is_bound_otherwise(claim: str, language: str, source: str, of: str) -> bool:
    """Whether `claim` in `language` (ISO 639-1) gives a number to what `source`, in the language
    `of`, gives another."""
    said, told = in_digits(claim, language), in_digits(source, of)
    return _counts_other(said, told) or _measures_other(said, told) or _takes_all(said, told)


@dataclass(frozen=True)
class _Counted:
    """A number, what stands behind it, and what may say what it counts, as `cognates`."""

    readings: frozenset[float]
    noun: str
    around: frozenset[str]


def _counted(text: str) -> Iterator[_Counted]:
    tokens = _TOKEN.findall(text)
    for n, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        behind = _until_stop(tokens[n + 1 : n + 2 + _BEHIND + 1])
        behind = [word for word in behind if word.lower() not in _SCALES | _BETWEEN]
        if not behind or behind[0][0].isdigit() or behind[0][0].isupper() or behind[0] == "%":
            continue
        head, readings = cognates(behind[0]), frozenset().union(*numbers(token))
        if head and readings != {1.0}:
            before = _until_stop(tokens[max(0, n - _BEFORE) : n][::-1])
            near = frozenset(cognates(" ".join([*before, *behind[:_BEHIND]])))
            noun = _alike(head[0])
            yield _Counted(readings, noun, frozenset(map(_alike, near)))


def _alike(head: str) -> str:
    return str(_COUNTED_ALIKE.get(head, head))


def _until_stop(tokens: Sequence[str]) -> list[str]:
    found = []
    for token in tokens:
        if token.lower() in _STOPS:
            break
        found.append(token)
    return found


def _counts_other(claim: str, source: str) -> bool:
    """Whether a number of `claim` counts what is in `source` and is counted there as another."""
    told, stated = list(_counted(source)), numbers(source)
    words = frozenset(map(_alike, cognates(source)))
    for own in _counted(claim):
        same = [each for each in told if each.readings & own.readings]
        year = any(map(_may_be_a_year, own.readings)) and any(map(own.readings.__and__, stated))
        if not same and year and any(each.noun == own.noun for each in told):
            return True  # "1,961 pigs" of the 1,300 of the flood of 1961
        if not same or own.noun not in words or own.noun in _PEOPLE:
            continue
        if own.noun not in _UNITS and all(each.noun in _UNITS for each in same):
            return True  # "six firemen" of "took six hours"
        near = frozenset().union(*(each.around for each in same))
        if not near & own.around and not near & _PEOPLE:
            return True
    return False


def _may_be_a_year(number: float) -> bool:
    return _YEARS[0] <= number < _YEARS[1] and number == int(number)


_UNIT = re.compile(
    r"(\d+(?:[.,]\d+)*)\s*(%|(?:10{3}|10{6}|10{9})\b|(?:millones|million(?:s|en)?|mil)\b"
    r"|euros?\b|dólares|dollars?\b|pesos\b"
    r"|puntos?\b|points?\b|votos?\b|votes?\b)",
    re.IGNORECASE,
)  # fmt: skip


def _measures_other(claim: str, source: str) -> bool:
    """Whether a measure of `claim` is in `source` that of something else, which has one of the same
    unit of its own there."""
    segments = [(part, _measures(part)) for part in segments_of(source)]
    heads = [_head_words(part) for part, found in segments if found]
    if len(heads) < 2:
        return False
    for said in segments_of(claim):
        own = frozenset(cognates(said))
        for number, unit in _measures(said):
            measured = [(part, found) for part, found in segments if found]
            holding = [k for k, (_, found) in enumerate(measured) if (number, unit) in found]
            others = [
                k
                for k, (_, found) in enumerate(measured)
                if k not in holding and any(kind == unit for _, kind in found)
            ]
            if len(holding) != 1:
                continue
            mine = heads[holding[0]].difference(*(heads[k] for k in others))
            if _ELIDED.search(measured[holding[0]][0]):
                continue  # "and that of lemons fell"
            if any((heads[k] - heads[holding[0]]) & own for k in others) and not mine & own:
                return True
    return False


_ELIDED = re.compile(
    r"^\W*(?:(?:y|e|and|et|und|i|mientras que|while)\s)?(?:(?:la|el|las|los|a|o|as|os|els|les)"
    r" d[eoa]l?s?|that of|those of|celles? d\w*|ceux d\w*|quell[aeo] d\w+|d(?:ie|er|as) der)\s",
    re.IGNORECASE,
)


def _measures(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((match[1], match[2].lower()[:4]) for match in _UNIT.finditer(text))


def _head_words(text: str) -> frozenset[str]:
    """What stands before the first measure of `text`, without names."""
    first = _UNIT.search(text)
    before = text[: first.start()] if first else text
    return frozenset(cognates(" ".join(word for word in before.split() if word[0].islower())))


_OF_A_PART = "parte mitad resto tercio part half rest third moitié partie hälfte metà metade"
_PART_WORDS = frozenset(_OF_A_PART.split())
_OF_ALL = re.compile(
    r"(\d+(?:[.,]\d+)*)\s+(?:de|of|des?|von|di|dei|delle)\s+(?:los|las|the|les|den|its|sus"
    r"|its|os|as|i|le)?\s*(\d+(?:[.,]\d+)*)\s+(\w+)"
)


def _takes_all(claim: str, source: str) -> bool:
    """Whether `claim` gives the whole where `source` gives a part of it: 390 flights of "214 of the
    390 flights"."""
    for part, whole, counted in _OF_ALL.findall(source):
        found = _TOKEN.findall(claim)
        if whole in found and part not in found and "%" not in found:
            behind = found[found.index(whole) + 1 : found.index(whole) + 2]
            before = found[max(0, found.index(whole) - 3) : found.index(whole)]
            same = behind and cognates(behind[0]) == cognates(counted)
            if same and not any(w[0].isdigit() or w.lower() in _PART_WORDS for w in before):
                return True
    return False


def segments_of(text: str) -> list[str]:
    """The parts of `text` that tell each their own."""
    return _parted(text, _SEGMENT)


def parts_of(text: str) -> list[str]:
    """The parts of `text` that commas and words for "and" make, if each has words enough."""
    return _parted(text, _PART)


def _parted(text: str, between: re.Pattern[str]) -> list[str]:
    parts: list[str] = []
    at = 0
    for match in between.finditer(text):
        # "Li and his family" tell nothing.
        if min(len(text[at : match.start()].split()), len(text[match.end() :].split())) > _FEWEST:
            parts.append(text[at : match.start()])
            at = match.end()
    return [*parts, text[at:]]


def anchors(text: str, language: str) -> dict[str, int]:
    """What `text` is about but for names and times, each with its weight: numbers the most."""
    plain = _TIME.sub(" ", in_digits(text, language))
    found: dict[str, int] = {}
    words = _TOKEN.findall(plain)
    for n, word in enumerate(words):
        named = n + 1 < len(words) and words[n + 1][0].isupper()
        if word[0].isdigit():
            found[word] = 3
        elif word[0].islower() and not named:
            found.update(dict.fromkeys(cognates(word), 1))
    return found


_ALSO = re.compile(r",?\s(?:y|e|and|et|und|ed|i)\s")
_FIRST_DEED = re.compile(r",\s|\s(?:y|e|and|et|und|ed|que|that|who)\s")
_SUBJECT = re.compile(
    r"^\W*(?:el|la|los|las|un|una|unos|unas|su|sus|the|a|an|his|her|its|their|le|une?|les|son"
    r"|sa|ses|il|lo|i|gli|os?|as?"
    r"|els|o|um|uma|l['’])\s*([a-zà-ÿ-]{4,})",
    re.IGNORECASE,
)  # fmt: skip


def is_said_of_other(claim: str, language: str, source: str, of: str) -> bool:
    """Whether `claim` says of one thing what `source` says of another, and of this the opposite or
    nothing: "acquitted of fraud" of who was acquitted of theft, but sentenced for fraud."""
    parts = segments_of(source)
    if len(parts) < 2:
        return False
    told = [(senses(part, of, DENIED) or frozenset(), anchors(part, of)) for part in parts]
    for said in (part for each in segments_of(claim) for part in _ALSO.split(each)):
        own = senses(said, language, DENIED) or frozenset()
        first = _FIRST_DEED.split(said, maxsplit=1)[0]
        deeds = (senses(first, language, DENIED) or frozenset()) & DEEDS
        if _turns(own, anchors(said, language), told) or _is_others(deeds, said, told):
            return True
    return False


def _turns(
    own: frozenset[str],
    about: dict[str, int],
    told: Sequence[tuple[frozenset[str], dict[str, int]]],
) -> bool:
    for a, b in turned_pairs():
        if a not in own or b in own:
            continue
        # What stands in all parts tells none.
        shared = [
            sum(
                weight
                for anchor, weight in about.items()
                if anchor in its and not all(anchor in each for _, each in told)
            )
            for _, its in told
        ]
        best = max(shared)
        if not best:
            continue
        with_a = max((n for n, (s, _) in zip(shared, told, strict=True) if a in s), default=0)
        with_b = max(
            (n for n, (s, _) in zip(shared, told, strict=True) if b in s and a not in s), default=0
        )
        if with_b == best and with_b > with_a:
            return True
    return False


def _is_others(
    deeds: frozenset[str], said: str, told: Sequence[tuple[frozenset[str], dict[str, int]]]
) -> bool:
    """Whether the subject of what is `said` stands only in parts that do not tell its deed."""
    subject = _SUBJECT.match(said)
    head = cognates(subject[1]) if subject else []
    if not head or not deeds:
        return False
    its = [s for s, about in told if head[0] in about]
    return bool(its) and all(
        any(deed in s for s, _ in told) and not any(deed in s for s in its) for deed in deeds
    )
