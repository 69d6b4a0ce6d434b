"""Words that deny, and where they stand in a sentence."""

import re

from hemeroteca.index.text.terms import cognates

_DENIAL = (
    r"not|no|never|nobody|none|neither|nor|cannot|\w+n['’]t|nunca|jamás|nadie|ningún|ninguna"
    r"|ninguno"
    r"|tampoco|ni|pas|jamais|aucun|aucune|nicht|kein|keine|keinen|nie|niemand|não|nem|non|mai"
    r"|nessuno"
    r"|niet|geen|не|нет|никогда"
)
_LACK = (
    r"nothing|without|denied|denies|rejected|refused|impossible|false|hoax|nada|sin|negó|niega"
    r"|desmintió|rechazó|descart(?:ó|a|an|aron|ado)|rul(?:ed|es) out|imposible"
    r"|fals[oa]|bulo|sans|ohne|sem|senza|без"
)
# Verbs that deny what stands behind them: "descartó cerrar", "refused to pay".
_REFUSAL = re.compile(
    r"\b(?:descart\w+|evit(?:ó|a|an|aron|ado|ar|ará)|rechaz\w+|(?:se|haberse|ha) neg(?:ó|aron"
    r"|ado) a"
    r"|se niegan? a|impid\w+|impedi\w+|renunci\w+ a|dej(?:ó|aron|ado) de|rul(?:ed?|es|ing) out"
    r"|refus\w+ to|avoid\w*|prevent\w*|declin\w+ to|stop\w* short of|refus\w+ de|exclu\w+ de"
    r"|évit\w+|empêch\w+|schloss\w*|verhinder\w*|weiger\w+ sich|esclu[ds]\w+|rifiut\w+ di"
    r"|evit[aò]\w*|imped\w+|recus\w+(?: a| em)?|descartou|evitou)(?:\s\w{1,4}){0,2}$",
    re.IGNORECASE,
)  # fmt: skip
# What says no to nothing: "no sólo", "sin embargo", "not only".
_NONE = (
    r"not (?:only|just|merely)|no obstante|no s[oó]lo|no solamente|no únicamente|sin embargo"
    r"|sin duda|no (?:doubt|longer than|matter)|nada más|ni siquiera|non solo|não só|nicht nur"
    r"|(?:non|pas) seulement|niet alleen|не только|no fewer|no less"
)
# A claim may leave out that something was lacking, not that something was denied.
DENIED = re.compile(rf"\b(?!(?:{_NONE})\b)(?:{_DENIAL})\b", re.IGNORECASE)
NEGATED = re.compile(rf"\b(?!(?:{_NONE})\b)(?:{_DENIAL}|{_LACK})\b", re.IGNORECASE)
_SHORT_CLAUSE = re.compile(r"[,;:—–.!?()]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_INFINITIVE = re.compile(r"\w{2,}[aeií]r(?:se|l[aeo]s?)?|\w{2,}(?:are|ere|ire)")
_REACH = 4  # words behind a denial, of which it is the first long one that is denied,
# and the one behind a verb that only helps: "no puede alterar".
_HELPING = re.compile(
    r"(?:pued|pod[ríí]|deb|quier|quis|suel|logr|consig|puis|peut|peuv|pourr|doit|veut|kann"
    r"|könn|konnt"
    r"|muss|will\b|woll|potr|puo|può|poss|dev|vuol|voul|have|been|being|able|would|could"
    r"|should|might"
    r"|ha(?:n|bía|brá)?\b|sido|está|habr|result|qued|fue|hubo\b|haya|hubier|haber|lament"
    r"|registr|produ[cj]|caus|provoc|dej|sufr"
    r"|recogn|report|suffer|register|regrett|déplor|enregistr|beklag|gab\b|registra|lamenta)\w*",
    re.IGNORECASE,
)  # fmt: skip
_CLAUSE = re.compile(
    r"[,;:—–]\s|(?<=[^\W\d_]{3})\.\s|\s(?:but|pero|sino|mais|aber|sondern|ma|mas|y que|and that"
    r"|aunque|although|rather than|instead of|en lugar de|en vez de)\s"
    r"|\s(?:y|and|et|und|e)\s(?=(?:el|la|los|las|the|les?|der|die|das|os|as"
    r"|gli)\s\w+\s(?:no\s|se\s|ha|pud|pod|fue|was|were|could|can)\w*)"
)

# Words that deny in one language and do not in another: "no" is "in the", "mai" the month of May.
_HOMOGRAPHS = {
    **dict.fromkeys(("pt", "gl"), re.compile(r"\b(?:no|mai)\b", re.IGNORECASE)),
    **dict.fromkeys(("de", "fr"), re.compile(r"\bmai\b", re.IGNORECASE)),
    "en": re.compile(r"\b(?:sin|mai|ni|non)\b", re.IGNORECASE),
}


def without_homographs(text: str, language: str) -> str:
    """`text` in `language` (ISO 639-1) without words that deny in other languages only."""
    homographs = _HOMOGRAPHS.get(language)
    return homographs.sub("_", text) if homographs else text


def refuses(before: str) -> bool:
    """Whether a verb at the end of `before` denies what stands behind it."""
    return _REFUSAL.search(before) is not None


# What is lacking, and what lacks it may be told without a denial.
WITHOUT = re.compile(
    r"\b(?:sin|without|sans|ohne|senza|sem|sense|sen|lacks?|lacking|carec\w+ de|falta de|lack of)\s"
    r"((?:\w+\s){0,1}?)(\w{4,})",
    re.IGNORECASE,
)  # fmt: skip


def lacks_what_is_said(claim: str, source: str) -> bool:
    """Whether `claim` tells with what `source` has only behind "without", and denies nothing
    itself; or the other way round."""
    if NEGATED.search(claim) is None:
        return bool(_lacked(source) & frozenset(cognates(claim)))
    return bool(_lacked(claim) & frozenset(cognates(source))) and NEGATED.search(source) is None


def _lacked(text: str) -> frozenset[str]:
    """The words that stand behind "without", and nowhere else."""
    lacked = [word for match in WITHOUT.finditer(text) for word in cognates(match[2])]
    words = cognates(text)
    return frozenset(word for word in lacked if words.count(word) == lacked.count(word))


def negates(text: str, language: str) -> bool:
    """Whether `text` in `language` (ISO 639-1) denies something or says that it is lacking."""
    return NEGATED.search(without_homographs(text, language)) is not None


def clauses(text: str) -> list[str]:
    """The parts of a sentence that may deny by themselves."""
    return [part for part in _CLAUSE.split(text) if part.strip()]


def denies_what_is_said(claim: str, source: str) -> bool:
    """Whether one of the two has a word only behind a denial and the other only without: "this is
    no persecution". The words of two languages are compared by what they share."""
    said, denied = _said_and_denied(source)
    own, own_denied = _said_and_denied(claim)
    if (denied - said) & own:
        return True
    return bool((own_denied - own) & (said - denied)) and not denies_the_same(claim, source)


def turns_denial(claim: str, source: str) -> bool:
    """Whether both state one thing and deny another, and `claim` states what `source` denies: "it
    knows the virus but not the others", of what knows the others."""
    said, denied = _stated_and_denied(claim)
    told, told_not = _stated_and_denied(source)
    if not (said and denied and told and told_not):
        return False
    return bool(said & told_not) and not denied & told_not


def _stated_and_denied(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand only in clauses of `text` that state something, and those only in
    clauses that deny it."""
    stated: set[str] = set()
    denied: set[str] = set()
    for part in clauses(text):
        (denied if DENIED.search(part) else stated).update(cognates(part))
    return frozenset(stated - denied), frozenset(denied - stated)


def denies_the_same(claim: str, source: str) -> bool:
    """Whether `source` has what `claim` denies somewhere behind a denial, or in a clause that
    denies."""
    denial = NEGATED.search(source)
    denying = [source[denial.end() :]] if denial else []
    denying += [part for part in clauses(source) if DENIED.search(part)]
    behind = frozenset(word for part in denying for word in cognates(part))
    return bool(_said_and_denied(claim)[1] & behind)


def _said_and_denied(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of `text` that stand free, and those that a denial stands just before."""
    denied: set[str] = set()
    said: set[str] = set()
    for part in _SHORT_CLAUSE.split(text):
        left = 0
        words = _WORD.findall(part)
        for word, behind in zip(words, [*words[1:], ""], strict=False):
            head = cognates(word)
            refuses_it = _INFINITIVE.fullmatch(behind) and refuses(word)
            if DENIED.fullmatch(word) or refuses_it:
                left = _REACH
            elif left and head:
                denied.update(head)
                left = _REACH if _HELPING.fullmatch(word) else 0
            else:
                said.update(head)
                left = max(0, left - 1)
    return frozenset(said), frozenset(denied)
