"""When two answers are the same: SQuAD's normalisation, for more languages than English.

Source: the official evaluation scripts of SQuAD (Rajpurkar et al. 2016) and MLQA (Lewis et al.
2020), whose lists of articles are used where MLQA has one; French, Italian, Portuguese and Catalan
follow its manner."""

import re
import string
import unicodedata
from collections import Counter

_ARTICLES = {
    "ca": "el|la|els|les|un|una|uns|unes",
    "de": "ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des",
    "en": "a|an|the",
    "es": "un|una|unos|unas|el|la|los|las",
    "fr": "un|une|des|le|la|les",
    "it": "un|uno|una|il|lo|la|i|gli|le",
    "pt": "um|uma|uns|umas|o|a|os|as",
    "vi": "của|là|cái|chiếc|những",
}
# Chinese characters, kana, Thai, Lao, Burmese and Khmer are not parted by blanks.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def normalise(text: str, language: str) -> str:
    """`text` in lower case, without punctuation, without the articles of `language` (ISO 639-1),
    with single blanks."""
    text = "".join(c for c in unicodedata.normalize("NFC", text.lower()) if not _punctuation(c))
    if language in _ARTICLES:
        text = re.sub(rf"\b({_ARTICLES[language]})\b", " ", text)
    elif language == "ar":
        text = re.sub(r"(^|\s)ال", " ", text)
    return " ".join(text.split())


def tokens(text: str, language: str) -> list[str]:
    """The tokens of the normalised text: words, and the single characters of scripts that write
    without blanks."""
    spaced = _UNSPACED.sub(lambda match: f" {match[0]} ", normalise(text, language))
    return spaced.split()


def exact_match(prediction: str, gold: str, language: str) -> float:
    """1 if both are equal after normalisation, else 0."""
    return float(normalise(prediction, language) == normalise(gold, language))


def token_f1(prediction: str, gold: str, language: str) -> float:
    """The harmonic mean of the shares of tokens, counted as often as they occur, that prediction
    and gold have in common. Two texts without tokens agree."""
    predicted, wanted = tokens(prediction, language), tokens(gold, language)
    if not predicted or not wanted:
        return float(predicted == wanted)
    common = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * common / (len(predicted) + len(wanted))


def holds(text: str, gold: str) -> bool:
    """Whether `text` contains `gold`, whole words, case and punctuation aside. Articles stay: a
    quote is not a short answer."""
    within, wanted = " ".join(tokens(text, "")), " ".join(tokens(gold, ""))
    return bool(wanted) and f" {wanted} " in f" {within} "


def _punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")
