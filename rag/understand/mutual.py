"""Relations that hold both ways: with whom the ambassador met is who met with the ambassador.

A text says it from one side, and a reader finds the other side poorly: such a question is read in
both its forms. Only what two do together is turned round; whom somebody called or beat is another
question."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

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

# Spares other questions the rest, which is long.
_BEGINS = re.compile(
    r"\W*(?:who|whom|with|to|against|qui[eé]n|quiénes|quienes|quen|quem|qui|chi|con|com|amb|avec|"
    r"mit|wer|wen)\b",
    re.IGNORECASE,
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


@lru_cache(maxsize=64)
def turned_round(question: str) -> str:
    """The same asked from the other side, "Who met X?" for "Who did X meet?" and the reverse; ""
    if `question` asks for no relation that holds both ways."""
    if not _BEGINS.match(question):
        return ""
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
    # Each auxiliary with the place of the form behind it, and of that which tells it without one.
    for auxiliary, asked, told in (
        ("did", 0, 1),
        ("will|would|can|must", 0, 0),
        ("has|have|had", 2, 2),
    ):
        has = rf"(?P<has>{auxiliary})"
        for pattern in (
            rf"whom? {has} {x} (?P<verb>{_any(asked)}){rest}",
            rf"(?P<with>with|to|against) whom {has} {x} (?P<verb>{_any(asked, with_=False)}){rest}",
        ):
            if found := _match(pattern, text):
                with_ = found.groupdict().get("with")
                verb = _verb(found["verb"] + (f" {with_}" if with_ else ""), asked, told)
                before = "" if asked != told else f"{found['has']} "
                if verb:
                    yield f"who {before}{verb} {found['x']}{found['rest']}"
        before = "" if asked != told else rf"{has} "
        if found := _match(rf"who {before}(?P<verb>{_any(told)}) {x}", text):
            has = found.groupdict().get("has", "did")
            yield f"who {has} {found['x']} {_verb(found['verb'], told, asked)}"


@cache
def _any(form: int, with_: bool = True) -> str:
    """An alternative of regular expressions: that form of all verbs, the longest first."""
    forms = {verb[form] + (verb[3] if with_ else "") for verb in _ENGLISH}
    return "|".join(sorted(forms, key=lambda form: -len(form)))


def _verb(written: str, form: int, other: int) -> str:
    """The verb `written` in one form in the other; "" if it is none."""
    verbs = {verb[form] + verb[3]: verb[other] + verb[3] for verb in _ENGLISH}
    return verbs.get(written.lower(), "")


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
