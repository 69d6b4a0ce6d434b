"""The words of the articles, in tantivy, for searches: each article whole, with what is said of it.

The passages have an index of their own (fulltext.py), for questions: there words are weighed, here
every article that holds them is found and counted."""

import hashlib
import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as filled
from functools import lru_cache, partial
from pathlib import Path
from typing import Any as Anything
from typing import Literal, get_args

import tantivy

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.query import (
    All,
    Any,
    Days,
    Language,
    Near,
    Node,
    Not,
    Part,
    Pattern,
    Phrase,
    Query,
    Recognised,
    Word,
)
from hemeroteca.index.search.words import plain, stems
from hemeroteca.index.stores.columns import Columns, Hits, Made
from hemeroteca.index.stores.holdings import FIELDS, Field
from hemeroteca.index.stores.spellings import joined, name_key
from hemeroteca.index.stores.word_index import WordIndex
from hemeroteca.index.text.names import KINDS, Kind, names
from hemeroteca.index.text.terms import terms

Order = Literal["best", "newest", "oldest"]
ORDERS: tuple[Order, ...] = get_args(Order)

_STEMMED: tuple[Part, ...] = ("text", "title")  # the others are names
_NAMED: tuple[Part, ...] = ("paper", "section", "author")
_ENDINGS = 0.6  # what a word with another ending counts: in a language of few articles it is rare
_UNDATED_LAST = 99_999_999
_RANGES = {"0..49": (0, 50), "50..69": (50, 70), "70..79": (70, 80), "80..89": (80, 90),
           "90..100": (90, 101)}  # fmt: skip
_SURENESS = {
    "range": {
        "field": "sureness",
        "ranges": [{"key": k, "from": low, "to": high} for k, (low, high) in _RANGES.items()],
    }
}
_UNDATED = ""
_Unit = Literal["year", "month", "day"]
_DIGITS: Mapping[_Unit, int] = {"year": 4, "month": 7, "day": 10}  # of ISO dates
_INTERVALS: Mapping[_Unit, int] = {"month": 100, "day": 1}
_MOST_DAYS = 62  # a longer period is counted by months
_NAME = "name"  # the names that an article holds, each behind what has it
_SPELLINGS = 2  # of a name, about
_FEW_FOUND = 2_000  # articles whose names are counted by columns
_FEW, _MANY = 12, 1_000  # names of a field that are counted one by one
_OF_A_SEGMENT = 65_000  # names counted in each segment of the index: all, so that sums are right


@dataclass(frozen=True)
class Named:
    """How many of the articles found are of each name of a field, the most first, and how many of
    names that are not among them."""

    counts: Mapping[str, int]
    others: int = 0


@dataclass(frozen=True)
class Facets:
    """How many of the articles found are of each paper and so on, and of each year (YYYY), month
    (YYYY-MM) and day (ISO), in order; the days only of a short period. Each field is counted as if
    nothing of it were chosen. `recognised` are the scans, by how sure a program was of their words,
    in hundredths ("80..89"). `held` are the persons, places and organisations that the articles
    name, as most of them write each."""

    named: Mapping[Field, Named]
    years: Mapping[str, int]
    months: Mapping[str, int]
    days: Mapping[str, int]
    undated: int
    recognised: Mapping[str, int] = filled(default_factory=dict)
    held: Mapping[Kind, Named] = filled(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The object `facets` of `hemeroteca search --json`."""
        dates = {"years": self.years, "months": self.months, "days": self.days}
        named = (*self.named.items(), *self.held.items())
        names: dict[str, object] = {field: vars(each) for field, each in named}
        return {**names, **dates, "undated": self.undated, "recognised": self.recognised}


@dataclass(frozen=True)
class Found:
    """The ids of one page of the articles found, with their scores (0 where they are in the order
    of their days), and how many there are in all."""

    total: int
    scores: Mapping[str, float]
    facets: Facets | None = None


class ArticleIndex(WordIndex):
    """A tantivy index of articles in `folder`. Raises StorageError if that cannot be used."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for field in ("id", "revision"):
            builder.add_text_field(
                field, stored=True, tokenizer_name="raw", index_option="basic", fast=True
            )
        for part in get_args(Part):
            builder.add_text_field(
                _words(part), tokenizer_name="whitespace", index_option="position"
            )
        for part in _STEMMED:
            builder.add_text_field(_stems(part), tokenizer_name="whitespace", index_option="freq")
        for field in (*FIELDS, *KINDS):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field(_NAME, tokenizer_name="raw", index_option="basic")
        # Of the undated the day is before all others and the age behind them; only scans have a
        # sureness, in hundredths.
        for field in ("day", "age", "sureness"):
            builder.add_integer_field(field, indexed=True, fast=True)
        super().__init__(builder.build(), folder)
        self._folder = folder
        self._columns = Columns(
            self._index, self._schema, folder, (*FIELDS, *KINDS), ("day", "sureness")
        )

    def put(self, articles: Sequence[Article]) -> None:
        """Add articles, each in place of its older revision; visible after `commit`."""
        writer = self._open_writer()
        for article in articles:
            writer.delete_documents_by_term("id", article.id)
            writer.add_document(self._document(article))

    def revisions(self) -> dict[str, str]:
        """The revision (`revision_of`) of every article, by its id."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return {}
        hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
        documents = (searcher.doc(address) for _, address in hits)
        return {document["id"][0]: document["revision"][0] for document in documents}

    def state(self) -> str:
        """What changes with every commit."""
        try:
            return hashlib.sha256((self._folder / "meta.json").read_bytes()).hexdigest()
        except FileNotFoundError:  # nothing was committed
            return ""

    def at_rest_s(self) -> float:
        """The seconds since the last commit."""
        try:
            return time.time() - (self._folder / "meta.json").stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def found_ids(
        self, query: Query, languages: Sequence[str], only: Filter = Filter()
    ) -> list[str]:
        """The ids of all articles that `search` finds."""
        searcher = self._index.searcher()
        asked = self._kept(self._node(query.root, languages), only)
        hits = searcher.search(asked, max(1, searcher.num_docs), count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    def found_places(
        self, query: Query, languages: Sequence[str], only: Filter = Filter()
    ) -> list[tuple[int, int]]:
        """Where all articles that `search` finds lie in the index; `places` tells which they
        are."""
        searcher = self._index.searcher()
        asked = self._kept(self._node(query.root, languages), only)
        hits = searcher.search(asked, max(1, searcher.num_docs), count=False).hits
        return [(address.segment_ord, address.doc) for _, address in hits]

    def places(self) -> dict[tuple[int, int], str]:
        """The ids of all articles by where they lie, until the next commit."""
        searcher = self._index.searcher()
        number = max(1, searcher.num_docs)
        hits = searcher.search(tantivy.Query.all_query(), number, count=False).hits
        return {
            (address.segment_ord, address.doc): searcher.doc(address)["id"][0]
            for _, address in hits
        }

    def holding(self, word: str) -> int:
        """How many articles hold `word` as it is written; of several the rarest."""
        searcher = self._index.searcher()
        found = (searcher.doc_freq(_words("text"), each) for each in terms(word, ""))
        return min(map(int, found), default=0)

    def holding_phrases(
        self, phrases: Iterable[Sequence[str]], formula: int, most: int
    ) -> list[str]:
        """The ids of the `most` articles that hold most of `phrases`, terms of a text in a row;
        those that more than `formula` articles hold do not count."""
        searcher = self._index.searcher()
        held: Counter[tuple[int, int]] = Counter()
        for phrase in phrases:
            query = tantivy.Query.phrase_query(self._schema, _words("text"), [*phrase], 0)
            hits = searcher.search(query, formula + 1, count=False).hits
            if len(hits) <= formula:
                held.update((address.segment_ord, address.doc) for _, address in hits)
        found = (tantivy.DocAddress(*address) for address, _ in held.most_common(most))
        return [searcher.doc(address)["id"][0] for address in found]

    def search(
        self,
        query: Query,
        languages: Sequence[str],
        only: Filter = Filter(),
        order: Order = "best",
        first: int = 0,
        most: int = 20,
        faceted: bool = True,
        whole: Collection[Field | Kind] = (),
    ) -> Found:
        """The articles that `query` finds among those that `only` leaves, from the `first` (counted
        from 0) on. `languages` are those of the articles; of the fields `whole` every name is
        counted, of the others the most frequent."""
        sought = self._node(query.root, languages)
        made = self._columns.of_now() if faceted else None
        searcher = made.searcher if made else self._index.searcher()
        sorting: dict[str, Anything] = {}
        if order != "best":
            sorting = {"order_by_field": "day", "order": tantivy.Order.Desc}
        if order == "oldest":
            sorting = {"order_by_field": "age", "order": tantivy.Order.Asc}
        asked = self._kept(sought, only)
        # Where columns count few articles, all of them are found at once.
        at_once = made is not None and first + most <= _FEW_FOUND
        page = slice(first, first + most) if at_once else slice(0, most)
        result: Anything = searcher.search(
            asked,
            _FEW_FOUND if at_once else max(1, most),
            count=True,
            offset=0 if at_once else first,
            **sorting,
        )
        scores = {
            searcher.doc(address)["id"][0]: 0.0 if sorting else float(score)
            for score, address in result.hits[page]
        }
        if not faceted:
            return Found(int(result.count), scores)
        few = _all_of(result) if at_once else self._few(asked, made)
        return Found(int(result.count), scores, self._facets(sought, only, whole, made, few))

    def _few(self, query: "tantivy.Query", made: Made | None) -> Hits | None:
        """All that `query` finds, where they are so few that columns are to count them."""
        return _all_of(made.searcher.search(query, _FEW_FOUND, count=True)) if made else None

    def _document(self, article: Article) -> "tantivy.Document":
        published = article.publication
        said = {"paper": [published.paper], "section": [published.section]}
        said |= {"author": [*published.authors], "language": [article.language]}
        document = tantivy.Document(
            id=article.id,
            revision=revision_of(article.hash, article.described),
            day=article.day,
            age=article.day or _UNDATED_LAST,
        )
        if published.confidence:
            document.add_integer("sureness", round(100 * float(published.confidence)))
        texts: dict[Part, list[str]] = {
            "text": [article.text[article.opening :]],
            "title": [article.title, article.subtitle],
        }
        for part, values in texts.items():
            for value in filter(None, values):
                document.add_text(_words(part), " ".join(terms(value, "")))
                stemmed = (article.language + each for each in terms(value, article.language))
                document.add_text(_stems(part), " ".join(stemmed))
        for field, values in said.items():
            for name in filter(None, values):
                document.add_text(field, name)
        for part in _NAMED:
            for name in filter(None, said[part]):
                document.add_text(_words(part), " ".join(terms(name, "")))
        for held in names(article.text[article.opening :], article.language):
            document.add_text(held.kind, held.text)
            document.add_text(_NAME, same_name(held.kind, held.text))
            document.add_text(_words(held.kind), " ".join(terms(held.text, "")))
        return document

    def _node(self, node: Node, languages: Sequence[str]) -> "tantivy.Query":
        match node:
            case All(()):
                return tantivy.Query.all_query()
            case All(queries):
                return _every([self._clause(query, languages) for query in queries])
            case Any(queries):
                return _one_of([self._node(query, languages) for query in queries])
            case Not():
                return _every([self._clause(node, languages)])
            case Days(period, undated):
                return self._days((0, 0) if undated else period.days)
            case Language(code):
                return self._term("language", code)
            case Recognised(least, most):
                integer = tantivy.FieldType.Integer
                return tantivy.Query.range_query(self._schema, "sureness", integer, least, most)
            case Word(_, part):
                words = [self._term(_words(part), plain(node))]
                if part in _STEMMED:
                    found = stems(node, languages).items()
                    words += [
                        tantivy.Query.boost_query(self._term(_stems(part), lang + each), _ENDINGS)
                        for lang, each in found
                    ]
                # The best of them counts: no article is better for being found by several.
                return words[0] if len(words) == 1 else tantivy.Query.disjunction_max_query(words)
            case Phrase(found, part, whole=True):
                return self._term(_NAME, f"{part}:{' '.join(found)}")
            case Phrase((word,), part, _, open):  # tantivy takes no phrase of one word
                if open:
                    shape = re.escape(word) + ".*"
                    return tantivy.Query.regex_query(self._schema, _words(part), shape)
                return self._term(_words(part), word)
            case Phrase(found, part, gaps, open):
                if open:
                    written: list[str | tuple[int, str]] = [*map(re.escape, found[:-1])]
                    written.append(re.escape(found[-1]) + ".*")
                    return tantivy.Query.regex_phrase_query(
                        self._schema, _words(part), written, gaps
                    )
                return tantivy.Query.phrase_query(self._schema, _words(part), [*found], gaps)
            case Pattern(term, part):
                shape = ".*".join(map(re.escape, term.split("*")))
                return tantivy.Query.regex_query(self._schema, _words(part), shape)
            case Near(term, slips, part):
                return tantivy.Query.fuzzy_term_query(self._schema, _words(part), term, slips)

    def _clause(self, node: Node, languages: Sequence[str]) -> "tuple[Anything, tantivy.Query]":
        if isinstance(node, Not):
            return tantivy.Occur.MustNot, self._node(node.query, languages)
        return tantivy.Occur.Must, self._node(node, languages)

    def _term(self, field: str, value: str) -> "tantivy.Query":
        raw = field in (*FIELDS, _NAME)
        return tantivy.Query.term_query(self._schema, field, value, "basic" if raw else "freq")

    def _days(self, days: tuple[int, int]) -> "tantivy.Query":
        return tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, *days)

    def _kept(self, sought: "tantivy.Query", only: Filter) -> "tantivy.Query":
        """What is `sought`, of the articles that `only` leaves; these do not count in its score."""
        conditions = []
        if only.period:
            days = [self._days(only.period.days)]
            conditions.append(_one_of([*days, self._days((0, 0))] if only.undated else days))
        if only.articles:
            conditions.append(tantivy.Query.term_set_query(self._schema, "id", [*only.articles]))
        for field, chosen in only.names.items():
            conditions.append(tantivy.Query.term_set_query(self._schema, field, [*chosen]))
        if not conditions:
            return sought
        filtering = [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0))
            for condition in conditions
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, sought), *filtering])

    def _facets(
        self,
        sought: "tantivy.Query",
        only: Filter,
        whole: Collection[Field | Kind],
        made: Made | None,
        few: Hits | None,
    ) -> Facets:
        free = [field for field in FIELDS if field not in only.names]
        unit: _Unit = "day" if _is_short(only) else "month"
        asked: dict[str, Anything] = {name: _terms_of(name, whole) for name in (*free, *KINDS)}
        asked |= {unit: _histogram_by(unit), "sureness": _SURENESS}
        counted = self._counted(self._kept(sought, only), asked, made, few)
        named = {field: counted[field] for field in free}
        for field in set(FIELDS) - {*free}:
            others = self._kept(sought, only.without_names(field))
            alone: dict[str, Anything] = {field: _terms_of(field, whole)}
            named[field] = self._counted(others, alone, made, self._few(others, made))[field]
        dates = _dates(counted[unit], unit)
        undated = dates.pop(_UNDATED, 0)
        years, months = _summed(dates, "year"), _summed(dates, "month")
        return Facets(
            {field: _joined(field, named[field], whole) for field in FIELDS},
            years,
            months if len(years) <= _FEW else {},
            dates if unit == "day" else {},
            undated,
            _recognised(counted["sureness"]),
            {kind: _joined(kind, counted[kind], whole) for kind in KINDS},
        )

    def _counted(
        self,
        query: "tantivy.Query",
        asked: dict[str, Anything],
        made: Made | None,
        few: Hits | None,
    ) -> dict[str, Anything]:
        found = {} if made is None or few is None else made.counted(few, asked)
        left = {name: said for name, said in asked.items() if name not in found}
        searcher = made.searcher if made else self._index.searcher()
        return found | searcher.aggregate(query, left) if left else found

    def close(self) -> None:
        """Let go of the writer's lock. What was not committed is given up."""
        self._columns.wait()
        super().close()


def _all_of(result: Anything) -> Hits | None:
    hits: Hits = result.hits
    return hits if result.count == len(hits) else None


def revision_of(hash: str, described: str) -> str:
    """What changes with whatever the index holds of an article."""
    return f"{hash}:{described}"


def _words(part: Part) -> str:
    return f"{part}_words"


def _stems(part: Part) -> str:
    return f"{part}_stems"


def _every(clauses: "list[tuple[Anything, tantivy.Query]]") -> "tantivy.Query":
    if all(occur == tantivy.Occur.MustNot for occur, _ in clauses):
        clauses = [(tantivy.Occur.Must, tantivy.Query.all_query()), *clauses]
    return tantivy.Query.boolean_query(clauses)


def _one_of(queries: "list[tantivy.Query]") -> "tantivy.Query":
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _is_short(only: Filter) -> bool:
    """Whether a period is short enough to be counted by days."""
    first, last = only.period.first, only.period.last
    return first is not None and last is not None and (last - first).days < _MOST_DAYS


def _terms_of(field: Field | Kind, whole: Collection[Field | Kind]) -> dict[str, Anything]:
    most = (_MANY if field in whole else _FEW) * _SPELLINGS
    return {"terms": {"field": field, "size": most, "segment_size": _OF_A_SEGMENT}}


def _histogram_by(unit: _Unit) -> dict[str, Anything]:
    """Counts of days, which are numbers yyyymmdd, by their first digits."""
    return {"histogram": {"field": "day", "interval": _INTERVALS[unit], "min_doc_count": 1}}


def _dates(counted: dict[str, Anything], unit: _Unit) -> dict[str, int]:
    """How many articles each day or month has, by its ISO name, `_UNDATED` by that."""
    found = {}
    for bucket in counted["buckets"]:
        number = f"{int(bucket['key']):08}"
        name = f"{number[:4]}-{number[4:6]}-{number[6:]}"[: _DIGITS[unit]]
        found[name if number[:4] != "0000" else _UNDATED] = int(bucket["doc_count"])
    return found


def _summed(dates: Mapping[str, int], unit: _Unit) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, number in dates.items():
        sums[name[: _DIGITS[unit]]] += number
    return dict(sums)


def _recognised(counted: dict[str, Anything]) -> dict[str, int]:
    """How many scans are in each range of sureness that has some."""
    found = {bucket["key"]: int(bucket["doc_count"]) for bucket in counted["buckets"]}
    return {name: found[name] for name in _RANGES if found.get(name)}


@lru_cache(maxsize=1 << 14)  # the most frequent names are counted beside every search
def same_name(field: Field | Kind, name: str) -> str:
    """What all spellings of a name share; of those that an article holds, as a search finds it."""
    if field in FIELDS:
        return name_key(name)
    return f"{field}:{' '.join(terms(name, ''))}"


def _joined(
    field: Field | Kind, counted: dict[str, Anything], whole: Collection[Field | Kind]
) -> Named:
    """The names of a field or a kind, the spellings of one under that of the most articles. No
    article has two spellings of one."""
    found = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted["buckets"])
    counts = joined(found, partial(same_name, field))
    most = dict(counts.most_common(_MANY if field in whole else _FEW))
    others = counts.total() - sum(most.values()) + int(counted["sum_other_doc_count"])
    return Named(most, others)
