"""The texts of articles as the catalog holds them: packed, which halves what an article takes."""

import sqlite3
import zlib
from functools import lru_cache

# Each passage of an article is cut out of its whole text: what is longer than this takes too long.
_LONGEST = 50_000  # characters
# In SQL, of an article's `text` what `piece_of` makes the text of a passage of: a function of SQL
# would take twice the time.
PIECE = """CASE typeof(text) WHEN 'blob' THEN text ELSE substr(text, "start" + 1, "end" - "start")
    END"""


def packed(text: str) -> str | bytes:
    """`text` as it is to be entered."""
    return zlib.compress(text.encode()) if len(text) <= _LONGEST else text


def let_unpack(db: sqlite3.Connection) -> None:
    """Give `db` a function `unpacked(text)` of what was entered, packed or not, as those of former
    versions are."""
    db.create_function("unpacked", 1, _unpacked, deterministic=True)


def piece_of(entered: str | bytes, start: int, end: int) -> str:
    """The text of a passage from its PIECE."""
    return _unpack(entered)[start:end] if isinstance(entered, bytes) else entered


def _unpacked(entered: str | bytes) -> str:
    return _unpack(entered) if isinstance(entered, bytes) else entered


@lru_cache(maxsize=64)  # a question looks at several passages of an article, several times
def _unpack(entered: bytes) -> str:
    return zlib.decompress(entered).decode()
