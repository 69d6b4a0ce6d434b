"""Titles: made presentable, put before a text that lacks them, or made of one that has none."""

import re

from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import fold

_MAX_TITLE_CHARACTERS = 90
_MAX_SOURCE_TITLE_CHARACTERS = 300
_WORD = re.compile(r"\w+")
_LINE_BEGIN = re.compile(r"^[^\w\n]*(?=\w)", re.MULTILINE)


def clean_title(title: str | None) -> str:
    """A title on one line, without what cannot be shown or stored."""
    visible = "".join(c if c.isprintable() else " " for c in title or "")
    return " ".join(visible.split())[:_MAX_SOURCE_TITLE_CHARACTERS]


def derive_title(text: str, language: str, body: int = 0) -> str:
    """The first sentence from `body` on, cut between words at about 90 characters."""
    spans = sentence_spans(text[: body + 2_000], language, body)
    start, end = spans[0]
    title = " ".join(text[start:end].split())
    if len(title) <= _MAX_TITLE_CHARACTERS:
        return title.rstrip(".") or title
    return title[:_MAX_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def lacking_headline(text: str, title: str | None, subtitle: str) -> str:
    """Those of title and subtitle that no line of `text` begins with, each a paragraph: what is to
    stand before it; "" if nothing is."""
    folded, headline = fold(text).lower(), ""
    for part in (title, subtitle):
        words = _WORD.findall(fold(part or "").lower())
        if words and not _at_line_begin(words, folded):
            headline += " ".join((part or "").split()) + "\n\n"
    return headline


def _at_line_begin(words: list[str], folded: str) -> bool:
    """Whether a line begins with `words`, whatever signs, capitals and line ends part them."""
    return any(_follow(words, folded, line.end()) for line in _LINE_BEGIN.finditer(folded))


def _follow(words: list[str], folded: str, at: int) -> bool:
    *first, last = words
    for word in first:
        found = _WORD.search(folded, at)
        if found is None or found[0] != word:
            return False
        at = found.end()
    found = _WORD.search(folded, at)
    return found is not None and found[0].startswith(last)
