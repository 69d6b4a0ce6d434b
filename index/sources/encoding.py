"""Bytes to text."""

import codecs
import re
from dataclasses import dataclass

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.text.language import detect_language

# Of fewer bytes than a sentence has, every encoding makes some text.
_FEWEST_BYTES = 64
# Of words with a letter beyond ASCII here and there, Latin script is sure sooner.
_FEWEST_LATIN_BYTES = 24
_ODD_SHARE = 0.125
# Latin script is mostly ASCII; of the other scripts' legacy encodings hardly a byte is.
_LATIN_SHARE = 0.25
_LATIN_CODE_PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    "tr": "cp1254",
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
}
_MARKS = (  # the longer first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers take a label for (encoding.spec.whatwg.org): what its writers meant.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ALIASES = {
    "iso-8859-8-i": "iso-8859-8",
    "logical": "iso-8859-8",
    "visual": "iso-8859-8",
    "sjis": "shift_jis",
    "windows-31j": "shift_jis",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "mac-roman": "mac_roman",
    "mac-cyrillic": "mac_cyrillic",
    "mac-ukrainian": "mac_cyrillic",
}
# Python's codecs that are no encodings of text on paper, such as unicode_escape, stay out. A page
# that can say that it is UTF-16 is not.
_LEGACY = re.compile(
    r"iso8859-\d+|cp\d+|koi8-\w+|mac-\w+|big5\w*|gb\w+|euc_\w+|hz|shift_\w+|iso2022_\w+|johab"
)
_SIGN = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)  # of UTF-8, beyond ASCII
_SHIFTED = "iso2022_jp"
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FEWEST_SIGNS = 3
_MOST_LOST = 0.01  # of the characters, in an encoding of several bytes each


@dataclass(frozen=True)
class Decoded:
    """Text, and the numbers (from 1) of its lines that were not UTF-8 where the others were."""

    text: str
    stray: frozenset[int] = frozenset()

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is to be said of how the text was read."""
        if not self.stray:
            return ()
        return (
            Message(
                "is not UTF-8 in line {number}: there it was read in the encoding it seems to be",
                number=min(self.stray),
            ),
        )


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `decode_lines`."""
    return decode_lines(data, declared).text


def decode_lines(data: bytes, declared: str | None = None) -> Decoded:
    """`data` as text: UTF-8 if it is, else as `declared`, by what browsers mean by that label,
    else in the encoding that its bytes most resemble. Where most of it is UTF-8, only the lines
    that are not are read in another encoding; a last character that was cut is left out.

    Raises ArticleError if no encoding can be told."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(marked, errors="replace").rstrip("\ufffd"))
    encoding = meant_by(declared)
    if encoding == _SHIFTED and b"\x1b" in data:  # in ASCII alone, and so UTF-8 as well
        return Decoded(data.decode(encoding, errors="replace"))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        refused = error
    signs = _SIGN.findall(data)
    within = sum(map(len, signs))
    odd = sum(byte > 127 for byte in data) - within  # bytes that are of no sign
    latin = len(signs) + odd < _LATIN_SHARE * (len(data) - within + len(signs))
    # Two letters of a code page make a sign by chance, such as "É»".
    most = len(signs) > (odd if latin else 9 * odd)
    if most or (latin and not encoding and _FEWEST_SIGNS <= len(signs) > odd / 10):
        return _mixed(data, encoding or _page(data.decode("utf-8", "ignore")), latin)
    if encoding:
        text = _in(encoding, data)
        if text is not None:
            return Decoded(text)
    fewest = _FEWEST_LATIN_BYTES if latin and odd <= _ODD_SHARE * len(data) else _FEWEST_BYTES
    guessed = _guess(data) if len(data) >= fewest else None
    found = _in(guessed, data) if guessed else None
    if found is None:
        raise ArticleError("is not UTF-8 text (byte {byte}): save it as UTF-8", byte=refused.start)
    return Decoded(found)


def meant_by(label: str | None) -> str | None:
    """Python's name of the encoding that browsers take `label` for; None if there is none."""
    name = (label or "").strip().lower().removeprefix("x-")
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except LookupError:  # pages lie about their encoding
        return None
    meant = _MEANT.get(codec, codec)
    return meant if _LEGACY.fullmatch(meant) else None


def _in(encoding: str, data: bytes) -> str | None:
    """`data` in `encoding`, bytes that it lacks as controls (in encodings of one byte) or, if they
    are few, as the sign for what cannot be read; None if they are many."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass  # a stray byte, or another encoding
    try:
        table = {
            byte: bytes([byte]).decode(encoding, errors="ignore") or chr(byte)
            for byte in range(128, 256)
        }
        single = len(bytes(range(128, 256)).decode(encoding, errors="replace")) == 128
    except LookupError:
        return None
    if single:
        return data.decode("latin-1").translate(table)
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return text if lost <= max(1, _MOST_LOST * len(text)) else None


def _mixed(data: bytes, encoding: str, latin: bool) -> Decoded:
    """UTF-8, with lines or bytes in `encoding`."""
    pieces, stray = [], set()
    for number, match in enumerate(_LINE.finditer(data), start=1):
        line = match[0]
        try:
            pieces.append(line.decode("utf-8"))
            continue
        except UnicodeDecodeError as error:
            cut = error.end == len(line) and match.end() == len(data) and error.start > 0
            if cut and error.reason == "unexpected end of data" and _SIGN.search(data):
                pieces.append(line[: error.start].decode("utf-8"))
                continue
        stray.add(number)
        signs = _SIGN.findall(line)
        if latin and sum(byte > 127 for byte in line) > 2 * sum(map(len, signs)):
            pieces.append(_in(encoding, line) or line.decode("utf-8", errors="replace"))
        else:
            pieces.append(_byte_by_byte(line, encoding if latin else None))
    return Decoded("".join(pieces), frozenset(stray))


def _byte_by_byte(line: bytes, encoding: str | None) -> str:
    """UTF-8, with single bytes in `encoding`; without one, they cannot be read."""
    text = line.decode("utf-8", errors="surrogateescape")
    if encoding is None:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(
        "[\udc80-\udcff]",
        lambda found: _in(encoding, bytes([ord(found[0]) - 0xDC00])) or "\ufffd",
        text,
    )


def _page(text: str) -> str:
    """The code page of the Latin letters of the language of `text`."""
    return _LATIN_CODE_PAGES.get(detect_language(text), "cp1252")


def _guess(data: bytes) -> str | None:
    if sum(byte > 127 for byte in data) < _LATIN_SHARE * len(data) and 0 not in data:
        # charset-normalizer takes short Portuguese, Italian or Swedish for another code page; the
        # language is known from the ASCII letters alone, and has one page.
        return _page(data.decode("cp1252", errors="replace"))
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else None
