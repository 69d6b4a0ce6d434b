"""Which language a text is in, detected offline."""

from functools import cache

# Languages that a newspaper archive may plausibly hold or be asked in. Left to all 147 languages
# it knows, the detector takes short English questions for Breton or Gun.
LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru",
    "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip

# News is long and its language does not change after the first page.
_SAMPLE_CHARACTERS = 4000


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str, fallback: str = "en") -> str:
    """The ISO 639-1 code of the language that `text` is most likely in, one of LANGUAGES;
    `fallback` for a text without letters."""
    sample = text[:_SAMPLE_CHARACTERS]
    if not any(character.isalpha() for character in sample):
        return fallback
    return str(_identifier().classify(sample)[0])
