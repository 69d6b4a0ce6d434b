"""Questions to begin with, from the articles at hand: each was answered before it is shown."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from threading import Condition, Thread

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.language import LANGUAGES, say

log = logging.getLogger(__name__)

_SHOWN = 3
_LOOKED_AT = 60  # articles, the latest
_WAIT_S = 1.0  # that a page which is opened meanwhile waits for them
_SENTENCES = (
    Message("Timeline of {name}"),
    Message("What is the latest article about {name}?"),
    Message("Summarise what the articles say about {name}"),
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\n")
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "da", "do", "dos", "das", "di", "van", "von", "der", "den"]
)
_MOST_WORDS = 4


class Suggestions:
    """Looked for when a page first wants them, in a thread, since each is asked. Safe to use from
    several threads."""

    def __init__(self, archive: Archive, chain: Chain, top_k: int) -> None:
        self._archive = archive
        self._chain = chain
        self._top_k = top_k
        self._told = Condition()
        self._found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        self._known: set[str] = set()  # languages that were looked for since the articles changed
        self._looking: set[str] = set()

    def renew(self) -> None:
        """Look for them anew when they are next wanted, because the articles have changed."""
        with self._told:
            self._known.clear()

    def of(self, language: str, wait_s: float = _WAIT_S) -> Sequence[str]:
        """Those found so far; while there are fewer than are shown, a moment is waited."""
        with self._told:
            if language not in self._known | self._looking:
                self._looking.add(language)
                Thread(target=self._look, args=(language,), daemon=True, name="suggest").start()
            self._told.wait_for(
                lambda: len(self._found[language]) == _SHOWN or language not in self._looking,
                wait_s,
            )
            return tuple(self._found[language])

    def _look(self, language: str) -> None:
        found: list[str] = []
        try:
            for text in _questions(self._names(), language):
                if len(found) < _SHOWN and self._is_answered(text):
                    found.append(text)
                    self._tell(language, found)
            self._tell(language, found)
        except Exception:  # they are an offer: the page works without them
            log.exception("no questions could be suggested")
        finally:
            with self._told:
                self._known.add(language)
                self._looking.remove(language)
                self._told.notify_all()

    def _tell(self, language: str, found: Sequence[str]) -> None:
        with self._told:
            self._found[language] = list(found)
            self._told.notify_all()

    def _names(self) -> list[str]:
        """The names in the latest articles, those in most of them first."""
        catalog, counts = self._archive.catalog, Counter[str]()
        for article in catalog.holdings.articles(limit=_LOOKED_AT):
            whole = catalog.document(article)
            counts.update(list(dict.fromkeys(names_in(whole.text))) if whole else ())
        return [name for name, _ in counts.most_common(4 * _SHOWN)]

    def _is_answered(self, text: str) -> bool:
        try:
            return self._chain.ask(text, top_k=self._top_k).answerable
        except HemerotecaError as error:
            log.info("%r is not suggested: %s", text, error)
            return False


def names_in(text: str) -> Iterator[str]:
    """What looks like the names of people, places and institutions in `text`: two words or more in
    capitals, behind one in small letters."""
    run: list[str] = []
    before = ""
    for token in [*_TOKEN.findall(text), "."]:
        capital = token[:1].isupper() and not token.isupper()
        if (capital and (run or before.islower())) or (run and token in _PARTICLES):
            run.append(token)
        else:
            while run and run[-1] in _PARTICLES:
                run.pop()
            if 2 <= len(run) <= _MOST_WORDS:
                yield " ".join(run)
            run = []
        before = token


def _questions(names: Sequence[str], language: str) -> Iterator[str]:
    """Each sentence of the first names, then of the next ones."""
    for number, name in enumerate(names):
        sentence = _SENTENCES[number % len(_SENTENCES)].sentence
        yield say(sentence, language, name=name)
