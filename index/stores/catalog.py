"""The articles and where their passages lie, in SQLite: what is written here exists.

The vectors and the full text are written before an article is entered here and cleared after it
is struck out, so whoever starts from the catalog sees only complete articles."""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from hemeroteca.index.article import Article, Copy, Passage
from hemeroteca.index.errors import Message, StorageError, damaged
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication, flat
from hemeroteca.index.stores import copies, pictures, places, published
from hemeroteca.index.stores.holdings import Holdings
from hemeroteca.index.stores.packed_text import PIECE, let_unpack, packed, piece_of
from hemeroteca.index.stores.published import PUBLICATION

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
    article TEXT PRIMARY KEY, title TEXT NOT NULL, date TEXT, day INTEGER NOT NULL,
    language TEXT NOT NULL, source TEXT NOT NULL, hash TEXT NOT NULL, stamp TEXT NOT NULL,
    body INTEGER NOT NULL, text TEXT NOT NULL, indexed TEXT, opening INTEGER);
CREATE TABLE IF NOT EXISTS passage (
    id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aside (
    source TEXT, content TEXT, PRIMARY KEY (source, content)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revision (
    item TEXT PRIMARY KEY, "order" TEXT NOT NULL, article TEXT NOT NULL, source TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS looked (
    source TEXT PRIMARY KEY, stamp TEXT NOT NULL, found TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passage_article ON passage (article);
CREATE INDEX IF NOT EXISTS article_hash ON article (hash);
CREATE INDEX IF NOT EXISTS article_day ON article (day);
CREATE INDEX IF NOT EXISTS article_date ON article (date);
CREATE INDEX IF NOT EXISTS article_language ON article (language);
CREATE INDEX IF NOT EXISTS article_indexed ON article (indexed);
"""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_VERSIONS = 100  # of a text, that are looked into
_MAPPED = 2**31  # bytes, the most that SQLite maps
_VARIABLES = 500  # ids in one statement; SQLite allows 32,766, older builds 999


@dataclass(frozen=True)
class Entry:
    """What the catalog knows of an article without its text."""

    article: str
    hash: str
    stamp: str
    source: str
    described: str = ""


class Outline(NamedTuple):
    """What a passage is ranked by beside its scores: the article that it is of, that one's
    language, and its group (index.article.Passage)."""

    article: str
    language: str
    group: str


@dataclass(frozen=True)
class Revision:
    """The latest version of an agency's item: its place among them, the article that it is, "" if
    it takes the item back, and its file."""

    order: str
    article: str
    source: str


@dataclass(frozen=True)
class Listed:
    """An article as a list of them shows it; `passages` is how many it has, `indexed` the ISO time
    (UTC) at which its text was entered, None if a former version of the program did."""

    article: str
    title: str
    date: str | None
    language: str
    source: str
    passages: int
    indexed: str | None
    subtitle: str = ""
    publication: Publication = Publication()

    def as_dict(self) -> dict[str, object]:
        """The object in `hemeroteca articles list --json`."""
        return flat(self)


class Catalog:
    """An SQLite file. Used from several threads: every thread has its own connection. One that is
    `read_only` must exist; nothing is written beside it either."""

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._local = threading.local()
        self.holdings = Holdings(self._rows)
        self.photographs = pictures.AllPhotographs(self._rows)
        if read_only:
            return
        with self._transaction() as db:
            self._add_columns(db)
            for statement in filter(
                str.strip, (_SCHEMA + copies.SCHEMA + places.SCHEMA + pictures.SCHEMA).split(";")
            ):
                db.execute(statement)
            published.create(db)

    @staticmethod
    def _add_columns(db: sqlite3.Connection) -> None:
        """What the catalog of a former version lacks. Its files are then read again, though they
        have not changed, for their headlines and what they say beside the text."""
        columns = [row[1] for row in db.execute("PRAGMA table_info(article)")]
        if columns and "indexed" not in columns:
            db.execute("ALTER TABLE article ADD COLUMN indexed TEXT")
        if columns and "opening" not in columns:
            db.execute("ALTER TABLE article ADD COLUMN opening INTEGER")
            db.execute("UPDATE article SET opening = body")
        published.upgrade(db)
        pictures.upgrade(db)

    @property
    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            if self._read_only:
                db = self._connect_to_read()
            else:
                db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
                # Of a new file: in pages of 4 kB half of one was empty behind an article.
                db.execute("PRAGMA page_size=8192")
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA foreign_keys=ON")
            # Mapped, as vectors and words are: a question reads hundreds of pages here and there.
            db.execute(f"PRAGMA mmap_size={_MAPPED}")
            let_unpack(db)
            self._local.db = db
        connection: sqlite3.Connection = self._local.db
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        # Without a log nobody is writing: SQLite need not make the files by which it would notice.
        still = not self._path.with_name(f"{self._path.name}-wal").exists()
        uri = f"{self._path.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}"
        return sqlite3.connect(uri, timeout=30, isolation_level=None, uri=True)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            db = self._db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._errors():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) in _DAMAGE:
                raise damaged(Message("catalog"), self._path, error) from error
            raise StorageError(
                "cannot use the catalog {path} ({reason}): check the space and the permissions of "
                "the data folder (INDEX_DIR)",
                path=self._path,
                reason=str(error),
            ) from error

    def get_meta(self, name: str) -> str | None:
        """A fact about the index as a whole, such as the encoder that made it."""
        rows = self._rows("SELECT value FROM fact WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str | None) -> None:
        """Set the fact `name`, or forget it."""
        with self._transaction() as db:
            if value is None:
                db.execute("DELETE FROM fact WHERE name = ?", (name,))
            else:
                db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def put(self, entries: Iterable[tuple[Article, str, Sequence[Passage]]]) -> list[str]:
        """Enter articles (document, stamp, passages) in one transaction, each replacing its older
        revision; returns the ids of the passages that this put out of use."""
        gone: list[str] = []
        # Finer than a person wants to know: what was entered later must be known to be later.
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._transaction() as db:
            for document, stamp, passages in entries:
                old = {
                    row[0]
                    for row in db.execute(
                        "SELECT id FROM passage WHERE article = ?", (document.id,)
                    )
                }
                gone.extend(old - {passage.id for passage in passages})
                copies.leave(db, document.id)
                db.execute("DELETE FROM article WHERE article = ?", (document.id,))
                db.execute(
                    """INSERT INTO article (article, title, date, day, language, source, hash,
                       stamp, opening, body, text, indexed)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (
                        *(document.id, document.title, document.date, document.day),
                        *(document.language, document.source, document.hash, stamp),
                        *(document.opening, document.body, packed(document.text), now),
                    ),
                )
                published.enter(db, document)
                places.enter(db, document)
                pictures.enter(db, document)
                db.executemany(
                    "INSERT INTO passage VALUES (?, ?, ?, ?)",
                    ((p.id, document.id, p.start, p.end) for p in passages),
                )
                copies.join(db, document.id, document.text[document.body :])
                copies.regroup(db, document.id)
        return gone

    def delete(self, articles: Sequence[str]) -> list[str]:
        """Take out articles in one transaction; returns the ids of their passages."""
        gone: list[str] = []
        with self._transaction() as db:
            for article in articles:
                gone += [
                    row[0]
                    for row in db.execute("SELECT id FROM passage WHERE article = ?", (article,))
                ]
                copies.leave(db, article)
                db.execute("DELETE FROM article WHERE article = ?", (article,))
            for article in articles:
                copies.regroup(db, article)
        return gone

    def describe(self, documents: Iterable[Article]) -> None:
        """Record what is said beside the text of articles whose content is the same."""
        with self._transaction() as db:
            for document in documents:
                published.enter(db, document)
                places.enter(db, document)
                pictures.enter(db, document)

    def restamp(self, stamps: Mapping[str, tuple[str, str]]) -> None:
        """Record new (stamp, source) of articles whose content is the same."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE article SET stamp = ?, source = ? WHERE article = ?",
                ((stamp, source, article) for article, (stamp, source) in stamps.items()),
            )

    def aside(self, source: str) -> set[str]:
        """What of the file `source` was no article when it was last read, by its content."""
        rows = self._db.execute("SELECT content FROM aside WHERE source = ?", (source,))
        return {row[0] for row in rows}

    def set_aside(self, contents: Mapping[str, Collection[str]]) -> None:
        """Record the same of the files in `contents`."""
        with self._transaction() as db:
            for source, of_one in contents.items():
                db.execute("DELETE FROM aside WHERE source = ?", (source,))
                db.executemany(
                    "INSERT INTO aside VALUES (?, ?)", ((source, content) for content in of_one)
                )

    def revisions(self) -> dict[str, Revision]:
        """The latest version of each agency's item, by the item's name."""
        rows = self._rows('SELECT item, "order", article, source FROM revision')
        return {row[0]: Revision(*row[1:]) for row in rows}

    def set_revisions(self, latest: Mapping[str, Revision]) -> None:
        """Record these in place of those that were known."""
        with self._transaction() as db:
            db.execute("DELETE FROM revision")
            db.executemany(
                "INSERT INTO revision VALUES (?, ?, ?, ?)",
                ((item, r.order, r.article, r.source) for item, r in latest.items()),
            )

    def looked(self) -> dict[str, tuple[str, str]]:
        """What files were found to be, with the stamps that they had then."""
        rows = self._rows("SELECT source, stamp, found FROM looked")
        return {row[0]: (row[1], row[2]) for row in rows}

    def set_looked(self, found: Mapping[str, tuple[str, str]]) -> None:
        """Record this in place of what was known."""
        with self._transaction() as db:
            db.execute("DELETE FROM looked")
            db.executemany(
                "INSERT INTO looked VALUES (?, ?, ?)", ((s, *each) for s, each in found.items())
            )

    def entries(self) -> dict[str, Entry]:
        """Every article by its id."""
        rows = self._rows(
            """SELECT article, hash, stamp, source, described
               FROM article JOIN published USING (article)"""
        )
        return {row[0]: Entry(*row) for row in rows}

    def unsound(self) -> list[str]:
        """The articles without passages, or with one that lies outside their text."""
        rows = self._rows(
            """SELECT DISTINCT article FROM article LEFT JOIN passage USING (article)
               WHERE id IS NULL OR "start" < 0 OR "start" >= "end" OR "end" > length(unpacked(text))
               ORDER BY article"""
        )
        return [row[0] for row in rows]

    def passage_ids(self) -> set[str]:
        return {row[0] for row in self._rows("SELECT id FROM passage")}

    def share(self, kept: Filter) -> float:
        """What share of the articles, 0 to 1, `kept` leaves."""
        everything = self.counts()[0]
        return self.holdings.count(kept) / everything if everything else 0.0

    def passages_left(self, kept: Filter) -> list[str]:
        """The ids of the passages of the articles that `kept` leaves."""
        condition, values = published.where(kept)
        rows = self._rows(
            f"SELECT id FROM published JOIN passage USING (article) WHERE {condition}", values
        )
        return [row[0] for row in rows]

    def keep(self, kept: Filter, ids: Sequence[str]) -> list[str]:
        """Those of the passages `ids` that are of articles that `kept` leaves."""
        condition, values = published.where(kept, of_few=True)
        found: list[str] = []
        for batch in _batches(ids):
            rows = self._rows(
                # From the ids to their articles: SQLite would rather walk all that is filtered.
                f"""SELECT id FROM passage CROSS JOIN published USING (article)
                    WHERE id IN ({",".join("?" * len(batch))}) AND {condition}""",
                (*batch, *values),
            )
            found += [row[0] for row in rows]
        return found

    def articles_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The article of each of the passages `ids` that exist."""
        found: dict[str, str] = {}
        for batch in _batches(ids):
            blanks = ",".join("?" * len(batch))
            found |= self._rows(f"SELECT id, article FROM passage WHERE id IN ({blanks})", batch)
        return found

    def days_of(self, ids: Sequence[str]) -> dict[str, int]:
        """The day (YYYYMMDD, 0 for none) of each of the passages `ids` that exist."""
        found: dict[str, int] = {}
        for batch in _batches(ids):
            rows = self._rows(
                f"""SELECT id, day FROM passage JOIN published USING (article)
                    WHERE id IN ({",".join("?" * len(batch))})""",
                batch,
            )
            found |= rows
        return found

    def counts(self) -> tuple[int, int]:
        """(articles, passages)."""
        [row] = self._rows("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM passage)")
        return int(row[0]), int(row[1])

    def languages(self) -> list[str]:
        """The languages that articles are in."""
        # From each to the next by the index: every question asks, and DISTINCT reads every row.
        rows = self._rows(
            """WITH RECURSIVE found (language) AS (
                   SELECT min(language) FROM article
                   UNION ALL
                   SELECT (SELECT min(language) FROM article WHERE language > found.language)
                   FROM found WHERE found.language IS NOT NULL)
               SELECT language FROM found WHERE language IS NOT NULL ORDER BY language"""
        )
        return [row[0] for row in rows]

    def languages_by_number(self) -> list[str]:
        """The languages that articles are in, that of most first."""
        rows = self._rows(
            "SELECT language FROM article GROUP BY language ORDER BY count(*) DESC, language"
        )
        return [row[0] for row in rows]

    def sample(self, language: str, most: int) -> list[str]:
        """The ids of at most `most` passages in `language`, spread over its articles."""
        rows = self._rows("SELECT rowid FROM article WHERE language = ?", (language,))
        step = -(-len(rows) // most) or 1
        ids: list[str] = []
        for batch in _batches([row[0] for row in rows[::step]]):
            found = self._rows(
                f"""SELECT id FROM passage JOIN article USING (article)
                    WHERE article.rowid IN ({",".join("?" * len(batch))})""",
                batch,
            )
            ids += [row[0] for row in found]
        return ids[:: -(-len(ids) // most) or 1]

    def period(self) -> Period:
        """From the first day of the articles to the last; open if none has a date."""
        [row] = self._rows(  # apart, each a look into the index instead of every article
            "SELECT (SELECT min(date) FROM article), (SELECT max(date) FROM article)"
        )
        return Period.from_iso(*row)

    def listed(self, limit: int = -1, only: Sequence[str] | None = None) -> list[Listed]:
        """The articles, the latest first and the undated last; at most `limit` of them, and of
        those with the ids `only`, if given."""
        chosen = "" if only is None else f"WHERE article IN ({','.join('?' * len(only))})"
        rows = self._rows(
            f"""SELECT article, title, date, article.language, source,
                (SELECT count(*) FROM passage WHERE passage.article = article.article), indexed,
                subtitle, {PUBLICATION} FROM article JOIN published USING (article) {chosen}
                ORDER BY article.day DESC, article LIMIT ?""",
            (*(only or ()), limit),
        )
        return [Listed(*(*row[:8], published.publication(row[8:]))) for row in rows]

    def dates(self) -> dict[str, int]:
        """How many articles each ISO date has, in order of the dates."""
        rows = self._rows(
            "SELECT date, count(*) FROM article WHERE date IS NOT NULL GROUP BY date ORDER BY date"
        )
        return dict(rows)

    def document(self, article: str) -> Article | None:
        """The article with its text, as it was read; None if there is no such article."""
        id = normalize("NFC", article)
        return self.documents_of([id]).get(id)

    def documents_of(self, articles: Sequence[str]) -> dict[str, Article]:
        """The articles with their texts by their ids, in that order; without those that are
        gone."""
        found: dict[str, Article] = {}
        for batch in _batches([*articles]):
            rows = self._rows(
                f"""SELECT article, unpacked(text), article.language, title, date, source, hash,
                    opening, body, published.subtitle, {PUBLICATION}
                    FROM article JOIN published USING (article)
                    WHERE article IN ({",".join("?" * len(batch))})""",
                batch,
            )
            stand = places.of(self._rows, batch)
            shown = pictures.of(self._rows, batch)
            for row in rows:
                known = published.publication(row[10:])
                more = stand.get(row[0], ()), shown.get(row[0], ())
                found[row[0]] = Article(*(*row[:10], known, *more))
        return {id: found[id] for id in articles if id in found}

    def indexed_since(self, moment: str) -> list[str]:
        """The ids of the articles whose text was entered later than at the ISO time (UTC)
        `moment`."""
        rows = self._rows("SELECT article FROM article WHERE indexed > ?", (moment,))
        return [row[0] for row in rows]

    def indexed_between(self) -> tuple[str, str]:
        """The ISO times (UTC) at which the first and the last article were entered; "" for
        none."""
        [row] = self._rows(  # apart, each a look into the index instead of every article
            "SELECT (SELECT min(indexed) FROM article), (SELECT max(indexed) FROM article)"
        )
        return row[0] or "", row[1] or ""

    def documents(self) -> Iterator[Article]:
        """Every article with its text, in the order of their ids."""
        for article in sorted(self.entries()):
            document = self.document(article)
            if document is not None:
                yield document

    def outlines(self, ids: Sequence[str]) -> dict[str, Outline]:
        """Those of the passages `ids` that exist, by id, without what costs twenty times as much:
        their texts and what is known of their articles."""
        found: dict[str, Outline] = {}
        for batch in _batches(ids):
            rows = self._rows(
                f"""SELECT id, article, language, lead
                    FROM passage JOIN published USING (article) JOIN copy USING (article)
                    WHERE id IN ({",".join("?" * len(batch))})""",
                batch,
            )
            found |= {id: Outline(*row) for id, *row in rows}
        return found

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of those of the passages `ids` that exist, by id."""
        found: dict[str, str] = {}
        for batch in _batches(ids):
            rows = self._rows(
                f"""SELECT id, {PIECE}, "start", "end" FROM passage JOIN article USING (article)
                    WHERE id IN ({",".join("?" * len(batch))})""",
                batch,
            )
            found |= {id: piece_of(*piece) for id, *piece in rows}
        return found

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the passages `ids` that exist, by id. Their `group` is the same in all articles
        with copies of one text."""
        found: dict[str, Passage] = {}
        for batch in _batches(ids):
            rows = self._rows(
                f"""SELECT id, article, {PIECE}, "start", "end",
                    article.language, title, date, source, copy.lead,
                    max(0, min(body, "end") - "start"), {PUBLICATION}
                    FROM passage JOIN article USING (article) JOIN copy USING (article)
                    JOIN published USING (article)
                    WHERE id IN ({",".join("?" * len(batch))})""",
                batch,
            )
            for id, article, piece, start, end, *row in rows:
                text = piece_of(piece, start, end)
                known = published.publication(row[6:])
                found[id] = Passage(*(id, article, text, start, end, *row[:6], known))
        return found

    def copies(
        self, article: str, limit: int = 20, holding: Callable[[str], bool] = bool
    ) -> list[Copy]:
        """At most `limit` other articles with the text of `article`, the latest first, of the
        latest whose text is `holding` what it should."""
        rows = self._rows(
            """SELECT article, title, date, paper, unpacked(text)
               FROM article JOIN copy USING (article) JOIN published USING (article)
               WHERE lead = (SELECT lead FROM copy WHERE article = ?) AND article != ?
               ORDER BY article.day DESC, article LIMIT ?""",
            (article, article, max(limit, _VERSIONS)),
        )
        held = (
            Copy(article=row[0], title=row[1], date=row[2], paper=row[3])
            for row in rows
            if holding(row[4])
        )
        return list(islice(held, limit))

    def shared(self, groups: Sequence[str]) -> set[str]:
        """Those of the `groups` of passages that have several articles."""
        found: set[str] = set()
        for batch in _batches(groups):
            rows = self._rows(
                f"""SELECT lead FROM copy WHERE lead IN ({",".join("?" * len(batch))})
                    GROUP BY lead HAVING count(*) > 1""",
                batch,
            )
            found.update(row[0] for row in rows)
        return found

    def passages_by_content(self, hashes: Collection[str]) -> dict[tuple[str, int, int], str]:
        """The id of a passage for each (hash, start, end) that articles of these hashes have."""
        found: dict[tuple[str, int, int], str] = {}
        for batch in _batches(list(hashes)):
            rows = self._rows(
                f"""SELECT hash, "start", "end", id FROM article JOIN passage USING (article)
                    WHERE hash IN ({",".join("?" * len(batch))})""",
                batch,
            )
            found.update(((row[0], row[1], row[2]), row[3]) for row in rows)
        return found

    def passages_of(self, article: str) -> list[Passage]:
        """The passages of an article in reading order."""
        rows = self._rows(
            'SELECT id FROM passage WHERE article = ? ORDER BY "start"',
            (normalize("NFC", article),),
        )
        found = self.passages([row[0] for row in rows])
        return [found[row[0]] for row in rows]

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "db"):
            self._local.db.close()
            del self._local.db


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _VARIABLES):
        yield values[at : at + _VARIABLES]
