"""A headline that denies what is asked: "No, Colombia is not the most corrupt country"."""

import re
from collections.abc import Sequence
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
        if len(asked & told) >= max(_FEWEST, _SHARE * len(asked)):
            return passage
    return None


def denied_above(passage: Passage) -> Message:
    """That the headline of a passage's article denies what is told or asked."""
    return Message("A headline denies it: “{headline}”", headline=passage.title)


@cache
def denying(language: str) -> re.Pattern[str] | None:
    """The words by which a headline in `language` denies; None if none are known."""
    words = _DENYING.get(language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


def _asked(text: str, language: str) -> set[str]:
    """The terms of the words that say what is asked."""
    words = re.findall(r"\w[\w'’-]*", _INVERTED.sub("", text))
    said = [w for w in words if not _ASKING.fullmatch(w) and (len(w) >= _SHORTEST or w.isdigit())]
    return set(terms(" ".join(said), language))
