"""Made-up deeds in Spanish and English: who bought, found or closed what, and what is told of it.

Beside training/events.py, which tells of people who meet: here a navy, a company or a council does
something to a bridge or a painting, of which the passage tells some things (a name, a price, the
year it was built) and not others. Questions ask for both, so that a number or a year that belongs
to something else is no answer."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.data import Example
from training.events import CITIES, COUNTRIES, HELD, MONTHS, PAIRS, enough, found_in

# English; Spanish with its article; the Spanish ending of what agrees with it.
_BODIES = (
    ("the {0} navy", "la marina {0}", "a"), ("the {0} police", "la policía {0}", "a"),
    ("the {0} government", "el Gobierno {0}", "o"), ("the {0} army", "el Ejército {0}", "o"),
    ("a {0} bank", "un banco {0}", "o"), ("a {0} company", "una empresa {0}", "a"),
    ("a {0} museum", "un museo {0}", "o"), ("the {0} railways", "la compañía ferroviaria {0}", "a"),
)  # fmt: skip
_NAMED = (
    "Aldana Holding", "Norvik", "Textil Ferrer", "Grupo Cordera", "Banco Miralles",
    "Kestrel Group", "Ondarreta", "Fundación Salcedo", "Helvar", "Lindqvist & Moe",
)  # fmt: skip
_THINGS = (
    ("bridge", "puente", "o"), ("painting", "cuadro", "o"), ("factory", "fábrica", "a"),
    ("hospital", "hospital", "o"), ("satellite", "satélite", "o"), ("warehouse", "almacén", "o"),
    ("train", "tren", "o"), ("ferry", "transbordador", "o"), ("statue", "estatua", "a"),
    ("newspaper", "periódico", "o"), ("vineyard", "viñedo", "o"), ("library", "biblioteca", "a"),
    ("airport", "aeropuerto", "o"), ("manuscript", "manuscrito", "o"), ("drone", "dron", "o"),
    ("truck", "camión", "o"), ("mine", "mina", "a"), ("hotel", "hotel", "o"),
    ("fishing boat", "barco pesquero", "o"), ("yacht", "yate", "o"), ("theatre", "teatro", "o"),
)  # fmt: skip
# Spanish; English past, base and participle.
_DONE = (
    ("compró", "bought", "buy", "bought"), ("vendió", "sold", "sell", "sold"),
    ("confiscó", "seized", "seize", "seized"), ("restauró", "restored", "restore", "restored"),
    ("encontró", "found", "find", "found"), ("cerró", "closed", "close", "closed"),
    ("inspeccionó", "inspected", "inspect", "inspected"),
    ("derribó", "demolished", "demolish", "demolished"),
    ("fotografió", "photographed", "photograph", "photographed"),
    ("aseguró", "insured", "insure", "insured"), ("alquiló", "rented", "rent", "rented"),
    ("donó", "donated", "donate", "donated"), ("subastó", "auctioned", "auction", "auctioned"),
)  # fmt: skip
_NAMES = ("Aurora", "Santa Marta", "Miramar", "Halcón", "Orfeo", "Tramontana", "Neptuno", "Altair",
          "La Esperanza", "Coloso", "Vesta", "Montearagón")  # fmt: skip
_OWNERS = ("Ferdinand Krol", "la familia Echevarría", "Inés Batalla", "Tomás Wieland",
           "Corporación Duero", "Ludovica Sanna")  # fmt: skip
_HELD_THINGS, _HELD_DONE = _THINGS[-4:], _DONE[-3:]


@dataclass(frozen=True)
class _Told:
    """Something that may be said of the thing: how Spanish and English passages say it, of which
    `answer` is the part that answers, and how one asks for it. {thing} has its article."""

    es: str
    en: str
    answer: tuple[str, str]
    asked_es: str
    asked_en: str


def deed_examples(
    sentences: Mapping[str, Sequence[str]],
    count: int,
    rng: random.Random,
    pairs: Sequence[tuple[str, str]] = PAIRS,
    held: bool = False,
) -> list[Example]:
    """At least `count` examples, told among `sentences` as training.events.event_examples does."""
    return enough(_passage_examples, sentences, count, rng, pairs, held)


def _passage_examples(
    sentences: Sequence[str], asked: str, told: str, held: bool, rng: random.Random
) -> list[Example]:
    things = rng.sample([t for t in _THINGS if (t in _HELD_THINGS) == held], 2)
    done = rng.sample([d for d in _DONE if (d in _HELD_DONE) == held], 3)
    pieces, asking = [], []
    for n in range(rng.choices((1, 2), (2, 1))[0]):
        sentence, questions = _deed(things[n], done[n], done[2], asked, told, held, rng)
        pieces.append(sentence)
        asking += questions
    for _ in range(rng.choices((0, 1, 2, 3), (1, 2, 3, 2))[0]):
        pieces.insert(rng.randrange(len(pieces) + 1), rng.choice(sentences))
    told_of = [(question, answer) for question, answer in asking if answer is not None]
    untold = [(question, answer) for question, answer in asking if answer is None]
    chosen = [*rng.sample(told_of, min(2, len(told_of))), *rng.sample(untold, 2)]
    return found_in(" ".join(pieces), chosen, f"deeds-{asked}-{told}")


def _deed(
    thing: tuple[str, str, str],
    done: tuple[str, str, str, str],
    never: tuple[str, str, str, str],
    asked: str,
    told: str,
    held: bool,
    rng: random.Random,
) -> tuple[str, list[tuple[str, str | None]]]:
    """(sentences that tell of it, questions with the words that answer them or None)."""
    english, spanish, ending = thing
    doer = _doer(held, rng)
    said = doer[0 if told == "en" else 1]
    by = doer[0 if asked == "en" else 1]
    everything = _attributes(ending, rng)
    named = rng.sample(sorted(everything), rng.choice((0, 1, 1, 2, 2, 3)))
    some = f"a {english}" if told == "en" else f"un{'a' if ending == 'a' else ''} {spanish}"
    first, *later = [everything[n].en if told == "en" else everything[n].es for n in named] or [""]
    day, city = _when_and_where(told, rng)
    on, within = ("on", "in") if told == "en" else ("el", "en")
    around = [f"{word} {part}" for word, part in ((on, day), (within, city)) if part]
    parts = [said, done[1] if told == "en" else done[0], some, first, *around]
    sentence = " ".join(p for p in parts if p)
    sentence = sentence[0].upper() + sentence[1:] + "."
    if later:
        start = (
            f"The {english}," if told == "en" else f"{'La' if ending == 'a' else 'El'} {spanish},"
        )
        rest = rng.choice(
            ("was in good repair", "had been in the news before", "drew many onlookers")
            if told == "en"
            else ("estaba en buen estado", "ya había sido noticia", "atrajo a muchos curiosos")
        )
        sentence += f" {start} {', '.join(later)}, {rest}."
    the = f"the {english}" if asked == "en" else f"{'la' if ending == 'a' else 'el'} {spanish}"
    questions: list[tuple[str, str | None]] = []
    for name, attribute in everything.items():
        question = (attribute.asked_en if asked == "en" else attribute.asked_es).format(thing=the)
        if name in named:
            questions.append((question, attribute.answer[0 if told == "en" else 1]))
        else:
            questions.append((question, None))
    if asked == "en":
        questions += [
            (f"Who {done[1]} {the}?", said), (f"What did {by} {done[2]}?", some),
            (f"Who {never[1]} {the}?", None), (f"Why was {the} {never[3]}?", None),
            (f"When did {by} {done[2]} {the}?", day),
            (f"Where did {by} {done[2]} {the}?", city),
        ]  # fmt: skip
    else:
        questions += [
            (f"¿Quién {done[0]} {the}?", said), (f"¿Qué {done[0]} {by}?", some),
            (f"¿Quién {never[0]} {the}?", None), (f"¿Por qué {never[0]} {by} {the}?", None),
            (f"¿Cuándo {done[0]} {by} {the}?", day),
            (f"¿Dónde {done[0]} {by} {the}?", city),
        ]  # fmt: skip
    return sentence, questions


def _doer(held: bool, rng: random.Random) -> tuple[str, str]:
    """In English and in Spanish."""
    if rng.random() < 0.35:
        name = rng.choice(_NAMED)
        return name, name
    country = rng.choice([c for c in COUNTRIES if (c in HELD["countries"]) == held])
    english, spanish, ending = rng.choice(_BODIES)
    article = english.format(country[1])
    if article.startswith("a ") and country[1][0] in "AEIO":
        article = f"an {article[2:]}"
    return article, spanish.format(country[4 if ending == "a" else 3])


def _when_and_where(told: str, rng: random.Random) -> tuple[str | None, str | None]:
    """A day and a city, each told four times in ten."""
    number, month, city = rng.randrange(1, 29), rng.choice(MONTHS), rng.choice(CITIES)
    day = f"{number} {month[0]}" if told == "en" else f"{number} de {month[1]}"
    return (
        day if rng.random() < 0.4 else None,
        city[0 if told == "en" else 1] if rng.random() < 0.4 else None,
    )


def _attributes(ending: str, rng: random.Random) -> dict[str, _Told]:
    name, owner = rng.choice(_NAMES), rng.choice(_OWNERS)
    price, people, year = rng.randrange(2, 95), rng.randrange(3, 180), rng.randrange(1880, 2022)
    metres = rng.randrange(11, 190)
    return {
        "name": _Told(
            f"llamad{ending} {name}", f"called {name}", (name, name),
            "¿Cómo se llama {thing}?", rng.choice(("What is {thing} called?",
                                                   "What is the name of {thing}?")),
        ),
        "price": _Told(
            f"por {price} millones de euros", f"for {price} million euros",
            (f"{price} million euros", f"{price} millones de euros"),
            "¿Cuánto costó {thing}?", "How much did {thing} cost?",
        ),
        "people": _Told(
            f"con {people} personas en su interior", f"with {people} people inside",
            (f"{people} people", f"{people} personas"),
            "¿Cuántas personas había en {thing}?", "How many people were in {thing}?",
        ),
        "year": _Told(
            f"construid{ending} en {year}", f"built in {year}", (str(year), str(year)),
            "¿Cuándo se construyó {thing}?", "When was {thing} built?",
        ),
        "owner": _Told(
            f"propiedad de {owner}", f"owned by {owner}", (owner, owner),
            "¿De quién es {thing}?", "Who owns {thing}?",
        ),
        "size": _Told(
            f"de {metres} metros de largo", f"{metres} metres long",
            (f"{metres} metres", f"{metres} metros"),
            "¿Cuánto mide {thing}?", "How long is {thing}?",
        ),
    }  # fmt: skip
