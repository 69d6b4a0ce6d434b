"""What is told as done though it is only planned, asked for or to come.

A verb is told so if it looks ahead by its own form or stands behind a word that makes less of it.
Only a sentence in the language of what it cites is compared, by the stems of its verbs."""

import re
from collections.abc import Iterator

from hemeroteca.index.text.terms import terms
from hemeroteca.rag.writer.negation import DENIED
from hemeroteca.rag.writer.senses import lessens, senses

_WORD = re.compile(r"[^\W\d_]+")
_DONE = {
    "es": re.compile(r"\w{2,}(?:ó|aron|ieron|ado|ada|ados|adas|ido|ida|idos|idas)"),
    "gl": re.compile(r"\w{2,}(?:ou|eu|iu|aron|eron|iron|ado|ada|ados|adas|ido|ida)"),
    "pt": re.compile(r"\w{2,}(?:ou|eu|iu|aram|eram|iram|ado|ada|ados|adas|ido|ida)"),
    "it": re.compile(r"\w{2,}(?:ato|ata|ati|ate|uto|uta|uti|ito|ita|iti|ò|arono|irono)"),
    "ca": re.compile(r"\w{2,}(?:at|ada|ats|ades|it|ida|ut|uda)"),
    "fr": re.compile(r"\w{2,}(?:é|ée|és|ées|i|ie|u|ue|a|èrent|irent)"),
    "en": re.compile(r"\w{2,}(?:ed|t)|\w+s"),
}
_HAVING = {
    "es": "ha han había habían haber fue fueron sido",
    "gl": "foi foron",
    "pt": "foi foram tem têm sido",
    "it": "ha hanno aveva avevano è sono stato stata stati state",
    "ca": "ha han havia va van estat",
    "fr": "a ont avait avaient été est sont",
    "en": "has have had was were been",
}
_TO_COME = {
    "es": re.compile(r"\w{2,}r(?:á|án|ía|ían|emos)"),
    "gl": re.compile(r"\w{2,}r(?:á|án|ía|ían)"),
    "pt": re.compile(r"\w{2,}r(?:á|ão|ia|iam)"),
    "it": re.compile(r"\w{2,}r(?:à|anno|ebbe|ebbero)"),
    "ca": re.compile(r"\w{2,}r(?:à|an|ia|ien)"),
    "fr": re.compile(r"\w{2,}r(?:a|ont|ait|aient)"),
}
_INFINITIVE = {
    "es": re.compile(r"\w{2,}[aeií]r(?:se|l[aeo]s?)?|\w{2,}(?:e|a|en|an)"),
    "gl": re.compile(r"\w{2,}[aei]r(?:se)?"),
    "pt": re.compile(r"\w{2,}[aei]r(?:-se)?"),
    "it": re.compile(r"\w{2,}(?:are|ere|ire|arsi|ersi|irsi)"),
    "ca": re.compile(r"\w{2,}(?:ar|er|ir|re)(?:-se)?"),
    "fr": re.compile(r"\w{2,}(?:er|ir|re)"),
    "en": re.compile(r"\w{2,}"),
}
_MODAL = re.compile(r"\b(?:will|would|could|may|might|should|shall|to)(?:\s(?:not|also|soon|be))?$")
_PAST_OF = {"en": re.compile(r"(?:was|were|been|has|have|had)$")}
_BEFORE = 4  # words among which one makes less of a verb


def is_told_as_done(claim: str, source: str, language: str) -> bool:
    """Whether `claim` tells as done what `source`, both in `language` (ISO 639-1), has only as
    planned or to come."""
    if language not in _DONE or lessens(senses(claim, language, DENIED) or ()):
        return False
    done = set(_done(claim, language))
    if not done:
        return False
    forms: dict[str, list[bool]] = {}
    for match in _WORD.finditer(source):
        stem = _stem(match[0], language)
        if stem in done:
            before = source[: match.start()].rstrip()
            forms.setdefault(stem, []).append(_is_open(match[0], before, language))
    return any(all(open_) for open_ in forms.values())


def _stem(word: str, language: str) -> str:
    return next(iter(terms(word, language)), "")


def _done(text: str, language: str) -> Iterator[str]:
    """The stems of the verbs that `text` tells as done."""
    having = _HAVING[language].split()
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.islower() or not _DONE[language].fullmatch(word):
            continue
        before = [w.lower() for w in _WORD.findall(text[: match.start()])[-2:]]
        if _is_open(word, text[: match.start()].rstrip(), language):
            continue
        if language == "en" and re.search(
            r"\b(?:will|would|could|may|might|to|should)\s(?:\w+\s)?be$",
            text[: match.start()].rstrip(),
        ):
            continue
        ends = word.endswith(("ó", "aron", "ieron", "ou", "aram", "eram", "iram", "ò", "arono"))
        if ends or any(w in having for w in before) or (language == "en" and word.endswith("ed")):
            yield _stem(word, language)


def _is_open(word: str, before: str, language: str) -> bool:
    """Whether a verb behind `before` tells what is not done yet."""
    if (ahead := _TO_COME.get(language)) and ahead.fullmatch(word):
        return True
    if language == "en":
        if not _MODAL.search(before):
            return False
        near = " ".join(_WORD.findall(before)[-_BEFORE:])
        return not before.endswith(" to") or lessens(senses(near, language, DENIED) or ())
    if not _INFINITIVE[language].fullmatch(word):
        return False
    near = " ".join(_WORD.findall(re.split(r"[;:.]\s", before)[-1])[-_BEFORE:])
    return lessens(senses(f"{near} {word}", language, DENIED) or ())
