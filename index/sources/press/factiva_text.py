"""Documents of Factiva (RTF, Word): plain, and with the fields in the rows of a table."""

from collections.abc import Sequence

from hemeroteca.index.sources.line import Line
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.factiva import (
    by_code,
    by_place,
    count_at,
    fields_end,
    holds_last_line,
    is_code,
    is_footer,
    last_line,
    without_links,
)
from hemeroteca.index.sources.press.provider import Provider

_MOST_ABOVE = 4  # section, headline, author and credit, above the count of words
_LONGEST_ABOVE = 400


def is_export(document: Document) -> bool:
    if document.kind == "text":  # of which every file is asked
        return holds_last_line(document.text)
    if any(last_line(line.text) for line in document.lines):
        return True
    codes = {_code(line) for line in document.lines if line.cells}
    return "HD" in codes and bool(codes & {"LP", "TD"})


def read(document: Document) -> Export:
    coded = _coded(document.lines)
    if coded:
        return Export(tuple(coded))
    articles: list[PressArticle] = []
    loose: list[Line] = []
    begin = 0
    lines = document.lines
    for n, line in enumerate(lines):
        if number := last_line(line.text):
            start = _start(lines, begin, n)
            loose += [each for each in lines[begin:start] if not _is_contents(each)]
            articles.append(_article(lines[start:n], number))
            begin = n + 1
    rest = lines[begin:]
    cut = count_at([line.words for line in rest if line.words])
    if cut is not None:  # an article whose end is not there
        articles.append(_article(rest, ""))
    elif not _is_summary(rest):
        loose += rest
    return Export(tuple(articles), rest=Document.of_lines(document.kind, loose))


def _code(line: Line) -> str:
    """The code of the field that a row is; "" if it is none."""
    code = line.cells[0].strip() if len(line.cells) == 2 else ""
    return code if is_code(code) else ""


def _coded(lines: Sequence[Line]) -> list[PressArticle]:
    """The articles in a table of fields. SE and CLM may stand before the headline."""
    found: list[dict[str, list[str]]] = []
    fields: dict[str, list[str]] = {}
    for line in lines:
        code = _code(line)
        if not code:
            continue
        if "AN" in fields or (code in fields and code == "HD"):
            found.append(fields)
            fields = {}
        paragraphs = (" ".join(part.split()) for part in line.cells[1].split("\n\n"))
        fields.setdefault(code, []).extend(filter(None, paragraphs))
    found.append(fields)
    return [by_code(each) for each in found if "HD" in each or "LP" in each or "TD" in each]


def _start(lines: Sequence[Line], begin: int, end: int) -> int:
    """Where the article begins that ends at `end`: where a page does or a bookmark is, at most a
    few lines above its count of words."""
    where = [n for n in range(begin, end) if lines[n].words]
    count = count_at([lines[n].words for n in where])
    if count is None:
        return begin
    for at in range(count - 1, max(-1, count - _MOST_ABOVE - 2), -1):
        line = lines[where[at]]
        if line.begins or line.marked:
            return where[at]
        if _is_contents(line) or len(line.text) > _LONGEST_ABOVE:
            return where[at + 1]
    return where[max(0, count - _MOST_ABOVE)] if begin == 0 else begin


def _is_contents(line: Line) -> bool:
    return line.text.rpartition("\t")[2].strip().isdecimal() or is_footer(line.text)


def _is_summary(lines: Sequence[Line]) -> bool:
    """Whether they are what was searched: a heading in bold, and names with values."""
    written = [line for line in lines if line.words]
    valued = sum("\t" in line.text or len(line.cells) > 1 for line in written)
    return bool(written) and valued >= max(1, len(written) // 3)


def _article(lines: Sequence[Line], number: str) -> PressArticle:
    written = [line for line in lines if line.words and not is_footer(line.text)]
    words = [line.words for line in written]
    count = count_at(words)
    if count is None:
        title = words[0] if words else ""
        return PressArticle(title, tuple(map(without_links, words[1:])), number)
    first, last = _headline(written[:count])
    end = fields_end(words, count)
    text = [line.text if line.cells else without_links(line.text) for line in written[end:]]
    article = PressArticle(
        title=" ".join(words[first:last]),
        paragraphs=tuple(filter(None, text)),
        accession=number,
        section="; ".join(words[:first]),
    )
    return by_place(article, words[last:end], count - last)


def _headline(above: Sequence[Line]) -> tuple[int, int]:
    """From where to where the headline stands among the lines above the count of words: it is in
    bold, or larger than the section and the author."""
    bold = [n for n, line in enumerate(above) if line.bold or line.level is not None]
    if bold and len(bold) < max(2, len(above)):
        last = bold[0]
        while last < len(above) and last in bold:
            last += 1
        return bold[0], last
    longest = max(range(len(above)), key=lambda n: len(above[n].words), default=0)
    return longest, min(longest + 1, len(above))


FACTIVA_TEXT = Provider("Factiva", ("word", "rtf", "text"), is_export, read)
