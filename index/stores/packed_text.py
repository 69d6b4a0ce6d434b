"""The texts of articles as the catalog holds them: packed, which halves what an article takes."""

import sqlite3
import zlib

# Each passage of an article is cut out of its whole text: what is longer than this takes too long.
_LONGEST = 50_000  # characters


def packed(text: str) -> str | bytes:
    """`text` as it is to be entered."""
    return zlib.compress(text.encode()) if len(text) <= _LONGEST else text


def let_unpack(db: sqlite3.Connection) -> None:
    """Give `db` a function `unpacked(text)` of what was entered, packed or not, as those of former
    versions are."""
    db.create_function("unpacked", 1, _unpacked, deterministic=True)


def _unpacked(entered: str | bytes) -> str:
    return zlib.decompress(entered).decode() if isinstance(entered, bytes) else entered
