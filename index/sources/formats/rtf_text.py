"""The letters of RTF: bytes in the code page of their font, and characters of Unicode."""

import codecs

_ANSI = "cp1252"
# Windows' character sets of fonts; of 2, symbols, there are no letters.
_CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gbk", 81: "big5", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp437",
}  # fmt: skip
_LATIN_PAGES = (437, 850, 1250, 1252, 1254, 1257, 1258)
_PAGES = {10000: "mac_roman", 65001: "utf-8"}


def page_of(number: int) -> str:
    """Python's name of the code page `number`; that of Western Windows if there is none."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _ANSI


def page_of_charset(charset: int, ansi: int) -> str:
    """The code page of a font of a `charset`, in a file whose own code page is `ansi`."""
    if charset in _CHARSETS:
        return _CHARSETS[charset]
    # 0 is Western Windows for Word; programs of other scripts leave it at 0.
    return _ANSI if ansi in _LATIN_PAGES else page_of(ansi)


def whole(text: str) -> str:
    """`text` with the halves of characters (surrogates) joined; a half alone is left out."""
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
