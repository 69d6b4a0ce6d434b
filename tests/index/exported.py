"""Invented articles, and exports of press databases made of them in the marks of the real ones."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from hemeroteca.index.sources.extract import Extract, Held, Part
from hemeroteca.index.sources.formats.registry import FORMATS
from tests.index.test_word import docx


@dataclass(frozen=True)
class Written:
    """An article as a paper would have it; `when` is the line that says its day."""

    title: str
    paper: str
    when: str
    day: date
    paragraphs: tuple[str, ...]
    section: str = ""
    byline: str = ""
    number: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def read(suffix: str, data: bytes) -> list[Part]:
    """What an export holds, but for how many."""
    found = FORMATS[suffix].extracts(BytesIO(data), suffix)
    return [part for part in found if not isinstance(part, Held)]


def held(suffix: str, data: bytes) -> Held:
    """How many articles an export holds."""
    found = FORMATS[suffix].extracts(BytesIO(data), suffix)
    (count,) = [part for part in found if isinstance(part, Held)]
    return count


def articles(suffix: str, data: bytes) -> list[Extract]:
    """The articles of an export, nothing of which may be rejected."""
    parts = read(suffix, data)
    found = [part for part in parts if isinstance(part, Extract)]
    assert found == parts
    return found


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


MARK = '<w:bookmarkStart w:id="1" w:name="m"/><w:bookmarkEnd w:id="1"/>'
BREAK = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"


def words(text: str, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def paragraph(text: str = "", bold: bool = False, mark: bool = False, properties: str = "") -> str:
    inside = (MARK if mark else "") + (words(text, bold) if text else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


CENTRED = '<w:jc w:val="center"/>'


def nexis_article(
    article: Written,
    body: str = "Body",
    end: str = "End of Document",
    labels: tuple[str, str, str] = ("Section", "Length", "Byline"),
) -> str:
    """The paragraphs of an article in a Word file of Nexis."""
    section, length, byline = labels
    lines = [
        paragraph(mark=True),
        paragraph(article.title, bold=True, properties=CENTRED + '<w:outlineLvl w:val="0"/>'),
        paragraph(article.paper, properties=CENTRED),
        paragraph(article.when, properties=CENTRED),
        paragraph(article.extra["edition"], properties=CENTRED)
        if "edition" in article.extra
        else "",
        paragraph(),
        paragraph("Copyright 2024 Prensa Inventada S.L. All Rights Reserved"),
        paragraph(f"{section}:\xa0{article.section}") if article.section else "",
        paragraph(f"{length}:\xa0120 words"),
        paragraph(f"{byline}:\xa0{article.byline}") if article.byline else "",
        paragraph(body, bold=True, mark=True),
        paragraph(),
        *map(paragraph, article.paragraphs),
        article.extra.get("behind", ""),
        paragraph("Load-Date:\xa0March 28, 2031"),
        paragraph(),
        paragraph(end, bold=True),
        BREAK,
    ]
    return "".join(lines)


def nexis_docx(*articles: str, cover: str = "") -> bytes:
    return docx(cover + "".join(articles))
