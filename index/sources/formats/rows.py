"""The rows of a table as text, quoted well or badly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hemeroteca.index.sources.extract import MAX_ARTICLE_CHARACTERS
from hemeroteca.index.sources.names import FieldNames, plain_name

_FEWEST_NAMES = 3  # of a line that looks like a row
_MOST_ENDS = 20  # of a value with quotes in it, that are tried
_MAX_READINGS = 20  # of the same character, where quotes are not closed
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Row:
    """The values from offset `start` to `end`; `strict` if each is quoted as it should be."""

    values: list[str]
    start: int
    end: int
    strict: bool = True


def best_rows(text: str, start: int, delimiter: str, own: FieldNames) -> list[Row]:
    """The rows of `text` from `start` on, that of the names first. Quotes within quotes are
    doubled, as they should be, or behind a backslash, whichever makes more of it whole."""
    doubled = _Rows(text, delimiter, own, escaped=False).all(start)
    if '\\"' not in text:
        return doubled
    escaped = _Rows(text, delimiter, own, escaped=True).all(start)
    return escaped if _whole(escaped) > _whole(doubled) else doubled


def _whole(rows: list[Row]) -> float:
    """The share of the rows that are as long as the first and quoted as they should be."""
    names = len(rows[0].values)
    return sum(row.strict and len(row.values) == names for row in rows) / len(rows)


class _Rows:
    """The rows of one text under one way of quoting."""

    def __init__(self, text: str, delimiter: str, own: FieldNames, escaped: bool) -> None:
        self._text = text
        self._delimiter = delimiter
        self._known = {*own.of("id"), *own.of("date")}
        self._escaped = escaped
        self._names = 0
        self._keys: list[int] = []  # the columns of ids and dates
        self._spare = _MAX_READINGS * len(text)
        mark = re.escape(delimiter)
        inner = r"[^\"\\]*+(?:(?:\"\"|\\.)[^\"\\]*+)*+" if escaped else r"[^\"]*+(?:\"\"[^\"]*+)*+"
        end = rf"(?={mark}|\r|\n|\Z)"
        self._open = re.compile(rf"[ ]*\"({inner})", re.DOTALL)
        self._quoted = re.compile(rf"[ ]*\"({inner})\"[ ]*{end}", re.DOTALL)
        self._bare = re.compile(rf"[^{mark}\r\n]*")
        self._close = re.compile(rf"\"[ ]*{end}")

    def all(self, start: int) -> list[Row]:
        return list(self._from(start))

    def _from(self, at: int) -> Iterator[Row]:
        while at < len(self._text):
            row = self._row(at)
            if not self._names:
                self._learn(row.values)
            yield row
            end = _LINE_END.match(self._text, row.end)
            at = end.end() if end else len(self._text)

    def _learn(self, names: list[str]) -> None:
        self._names = len(names)
        self._keys = [n for n, name in enumerate(names) if plain_name(name) in self._known]

    def _row(self, start: int) -> Row:
        values, end = self._values(start, [], badly=False)
        if end >= 0 and not self._swallows(start, end):
            return Row(values, start, end)
        if self._names and self._spare > 0:
            values, end = self._values(start, [], badly=True)
            if end >= 0 and len(values) == self._names and not self._swallows(start, end):
                return Row(values, start, end, strict=False)
        return self._line(start)

    def _values(self, at: int, values: list[str], badly: bool) -> tuple[list[str], int]:
        """The values from `at` on, behind `values`, and where they end; -1 if one is not quoted as
        it should be or, `badly`, cannot be read in any way that gives as many as names."""
        values = list(values)
        while True:
            if quoted := self._quoted.match(self._text, at, at + MAX_ARTICLE_CHARACTERS):
                values.append(self._unquote(quoted[1]))
                at = quoted.end()
            elif opened := self._open.match(self._text, at, at + MAX_ARTICLE_CHARACTERS):
                self._spare -= opened.end() - at
                return self._close_badly(opened.start(1), values) if badly else ([], -1)
            else:
                bare = self._bare.match(self._text, at)
                assert bare is not None  # nothing matches as well
                values.append(bare[0])
                at = bare.end()
            if not self._text.startswith(self._delimiter, at):
                return values, at
            at += 1

    def _close_badly(self, start: int, values: list[str]) -> tuple[list[str], int]:
        """The same where a value that begins at `start` has quotes in it: it ends with the first
        behind which as many values follow as there are names."""
        limit = start + MAX_ARTICLE_CHARACTERS
        for n, close in enumerate(self._close.finditer(self._text, start, limit)):
            if n == _MOST_ENDS or self._spare <= 0:
                return [], -1
            self._spare -= close.end() - start
            value = self._unquote(self._text[start : close.start()])
            whole = len(values) + 1 == self._names
            if not self._text.startswith(self._delimiter, close.end()):
                if whole:
                    return [*values, value], close.end()
                continue
            if whole:
                continue
            found, end = self._values(close.end() + 1, [*values, value], badly=True)
            if end >= 0 and len(found) == self._names:
                return found, end
        self._spare -= min(limit, len(self._text)) - start  # looked through, in vain
        return [], -1

    def _line(self, start: int) -> Row:
        """The values of one line: what is not quoted as it should be, quotes and all."""
        end = _LINE_END.search(self._text, start)
        last = end.start() if end else len(self._text)
        values, at = [], start
        while True:
            quoted = self._quoted.match(self._text, at, last)
            if quoted:
                values.append(self._unquote(quoted[1]))
                at = quoted.end()
            else:
                bare = self._bare.match(self._text, at, last)
                assert bare is not None
                values.append(bare[0])
                at = bare.end()
            if at >= last:
                return Row(values, start, last, strict=False)
            at += 1

    def _swallows(self, start: int, end: int) -> bool:
        """Whether lines within a row look like rows themselves: as many values as names, ids and
        dates of the same form."""
        first = _LINE_END.search(self._text, start, end)
        if first is None or self._names < _FEWEST_NAMES or not self._keys:
            return False
        self._spare -= end - start
        own = self._form(self._line(start).values)
        at = first.end()
        while at < end:
            line = self._line(at)
            if len(line.values) >= self._names and self._form(line.values) == own:
                return True
            after = _LINE_END.match(self._text, line.end)
            at = after.end() if after else end
        return False

    def _form(self, values: list[str]) -> list[str]:
        keys = (values[n].strip() if n < len(values) else "" for n in self._keys)
        return [_NUMBER.sub("9", _WORD.sub("a", key)) for key in keys]

    def _unquote(self, value: str) -> str:
        value = value.replace('""', '"')
        return re.sub(r"\\([\"\\\n])", r"\1", value) if self._escaped else value
