"""Relations that hold both ways: with whom the ambassador met is who met with the ambassador.

A text says it from one side, and a reader finds the other side poorly: such a question is read in
both its forms. Only what two do together is turned round; whom somebody called or beat is another
question."""

import re
from collections.abc import Iterator

# "With", "who", the reflexive pronoun, auxiliaries, and how verbs of what two do together begin:
# those that mean it with the pronoun alone, and the others.
_ROMANCE = (
    (
        "con", "qui[eé]n(?:es)?", "se", "ha|han|había|habían|va a|van a|iba a|iban a",
        "reun|reún|entrevist|encontr|encuentr|vio|vieron|cas|enfrent",
        "convers|habl|dialog|negoci|pact|compit|empat|cen[óoa]|almorz|debat|"
        "(?:mantuv|mantendr|sostuv|celebr|tuv)\\w* una?",
    ),
    (
        "con", "quen", "se", "vai|van|ía|ían",
        "reun|reún|entrevist|encontr|cas|enfront",
        "convers|fal[oa]|dialog|negoci|pact|empat|cea|ceou|debat|mantiv\\w* unha",
    ),
    (
        "com", "quem", "se", "vai|vão|tinha|tem",
        "reun|reún|encontr|enfrent",
        "cas[oa]|convers|fal[oa]|dialog|negoci|pact|compet|empat|jant|almoç|debat|"
        "(?:mantev|tev)\\w* uma?",
    ),
    (
        "amb", "qui", "s'|es", "ha|han|va|van|havia|havien",
        "reun|entrevist|trob|cas|enfront",
        "convers|parl|dialog|negoci|pact|compet|empat|sop[aà]|din[aà]|debat|"
        "(?:mantin|tin)\\w* una?",
    ),
    (
        "con", "chi", "si", "è|sono|ha|hanno|era|erano",
        "riuni|incontr|vist|spos|scontr",
        "parl|dialog|negozi|pareggi|cen[aò]|pranz|discu|(?:avu|tenu)\\w* un",
    ),
    (
        "avec", "qui", "s['’]|se", "est|sont|a|ont|était|avait|va|vont",
        "réuni|entreten|mari|affront", "parl|dialogu|négoci|convers|discut|dîn|déjeun|débatt",
    ),
)  # fmt: skip
_NOUNS = (
    "reunión|encuentro|entrevista|charla|conversación|conversa|reunião|encontro|trobada|reunió|"
    "incontro|colloquio"
)
# Who is asked of does not begin with when, where or why that was.
_SOMEBODY = (
    r"(?!(?:ayer|hoy|anoche|en|por|para|durante|antes|después|tras|cuando|ontem|hoje|onte|hoxe|em|"
    r"ahir|avui|per|ieri|oggi|hier|aujourd['’]hui|à|pour|gestern|heute|in|am|im|yesterday|today|"
    r"last|on|at|during|after|before|with|to|against|con|com|amb|avec|mit)\b)\w.*?"
)

# English verbs: as they follow "did", as they tell the past, as they follow "has"; and "with".
_ENGLISH = (
    ("meet", "met", "met", " with"), ("meet", "met", "met", ""),
    ("talk", "talked", "talked", " to"), ("talk", "talked", "talked", " with"),
    ("speak", "spoke", "spoken", " to"), ("speak", "spoke", "spoken", " with"),
    ("hold talks", "held talks", "held talks", " with"), ("marry", "married", "married", ""),
    ("negotiate", "negotiated", "negotiated", " with"), ("dine", "dined", "dined", " with"),
    ("debate", "debated", "debated", " with"), ("debate", "debated", "debated", ""),
    ("have lunch", "had lunch", "had lunch", " with"), ("draw", "drew", "drawn", " with"),
    ("have dinner", "had dinner", "had dinner", " with"),
    ("play", "played", "played", " against"),
)  # fmt: skip

_GERMAN_TENSES = (
    # A verb, what ends the sentence.
    (r"(?:traf|trafen|trifft|treffen|unterhielt|unterhielten|verlobte|beriet|berieten) sich", ""),
    (r"(?:sprach|sprachen|spricht|verhandelte|verhandelten|telefonierte|redete)", ""),
    (r"(?:hat|haben) sich", r"(?:getroffen|unterhalten|verlobt|beraten)"),
    (r"(?:hat|haben)", r"(?:gesprochen|verhandelt|telefoniert|geredet)"),
)
_DATIVE = {"der": "dem", "das": "dem", "die": "der", "ein": "einem", "eine": "einer"}
_NOMINATIVE = {"dem": "der", "der": "die", "den": "die", "einem": "ein", "einer": "eine"}


def turned_round(question: str) -> str:
    """The same asked from the other side, "Who met X?" for "Who did X meet?" and the reverse; ""
    if `question` asks for no relation that holds both ways."""
    for turn in (_romance, _french, _english, _german):
        for words in turn(question.strip(" ¿¡?!.\n")):
            text = " ".join(words.split())
            opening = "¿" if question.lstrip().startswith("¿") else ""
            return f"{opening}{text[:1].upper()}{text[1:]}?"
    return ""


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.IGNORECASE)


def _romance(text: str) -> Iterator[str]:
    for with_, who, reflexive, auxiliary, each_other, verbs in _ROMANCE:
        pronoun, helped = rf"(?:{reflexive})\s*", rf"(?:(?:{auxiliary})\s+)?"
        verb = (
            rf"(?P<verb>(?:{pronoun}{helped}(?:{each_other})\w*|{helped}(?:{each_other})\w*r-?se|"
            rf"{helped}(?:{verbs})\w*)(?: (?:{_NOUNS}))?)"
        )
        if found := _match(rf"{with_} (?P<who>{who}) {verb} (?P<x>{_SOMEBODY})", text):
            yield f"{found['who']} {found['verb']} {with_} {found['x']}"
        if found := _match(rf"(?P<who>{who}) {verb} {with_} (?P<x>{_SOMEBODY})", text):
            yield f"{with_} {found['who'].lower()} {found['verb']} {found['x']}"


def _french(text: str) -> Iterator[str]:
    """A subject before its verb, which the pronoun behind it repeats: "Avec qui X a-t-il parlé"."""
    *_, each_other, verbs = _ROMANCE[-1]
    verb = (
        rf"(?P<has>s['’]est|se sont|a|ont)(?:-t)?-(?:ils?|elles?) "
        rf"(?P<verb>(?:{each_other}|{verbs})\w*)"
    )
    if found := _match(rf"avec qui (?P<x>{_SOMEBODY}) {verb}(?P<rest>.*)", text):
        yield f"qui {found['has']} {found['verb']} avec {found['x']} {found['rest']}"
    verb = r"(?P<has>a|ont)-(?:t-)?(?:ils?|elles?) (?P<verb>(?:rencontr|épous)\w*)"
    if found := _match(rf"qui (?P<x>{_SOMEBODY}) {verb}(?P<rest>.*)", text):
        yield f"qui {found['has']} {found['verb']} {found['x']} {found['rest']}"


def _english(text: str) -> Iterator[str]:
    x, rest = rf"(?P<x>{_SOMEBODY})", r"(?P<rest>(?: .+)?)"
    for base, past, participle, with_ in _ENGLISH:
        for auxiliary, verb, told in (
            ("did", base, past),
            ("(?P<will>will|would|can|must)", base, base),
            ("(?P<will>has|have|had)", participle, participle),
        ):
            asked = [rf"whom? {auxiliary} {x} {verb}{with_}{rest}"]
            if with_:
                asked.append(rf"{with_.strip()} whom {auxiliary} {x} {verb}{rest}")
            for pattern in asked:
                if found := _match(pattern, text):
                    will = found.groupdict().get("will", "")
                    yield f"who {will} {told}{with_} {found['x']}{found['rest']}"
            will = "" if auxiliary == "did" else f"{auxiliary} "
            if found := _match(rf"who {will}{told}{with_} {x}", text):
                will = found.groupdict().get("will", "did")
                yield f"who {will} {found['x']} {verb}{with_}"


def _german(text: str) -> Iterator[str]:
    x = rf"(?P<x>{_SOMEBODY})"
    for verb, end in _GERMAN_TENSES:
        last = rf"(?P<end> {end})" if end else "(?P<end>)"
        if found := _match(rf"mit wem (?P<verb>{verb}) {x}{last}", text):
            yield f"wer {found['verb']} mit {_in_case(found['x'], _DATIVE)}{found['end']}"
        if found := _match(rf"wer (?P<verb>{verb}) mit {x}{last}", text):
            yield f"mit wem {found['verb']} {_in_case(found['x'], _NOMINATIVE)}{found['end']}"
    for verb, end in (("traf|trafen|heiratete", ""), ("hat|haben", " (?:getroffen|geheiratet)")):
        if found := _match(rf"(?P<who>wen|wer) (?P<verb>{verb}) {x}(?P<end>{end})", text):
            other = "wer" if found["who"].lower() == "wen" else "wen"
            yield f"{other} {found['verb']} {found['x']}{found['end']}"


def _in_case(somebody: str, articles: dict[str, str]) -> str:
    """`somebody` with another article, its adjectives as they follow that in the singular."""
    first, *words = somebody.split()
    article = articles.get(first.lower())
    if article is None or not words:
        return somebody
    ending, other = ("e", "en") if articles is _DATIVE else ("en", "e")
    small = [re.sub(rf"(?<=\w){ending}$", other, w) if w.islower() else w for w in words[:-1]]
    return " ".join([article, *small, words[-1]])
