"""An index on disk: catalog, vectors and words of one set of articles, opened together."""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import numpy as np
from filelock import FileLock, Timeout

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.errors import BusyError, IndexMismatchError, ReadOnlyError, StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.words import PLAIN_NAMES
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.stores.articles import ArticleIndex
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.index.stores.centres import Centres
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.stores.fulltext import FullText
from hemeroteca.index.stores.vectors import Vectors
from hemeroteca.index.text.terms import are_cognate, cognates, fold

FORMAT = "9"  # raised when an index of the previous format cannot be read as it is
_FORMER = ("3", "4", "5", "6", "7", "8")  # those that are brought up to date where they lie
_BATCH_PASSAGES = 500
_WORD = re.compile(r"\w+")
_MARKS = "¿?¡!.,;:«»“”\"'()"
_TELLING = 4  # letters of a word that says what a subject is
_EMBEDDED = "the data folder"
_CATALOG, _VECTORS, _FULLTEXT, _ARTICLES = "catalog.db", "vectors", "fulltext", "articles"
_WORDS_SINCE, _ARTICLES_SINCE = "5", "8"  # the formats whose full texts are those of today
_CENTRES, _SAMPLE = "centres", 500  # passages of a language that tell its centre
_OPENING_S = 120  # seconds to wait for another process that opens the same index; it takes one

log = logging.getLogger(__name__)


class Archive:
    """The stores of one folder, and the encoder that its vectors belong to. `begun_in` is the
    precision of the first of them.

    Raises StorageError if `folder` cannot be used, IndexMismatchError if its index was made by
    another encoder or format."""

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        server: ChromaServer | None = None,
        names: FieldNames = KNOWN,
    ) -> None:
        self.folder = folder
        self.names = names  # by which the records of its articles call their fields
        # Articles handed over to be kept: a source of every run, which a rebuild leaves alone.
        self.added = folder.resolve().with_name(f"{folder.name}.added")
        self.encoder = encoder
        self._copy: TemporaryDirectory[str] | None = None
        self._centres: tuple[str | None, Centres | None] = (None, None)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            if not (folder / _CATALOG).is_file():
                raise StorageError(
                    "cannot write to the data folder {folder} ({reason}): set INDEX_DIR to a "
                    "folder that can be written",
                    folder=folder,
                    reason=error.strerror,
                ) from error
            self._open_to_read(server)
            return
        with _opening_lock(folder):
            self.catalog = Catalog(folder / _CATALOG)
            maker = self._check_maker(server)
            self.begun_in: Precision = maker["precision"]
            collection = self.catalog.get_meta("collection")
            if collection is None:
                collection = _new_name()
                self.catalog.set_meta("collection", collection)
            self.vectors = Vectors(folder / _VECTORS, collection, server)
            if maker["format"] != FORMAT:
                self._bring_up_to_date(maker)
            self.fulltext = FullText(folder / _FULLTEXT)
            self.articles = ArticleIndex(folder / _ARTICLES)

    @property
    def read_only(self) -> bool:
        """Whether the index may be read and not written."""
        return self._copy is not None

    @property
    def centres(self) -> Centres | None:
        """The centres of the languages; None in an archive of one, or of a former version that was
        not written since."""
        said = self.catalog.get_meta(_CENTRES)
        if said != self._centres[0]:
            self._centres = said, Centres.load(said) if said else None
        return self._centres[1]

    def measure_centres(self) -> None:
        """Find the centres anew, from some passages of each language. The caller is the writer."""
        vectors = {}
        for language in self.catalog.languages():
            stored = self.vectors.get(self.catalog.sample(language, _SAMPLE))
            if stored:
                vectors[language] = np.stack(list(stored.values()))
        several = len(vectors) > 1
        self.catalog.set_meta(_CENTRES, Centres.of(vectors).dump() if several else None)

    def _open_to_read(self, server: ChromaServer | None) -> None:
        """Open an index whose folder cannot be written. Chroma and tantivy write where they read:
        they get a copy of their own."""
        self.catalog = Catalog(self.folder / _CATALOG, read_only=True)
        maker, collection = self._check_maker(server), self.catalog.get_meta("collection")
        if maker["format"] != FORMAT or collection is None:
            raise ReadOnlyError(
                "the index in {folder} is of a former version or not complete, and cannot be "
                "written: run `hemeroteca index` where it can",
                folder=self.folder,
            )
        self.begun_in = maker["precision"]
        self._copy = TemporaryDirectory(prefix="hemeroteca-")
        copy = Path(self._copy.name)
        for name in (_VECTORS, _FULLTEXT, _ARTICLES):
            for path in filter(Path.is_file, (self.folder / name).rglob("*")):
                target = copy / path.relative_to(self.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        self.vectors = Vectors(copy / _VECTORS, collection, server)
        self.fulltext = FullText(copy / _FULLTEXT)
        self.articles = ArticleIndex(copy / _ARTICLES)

    def _check_maker(self, server: ChromaServer | None) -> dict[str, Any]:
        """What made the index, as the catalog tells it."""
        maker = {
            "encoder": self.encoder.fingerprint,
            "precision": self.encoder.precision,  # told, no reason to refuse: e5.py
            "format": FORMAT,
            "vectors": server.url if server else _EMBEDDED,
        }
        recorded = self.catalog.get_meta("maker")
        if recorded is None:
            self.catalog.set_meta("maker", json.dumps(maker))
            return maker
        made: dict[str, Any] = {"vectors": _EMBEDDED, "precision": "fp32"} | json.loads(recorded)
        if made["format"] not in (FORMAT, *_FORMER):
            raise IndexMismatchError(
                "the index in {folder} has format {found}, this version reads {expected}: "
                "run `hemeroteca index --rebuild`",
                folder=self.folder,
                found=made["format"],
                expected=FORMAT,
            )
        if made["encoder"] != maker["encoder"]:
            raise IndexMismatchError(
                "the index in {folder} was made by {found}, the setting is {expected}: run "
                "`hemeroteca index --rebuild`, "
                "or set EMBEDDING_MODEL to what made it",
                folder=self.folder,
                found=made["encoder"],
                expected=maker["encoder"],
            )
        if made["vectors"] != maker["vectors"]:
            raise IndexMismatchError(
                "the index in {folder} has its vectors in {found}, not in {expected}: run "
                "`hemeroteca index --rebuild`, "
                "or set CHROMA_URL to where they are",
                folder=self.folder,
                found=made["vectors"],
                expected=maker["vectors"],
            )
        return made

    def _bring_up_to_date(self, maker: dict[str, Any]) -> None:
        """Make an index of a former format one of this. The catalog has added its columns itself;
        a killed run leaves the rest to the next."""
        with _writer_lock(self.folder):
            log.warning(
                "The index in %s is of a former version: what its %d passages are searched by is "
                "written anew, once; nothing is embedded again.",
                self.folder,
                self.catalog.counts()[1],
            )
            if maker["format"] < _WORDS_SINCE:  # "3" had other terms, neither had names
                self._renew_words()
            if maker["format"] < _ARTICLES_SINCE:
                self._renew_articles()
            self.vectors.encode(self.catalog.days_of)
            self.catalog.set_meta("maker", json.dumps(maker | {"format": FORMAT}))

    def _renew_words(self) -> None:
        """Write the full text anew from the catalog's text. The caller is the writer."""
        ids = sorted(self.catalog.passage_ids())
        shutil.rmtree(self.folder / _FULLTEXT, ignore_errors=True)
        fulltext = FullText(self.folder / _FULLTEXT)
        for at in range(0, len(ids), _BATCH_PASSAGES):
            batch = self.catalog.passages(ids[at : at + _BATCH_PASSAGES])
            fulltext.put(list(batch.values()))
        fulltext.commit()
        fulltext.close()

    def _renew_articles(self) -> None:
        """Write the index of whole articles anew from the catalog. The caller is the writer."""
        shutil.rmtree(self.folder / _ARTICLES, ignore_errors=True)
        articles = ArticleIndex(self.folder / _ARTICLES)
        for document in self.catalog.documents():
            articles.put([document])
        articles.commit()
        articles.close()

    def renew_vectors(self) -> None:
        """Store the vectors anew, in collections that replace the others at once. The caller is
        the writer."""
        old, new = self.vectors.name, _new_name()
        self.vectors.move(new)
        self.catalog.set_meta("collection", new)
        self.vectors.drop(old)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. Raises BusyError, naming the other process, if there is one, and
        ReadOnlyError if nobody may write here."""
        if self.read_only:
            raise ReadOnlyError("the index in {folder} may only be read", folder=self.folder)
        with _writer_lock(self.folder):
            try:
                yield
            finally:
                self.fulltext.close()
                self.articles.close()

    def document(self, article: str) -> Article | None:
        """The article with its text; None if the index has no such article."""
        return self.catalog.document(article)

    def documents_of(self, articles: Sequence[str]) -> dict[str, Article]:
        """The articles with their texts by their ids, in that order; without those that are
        gone."""
        return self.catalog.documents_of(articles)

    def about(self, subject: str, language: str, only: Filter = Filter()) -> list[str]:
        """The ids of the articles of `only` with a passage that holds all the words of `subject`,
        which is in `language`, but small ones such as "of" and "las"; the best first. A name is
        held as it is written, accents and capitals aside, where names have no endings: Puebla is
        no "pueblo"."""
        words = subject.split()
        telling = [w for w in words if len(w) >= _TELLING or not w.islower()] or words
        ids = self.fulltext.holding(" ".join(telling), self.catalog.languages(), only, language)
        found = self.catalog.articles_of(ids)
        articles = list(dict.fromkeys(found[id] for id in ids if id in found))
        if only.articles:
            articles = [article for article in articles if article in only.articles]
        bare = [word.strip(_MARKS) for word in telling]
        if language and self.catalog.languages() != [language]:
            articles = [a for a in articles if self._is_in_kin(a, bare, language)]
        return self._naming(articles, [word for word in bare if word[:1].isupper()])

    def _is_in_kin(self, article: str, words: Sequence[str], language: str) -> bool:
        """Whether an article in another language than `language` has cognates of all `words`, not
        only words that begin as they do."""
        whole = self.document(article)
        if whole is None or whole.language == language:
            return True
        held = set(_WORD.findall(whole.text))
        return all(
            not cognates(word) or any(are_cognate(word, other) for other in held) for word in words
        )

    def _naming(self, articles: Sequence[str], words: Sequence[str]) -> list[str]:
        """Those of `articles` that hold `words` themselves where most write them with a capital."""
        if not words:
            return list(articles)
        kept = {}
        for article in articles:
            whole = self.document(article)
            if whole is not None:
                kept[article] = whole.language, set(_WORD.findall(fold(whole.text)))
        for word in map(fold, words):
            named = sum(word in held for _, held in kept.values())
            if named <= sum(word.lower() in held for _, held in kept.values()):
                continue
            either = {word, word.lower(), word.upper()}
            kept = {
                article: (language, held)
                for article, (language, held) in kept.items()
                if language not in PLAIN_NAMES or held & either
            }
        return list(kept)

    def close(self) -> None:
        """Let go of the files."""
        self.fulltext.close()
        self.articles.close()
        self.vectors.close()
        self.catalog.close()
        if self._copy is not None:
            self._copy.cleanup()


@contextmanager
def _opening_lock(folder: Path) -> Iterator[None]:
    """One process opens an index at a time: the first to do so makes its files."""
    try:
        with FileLock(folder / "opening.lock", timeout=_OPENING_S):
            yield
    except Timeout:
        raise BusyError(
            "another process has been opening the index in {folder} for {seconds} s: end it",
            folder=folder,
            seconds=_OPENING_S,
        ) from None


def _new_name() -> str:
    """The name of a collection that no other archive on the same server has."""
    return f"hemeroteca-{uuid4().hex}"


def discard(folder: Path, server: ChromaServer | None = None) -> None:
    """Remove the index in `folder`, if there is one, to begin anew.

    Raises BusyError if another process is writing it, StorageError if it cannot be removed."""
    if not folder.exists():
        return
    with _writer_lock(folder):
        if server:
            _drop_collection(folder, server)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise StorageError(
                "cannot clear {folder} ({reason})", folder=folder, reason=error.strerror
            ) from error


def _drop_collection(folder: Path, server: ChromaServer) -> None:
    try:
        catalog = Catalog(folder / _CATALOG)
        name = catalog.get_meta("collection")
        catalog.close()
    except StorageError as error:  # damaged, maybe the very reason to begin anew
        log.warning("The vectors in Chroma at %s stay there: %s", server.url, error)
        return
    if name:
        vectors = Vectors(folder, name, server)
        vectors.drop(name)
        vectors.close()


@contextmanager
def _writer_lock(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "writer.lock")
    owner = folder / "writer.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        pid = owner.read_text() if owner.exists() else "unknown"
        raise BusyError(
            "process {pid} is writing the index in {folder}: wait until it is done",
            pid=pid,
            folder=folder,
        ) from None
    except OSError as error:
        raise StorageError(
            "cannot write to the data folder {folder} ({reason}): set INDEX_DIR to a folder that "
            "can be written",
            folder=folder,
            reason=error.strerror,
        ) from error
    try:
        owner.write_text(str(os.getpid()))
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()
