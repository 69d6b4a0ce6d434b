"""A headline that denies what is asked: "No, Colombia is not the most corrupt country".

What it denies is what its denial's own clause says: "The mill stays shut and sacks 57" denies no
sacking, but "Hoax: the mill sacks 57" does."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.question import Question

# Words by which a headline denies.
_DENYING = {
    "es": r"no|ni|nunca|jam[aá]s|tampoco|fals[oa]s?|bulos?|mentira|montaje|"
    r"desm[ie]\w+|niega\w*|neg[oó]|negaron",
    "en": r"no|not|\w+n['’]t|never|neither|nor|false|fake|hoax|myth|untrue|debunk\w*|"
    r"den(?:y|ies|ied)",
    "de": r"nicht|keine?[mnrs]?|nie|niemals|weder|falsch\w*|dementier\w*|bestreite\w*",
    "fr": r"ne|n|ni|jamais|faux|fausse\w*|intox|démen\w+|nie|nient",
    "it": r"non|né|mai|fals[oaei]|bufal[ae]|smenti\w+|neg(?:a|ano|ò)",
    "pt": r"não|nem|nunca|jamais|fals[oa]s?|mentira|boatos?|desment\w+|neg(?:a|am|ou)",
    "ca": r"no|ni|mai|fals|falsa|mentida|desment\w+|nega|neguen",
    "gl": r"non|nin|nunca|xamais|fals[oa]|mentira|desm[ei]nt\w+|nega|negan|negou",
    "ru": r"не|ни|нет|никогда|ложь|ложн\w+|фейк\w*|миф|опроверг\w+|отрица\w+",
}
_ASKING = re.compile(
    r"qu[eé]|qui[eé]n(?:es)?|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]nt[oa]s?|por|para|"
    r"what|who|whose|which|when|where|how|why|many|much|does|did|"
    r"was|wer|wen|wem|wann|wo|welche[mnrs]?|wie|viele?|warum|"
    r"qui|quand|où|quel(?:le)?s?|combien|pourquoi|comment|est-ce|"
    r"chi|che|quale|quali|quando|dove|quant[oaei]|perché|come|"
    r"quem|qual|quais|onde|como|quant[oa]s?|"
    r"quin[as]?|quines|quins|quan|on|quen|cal|cando|onde|cant[oa]s?|"
    r"кто|что|какой|какая|какие|когда|где|сколько|почему|как",
    re.IGNORECASE,
)
_AND = {
    "es": "y|e", "en": "and", "de": "und", "fr": "et", "it": "ed?", "pt": "e", "ca": "i", "gl": "e",
    "ru": "и",
}  # fmt: skip
_BUT = (
    r"pero|sino|aunque|mientras|but|while|though|aber|sondern|mais|ma|mas|però|sinó|senão|senón|но"
)
_VERB_LAST = ("de",)  # a denial stands behind what it denies
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on|nous|vous)(?!\w)", re.IGNORECASE)  # French
_LOOKED_AT = 8  # passages
_SHORTEST = 4  # letters of a word that says what is asked
_FEWEST, _SHARE = 3, 0.8  # of these words stand in the headline


def denied_by(question: Question, passages: Sequence[Passage]) -> Passage | None:
    """The first of `passages` whose article's headline denies what `question` asks, in its own
    language and nearly all of its words; None if the question denies something itself."""
    for passage in passages[:_LOOKED_AT]:
        language = passage.language
        pattern = denying(language)
        if not pattern or not question.is_likely_in(language):
            continue
        if pattern.search(question.text) or not pattern.search(passage.title):
            continue
        asked = _asked(question.text, language)
        told = set(terms(passage.title, language))
        nearly_all = len(asked & told) >= max(_FEWEST, _SHARE * len(asked))
        if nearly_all and denies(passage.title, language, asked):
            return passage
    return None


def denied_above(passage: Passage) -> Message:
    """That the headline of a passage's article denies what is told or asked."""
    return Message("A headline denies it: “{headline}”", headline=passage.title)


def denies(headline: str, language: str, asked: Collection[str]) -> bool:
    """Whether a denial of `headline`, in `language`, is of what the terms `asked` say: none of them
    stands only in a clause that is not the denial's."""
    pattern = denying(language)
    return pattern is not None and any(
        _is_of(headline, denial.span(), language, frozenset(asked))
        for denial in pattern.finditer(headline)
    )


def _is_of(headline: str, denial: tuple[int, int], language: str, asked: frozenset[str]) -> bool:
    first, last = _around(_apart(language), headline, denial)
    before, behind = headline[first : denial[0]], headline[denial[1] : last]
    denied = _said(behind, language)[:1]
    if not denied and not _said(before, language):
        return True  # "Hoax: ..."
    if not denied or language in _VERB_LAST:
        denied = _said(f"{before} {behind}", language)
    others = headline[last:]  # what stands before is of whom, or when
    if asked.isdisjoint(denied):
        start, end = _around(_joined(language), headline, denial)
        first, last = max(first, start), min(last, end)
        others = f"{headline[:first]} {headline[last:]}"
    own = set(terms(headline[first:last], language))
    return not asked & set(terms(others, language)) - own


def _around(apart: re.Pattern[str], text: str, span: tuple[int, int]) -> tuple[int, int]:
    """What lies around `span` between two places of `apart`."""
    parts = [part.span() for part in apart.finditer(text)]
    first = max((end for _, end in parts if end <= span[0]), default=0)
    return first, min((start for start, _ in parts if start >= span[1]), default=len(text))


@cache
def _apart(language: str) -> re.Pattern[str]:
    """What parts a denial's clause from others: "no dimite, pero", "no abrirá y despide". Behind
    "and", an article, a name or a number goes on with what is denied: "no vendió el colegio y el
    huerto"."""
    joined = _AND[language]
    return re.compile(
        rf"[,;:—–|]+\s|(?<=\w{{3}})\.\s|\s(?:{_BUT}|(?:{joined})\s(?:s[íìi]|also|auch))(?!\w)|"
        rf"\s(?:{joined})\s(?=[^\W\d_A-ZÀ-ÞА-Я]{{4,}})"
    )


@cache
def _joined(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_AND[language]})\s")


def _said(text: str, language: str) -> list[str]:
    """The terms of the longer words of `text`."""
    words = re.findall(r"\w[\w'’-]*", text)
    return terms(" ".join(w for w in words if len(w) >= _SHORTEST or w.isdigit()), language)


@cache
def denying(language: str) -> re.Pattern[str] | None:
    """The words by which a headline in `language` denies; None if none are known."""
    words = _DENYING.get(language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


def _asked(text: str, language: str) -> set[str]:
    """The terms of the words that say what is asked."""
    words = re.findall(r"\w[\w'’-]*", _INVERTED.sub("", text))
    return set(_said(" ".join(w for w in words if not _ASKING.fullmatch(w)), language))
