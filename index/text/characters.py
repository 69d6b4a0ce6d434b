"""Which characters are text."""

import unicodedata


def is_utf8(text: str) -> bool:
    """Whether `text` is text: Linux allows any bytes in names, and JSON halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_invisible(character: str) -> bool:
    """Whether `character` is a blank or a sign without a shape."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
