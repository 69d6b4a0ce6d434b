"""What an archive holds: how many articles of which papers, sections, authors and days."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.published import where
from hemeroteca.index.stores.spellings import by_key, joined, name_key

Field = Literal["paper", "section", "author", "language"]
FIELDS: tuple[Field, ...] = get_args(Field)


class Holdings:
    """Counts over the rows of a catalog. Each takes a filter and, if given, the ids of the only
    articles that are counted, `among`."""

    def __init__(self, rows: Callable[[str, Sequence[Any]], list[Any]]) -> None:
        self._rows = rows

    def count(self, kept: Filter = Filter(), among: Sequence[str] | None = None) -> int:
        """How many articles there are."""
        condition, values = where(kept, among)
        [row] = self._rows(f"SELECT count(*) FROM published WHERE {condition}", values)
        return int(row[0])

    def undated(self, kept: Filter = Filter(), among: Sequence[str] | None = None) -> int:
        """How many articles a period leaves out because they have no date, whatever it is."""
        condition, values = where(kept.within(Period()), among)
        [row] = self._rows(f"SELECT count(*) FROM published WHERE day = 0 AND {condition}", values)
        return int(row[0])

    def names(
        self,
        field: Field,
        kept: Filter = Filter(),
        among: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[str, int]:
        """How many articles are of each paper (section, author, language), the most first; those of
        none are not counted. Spellings of one name count together, under the most frequent."""
        return dict(joined(self._spelt(field, kept, among)).most_common(limit))

    def spellings(self, field: Field) -> dict[str, list[str]]:
        """The spellings of each name of `field`, the most frequent first, by what they share."""
        return by_key(name for name, _ in self._spelt(field, Filter(), None))

    def _spelt(
        self, field: Field, kept: Filter, among: Sequence[str] | None
    ) -> list[tuple[str, int]]:
        condition, values = where(kept, among)
        if field == "author":
            table, column = "author JOIN published USING (article)", "name"
        else:
            table, column = "published", field
        return self._rows(
            f"""SELECT {column}, count(*) FROM {table} WHERE {condition} AND {column} != ''
                GROUP BY {column} ORDER BY count(*) DESC, {column}""",
            values,
        )

    def papers(self) -> list[str]:
        """The papers that articles are of, by name."""
        # From each to the next by the index: every question asks, and GROUP BY reads every row.
        rows = self._rows(
            """WITH RECURSIVE found (paper) AS (
                   SELECT min(paper) FROM published WHERE paper > ''
                   UNION ALL
                   SELECT (SELECT min(paper) FROM published WHERE paper > found.paper)
                   FROM found WHERE found.paper IS NOT NULL)
               SELECT paper FROM found WHERE paper IS NOT NULL""",
            (),
        )
        return [row[0] for row in rows]

    def known_authors(self, names: Sequence[str]) -> list[str]:
        """Those of `names` that are an author's, in every spelling that articles have of them."""
        if not names:
            return []
        known = self.spellings("author")
        keys = dict.fromkeys(map(name_key, names))
        return [spelling for key in keys for spelling in known.get(key, ())]

    def days(self, kept: Filter = Filter(), among: Sequence[str] | None = None) -> dict[str, int]:
        """How many articles each day (ISO) has, in order; the undated are not counted."""
        condition, values = where(kept, among)
        rows = self._rows(
            f"""SELECT day, count(*) FROM published WHERE day > 0 AND {condition}
                GROUP BY day ORDER BY day""",
            values,
        )
        return {f"{d // 10_000:04}-{d // 100 % 100:02}-{d % 100:02}": n for d, n in rows}

    def articles(
        self,
        kept: Filter = Filter(),
        among: Sequence[str] | None = None,
        limit: int = -1,
        oldest_first: bool = False,
    ) -> list[str]:
        """The ids of at most `limit` articles, the latest first by day and hour, or the earliest;
        the undated last."""
        condition, values = where(kept, among)
        order = "day = 0, day, hour" if oldest_first else "day DESC, hour DESC"
        rows = self._rows(
            f"SELECT article FROM published WHERE {condition} ORDER BY {order}, article LIMIT ?",
            (*values, limit),
        )
        return [row[0] for row in rows]
