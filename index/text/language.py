"""Which language a text is in, detected offline."""

import math
from collections.abc import Sequence
from functools import cache

# Languages that a newspaper archive may plausibly hold or be asked in. Left to all 147 languages
# it knows, the detector takes short English questions for Breton or Gun.
LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru",
    "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip

# News is long and its language does not change after the first page: of 1,032 web pages 2,000 tell
# one otherwise, which is in none of these.
_SAMPLE_CHARACTERS = 1000
# In logarithms of likelihood, chosen on the first words of questions in 13 languages: of three
# words .93 are told rightly without what is expected, .98 with it.
_EXPECTED = 3.0
_LARGE = ("de", "en", "es", "fr", "it", "pt")  # small ones are like them, and seldom meant
_LARGE_ADDS = 1.5
_DOUBT = 2.0  # letters that depend on each other are counted as if they did not
_LEAST = 0.01
_UNSURE = 0.35
_NAMES_COUNT = 0.25
_SHORT_CHARACTERS = 200
_OPENING = "¿¡\"'“«(["


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str, fallback: str = "en", expected: Sequence[str] = ()) -> str:
    """The ISO 639-1 code of the language that `text` is most likely in, one of LANGUAGES;
    `fallback` for a text without letters. `expected` as in likely_languages."""
    likely = likely_languages(text, expected)
    return next(iter(likely), fallback)


def likely_languages(text: str, expected: Sequence[str] = ()) -> dict[str, float]:
    """The languages that `text` may be in with their probabilities, the likeliest first; none for a
    text without letters. Each of `expected` makes its language likelier, as often as it is there;
    where none is likely, as for a name alone, they come first."""
    sample = text[:_SAMPLE_CHARACTERS]
    if not any(character.isalpha() for character in sample):
        return {}
    told, share = _without_names(sample)
    scores = {code: share * score for code, score in _identifier().rank(told)}
    for code in expected:
        if code in scores:
            scores[code] += _EXPECTED
    for code in _LARGE:
        scores[code] += _LARGE_ADDS
    ceiling = max(scores.values())
    weights = {code: math.exp((score - ceiling) / _DOUBT) for code, score in scores.items()}
    total = sum(weights.values())
    unsure = max(weights.values()) < _UNSURE * total
    falling = sorted(weights, key=lambda code: (not (unsure and code in expected), -weights[code]))
    return {code: weights[code] / total for code in falling if weights[code] >= _LEAST * total}


def _without_names(text: str) -> tuple[str, float]:
    """What tells the language of a text, and how much that counts: of a short one the first word
    and those that are no names, which are of any language."""
    if len(text) > _SHORT_CHARACTERS:
        return text, 1.0
    if text.isupper():
        return text.lower(), 1.0
    names = [word.lstrip(_OPENING)[:1].isupper() for word in text.split()]
    if all(names):
        return text, _NAMES_COUNT
    first, *others = text.split()
    return " ".join([first, *(w for w, n in zip(others, names[1:], strict=True) if not n)]), 1.0
