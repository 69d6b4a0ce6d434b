"""WordPress exports (WXR): the published posts of a site."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.dates import parse_date, parse_hour
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.extract import Extract, Rejected, digest, entry, stable_key
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.records import undated

NAMESPACE = b"wordpress.org/export/"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_EXCERPT = "{*}excerpt/{*}encoded"
# What a site is made of besides articles; themes add kinds of articles of their own.
_OTHER_KINDS = re.compile(
    r"page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache"
    r"|user_request|wp_.*|acf-.*|elementor_.*|product.*|shop_.*|.*form|popup"
)
_VALUES = r"[^\[\]]{0,1000}"
_CAPTION = re.compile(rf"\[(?:wp_)?caption\b{_VALUES}\]", re.IGNORECASE)
_CAPTION_END = re.compile(r"\[/(?:wp_)?caption\]", re.IGNORECASE)
_EMBEDDED = re.compile(
    rf"\[(embed|audio|video|playlist)\b{_VALUES}\]\s{{0,9}}[^\s\[\]]{{0,1000}}\s{{0,9}}\[/\1\]",
    re.IGNORECASE,
)
# One that cannot be the author's own brackets, as in "[sic]": an end, one with values, with an
# underscore, or of WordPress itself.
_SHORTCODE = re.compile(
    r"\[(?:/[a-z][\w-]{0,60}"
    rf"|[a-z][\w-]{{0,60}}(?:\s[^\[\]=]{{0,200}})?={_VALUES}"
    rf"|[a-z][a-z0-9]{{0,60}}[_-][\w-]{{0,60}}{_VALUES}"
    rf"|(?:gallery|embed|audio|video|playlist|more|toc)\b{_VALUES})\]",
    re.IGNORECASE,
)
_OPENED = re.compile(r"\[/([a-z][\w-]{0,60})\]", re.IGNORECASE)
_NAMES = ("guid", "link", "post_id")
_PRINTED = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))


def read_export(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The published posts, one at a time; pages, drafts, what was binned or has a password, and
    menus are passed over. The day is the site's own."""
    clean = _Clean(stream)
    items = etree.iterparse(
        clean, tag="item", recover=True, resolve_entities=False, no_network=True, huge_tree=True
    )
    number, paper = 0, ""
    persons: dict[str, str] = {}
    for number, (_, item) in enumerate(items, start=1):
        paper = paper or item.getparent().findtext("title", "")
        persons |= _persons(item.getparent())
        if _is_published(item):
            yield _post(item, entry(number), paper, persons)
        item.clear()
        while item.getprevious() is not None:  # what was read need not be held
            del item.getparent()[0]
    if not clean.end.rstrip().endswith(b"</rss>"):
        reason = Message("is damaged or cut here: what follows cannot be read")
        yield Rejected(entry(max(1, number)), reason)


class _Clean:
    """A stream without the control characters that would end XML."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.end = b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size).translate(_PRINTED)
        self.end = (self.end + data)[-200:]
        return data


def _is_published(item: etree._Element) -> bool:
    # Of an item that is cut, the text comes before the status.
    status, kind = item.findtext("{*}status", ""), item.findtext("{*}post_type", "post")
    if status.strip() != "publish" or item.findtext("{*}post_password", ""):
        return False
    return not _OTHER_KINDS.fullmatch(kind.strip().lower())


def _persons(channel: etree._Element) -> dict[str, str]:
    """The names of those who write, by that under which they log in."""
    return {
        author.findtext("{*}author_login", ""): name
        for author in channel.iterfind("{*}author")
        if (name := author.findtext("{*}author_display_name", ""))
    }


def _post(
    item: etree._Element, where: Message, paper: str, persons: Mapping[str, str]
) -> Extract | Rejected:
    content = item.findtext(_CONTENT, "")
    identity = next(filter(None, (item.findtext(f"{{*}}{name}") for name in _NAMES)), "")
    try:
        text, title = _text(content), html_text(item.findtext("title", "")) or None
    except ArticleError as error:
        return Rejected(where, error.message, identity, digest(content))
    if not text:
        return Rejected(where, Message("has no text"), identity, digest(content))
    day, written = _day(item, text, ("post_date", "pubDate"))
    changed, _ = _day(item, text, ("post_modified",))
    creator = item.findtext("{*}creator", "")
    categories = [c for c in item.iterfind("category") if c.get("domain") == "category"]
    publication = Publication(
        paper=paper,
        authors=authors_of(persons.get(creator, creator)),
        section=next(filter(None, (c.text for c in categories)), ""),
        url=item.findtext("link", ""),
        hour=parse_hour(_zoned(written, item.findtext("{*}post_date_gmt", ""))),
        changed=changed.isoformat() if changed else "",
    )
    notes = (undated(written),) if written and day is None else ()
    key = stable_key(identity, text)
    return Extract(text, key, title, day, where=where, notes=notes, publication=publication)


def _day(item: etree._Element, text: str, names: Iterable[str]) -> tuple[date | None, str]:
    """The day that the first of these fields that can be read names, and what stands there; what
    stands in the first, if none can."""
    found = [item.findtext(f"{{*}}{name}", "").strip() for name in names]
    for written in found:
        if day := parse_date(written, text):
            return day, written
    return None, next(filter(None, found), "")


def _zoned(written: str, universal: str) -> str:
    """A moment of the site's own clock with its zone, by the same in universal time; as it is
    `written` where that tells none."""
    try:
        local = datetime.fromisoformat(written)
        zone = timezone(local - datetime.fromisoformat(universal))
    except (TypeError, ValueError):  # a moment with a zone, none, or more than a day apart
        return written
    known = not zone.utcoffset(None) % timedelta(minutes=15)
    return local.replace(tzinfo=zone).isoformat() if known else written


def _text(content: str) -> str:
    """The text of a post's content, which is HTML with shortcodes, in which a blank line parts
    paragraphs too."""
    content = _EMBEDDED.sub("", content)
    content = _CAPTION_END.sub("</p>", _CAPTION.sub("<p>", content))
    for name in set(_OPENED.findall(content)):
        content = re.sub(rf"\[{re.escape(name)}\]", "", content)
    return html_text(_SHORTCODE.sub("", content))
