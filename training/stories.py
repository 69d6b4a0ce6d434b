"""Made-up stories in Spanish and English: the events of training/events.py among other news of the
same people.

There an event is told among sentences that have nothing to do with it, and a reader learns to look
into the one sentence that has. An article goes on about the same people: two officials of one
country appear in it, somebody is quoted by surname, somebody else plans to meet the same minister,
and an invitation is not yet a visit. Those sentences stand around the event here, and questions
are also asked of them."""

import random
from collections.abc import Mapping, Sequence

from training.data import Example
from training.events import (
    CITIES,
    HELD,
    OFFICES,
    PAIRS,
    VERBS,
    Event,
    Person,
    Verb,
    ask_about,
    contract,
    draw_parts,
    enough,
    found_in,
    present,
    some_people,
    tell,
    who,
    whom,
)

_SAID = (
    ("We have agreed to go on talking", "Acordamos que seguiríamos hablando"),
    ("We would involve whoever is needed", "Involucraríamos a quien haga falta"),
    ("There is still much to be done", "Todavía queda mucho por hacer"),
    ("You may count on us", "Puede usted contar con nosotros"),
    ("It is our own decision", "La decisión nos compete a nosotros"),
    ("Nobody has won yet", "Nadie ha ganado todavía"),
)  # fmt: skip
_OF_WORDS = ("talk to", "warn", "greet", "write to")  # what somebody who is quoted may have done
_SHORT = {
    "day": ("and when?", "¿y cuándo?"), "city": ("and where?", "¿y dónde?"),
    "length": ("for how long?", "¿durante cuánto tiempo?"),
    "topic": ("and why?", "¿y por qué motivo?"),
}  # fmt: skip
_SOURCES = (
    ("According to the state news agency", "Según informó la agencia estatal"),
    ("As the press office reported", "Según comunicó la oficina de prensa"),
    ("As local media reported", "Según medios locales"),
)  # fmt: skip


def story_examples(
    sentences: Mapping[str, Sequence[str]],
    count: int,
    rng: random.Random,
    pairs: Sequence[tuple[str, str]] = PAIRS,
    held: bool = False,
) -> list[Example]:
    """At least `count` examples, as training.events.event_examples makes them."""
    return enough(_passage_examples, sentences, count, rng, pairs, held)


def _passage_examples(
    sentences: Sequence[str], asked: str, told: str, held: bool, rng: random.Random
) -> list[Example]:
    people = some_people(6, held, rng)
    first, other = people[0], people[1]
    # Two officials of one country: its name alone tells nobody from the other.
    for n in (2, 3):
        if rng.random() < 0.6:
            people[n] = _of_country(people[n], rng.choice((first, other)), held, rng)
    verbs = rng.sample([v for v in VERBS if (v in HELD["verbs"]) == held], 4)
    many = rng.choices((1, 2), (3, 2))[0]
    events = [
        _event(people[2 * n], people[2 * n + 1], verbs[n], told, rng) for n in range(many)
    ]  # fmt: skip
    pieces = [tell(event, told, rng) for event in events]
    asking: list[tuple[str, str | None]] = []
    for event in events:
        asking += ask_about(event, events, people, verbs[3], asked, told, rng)
    stranger = _of_country(people[5], other, held, rng)
    asking.append((who(verbs[0], stranger.by_role(asked, rng), asked), None))
    aside, unfulfilled = _planned(events[0], people[4], asked, told, rng)
    if rng.random() < 0.5:
        pieces.insert(rng.randrange(len(pieces) + 1), aside)
        asking.append(rng.choice(unfulfilled))
    if rng.random() < 0.6:
        pieces.insert(0, _approach(first, other, told, rng))
    if verbs[3].base_en not in _OF_WORDS and rng.random() < 0.6:
        pieces.append(_quoted(events[0], told, rng))
    for _ in range(rng.choices((0, 1, 2), (2, 2, 1))[0]):
        pieces.insert(rng.randrange(len(pieces) + 1), rng.choice(sentences))
    asking += _follow_ups(events[0], asked, told, rng)
    answered = [(question, answer) for question, answer in asking if answer is not None]
    missing = [(question, answer) for question, answer in asking if answer is None]
    asking = answered + rng.sample(missing, min(len(answered), len(missing)))
    return found_in(" ".join(pieces), asking, f"stories-{asked}-{told}")


def _follow_ups(
    event: Event, asked: str, told: str, rng: random.Random
) -> list[tuple[str, str | None]]:
    """Questions behind the one that was asked before, as rag/understand/followup.py puts them, of
    which they say only what is new."""
    to = 0 if told == "en" else 1
    agent, patient, verb = event.agent, event.patient, event.verb
    before = who(verb, patient.by_role(asked, rng), asked)
    asking: list[tuple[str, str | None]] = []
    for name, (english, spanish) in _SHORT.items():
        short = english if asked == "en" else spanish
        part = event.parts[name][to] if name in event.parts else None
        asking.append((f"{before} {short}", part))
    feminine = agent.gender == "f"
    if asked == "en":
        of_whom = f"Who is {agent.name}?"
        then = f"{rng.choice(('and who', 'who'))} did {'she' if feminine else 'he'} {verb.base_en}?"
    else:
        of_whom = f"¿Quién es {agent.name}?"
        then = f"¿y {verb.object} quién {verb.asked}?"
    asking.append((f"{of_whom} {then}", patient.name))
    return rng.sample(asking, 3)


def _of_country(person: Person, other: Person, held: bool, rng: random.Random) -> Person:
    """`person` with another office of the country of `other`."""
    offices = [o for o in OFFICES if (o in HELD["offices"]) == held and o != other.office]
    return Person(person.name, person.gender, rng.choice(offices), other.country)


def _event(agent: Person, patient: Person, verb: Verb, told: str, rng: random.Random) -> Event:
    roles = {patient: patient.role(told, rng)}
    if rng.random() < 0.7:
        roles[agent] = agent.role(told, rng)
    return Event(agent, patient, verb, draw_parts(rng), roles)


def _approach(one: Person, other: Person, told: str, rng: random.Random) -> str:
    """A sentence of both countries, in which nobody is named."""
    if told == "en":
        return rng.choice((
            f"In the meantime {one.country[0]} also drew closer to {other.country[0]}.",
            f"Relations between {one.country[0]} and {other.country[0]} have changed this year.",
            f"{one.country[0]} and {other.country[0]} have signed several agreements.",
        ))  # fmt: skip
    return rng.choice((
        f"En paralelo, {one.country[2]} también se acercó a {other.country[2]}.",
        f"Las relaciones entre {one.country[2]} y {other.country[2]} han cambiado este año.",
        f"{one.country[2]} y {other.country[2]} han firmado varios acuerdos.",
    ))  # fmt: skip


def _quoted(event: Event, told: str, rng: random.Random) -> str:
    """What the agent is said to have said to the patient, neither by the full name."""
    to = 0 if told == "en" else 1
    surname = event.agent.name.split()[-1]
    said, source = rng.choice(_SAID)[to], rng.choice(_SOURCES)[to]
    if told == "en":
        listener = f"the {event.patient.country[1]} {rng.choice(('official', 'guest', 'visitor'))}"
        return f'{source}, {surname} told {listener}: "{said}".'
    feminine = event.patient.gender == "f"
    noun = rng.choice((("enviado", "enviada"), ("invitado", "invitada"), ("político", "política")))
    adjective = event.patient.country[4 if feminine else 3]
    listener = f"{'a la' if feminine else 'al'} {noun[feminine]} {adjective}"
    return f'{source}, {surname} indicó {listener}: "{said}".'


def _planned(
    event: Event, third: Person, asked: str, told: str, rng: random.Random
) -> tuple[str, list[tuple[str, None]]]:
    """A sentence of something that has not happened, and questions as if it had."""
    agent, verb = event.agent, event.verb
    surname, city = agent.name.split()[-1], rng.choice(CITIES)
    said = present(third, third.role(told, rng), told, rng).rstrip(",")
    when, where = ("When did", "Where did") if asked == "en" else ("Cuándo", "Dónde")
    if rng.random() < 0.5:
        if told == "en":
            sentence = f"{surname} invited {said} to visit {city[0]}."
        else:
            to_them = contract("a", said)
            sentence = rng.choice((
                f"{surname} extendió una invitación {to_them} para que visite {city[1]}.",
                f"{surname} invitó {to_them} a viajar a {city[1]}.",
            ))  # fmt: skip
        if asked == "en":
            questions = [f"{when} {third.name} visit {city[0]}?",
                         f"Whom did {third.name} meet in {city[0]}?"]  # fmt: skip
        else:
            questions = [f"¿{when} visitó {third.name} {city[1]}?",
                         f"¿Con quién se reunió {third.name} en {city[1]}?"]  # fmt: skip
    else:
        if told == "en":
            verb_phrase = f"{verb.base_en} {said}"
            sentence = rng.choice((
                f"{surname} hopes to {verb_phrase} soon.", f"{surname} refused to {verb_phrase}.",
                f"It was denied that {surname} would {verb_phrase}.",
            ))  # fmt: skip
        else:
            to_them = contract(verb.object, said)
            sentence = rng.choice((
                f"Está previsto que {surname} acuda en breve a una cita {contract('con', said)}.",
                f"{surname} no quiso tener trato alguno {contract('con', said)}.",
                f"Se desmintió que {surname} tuviera algo que decir {contract('a', said)}.",
            ))  # fmt: skip
        role = third.by_role(asked, rng)
        questions = [who(verb, role, asked), who(verb, third.name, asked)]
        if asked == "en":
            questions.append(f"{when} {agent.name} {verb.base_en} {third.name}?")
            questions.append(f"{where} {agent.name} {verb.base_en} {role}?")
        else:
            questions.append(f"¿{when} {verb.asked} {agent.name} "
                             f"{contract(verb.object, third.name)}?")  # fmt: skip
            questions.append(f"¿{where} {verb.asked} {agent.name} {contract(verb.object, role)}?")
        questions.append(whom(verb, third.name, asked))
    return sentence, [(question, None) for question in questions]
