"""Relations that hold both ways: with whom the ambassador met is who met with the ambassador.

A text says it from one side, and a reader that compares a question's words with it finds the other
side poorly: so such a question is read in both its forms. Only what two do together is turned
round, in the languages below; whom somebody called or beat is another question."""

import re
from collections.abc import Callable, Iterator

# "With", "who", the reflexive pronoun, auxiliaries, and how verbs of what two do together begin.
_ROMANCE = {
    "es": (
        "con", "quién(?:es)?|quien(?:es)?", "se", "ha|han|había|habían|va a|van a|iba a|iban a",
        "reun|reún|entrevist|encontr|encuentr|vio|vieron|cas[óoae]|convers|habl|dialog|negoci|pact|"
        "enfrent|compit|empat|cen[óoa]|almorz|debat|(?:mantuv|mantendr|sostuv|celebr|tuv)\\w* una?",
    ),
    "gl": (
        "con", "quen", "se", "vai|van|ía|ían",
        "reun|reún|entrevist|encontr|cas[oa]|convers|fal[oa]|dialog|negoci|pact|enfront|empat|"
        "cea|ceou|debat|mantiv\\w* unha",
    ),
    "pt": (
        "com", "quem", "se", "vai|vão|tinha|tem",
        "reun|reún|encontr|cas[oa]|convers|fal[oa]|dialog|negoci|pact|enfrent|empat|jant|almoç|"
        "debat|(?:mantev|tev)\\w* uma?",
    ),
    "ca": (
        "amb", "qui", "s'|es", "ha|han|va|van|havia|havien",
        "reun|entrevist|trob|cas[aà]|convers|parl|dialog|negoci|pact|enfront|empat|sop[aà]|"
        "din[aà]|debat|(?:mantin|tin)\\w* una?",
    ),
    "it": (
        "con", "chi", "si", "è|sono|ha|hanno|era|erano",
        "riuni|incontr|vist|spos|parl|dialog|negozi|scontr|pareggi|cen[aò]|pranz|discu|"
        "(?:avu|tenu)\\w* un",
    ),
    "fr": (
        "avec", "qui", "s'|se", "est|sont|a|ont|était|avait|va|vont",
        "réuni|entreten|rencontr|vu|mari|parl|dialogu|négoci|convers|discut|affront|dîn|déjeun|"
        "débatt",
    ),
}  # fmt: skip
# Who is asked of: a name, or what begins with an article or a possessive.
_SOMEBODY = (
    r"(?:[A-ZÀ-Þ\"“«]|(?:el|la|los|las|l'|il|lo|i|gli|le|les|o|os|a|as|en|na|the|an|der|die|das|"
    r"dem|den|su|sus|seu|sua|suo|mi|his|her|their|its|our|sein|seine|ihr|ihre|son|sa|ses|el seu|"
    r"la seva|el presidente|un|una|uno|um|uma|une|unha)\b).*?"
)
_ENDS = r"[\s?!.]*$"

# An English verb as it follows "did", as it tells the past, and as it follows "has".
_ENGLISH = """
    meet with|met with|met with, meet|met|met, talk to|talked to|talked to,
    talk with|talked with|talked with, speak to|spoke to|spoken to,
    speak with|spoke with|spoken with, marry|married|married,
    negotiate with|negotiated with|negotiated with, hold talks with|held talks with|held talks with,
    debate|debated|debated, debate with|debated with|debated with,
    play against|played against|played against, play|played|played, face|faced|faced,
    draw with|drew with|drawn with, have lunch with|had lunch with|had lunch with,
    have dinner with|had dinner with|had dinner with, dine with|dined with|dined with
"""
_VERBS = sorted(
    (tuple(form.strip().split("|")) for form in _ENGLISH.split(",")), key=lambda v: -len(v[0])
)

# German: "mit wem traf sich der Minister", "wer traf sich mit dem Minister".
_GERMAN_VERB = (
    r"(?:traf|trafen|trifft|treffen|unterhielt|unterhielten|verhandelte|verhandelten|sprach|sprachen|"
    r"spricht|telefonierte|redete|heiratete|verlobte|beriet|berieten)(?: sich)?"
)
_GERMAN_PARTICIPLE = (
    r"(?:getroffen|unterhalten|verhandelt|gesprochen|telefoniert|geredet|verlobt|beraten)"
)
_TO_DATIVE = {"der": "dem", "das": "dem", "die": "der", "ein": "einem", "eine": "einer"}
_TO_NOMINATIVE = {"dem": "der", "der": "die", "den": "die", "einem": "ein", "einer": "eine"}


def turned_round(question: str) -> str:
    """The same asked from the other side, "Who met X?" for "Who did X meet?" and the reverse; ""
    if it asks for no relation that holds both ways."""
    turned = (form for turn in (_romance, _english, _german) for form in turn(question))
    return next(turned, "")


def _romance(question: str) -> Iterator[str]:
    for with_, who, reflexive, auxiliary, verbs in _ROMANCE.values():
        verb = (
            rf"(?P<verb>(?:(?:{reflexive})\s*)?(?:(?:{auxiliary})\s+)?"
            rf"(?:(?:{reflexive})\s*)?(?:{verbs})\w*(?: (?:reunión|encuentro|entrevista|charla|"
            rf"conversación|conversa|reunião|encontro|trobada|reunió|incontro|colloquio))?)"
        )
        somebody = rf"(?P<somebody>{_SOMEBODY}){_ENDS}"
        asked = rf"^[¿\s]*{with_} (?P<who>{who}) {verb} {somebody}"
        if found := re.match(asked, question, re.IGNORECASE):
            yield _sentence(question, found["who"], found["verb"], with_, found["somebody"])
        told = rf"^[¿\s]*(?P<who>{who}) {verb} {with_} {somebody}"
        if found := re.match(told, question, re.IGNORECASE):
            yield _sentence(question, with_, found["who"].lower(), found["verb"], found["somebody"])


def _sentence(question: str, *words: str) -> str:
    text = " ".join(words)
    opening = "¿" if question.lstrip().startswith("¿") else ""
    return f"{opening}{text[:1].upper()}{text[1:]}?"


def _english(question: str) -> Iterator[str]:
    for base, past, participle in _VERBS:
        forms: tuple[tuple[str, Callable[[str], str]], ...] = (
            (rf"whom? did (?P<x>{_SOMEBODY}) {base}", lambda x, past=past: f"Who {past} {x}?"),  # type: ignore[misc]
        )
        for pattern, turned in forms:
            if found := re.match(rf"^\s*{pattern}{_ENDS}", question, re.IGNORECASE):
                yield turned(found["x"])


def _german(question: str) -> Iterator[str]:
    return iter(())
