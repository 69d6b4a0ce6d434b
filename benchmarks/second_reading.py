"""A second, simple reading of exports of press databases, to compare the product's with.

It knows the marks of the real files that it was written over and nothing else, shares no code with
the product's readers, and says of each article the title, the day, and the words of the text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from html import unescape
from pathlib import Path
from zipfile import ZipFile

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero januari",
            "february feb februar février febrero februari",
            "march mar märz mars marzo maart",
            "april apr avril abril",
            "may mai mayo mei",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto augustus",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for month in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = re.compile(
    rf"(?P<d>\d{{1,2}})(?:er|\.)?\s?(?P<m>{_NAME})\.?,? (?P<y>\d{{4}})"
    rf"|(?P<m2>{_NAME})\.? (?P<d2>\d{{1,2}}),? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4}) ?[年-] ?(?P<m3>\d{1,2}) ?[月-] ?(?P<d3>\d{1,2})"
    r"|(?P<d4>\d{2})[.-](?P<m4>\d{2})[.-](?P<y4>\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Second:
    """An article: its title, its day, None where the file has none, and its text."""

    title: str
    day: date | None
    text: str


def second_reading(path: Path, database: str) -> list[Second]:
    """The articles of the export of a `database` at `path`."""
    return list(_READERS[database, path.suffix.lower()](path))


def _day(line: str) -> date | None:
    found = _DAYS.search(line.replace("\xa0", " "))
    if not found:
        return None
    said = {name[0]: value for name, value in found.groupdict().items() if value}
    month = said["m"].lower()
    return date(int(said["y"]), _MONTHS.get(month) or int(month), int(said["d"]))


def _plain(markup: str) -> str:
    markup = re.sub(r"(?is)<(style|script|title).*?</\1>|<!--.*?-->", " ", markup)
    markup = re.sub(
        r"(?i)</?(?:p|pre|div|br|td|tr|li|h\d|table|section|meta)\b[^>]*>", "\n", markup
    )
    return unescape(re.sub(r"<[^>]+>", "", markup)).replace("\xa0", " ")


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\r\n", "\n")


def _nexis(path: Path) -> Iterator[Second]:
    xml = ZipFile(path).read("word/document.xml").decode()
    xml = re.sub(r"(?s)<w:(?:del|fldSimple\b.*?PAGE).*?</w:(?:del|fldSimple)>", "", xml)
    lines = []
    for found in re.finditer(r"(?s)<w:p[ >].*?</w:p>", xml):
        runs = re.findall(r"(?s)<w:t(?: [^>]*)?>(.*?)</w:t>|<w:(br|cr|tab)\b", found[0])
        line = unescape("".join(text or ("\n" if mark else "") for text, mark in runs))
        lines.append(line.strip("\n "))
    lines = [line for line in lines if line]
    begin = 0
    for end in (n for n, line in enumerate(lines) if line == "End of Document"):
        body = next(n for n in range(begin, end) if lines[n] == "Body")
        rights = [n for n in range(begin, body) if re.match(r"Copyright|©|\S+:\xa0", lines[n])]
        head = lines[begin : next((n for n in rights if n > begin + 1), body)]
        if begin == 0:  # behind a cover
            dated = max(n for n, line in enumerate(head) if _day(line))
            head = head[max(0, dated - 2) :]
        text = lines[body + 1 : end]
        last = next(
            (
                n
                for n, line in enumerate(text)
                if line in ("Graphic", "Classification") or line.startswith("Load-Date:")
            ),
            len(text),
        )
        days = [day for line in head[1:] if (day := _day(line))]
        yield Second(head[0], days[0] if days else None, "\n".join(text[:last]))
        begin = end + 1


def _factiva(path: Path) -> Iterator[Second]:
    markup = _text(path)
    if "<b>HD</b>" in markup:
        yield from _factiva_fields(markup)
        return
    for part in re.split(r"class=[\"']article \w{2,4}Article\b", markup)[1:]:
        part = re.sub(r"(Headline counted[\"']>)\d+\) ", r"\1", part)
        title = re.search(
            r"(?s)id=[\"']hd[\"'].*?<(span|b)\b[^>]*>(.*?)</(?:span|b)>\s*</div", part
        )
        end = re.search(r"<table[^>]*searchPreview|id=[\"']content(?:Right|Bottom)", part)
        part = part[: end.start()] if end else part
        first = re.search(r"<p class=[\"']articleParagraph", part)
        head = part[title.end() if title else 0 : first.start() if first else len(part)]
        cells = [_plain(each).strip() for each in re.split(r"</?div[^>]*>", head)]
        days = [day for each in cells if len(each) < 40 and (day := _day(each))]
        texts = re.findall(r"(?s)<p class=[\"']articleParagraph[^>]*>(.*?)</p>", part)
        text = "\n".join(_plain(re.sub(r"\[(?:https?://|www\.)[^\]\s]*\]", "", t)) for t in texts)
        heading = " ".join(_plain(title[2]).split()) if title else ""
        yield Second(heading, days[0] if days else None, text)


def _factiva_fields(markup: str) -> Iterator[Second]:
    for part in re.split(r"class=[\"']article \w{2,4}Article\b", markup)[1:]:
        rows = re.findall(r"(?s)<b>(\w{2,3})</b>.*?</td>\s*<td[^>]*>(.*?)</td>", part)
        said = {code: _plain(value).strip() for code, value in rows}
        text = "\n".join(said.get(code, "") for code in ("LP", "TD"))
        yield Second(" ".join(said["HD"].split()), _day(said["PD"]), text)


def _factiva_xml(path: Path) -> Iterator[Second]:
    for part in re.findall(r"(?s)<article[ >].*?</article>", _text(path)):
        found = re.findall(r"(?s)<(\w+)\b[^>]*>(.*?)</\1>", part[8:])
        said = {name: _plain(each.replace("<paragraph", "\n<paragraph")) for name, each in found}
        text = "\n".join(said.get(name, "") for name in ("leadParagraph", "tailParagraphs"))
        yield Second(" ".join(said["headline"].split()), _day(said["publicationDate"]), text)


def _apa(path: Path) -> Iterator[Second]:
    text = _text(path)
    if text.startswith("{"):
        text = re.sub(r"\\b\\[^ {}\n]* (?=\S)", "#", text)
        text = re.sub(r"\\pard?\b ?|\\line\b ?", "\n", text)
        text = re.sub(r"\\'([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)
        text = re.sub(r"\\u(-?\d+) ?\??", lambda m: chr(int(m[1]) % 65536), text)
        text = re.sub(r"\\\w+-?\d* ?|[{}]", "", text)
    else:
        text = _plain(re.sub(r"(?s)<h3>(.*?)</h3>", r"<p>#\1</p>", text))
    _, *parts = re.split(r'"[^"\n]{2,60}"[^"\n]* (?:vom|gefunden am) (\d\d\.\d\d\.\d{4}).*', text)
    for day, part in zip(parts[::2], parts[1::2], strict=True):
        lines = [line.strip() for line in part.split("\n") if line.strip(" _")]
        lines = [line for line in lines if not line.startswith("Ressort:")]
        title = next((line for line in lines if line.startswith("#")), lines[0])
        yield Second(" ".join(title.replace("#", "").split()), _day(day), "\n".join(lines))


def _mediargus(path: Path) -> Iterator[Second]:
    text = path.read_bytes().decode("cp1252", errors="replace").replace("\r\n", "\n")
    _, *parts = re.split(r"(?m)^(\d\d-\d\d-\d{4})(?:, ?p\..*)?$", text)
    titles = re.findall(r"(?m)^\??\d+\. (.*)\n\n?.*\d{4},.* \d+w\.", text)
    for title, day, part in zip(titles, parts[::2], parts[1::2], strict=True):
        yield Second(" ".join(title.split()), _day(day), part.partition("\u00a9")[0])


def _lexisnexis_text(path: Path) -> Iterator[Second]:
    parts = re.split(
        r"(?m)^ *(?:FOCUS - )?\d+ (?:of|von|de|van) \d+ DOCUMENTS?\s*$|^ *Dokument \d+ von \d+ *$",
        _text(path),
    )
    for part in parts[1:]:
        blocks = [b.strip("\n") for b in re.split(r"\n[ \t]*\n", part) if b.strip()]
        at = next((n for n, block in enumerate(blocks[:5]) if _day(block)), 0)
        rest = blocks[at + 1 :]
        while rest and rest[0].startswith("     "):
            rest = rest[1:]
        title = " ".join(rest[0].split()) if rest else ""
        kop = next((b for b in blocks if b.strip().startswith("KOP:")), "")
        if re.match(r"[A-ZÄÖÜ]+:", title) and kop:
            title = " ".join(kop.strip()[4:].split())
        fields = r"[A-ZÄÖÜ-]+: "
        heads = [n for n, b in enumerate(rest[:12]) if re.match(fields, b.strip())]
        begin = 1 + max(
            (n for n in heads if all(k in heads for k in range(heads[0], n))), default=0
        )
        tails = r"(LOAD-DATE|LANGUAGE|UPDATE|SPRACHE|TAAL|GRAPHIC|DATE-CHARGEMENT|PUBLICATION-TYPE)"
        end = next(
            (n for n in range(begin, len(rest)) if re.match(tails + ":", rest[n].strip())),
            len(rest),
        )
        while end > begin and re.search(r"Copyright|All Rights|Alle Rechte", rest[end - 1]):
            end -= 1
        yield Second(title, _day(blocks[at]), "\n".join(rest[begin:end]))


def _lexisnexis_page(path: Path) -> Iterator[Second]:
    for part in re.split(r"(?i)<a name=[\"']?DOC_ID_[^>]*>", _text(path))[1:]:
        part = re.sub(r"(?is)<!--.*?-->|<img[^>]*>", "", part)
        divs = [
            "\n".join(filter(None, (" ".join(line.split()) for line in _plain(each).split("\n"))))
            for each in re.split(r"(?i)<br><div ", part)
        ]
        divs = [re.sub(r"(?i)^class=\"c\d+\">\s*", "", each) for each in divs]
        divs = [each for each in divs if each and not re.match(r"\d+ (of|de|von) \d+ DOC", each)]
        at = next((n for n, each in enumerate(divs[:5]) if _day(each)), 0)
        title = " ".join(divs[at + 1].split()) if at + 1 < len(divs) else ""
        label = re.compile(r"(?!SPIEGEL)[A-ZÀ-Þ -]{3,}:|Copyright")
        texts = [each for each in divs[at + 2 :] if not label.match(each)]
        body = max(texts, key=len, default="")
        yield Second(title, _day(divs[at]) if divs else None, body)


def _europresse(path: Path) -> Iterator[Second]:
    markup = _text(path)
    mark = "<article" if "<article" in markup else '<span class="DocPublicationName"'
    for part in markup.split(mark)[1:]:
        title = re.search(
            r"(?s)class=\"(?:\w|-| )*[tT]itreArticleVisu[^>]*>(.*?)</(?:p|span)>", part
        )
        dated = re.search(r"(?s)DocHeader\"[^>]*>.*?(\d.*?\d{4})", part)
        body = re.search(r"(?s)<section.*?>(.*?)</section>", part)
        text = body[1] if body else part[title.end() if title else 0 :]
        heading = " ".join(_plain(title[1]).split()) if title else ""
        day = _day(" ".join(_plain(dated[0][11:]).split())) if dated else None
        yield Second(heading, day, _plain(text).partition("©")[0])


_AFTER = (
    "Subject", "Business indexing term", "Location", "People", "Company / organization", "Title",
    "Identifier / keyword", "Publication title",
)  # fmt: skip


def _proquest_text(path: Path) -> Iterator[Second]:
    for part in re.split(r"(?m)^_{60}$", _text(path)):
        full = re.search(r"(?m)^Full text: ?", part)
        if not full:
            continue
        title = re.sub(r"^Document \d+ of \d+\s*", "", part.strip()).split("\n")[0]
        dated = re.search(r"(?m)^Publication date: (.*)$", part)
        names = "|".join(map(re.escape, _AFTER))
        rest = part[full.end() :]
        # Behind the last blank line before the first field from which all are fields.
        end = next(
            found.start()
            for found in re.finditer(rf"(?m)^(?:{names}): ", rest)
            if "Publication title: " in rest[found.start() :]
            and not re.search(
                r"(?m)^(?!\w[^:\n]{1,40}: ?)\S", rest[found.start() :].split("Links")[0]
            )
        )
        yield Second(title.strip(), _day(dated[1]) if dated else None, rest[:end])


def _proquest_page(path: Path) -> Iterator[Second]:
    yield from _proquest_markup(_text(path))


def _proquest_mail(path: Path) -> Iterator[Second]:
    for part in message_from_bytes(path.read_bytes()).walk():
        data = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(data, bytes):
            yield from _proquest_markup(data.decode("utf-8", errors="replace"))


def _proquest_markup(markup: str) -> Iterator[Second]:
    for part in re.split(r"(?i)<a name=\"DocID_", markup)[1:]:
        lines = [" ".join(line.split()) for line in _plain("<" + part).split("\n")]
        lines = [line for line in lines if line][1:] if lines[0] else [*filter(None, lines)]
        begin = next((n for n, line in enumerate(lines) if line.startswith("Full text:")), None)
        if begin is None:
            continue
        names = tuple(f"{name}:" for name in _AFTER)
        end = next(n for n in range(begin, len(lines)) if lines[n].startswith(names))
        day = next((line for line in lines[end:] if re.match("Publication ?date:", line)), "")
        text = "\n".join(lines[begin:end]).removeprefix("Full text:")
        yield Second(lines[0], _day(day.replace("2 0", "20")), text)


def _retriever(path: Path) -> Iterator[Second]:
    text = _text(path)
    text = text[text.rindex("\n> ") :].partition("\n")[2].partition("\n")[2]
    for part in re.split(r"(?m)^={78}$", text):
        lines = part.strip().split("\n")
        body = part.partition("\n\n")[2] if "\n\n" in part.strip() else ""
        body = re.split(r"(?m)^©", part)[0]
        yield Second(lines[0], _day(lines[1]), "\n".join(body.strip().split("\n")[3:]))


_READERS: dict[tuple[str, str], Callable[[Path], Iterator[Second]]] = {
    ("Nexis", ".docx"): _nexis,
    ("Factiva", ".html"): _factiva,
    ("Factiva", ".htm"): _factiva,
    ("Factiva", ".xml"): _factiva_xml,
    ("APA", ".rtf"): _apa,
    ("APA", ".htm"): _apa,
    ("Mediargus", ".txt"): _mediargus,
    ("LexisNexis", ".txt"): _lexisnexis_text,
    ("LexisNexis", ".html"): _lexisnexis_page,
    ("Europresse", ".html"): _europresse,
    ("ProQuest", ".txt"): _proquest_text,
    ("ProQuest", ".html"): _proquest_page,
    ("ProQuest", ".eml"): _proquest_mail,
    ("Retriever", ".txt"): _retriever,
}
