"""A second, simple reading of agencies' items, digitised issues, web archives, sites' exports and
mail, to compare the product's with.

It shares no code with the product's readers, takes files as sound, and says of each article the
title, the day and the words; of an issue whose articles lie in METS, the titles, the day and the
words of all of its pages."""

import email.policy
import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.second_reading import Second

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)|(\d\d)\.(\d\d)\.(\d{4})")
_HYPHENS = "-\u00ad\u00ac"
Node = ElementTree.Element


def second_of(path: Path) -> list[Second] | None:
    """The articles of the file; None if it is of no kind that this reads."""
    suffix = path.suffix.lower()
    if suffix == ".xml":
        root = _root(path)
        reader = _XML.get(root.tag) if root is not None else None
        return None if root is None or reader is None else list(reader(root, path))
    other = _OTHER.get(suffix)
    return None if other is None else list(other(path))


def _root(path: Path) -> Node | None:
    """The XML without namespaces, document type and what stands before it."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    data = re.sub(rb"(?s)<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", b"", data, count=1)
    try:
        root = ElementTree.fromstring(data.strip())
    except ElementTree.ParseError:
        return None
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
    return root


def _day(*written: str | None) -> date | None:
    for each in written:
        found = _DAY.search(each or "")
        if found:
            year, month, day, day2, month2, year2 = found.groups()
            return date(int(year or year2), int(month or month2), int(day or day2))
    return None


def _line(node: Node | None) -> str:
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _spaced(node: Node | None) -> str:
    """The text with a blank at each tag."""
    return "" if node is None else " ".join(" ".join(node.itertext()).split())


def _plain(markup: str) -> str:
    markup = re.sub(r"(?is)<(style|script|title|head)\b.*?</\1>|<!--.*?-->", " ", markup)
    markup = re.sub(r"(?i)</?(?:b|i|em|strong|a|span|u|font|small|sup|sub)\b[^>]*>", "", markup)
    return unescape(re.sub(r"<[^>]+>", " ", markup))


def _nitf(root: Node, _: Path) -> Iterator[Second]:
    for unseen in ("media-metadata", "media-producer"):
        for holder in root.iter():
            for each in holder.findall(unseen):
                holder.remove(each)
    parts = (".//body.head/dateline", ".//body.head/abstract", ".//body.content", ".//tagline")
    content = " ".join(_spaced(root.find(part)) for part in parts)
    if not _spaced(root.find(".//body.content")):
        return
    dates = (
        (".//pubdata", "date.publication"),
        (".//date.issue", "norm"),
        (".//date.release", "norm"),
    )
    found = [(root.find(path), name) for path, name in dates]
    stories = root.find(".//story.date")
    days = [node.get(name) for node, name in found if node is not None]
    days.append(stories.get("norm") if stories is not None else None)
    title = _line(root.find(".//hedline/hl1")) or _line(root.find("head/title"))
    yield Second(title, _day(*days), content)


def _newsml(root: Node, path: Path) -> Iterator[Second]:
    for item in [root] if root.tag == "newsItem" else list(root.iter("newsItem")):
        text = ""
        for inline in item.iterfind("contentSet/inlineXML"):
            body = inline.find(".//body.content")
            body = inline.find(".//body") if body is None else body
            text = max(text, _spaced(inline if body is None else body), key=len)
        for data in item.iterfind("contentSet/inlineData"):
            text = max(text, " ".join(_plain("".join(data.itertext())).split()), key=len)
        if text:
            days = (
                "itemMeta/firstCreated",
                "contentMeta/contentCreated",
                "itemMeta/versionCreated",
            )
            headline = next(filter(None, map(_line, item.findall("contentMeta/headline"))), "")
            yield Second(headline, _day(*(_line(item.find(day)) for day in days)), text)


def _newsml1(root: Node, _: Path) -> Iterator[Second]:
    for item in root.iter("NewsItem"):
        texts = []
        for component in item.iter("NewsComponent"):
            role = component.find("Role")
            if role is not None and role.get("FormalName") in ("StyleSheet", "HeadLine", "Title"):
                continue
            for content in component.findall("ContentItem"):
                media, data = content.find("MediaType"), content.find("DataContent")
                if data is None or (media is not None and media.get("FormalName") != "Text"):
                    continue
                body = data.find(".//body.content")
                body = data.find(".//body") if body is None else body
                text = _spaced(data if body is None else body)
                text = " ".join(_plain(text).split()) if "<" in text else text
                if text and text not in texts:
                    texts.append(text)
        headline = next(filter(None, map(_line, item.iter("HeadLine"))), "")
        days = (_line(item.find("NewsManagement/FirstCreated")), _line(item.find(".//DateId")))
        if texts:
            yield Second(headline, _day(*days), " ".join(texts))


def _alto(root: Node, _: Path) -> Iterator[Second]:
    words: list[str] = []
    whole = ""
    hyphen = False
    for line in root.iter("TextLine"):
        begun = hyphen or (len(words[-1]) > 1 and words[-1][-1] in _HYPHENS if words else False)
        for number, each in enumerate(line.iter("String")):
            said, kind = each.get("CONTENT", ""), each.get("SUBS_TYPE")
            subs = each.get("SUBS_CONTENT", "")
            if kind == "HypPart1" and subs:
                words.append(subs)
                whole = subs
            elif kind == "HypPart2" and subs and subs == whole:
                whole = ""
            elif number == 0 and begun and said[:1].isalpha():
                words[-1] = words[-1].rstrip(_HYPHENS) + said
            else:
                words.append(said)
        hyphen = bool(words) and line.find(".//HYP") is not None and not whole
    if any(words):
        yield Second("", None, " ".join(words))


def _abbyy(root: Node, _: Path) -> Iterator[Second]:
    for page in root.iter("page"):
        words: list[str] = []
        hyphen = False
        for line in page.iter("line"):
            letters = [each.text or " " for each in line.iter("charParams")]
            said = ("".join(letters) or "".join(line.itertext())).split()
            if said and hyphen and said[0][:1].isalpha():
                words[-1] = words[-1].rstrip(_HYPHENS) + said.pop(0)
            words += said
            hyphen = bool(words) and len(words[-1]) > 1 and words[-1][-1] in _HYPHENS
        if words:
            yield Second("", None, " ".join(words))


def _mets(root: Node, path: Path) -> Iterator[Second]:
    """The articles of the issue, and behind them its pages as one text."""
    said = {each.get("ID"): each for each in root.iter("dmdSec")}
    label = root.get("LABEL") or ""
    days = [_line(each) for each in root.iter("dateIssued")] + [_line(d) for d in root.iter("date")]
    day = next(filter(None, map(_day, [*days, label])), None)
    for div in root.iter("div"):
        if (div.get("TYPE") or "").lower() != "article":
            continue
        described = [said[n] for n in (div.get("DMDID") or "").split() if n in said]
        title = next((_line(t) for each in described for t in each.iter("title")), "")
        yield Second(title or " ".join((div.get("LABEL") or "").split()), day, "")
    pages = []
    folder = path.parent.parent if path.parent.name == "toc" else path.parent
    for page in sorted([*folder.rglob("*.xml"), *folder.rglob("*.xml.gz")]):
        read = _root(page)
        if read is not None and read.tag == "alto":
            pages += [each.text for each in _alto(read, page)]
    yield Second("", day, " ".join(pages))


def _rss(root: Node, _: Path) -> Iterator[Second]:
    for item in root.iter("item"):
        if item.findtext("status") == "publish" and item.findtext("post_type") == "post":
            text = next((each.text or "" for each in item.iter("encoded")), "")
            text = re.sub(
                r"\[/?\w+[^\]]*=[^\]]*\]|\[/\w+\]|\[(?:gallery|playlist)[^\]]*\]", " ", text
            )
            if _plain(text).strip() and not item.findtext("post_password"):
                written = (item.findtext("post_date"), item.findtext("pubDate"))
                title = unescape(re.sub("<[^>]*>", "", item.findtext("title") or ""))
                yield Second(title, _day(*written), _plain(text))


def _json(path: Path) -> Iterator[Second]:
    value = json.loads(path.read_text(encoding="utf-8-sig"))
    for item in value if isinstance(value, list) else [value]:
        bodies = [v for name, v in item.items() if name.lower().startswith("bod")]
        listed = [each for v in bodies for each in (v if isinstance(v, list) else [v])]
        texts = [each.get("value", "") if isinstance(each, dict) else str(each) for each in listed]
        heads = item.get("headlines") or item.get("headline") or item.get("title") or ""
        heads = heads[0].get("value", "") if isinstance(heads, list) else heads
        names = ("firstcreated", "contentcreated", "firstCreated", "contentCreated",
                 "versioncreated", "versionCreated")  # fmt: skip
        text = max(map(_plain, texts), key=len, default="")
        if text.strip():
            yield Second(heads, _day(*(item.get(name) for name in names)), text)


def _mail(path: Path) -> Iterator[Second]:
    message = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = message.get_body(("html", "plain"))
    sent = message["date"]
    when = getattr(sent, "datetime", None)
    text = str(part.get_content()) if part is not None else ""
    if part is not None and part.get_content_type() == "text/html":
        text = _plain(text)
    yield Second(str(message["subject"] or ""), when.date() if when else None, text)


_XML: dict[str, Callable[[Node, Path], Iterator[Second]]] = {
    "nitf": _nitf,
    "newsItem": _newsml,
    "newsMessage": _newsml,
    "NewsML": _newsml1,
    "mets": _mets,
    "alto": _alto,
    "page": _abbyy,
    "rss": _rss,
}
_OTHER: dict[str, Callable[[Path], Iterator[Second]]] = {".json": _json, ".eml": _mail}
