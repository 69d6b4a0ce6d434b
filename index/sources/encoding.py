"""Bytes to text."""

import codecs

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.text.language import detect_language

# Of fewer bytes than a sentence has, every encoding makes some text.
_FEWEST_BYTES = 64
# Latin script is mostly ASCII; of the other scripts' legacy encodings hardly a byte is.
_LATIN_SHARE = 0.25
_LATIN_CODE_PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    "tr": "cp1254",
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
}


def decode(data: bytes, declared: str | None = None) -> str:
    """`data` as text: UTF-8 if it is, else as `declared`, else in the encoding that its bytes
    most resemble. Raises ArticleError if none can be told."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        refused = error
    guessed = _guess(data) if len(data) >= _FEWEST_BYTES else None
    for encoding in filter(None, (declared, guessed)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue  # pages lie about their encoding
    raise ArticleError("is not UTF-8 text (byte {byte}): save it as UTF-8", byte=refused.start)


def _guess(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sum(byte > 127 for byte in data) < _LATIN_SHARE * len(data) and 0 not in data:
        # charset-normalizer takes short Portuguese, Italian or Swedish for another code page; the
        # language is known from the ASCII letters alone, and has one page.
        language = detect_language(data.decode("cp1252", errors="replace"))
        return _LATIN_CODE_PAGES.get(language, "cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else None
