"""Markdown, which may begin with front matter: title and date."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import BinaryIO

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.dates import parse_date, parse_hour
from hemeroteca.index.sources.encoding import decode_lines
from hemeroteca.index.sources.extract import Extract, LeftOut, digest
from hemeroteca.index.sources.fields import read_beside
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.records import undated

# As Jekyll, Hugo and Pandoc write it.
_FENCED = re.compile(
    r"(?:(?P<yaml>---)|(?P<toml>\+\+\+))[ \t]*\n(?P<facts>.*?\n|)(?(yaml)(?:---|\.\.\.)|\+\+\+)"
    r"[ \t]*(?:\n|$)",
    re.DOTALL,
)
_CHANGED_NAMES = ("modified", "lastmod")  # which tell the day where nothing else does
# As Pelican and MultiMarkdown write it, and as it is written by hand in what was to be YAML.
_LINES = re.compile(r"(?:[^\W\d_][\w -]{0,30}:[ \t].*\n|#.*\n)+")
# What a site's generator puts in or takes out: shortcodes, tags and attributes.
_GENERATOR = re.compile(r"\{\{[<%][^{}]*\}\}|\{%[^{}]*%\}|\{:[^{}\n]*\}")
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\](?:: )?")


def read_markdown(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Extract | LeftOut]:
    """The one article, without its markup. Its title is that of the front matter, else its first
    heading's. A draft is left out. Raises ArticleError if the front matter cannot be read."""
    decoded = decode_lines(stream.read())
    source = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n")
    facts, body = _front_matter(source, names)
    if facts.get("draft") is True or facts.get("published") is False:
        reason = Message("is not published ({state})", state="draft")
        yield LeftOut(Message("front matter"), reason, digest(source))
        return
    body = _WIKI_LINK.sub(_link_text, _GENERATOR.sub("", body))
    tokens = MarkdownIt().enable(["table", "strikethrough"]).parse(body)
    text = "\n\n".join(filter(None, map(_block_text, tokens)))
    title = next((facts[name] for name in names.of("title") if facts.get(name)), None)
    title = str(title or _first_heading(tokens) or "") or None
    day, written = _day(facts, _day_names(names), text)
    notes = decoded.notes if day or not written else (*decoded.notes, undated(written))
    changed, _ = _day(facts, names.of("changed"), text)
    subtitle, publication = read_beside(facts, names)
    publication = replace(
        publication,
        hour=parse_hour(publication.hour) or parse_hour(written),
        changed=changed.isoformat() if changed else "",
    )
    yield Extract(
        text, title=title, day=day, notes=notes, subtitle=subtitle, publication=publication
    )


def _front_matter(source: str, names: FieldNames) -> tuple[dict[str, object], str]:
    """The facts before the text, by their names in small letters without blanks and hyphens, and
    the text."""
    if source.startswith("{"):
        return _json(source)
    match = _FENCED.match(source)
    if match is None:
        lines = _LINES.match(source)
        facts = _by_line(lines[0]) if lines else {}
        known = {*names.of("title"), *_day_names(names)}
        if lines and next(iter(facts), "") in known and source.startswith("\n", lines.end()):
            return facts, source[lines.end() :]
        return {}, source
    body = source[match.end() :]
    kind = "YAML" if match["yaml"] else "TOML"
    try:
        read = yaml.safe_load if match["yaml"] else tomllib.loads
        return _by_name(read(match["facts"])), body
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if match["yaml"] and _LINES.fullmatch(match["facts"]):  # such as "title: Lima: a year on"
            return _by_line(match["facts"]), body
        reason = " ".join(str(error).split())
        raise ArticleError(
            "has front matter that is not {kind} ({reason})", kind=kind, reason=reason
        ) from error


def _day_names(names: FieldNames) -> tuple[str, ...]:
    return (*names.of("date"), *_CHANGED_NAMES)


def _by_line(lines: str) -> dict[str, object]:
    facts = (line.partition(":") for line in lines.splitlines() if not line.startswith("#"))
    return _by_name({name: value.strip().strip("\"'") for name, _, value in facts})


def _json(source: str) -> tuple[dict[str, object], str]:
    try:
        facts, end = json.JSONDecoder().raw_decode(source)
    except (ValueError, RecursionError):  # a brace at the beginning of a text
        return {}, source
    return _by_name(facts), source[end:]


def _by_name(facts: object) -> dict[str, object]:
    if not isinstance(facts, Mapping):
        return {}
    return {plain_name(str(name)): fact for name, fact in facts.items()}


def _day(facts: Mapping[str, object], names: Iterable[str], text: str) -> tuple[date | None, str]:
    """The day that the first of the facts of these `names` that can be read names, and what stands
    there; where none can, what stands in the first."""
    stated = (facts[name] for name in names if facts.get(name) not in (None, "", True))
    found = [str(value) for value in stated]
    for written in found:
        if day := parse_date(written, text):
            return day, written
    return None, found[0] if found else ""


def _link_text(match: re.Match[str]) -> str:
    embedded, target, shown = match.groups()
    return "" if embedded else shown or target


def _first_heading(tokens: list[Token]) -> str | None:
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            return _block_text(inside)
    return None


def _block_text(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type == "html_block":
        return html_text(token.content)
    if token.type != "inline":
        return ""
    parts = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append("\n" if child.content.lower().startswith("<br") else "")
        elif child.type == "text":
            parts.append(_NOTE_MARK.sub("", child.content))
        elif child.type == "code_inline":
            parts.append(child.content)
    return "".join(parts).strip()
