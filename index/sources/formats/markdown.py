"""Markdown, which may begin with front matter in YAML: title and date."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import BinaryIO

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import Extract

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)


def read_markdown(stream: BinaryIO) -> Iterator[Extract]:
    """The one article, without its markup. Its title is that of the front matter, else its first
    heading's. Raises ArticleError if the front matter cannot be read."""
    source = decode(stream.read())
    match = _FRONT_MATTER.match(source)
    facts = _front_matter(match[1]) if match else {}
    tokens = MarkdownIt().enable("table").parse(source[match.end() :] if match else source)
    text = "\n\n".join(filter(None, map(_block_text, tokens)))
    title = facts.get("title") or _first_heading(tokens)
    yield Extract(text, title=str(title) if title else None, day=_day(facts.get("date"), text))


def _front_matter(source: str) -> dict[str, object]:
    try:
        facts = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise ArticleError(f"has front matter that is not YAML ({reason})") from error
    if not isinstance(facts, dict):
        return {}
    return {str(name).lower(): fact for name, fact in facts.items()}


def _day(written: object, text: str) -> date | None:
    if written is None or isinstance(written, datetime):
        return written.date() if written else None
    if isinstance(written, date):
        return written
    day = parse_date(str(written), text)
    if day is None:
        raise ArticleError(f"has the date {str(written)[:40]!r}: write it as YYYY-MM-DD")
    return day


def _first_heading(tokens: list[Token]) -> str | None:
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            return _block_text(inside)
    return None


def _block_text(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type != "inline":
        return ""
    parts = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return "".join(parts).strip()
