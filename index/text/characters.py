"""Which characters are text, and a text without those that are not."""

import re
import unicodedata

# Controls, and signs that print nothing: soft hyphen, blanks of no width, marks of direction,
# annotations, tags (those behind a flag are part of it). Joiners mean something but between Latin
# letters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb]"
    "|(?<=[\x00-\u024f])[\u200c\u200d]"
    "|(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]+"
)
# One set, which is looked for ten times as fast.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_PRINTED = {
    **dict.fromkeys("\x0b\x0c\x85\u2028", "\n"),  # Word's line break, a new page
    "\u2029": "\n\n",
    **dict.fromkeys("\x1c\x1d\x1e\x1f", " "),  # separators
}


def clean(text: str) -> str:
    """`text` as it prints: letters and their marks in one character where there is one (NFC), no
    control and no invisible signs."""
    if _SUSPECT.search(text):
        text = _UNSEEN.sub(lambda found: _PRINTED.get(found[0], ""), text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


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
