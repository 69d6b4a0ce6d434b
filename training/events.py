"""Made-up events in Spanish and English, with questions about who did what to whom, when, where.

Corpora of questions ask mostly about what a passage says once. News names several people, offices
and days in one sentence, and a reader that has only learnt to look for the right kind of thing
takes the nearest: the ambassador for the one who met him, the day of another visit. Here every
passage tells of one to three events among sentences of real articles, and questions ask for each
part, also for parts that are not told and for what nobody did, which the passage does not answer.

Countries, offices and verbs named in `HELD` are kept for measuring; Venezuela and Belarus, of whom
the project's own test set asks, occur nowhere."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from training.data import Example

# English, its adjective; Spanish, its adjective, masculine and feminine.
COUNTRIES = (
    ("Peru", "Peruvian", "Perú", "peruano", "peruana"),
    ("Italy", "Italian", "Italia", "italiano", "italiana"),
    ("France", "French", "Francia", "francés", "francesa"),
    ("Portugal", "Portuguese", "Portugal", "portugués", "portuguesa"),
    ("Germany", "German", "Alemania", "alemán", "alemana"),
    ("Poland", "Polish", "Polonia", "polaco", "polaca"),
    ("Turkey", "Turkish", "Turquía", "turco", "turca"),
    ("Japan", "Japanese", "Japón", "japonés", "japonesa"),
    ("Mexico", "Mexican", "México", "mexicano", "mexicana"),
    ("Chile", "Chilean", "Chile", "chileno", "chilena"),
    ("Argentina", "Argentine", "Argentina", "argentino", "argentina"),
    ("Norway", "Norwegian", "Noruega", "noruego", "noruega"),
    ("Sweden", "Swedish", "Suecia", "sueco", "sueca"),
    ("Greece", "Greek", "Grecia", "griego", "griega"),
    ("Egypt", "Egyptian", "Egipto", "egipcio", "egipcia"),
    ("Russia", "Russian", "Rusia", "ruso", "rusa"),
    ("Ukraine", "Ukrainian", "Ucrania", "ucraniano", "ucraniana"),
    ("China", "Chinese", "China", "chino", "china"),
    ("Cuba", "Cuban", "Cuba", "cubano", "cubana"),
    ("Brazil", "Brazilian", "Brasil", "brasileño", "brasileña"),
    ("Ireland", "Irish", "Irlanda", "irlandés", "irlandesa"),
    ("Hungary", "Hungarian", "Hungría", "húngaro", "húngara"),
    ("Serbia", "Serbian", "Serbia", "serbio", "serbia"),
    ("Finland", "Finnish", "Finlandia", "finlandés", "finlandesa"),
    ("Morocco", "Moroccan", "Marruecos", "marroquí", "marroquí"),
    ("Israel", "Israeli", "Israel", "israelí", "israelí"),
    ("Iran", "Iranian", "Irán", "iraní", "iraní"),
    ("Canada", "Canadian", "Canadá", "canadiense", "canadiense"),
    ("Colombia", "Colombian", "Colombia", "colombiano", "colombiana"),
    ("Ecuador", "Ecuadorian", "Ecuador", "ecuatoriano", "ecuatoriana"),
    ("Bolivia", "Bolivian", "Bolivia", "boliviano", "boliviana"),
    ("Georgia", "Georgian", "Georgia", "georgiano", "georgiana"),
    ("Romania", "Romanian", "Rumanía", "rumano", "rumana"),
    ("Bulgaria", "Bulgarian", "Bulgaria", "búlgaro", "búlgara"),
    ("Vietnam", "Vietnamese", "Vietnam", "vietnamita", "vietnamita"),
    ("Kenya", "Kenyan", "Kenia", "keniano", "keniana"),
)
# English; Spanish, masculine and feminine.
OFFICES = (
    ("ambassador", "embajador", "embajadora"),
    ("president", "presidente", "presidenta"),
    ("prime minister", "primer ministro", "primera ministra"),
    ("foreign minister", "ministro de Exteriores", "ministra de Exteriores"),
    ("defence minister", "ministro de Defensa", "ministra de Defensa"),
    ("finance minister", "ministro de Hacienda", "ministra de Hacienda"),
    ("health minister", "ministro de Sanidad", "ministra de Sanidad"),
    ("envoy", "enviado", "enviada"),
    ("consul", "cónsul", "cónsul"),
    ("vice-president", "vicepresidente", "vicepresidenta"),
    ("negotiator", "negociador", "negociadora"),
    ("interior minister", "ministro del Interior", "ministra del Interior"),
    ("opposition leader", "líder opositor", "líder opositora"),
    ("writer", "escritor", "escritora"),
    ("cyclist", "ciclista", "ciclista"),
    ("trade minister", "ministro de Comercio", "ministra de Comercio"),
    ("bishop", "obispo", "obispa"),
    ("army chief", "jefe del Ejército", "jefa del Ejército"),
)


@dataclass(frozen=True)
class Verb:
    """What was done: as passages tell it and as questions ask for it. `object` is the preposition
    before whom it was done to, `mutual` whether both did it."""

    told: tuple[str, ...]
    asked: str
    object: str
    told_en: tuple[str, ...]
    asked_en: str
    base_en: str
    mutual: bool = False


VERBS = (
    Verb(("se reunió", "mantuvo un encuentro", "celebró una reunión", "se entrevistó",
          "sostuvo una reunión"), "se reunió", "con",
         ("met", "met with", "held a meeting with", "had talks with"), "met", "meet", True),
    Verb(("se encontró", "se vio", "coincidió"), "se encontró", "con",
         ("met", "saw"), "met", "meet", True),
    Verb(("recibió", "acogió"), "recibió", "a", ("received", "hosted"), "received", "receive"),
    Verb(("felicitó", "dio la enhorabuena"), "felicitó", "a", ("congratulated",),
         "congratulated", "congratulate"),
    Verb(("criticó", "censuró", "reprochó su actitud"), "criticó", "a", ("criticised",),
         "criticised", "criticise"),
    Verb(("visitó", "hizo una visita"), "visitó", "a", ("visited", "paid a visit to"),
         "visited", "visit"),
    Verb(("llamó por teléfono", "telefoneó"), "llamó por teléfono", "a",
         ("phoned", "rang", "called"), "phoned", "phone"),
    Verb(("entrevistó", "hizo una entrevista"), "entrevistó", "a", ("interviewed",),
         "interviewed", "interview"),
    Verb(("sustituyó", "relevó", "reemplazó"), "sustituyó", "a", ("replaced", "succeeded"),
         "replaced", "replace"),
    Verb(("elogió", "alabó"), "elogió", "a", ("praised",), "praised", "praise"),
    Verb(("derrotó", "venció", "ganó"), "derrotó", "a", ("defeated", "beat"),
         "defeated", "defeat"),
    Verb(("apoyó", "respaldó", "mostró su apoyo"), "apoyó", "a", ("supported", "backed"),
         "supported", "support"),
    Verb(("amenazó",), "amenazó", "a", ("threatened",), "threatened", "threaten"),
    Verb(("demandó", "llevó a los tribunales"), "demandó", "a", ("sued", "took to court"),
         "sued", "sue"),
    Verb(("condecoró", "entregó una medalla"), "condecoró", "a", ("decorated", "honoured"),
         "decorated", "decorate"),
    Verb(("convocó", "citó", "llamó a consultas"), "convocó", "a", ("summoned",),
         "summoned", "summon"),
    Verb(("saludó", "dio la mano"), "saludó", "a", ("greeted", "shook hands with"),
         "greeted", "greet"),
    Verb(("habló", "conversó", "mantuvo una conversación"), "habló", "con",
         ("talked to", "spoke with", "had a conversation with"), "talked to", "talk to", True),
    Verb(("discutió", "tuvo una fuerte discusión"), "discutió", "con",
         ("argued with", "quarrelled with"), "argued with", "argue with", True),
    Verb(("negoció",), "negoció", "con", ("negotiated with",), "negotiated with",
         "negotiate with", True),
    Verb(("contrató", "fichó"), "contrató", "a", ("hired",), "hired", "hire"),
    Verb(("cenó", "compartió mesa"), "cenó", "con", ("dined with", "had dinner with"),
         "had dinner with", "have dinner with", True),
    Verb(("escribió", "envió una carta", "mandó un mensaje"), "escribió", "a",
         ("wrote to", "sent a letter to"), "wrote to", "write to"),
    Verb(("advirtió", "lanzó una advertencia"), "advirtió", "a", ("warned",), "warned", "warn"),
    Verb(("invitó", "extendió una invitación"), "invitó", "a", ("invited",), "invited", "invite"),
    Verb(("desmintió", "llevó la contraria"), "desmintió", "a", ("contradicted",),
         "contradicted", "contradict"),
)  # fmt: skip
# Languages of question and passage, as often as they are named.
PAIRS = (("en", "es"), ("en", "es"), ("es", "es"), ("en", "en"))
HELD: dict[str, tuple[object, ...]] = {
    "countries": COUNTRIES[-6:],
    "offices": OFFICES[-3:],
    "verbs": VERBS[-4:],
}

CITIES = (
    ("Moscow", "Moscú"), ("Lisbon", "Lisboa"), ("London", "Londres"), ("Geneva", "Ginebra"),
    ("Brussels", "Bruselas"), ("New York", "Nueva York"), ("Rome", "Roma"), ("Vienna", "Viena"),
    ("Seville", "Sevilla"), ("Berlin", "Berlín"), ("Athens", "Atenas"), ("Warsaw", "Varsovia"),
    ("Cairo", "El Cairo"), ("Havana", "La Habana"), ("Beijing", "Pekín"), ("Seoul", "Seúl"),
    ("Lima", "Lima"), ("Oslo", "Oslo"), ("Prague", "Praga"), ("Toronto", "Toronto"),
)  # fmt: skip
_GIVEN = {
    "m": (
        "Andrés", "Luis Alberto", "Jorge", "Iván", "Serguéi", "Dmitri", "Mustafá", "Kenji", "Hans",
        "Pierre", "Giovanni", "Thomas", "Mark", "Piotr", "Zoltán", "Ahmed", "Yusuf", "Ricardo",
        "Eduardo", "Miguel Ángel", "Rafael", "William", "Chen", "Olaf", "Mihai", "Nikos",
    ),
    "f": (
        "María", "Ana Lucía", "Carmen", "Olga", "Irina", "Fatima", "Yuko", "Angela", "Claire",
        "Giulia", "Margaret", "Sarah", "Agnieszka", "Zsuzsa", "Leila", "Beatriz", "Pilar",
        "Marta Elena", "Ingrid", "Emily", "Mei", "Elena", "Sofía", "Helena", "Kristina", "Nadia",
    ),
}  # fmt: skip
_SURNAMES = (
    "Gutiérrez", "Paredes Luna", "Morales", "Ibáñez", "Castillo", "Ferrari", "Dubois", "Lefèvre",
    "Schneider", "Weber", "Kowalski", "Nowak", "Yilmaz", "Demir", "Tanaka", "Sato", "Ivanov",
    "Sokolov", "Petrenko", "Bondarenko", "Hansen", "Lindqvist", "Papadopoulos", "Costa", "Silva",
    "O'Connor", "Murphy", "Smith", "Taylor", "Brown", "Nagy", "Horváth", "Popescu", "Jovanović",
    "El Sayed", "Haddad", "Rahimi", "Cohen", "Wang", "Zhang", "Quispe", "Rojas Vidal", "Salinas",
    "Bianchi", "Virtanen", "Korhonen", "Moreau", "Vargas", "Domínguez", "Benítez",
)  # fmt: skip
MONTHS = (
    ("January", "enero"), ("February", "febrero"), ("March", "marzo"), ("April", "abril"),
    ("May", "mayo"), ("June", "junio"), ("July", "julio"), ("August", "agosto"),
    ("September", "septiembre"), ("October", "octubre"), ("November", "noviembre"),
    ("December", "diciembre"),
)  # fmt: skip
_COUNTS = (("twice", "dos veces"), ("three times", "tres veces"), ("four times", "cuatro veces"),
           ("five times", "cinco veces"), ("six times", "seis veces"))  # fmt: skip
_LENGTHS = (
    ("two hours", "dos horas"), ("30 minutes", "30 minutos"), ("almost an hour", "casi una hora"),
    ("15 minutes", "15 minutos"), ("three days", "tres días"), ("a whole week", "una semana"),
)  # fmt: skip
_WITHIN = (("in less than a month", "en menos de un mes"), ("in one week", "en una semana"),
           ("within five days", "en apenas cinco días"),
           ("in two years", "en dos años"))  # fmt: skip
_TOPICS = (
    ("the price of gas", "el precio del gas"), ("the peace agreement", "el acuerdo de paz"),
    ("the fishing quotas", "las cuotas de pesca"), ("the new railway", "el nuevo ferrocarril"),
    ("the debt", "la deuda"), ("the elections", "las elecciones"),
    ("the border crossing", "el paso fronterizo"), ("the water shortage", "la falta de agua"),
    ("the vaccination campaign", "la campaña de vacunación"), ("the tariffs", "los aranceles"),
)  # fmt: skip
# What no passage here tells of anybody, with {} for a person.
_UNTOLD = {
    "en": (
        "How old is {}?", "Which party does {} belong to?", "Why did {} resign?",
        "Where was {} born?", "Who is {} married to?", "What did {} answer?",
        "How much does {} earn?", "What is the name of {}'s adviser?",
        "Which hotel did {} stay at?", "When will {} travel again?",
    ),
    "es": (
        "¿Cuántos años tiene {}?", "¿A qué partido pertenece {}?", "¿Por qué dimitió {}?",
        "¿Dónde nació {}?", "¿Con quién está casado {}?", "¿Qué respondió {}?",
        "¿Cuánto gana {}?", "¿Cómo se llama el asesor de {}?", "¿En qué hotel se alojó {}?",
        "¿Cuándo volverá a viajar {}?",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody with an office of a country."""

    name: str
    gender: str
    office: tuple[str, ...]
    country: tuple[str, ...]

    def role(self, language: str, rng: random.Random) -> str:
        """The office without its article: "Peruvian ambassador", "embajador de Perú"."""
        if language == "en":
            return f"{self.country[1]} {self.office[0]}"
        office = self.office[1 if self.gender == "m" else 2]
        if rng.random() < 0.4:
            return f"{office} de {self.country[2]}"
        return f"{office} {self.country[3 if self.gender == 'm' else 4]}"

    def by_role(self, language: str, rng: random.Random) -> str:
        """The same with an article, as a question says it."""
        if language == "en":
            forms = (
                f"the {self.country[1]} {self.office[0]}",
                f"{self.country[0]}'s {self.office[0]}",
                f"the {self.office[0]} of {self.country[0]}",
            )
            return rng.choices(forms, (4, 1, 1))[0]
        return f"{'el' if self.gender == 'm' else 'la'} {self.role(language, rng)}"


@dataclass(frozen=True)
class Event:
    """`agent` did `verb` to `patient`; of `parts` (day, city, count, length, span, topic), each an
    (English, Spanish) phrase, some are told. `roles` are the offices that the passage names, by
    person."""

    agent: Person
    patient: Person
    verb: Verb
    parts: dict[str, tuple[str, str]]
    roles: dict[Person, str]


def event_examples(
    sentences: Mapping[str, Sequence[str]],
    count: int,
    rng: random.Random,
    pairs: Sequence[tuple[str, str]] = PAIRS,
    held: bool = False,
) -> list[Example]:
    """At least `count` examples, told among `sentences` (of real articles, by language), for the
    (question, passage) languages of `pairs`; `held` takes the names kept for measuring."""
    return enough(_passage_examples, sentences, count, rng, pairs, held)


def enough(
    make: Callable[[Sequence[str], str, str, bool, random.Random], list[Example]],
    sentences: Mapping[str, Sequence[str]],
    count: int,
    rng: random.Random,
    pairs: Sequence[tuple[str, str]],
    held: bool,
) -> list[Example]:
    """At least `count` of what `make` makes, a passage at a time, of sentences, the language asked
    in, that of the passage, `held` and `rng`."""
    made: list[Example] = []
    while len(made) < count:
        asked, told = rng.choice(pairs)
        made += make(sentences[told], asked, told, held, rng)
    return made


def _passage_examples(
    sentences: Sequence[str], asked: str, told: str, held: bool, rng: random.Random
) -> list[Example]:
    people = some_people(6, held, rng)
    many = rng.choices((1, 2, 3), (4, 4, 2))[0]
    verbs = rng.sample([v for v in VERBS if (v in HELD["verbs"]) == held], min(many + 1, 4))
    events = []
    for n in range(many):
        agent, patient = people[2 * n], people[2 * n + 1]
        roles = {patient: patient.role(told, rng)} if rng.random() < 0.9 else {}
        if rng.random() < 0.65:
            roles[agent] = agent.role(told, rng)
        events.append(Event(agent, patient, verbs[n], draw_parts(rng), roles))
    pieces = [[tell(event, told, rng)] for event in events]
    for _ in range(rng.choices((0, 1, 2, 3), (1, 2, 3, 2))[0]):
        pieces.insert(rng.randrange(len(pieces) + 1), [rng.choice(sentences)])
    passage = " ".join(piece for group in pieces for piece in group)
    never = verbs[-1]
    asking = []
    for event in rng.sample(events, min(2, len(events))):
        asking += ask_about(event, events, people, never, asked, told, rng)
    return found_in(passage, asking, f"events-{asked}-{told}")


def some_people(count: int, held: bool, rng: random.Random) -> list[Person]:
    """People of different names and countries, of those that are learnt from or `held`."""
    names = rng.sample([(g, n) for g in "mf" for n in _GIVEN[g]], count)
    surnames = rng.sample(_SURNAMES, count)
    countries = rng.sample([c for c in COUNTRIES if (c in HELD["countries"]) == held], count)
    offices = [o for o in OFFICES if (o in HELD["offices"]) == held]
    return [
        Person(f"{given} {surname}", gender, rng.choice(offices), country)
        for (gender, given), surname, country in zip(names, surnames, countries, strict=True)
    ]


def found_in(passage: str, asking: Sequence[tuple[str, str | None]], source: str) -> list[Example]:
    """Examples of (question, the words of `passage` that answer it, or None); without those whose
    answer stands there more than once."""
    made = []
    for question, answer in asking:
        if answer is None:
            made.append(Example(question, passage, None, source))
        elif passage.count(answer) == 1:
            start = passage.index(answer)
            made.append(Example(question, passage, (start, start + len(answer)), source))
    return made


def draw_parts(rng: random.Random) -> dict[str, tuple[str, str]]:
    """Each told about every second time."""
    day, month = rng.randrange(1, 29), rng.choice(MONTHS)
    year = rng.choice(("", "", f" {rng.randrange(1995, 2026)}"))
    english = rng.choice((f"{day} {month[0]}{year}", f"{month[0]} {day}{year and ',' + year}"))
    spanish = f"{day} de {month[1]}{year and ' de' + year}"
    everything = {
        "day": (english, spanish),
        "city": rng.choice(CITIES),
        "count": rng.choice(_COUNTS),
        "length": rng.choice(_LENGTHS),
        "span": rng.choice(_WITHIN),
        "topic": rng.choice(_TOPICS),
    }
    likely = {"day": 0.6, "city": 0.55, "count": 0.3, "length": 0.25, "span": 0.2, "topic": 0.4}
    told = {name: part for name, part in everything.items() if rng.random() < likely[name]}
    if "count" in told:
        told.pop("length", None)
    else:
        told.pop("span", None)
    return told


def contract(preposition: str, phrase: str) -> str:
    """ "a" + "el embajador" is "al embajador"."""
    if preposition in ("a", "de") and phrase.startswith("el "):
        return f"{preposition}l {phrase[3:]}"
    return f"{preposition} {phrase}"


def present(person: Person, role: str | None, language: str, rng: random.Random) -> str:
    """A person as a passage names them, with `role` beside the name."""
    if role is None:
        return person.name
    article = "the" if language == "en" else "el" if person.gender == "m" else "la"
    if rng.random() < 0.35:
        city = rng.choice(CITIES)
        role += f" in {city[0]}" if language == "en" else f" en {city[1]}"
    return rng.choices(
        (f"{person.name}, {role},", f"{article} {role}, {person.name},",
         f"{article} {role} {person.name}"), (3, 4, 2)
    )[0]  # fmt: skip


def tell(event: Event, language: str, rng: random.Random) -> str:
    """The sentence, or two, that tell of `event`."""
    english = language == "en"
    part = {name: both[0 if english else 1] for name, both in event.parts.items()}
    agent = present(event.agent, event.roles.get(event.agent), language, rng)
    patient = present(event.patient, event.roles.get(event.patient), language, rng)
    if english:
        deed = f"{rng.choice(event.verb.told_en)} {patient}"
    elif "count" in part and event.verb is VERBS[0] and rng.random() < 0.6:
        noun = rng.choice(("encuentros", "reuniones", "conversaciones"))
        many = part.pop("count").split()[0]
        deed = f"{rng.choice(('mantuvo', 'sostuvo', 'celebró'))} {many} {noun} con {patient}"
    else:
        deed = f"{rng.choice(event.verb.told)} {contract(event.verb.object, patient)}"
    around = []
    if "count" in part:
        around.append(part["count"])
    if "span" in part:
        around.append(part["span"])
    if "length" in part:
        around.append(f"{'for' if english else 'durante'} {part['length']}")
    after = ""
    late = rng.random() < 0.3  # day and city in a sentence of their own
    if "topic" in part:
        around.append(
            f"{rng.choice(('to discuss', 'over', 'because of'))} {part['topic']}"
            if english
            else f"{rng.choice(('por', 'a causa de', 'a propósito de'))} {part['topic']}".replace(
                "de el ", "del "
            )
        )
    when = f"{'on' if english else 'el'} {part['day']}" if "day" in part else ""
    where = f"{'in' if english else 'en'} {part['city']}" if "city" in part else ""
    if late and (when or where):
        start = (
            rng.choice(("It happened", "This took place", "That was"))
            if english
            else rng.choice(("Ocurrió", "Tuvo lugar", "Fue"))
        )
        after = f" {start} {' '.join(p for p in rng.sample((when, where), 2) if p)}."
        when = where = ""
    around += [p for p in (when, where) if p]
    rng.shuffle(around)
    before = ""
    if around and rng.random() < 0.3:
        before = around.pop()
    sentence = " ".join([agent, deed, *around]).replace(",,", ",")
    if before:
        sentence = f"{before}, {sentence}"
    sentence = sentence.strip().rstrip(",")
    return sentence[0].upper() + sentence[1:] + "." + after


def ask_about(
    event: Event,
    events: Sequence[Event],
    people: Sequence[Person],
    never: Verb,
    asked: str,
    told: str,
    rng: random.Random,
) -> list[tuple[str, str | None]]:
    """(question, the passage's words that answer it, or None) about `event`."""
    to = 0 if told == "en" else 1
    verb, agent, patient = event.verb, event.agent, event.patient

    def says(person: Person) -> str:
        return person.by_role(asked, rng)

    def either(person: Person) -> str:
        return rng.choice((person.name, says(person))) if person in event.roles else person.name

    someone, other = either(agent), either(patient)
    first = (who(verb, says(patient) if patient in event.roles else other, asked), agent.name)
    chosen: list[tuple[str, str | None]] = [first, (whom(verb, someone, asked), patient.name)]
    for person, role in event.roles.items():
        if rng.random() < 0.3:
            chosen.append((_name_of(person, asked, rng), person.name))
        if rng.random() < 0.3:
            chosen.append((_office_of(person, asked, rng), role))
    missing: list[tuple[str, None]] = []
    for name in ("day", "city", "count", "length", "topic", "span"):
        question = _part_question(name, verb, someone, other, asked)
        if name == "count" and name in event.parts:
            chosen.append((question, event.parts[name][to].split()[0] if verb is VERBS[0] and to
                           else event.parts[name][to]))  # fmt: skip
        elif name in event.parts:
            chosen.append((question, event.parts[name][to]))
        elif not (name in ("length", "span") and {"length", "span", "count"} & set(event.parts)):
            missing.append((question, None))
    strangers = [p for p in people if all(p not in (e.agent, e.patient) for e in events)]
    if strangers:
        stranger = rng.choice(strangers)
        missing.append((who(verb, says(stranger), asked), None))
        missing.append((whom(verb, says(stranger), asked), None))
    missing.append((who(never, other, asked), None))
    missing.append((whom(never, someone, asked), None))
    refused = (
        f"Why did {someone} refuse to {verb.base_en} {other}?"
        if asked == "en"
        else f"¿Por qué se negó {someone} a hablar {contract('con', other)}?"
    )
    missing.append((refused, None))
    if not verb.mutual:
        missing.append((who(verb, someone, asked), None))
        missing.append((whom(verb, other, asked), None))
    missing.append((rng.choice(_UNTOLD[asked]).format(rng.choice((someone, other))), None))
    taken = rng.sample(chosen, min(2, len(chosen)))
    if first not in taken and rng.random() < 0.5:
        taken.append(first)
    return taken + list(rng.sample(missing, 2))


def who(verb: Verb, whom: str, asked: str) -> str:
    if asked == "en":
        return f"Who {verb.asked_en} {whom}?"
    return f"¿Quién {verb.asked} {contract(verb.object, whom)}?"


def whom(verb: Verb, who: str, asked: str) -> str:
    if asked == "en":
        return f"Who did {who} {verb.base_en}?"
    return f"¿{verb.object.capitalize()} quién {verb.asked} {who}?"


def _name_of(person: Person, asked: str, rng: random.Random) -> str:
    role = person.by_role(asked, rng)
    if asked == "en":
        return rng.choice((f"Who is {role}?", f"What is {role} called?"))
    return rng.choice((f"¿Quién es {role}?", f"¿Cómo se llama {role}?"))


def _office_of(person: Person, asked: str, rng: random.Random) -> str:
    if asked == "en":
        return rng.choice(("What is {}'s position?", "What office does {} hold?")).format(
            person.name
        )
    return rng.choice(("¿Qué cargo tiene {}?", "¿Qué puesto ocupa {}?")).format(person.name)


def _part_question(name: str, verb: Verb, who: str, whom: str, asked: str) -> str:
    if asked == "en":
        start = {
            "day": "When", "city": "Where", "count": "How many times", "length": "For how long",
            "topic": "Because of what", "span": "In what space of time",
        }[name]  # fmt: skip
        return f"{start} did {who} {verb.base_en} {whom}?"
    start = {
        "day": "Cuándo", "city": "Dónde", "count": "Cuántas veces", "length": "Cuánto tiempo",
        "topic": "Por qué motivo", "span": "En cuánto tiempo",
    }[name]  # fmt: skip
    return f"¿{start} {verb.asked} {who} {contract(verb.object, whom)}?"
