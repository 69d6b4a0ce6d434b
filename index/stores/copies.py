"""Copies of one text, as an agency's stands in several papers under other titles, in groups.

A group is a text that leads and those like it (at least COPY_FROM of their shingles the same,
estimated by MinHash: Broder 1997), not a chain of likenesses: what was rewritten step by step ends
in another group. Only the leading texts are looked up, by bands of their signatures (locality-
sensitive hashing), so that an article costs the same however many there are."""

import re
import sqlite3
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

SCHEMA = """
CREATE TABLE IF NOT EXISTS copy (
    article TEXT PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    lead TEXT NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_lead ON copy (lead);
CREATE TABLE IF NOT EXISTS band (
    band INTEGER, article TEXT, PRIMARY KEY (band, article)) WITHOUT ROWID;
"""
# Of noticias.jsonl's 286 articles no two have more than .07 in common; with every tenth word
# replaced, or the last third cut off, a text keeps .71.
COPY_FROM = 0.6

_SHINGLE = 8  # characters, since not every language parts its words
_PERMUTATIONS = 128
_ROWS = 4  # of 32 bands: of texts alike by .6, 99 % share a band
_SIGNS = re.compile(r"\W+")


def signature(text: str) -> np.ndarray:
    """The MinHash of what `text` says, signs and capitals aside: uint32 of shape (128,), or (0,)
    if it has no letter. The share of equal numbers estimates how much two texts have in common."""
    from rensa import RMinHash

    plain = _SIGNS.sub(" ", text.casefold()).strip()
    if not plain:
        return np.empty(0, np.uint32)
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=0)
    minhash.update(
        list({plain[i : i + _SHINGLE] for i in range(max(1, len(plain) - _SHINGLE + 1))})
    )
    return np.asarray(minhash.digest(), np.uint32)


def join(db: sqlite3.Connection, article: str, text: str) -> None:
    """Put an article into the group whose leading text `text` is most like, or let it lead."""
    _join(db, article, signature(text))


def leave(db: sqlite3.Connection, article: str) -> None:
    """Before an article is taken out: look it up no more. Its bands are told by its signature; an
    index of them by article is as large as they are."""
    for (stored,) in db.execute("SELECT signature FROM copy WHERE article = ?", (article,)):
        db.executemany(
            "DELETE FROM band WHERE band = ? AND article = ?",
            [(band, article) for band in _bands(np.frombuffer(stored, np.uint32))],
        )


def regroup(db: sqlite3.Connection, lead: str) -> None:
    """Let the articles that `lead` led join anew, after it was changed or taken out."""
    led = db.execute(
        "SELECT article, signature FROM copy WHERE lead = ? AND article != ? ORDER BY article",
        (lead, lead),
    ).fetchall()
    for article, stored in led:
        _join(db, article, np.frombuffer(stored, np.uint32))


def _join(db: sqlite3.Connection, article: str, numbers: np.ndarray) -> None:
    bands = _bands(numbers)
    lead = _most_alike(db, bands, numbers) or article
    db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", (article, lead, numbers.tobytes()))
    if lead == article:
        db.executemany("INSERT INTO band VALUES (?, ?)", ((band, article) for band in bands))


def _bands(numbers: np.ndarray) -> list[int]:
    """A key for each run of the signature, of the size of an SQLite integer."""
    return [
        int.from_bytes(
            blake2b(numbers[at : at + _ROWS].tobytes(), digest_size=8, salt=bytes([at])).digest(),
            signed=True,
        )
        for at in range(0, len(numbers), _ROWS)
    ]


def _most_alike(db: sqlite3.Connection, bands: Sequence[int], numbers: np.ndarray) -> str | None:
    """The leading text most like these numbers, if it is enough so."""
    candidates = db.execute(
        f"""SELECT article, signature FROM copy WHERE article IN
            (SELECT article FROM band WHERE band IN ({",".join("?" * len(bands))}))
            ORDER BY article""",
        bands,
    ).fetchall()
    if not candidates:
        return None
    stored = np.stack([np.frombuffer(signature, np.uint32) for _, signature in candidates])
    alike = (stored == numbers).mean(axis=1)
    best = int(alike.argmax())
    return str(candidates[best][0]) if alike[best] >= COPY_FROM else None
