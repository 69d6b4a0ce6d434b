"""Every form of export that is read, of stories that are given, in the variants of real files: what
may lack lacks at times, what has several orders has each of them, and all that is of the form and
not of the stories bears the word FURNITURE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from html import escape
from textwrap import wrap
from typing import Protocol, TypeVar

from babel.dates import format_date

from tests.index.exported import BREAK, CENTRED, paragraph, words
from tests.index.test_rich_text import odt, rtf
from tests.index.test_word import docx

T = TypeVar("T")
FURNITURE = "FURNITURE"
_RULE = "_" * 60
_BAR = "=" * 78


class Pick(Protocol):
    """Chooses one of several."""

    def __call__(self, *options: T) -> T: ...


@dataclass(frozen=True)
class Story:
    """What an article says; `number` tells it from the others."""

    title: str
    paper: str
    day: date
    paragraphs: tuple[str, ...]
    number: int = 0
    section: str = ""
    author: str = ""


@dataclass(frozen=True)
class Form:
    """A way to export: the `suffix` of its files, and how stories are written."""

    name: str
    suffix: str
    write: Callable[[Sequence[Story], Pick], bytes]


def _day(day: date, *forms: tuple[str, str]) -> list[str]:
    return [format_date(day, form, locale=language) for language, form in forms]


_NEXIS_DAYS = (
    ("en", "MMMM d, y EEEE"), ("en", "MMMM d, y EEEE '1:42' 'PM' 'GMT'"), ("en", "MMMM d, y"),
    ("en", "MMMM d, y, EEEE,, 'FINAL EDITION'"), ("fr", "EEEE d MMMM y '20:15' 'GMT'"),
    ("de", "EEEE d. MMMM y"), ("de", "EEEE d.MMMM y"), ("de", "d. MMMM y"),
    ("es", "d MMMM y EEEE"), ("it", "d MMMM y EEEE '4:07' 'PM' 'GMT'"), ("pt", "d MMMM y EEEE"),
    ("fr", "d MMMM y EEEE"), ("de", "d. MMMM y EEEE '9:50' 'PM' 'GMT+1'"),
    ("nl", "EEEE d MMMM y"), ("es", "EEEE d 'de' MMMM 'de' y"),
)  # fmt: skip
_FACTIVA = (  # month names, the words "words", "Spanish" and "Document"
    ("es", "palabras", "Español", "Documento"), ("en", "words", "Spanish", "Document"),
    ("de", "Wörter", "Spanisch", "Dokument"), ("fr", "mots", "Espagnol", "Document"),
    ("it", "parole", "Spagnolo", "Documento"), ("pt", "palavras", "Espanhol", "Documento"),
    ("ru", "слов", "Испанский", "Документ"), ("nl", "woorden", "Spaans", "Document"),
    ("ja", "文字", "スペイン語", "文書"), ("zh", "字", "西班牙文", "文件"),
    ("tr", "kelime", "İspanyolca", "Belge"),
)  # fmt: skip


# Nexis ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Set:
    """A line as Nexis sets it."""

    text: str = ""
    bold: bool = False
    centred: bool = False
    mark: bool = False
    level: bool = False


def _nexis_lines(story: Story, pick: Pick) -> list[_Set]:
    day = pick(*_day(story.day, *_NEXIS_DAYS))
    head = [
        _Set(mark=True),
        *pick([], [_Set("\n")]),  # a logo's
        _Set(story.title, bold=True, centred=True, level=True),
        _Set(story.paper, centred=True),
        _Set(day, centred=True),
        *pick([], [_Set(pick("2ª Ed. Norte Edición", "Andalucía Edición", "AUSGABE: HA"),
                        centred=True)]),
        _Set(),
        *pick(
            [_Set(f"Copyright 2031 {FURNITURE} S.L. All Rights Reserved")],
            [_Set(f"Copyright 2031 {FURNITURE}"), _Set("All Rights Reserved"),
             _Set(f"Lizenz {FURNITURE}: alle Rechte vorbehalten")],
        ),
        *pick([], [_Set(f"Section:\xa0{story.section}; {FURNITURE}; Pág. 20")]),
        _Set(f"Length:\xa0558 {pick('words', 'mots')}"),
        *([_Set(f"Byline:\xa0{story.author}")] if story.author else []),
        *pick([], [_Set(f"Dateline:\xa0{FURNITURE}")]),
        _Set("Body", bold=True, mark=True),
        *pick([], [_Set()], [_Set(), _Set(), _Set()]),
    ]  # fmt: skip
    between = pick([], [_Set()], [_Set(), _Set(), _Set()])
    text = [line for each in story.paragraphs for line in (_Set(each), *between)]
    tail = [
        *pick([], [_Set("Graphic", bold=True), _Set(), _Set("Una foto")]),
        *pick([], [_Set("Classification", bold=True, mark=True), _Set(), _Set(),
                   _Set("Language:\xa0SPANISH; ESPAÑOL"), _Set(f"Subject:\xa0{FURNITURE} (89%)")]),
        _Set("\nLoad-Date:\xa0March 28, 2031"),
        _Set(),
        _Set("\nEnd of Document", bold=True),
    ]  # fmt: skip
    return [*head, *text, *tail]


def _nexis_cover(made: Sequence[Story], pick: Pick) -> list[_Set]:
    return pick(
        [],
        [
            _Set("Date and Time:\xa0Friday, March 29, 2031 1:45:00 PM CET"),
            _Set("Job Number:\xa0175"), _Set(f"Documents ({len(made)})", bold=True),
            *(line for n, each in enumerate(made, 1) for line in (
                _Set(f"{n}. {each.title}"), _Set("Client/Matter:\xa0-None-"),
                _Set(f"Search Terms:\xa0{FURNITURE}"), _Set("Search Type:\xa0Natural Language"),
                _Set("Narrowed by:\xa0"), _Set(f"Content Type\t{FURNITURE}"))),
        ],
    )  # fmt: skip


def _nexis_word(made: Sequence[Story], pick: Pick) -> bytes:
    def line(each: _Set) -> str:
        properties = (CENTRED if each.centred else "") + (
            '<w:outlineLvl w:val="0"/>' if each.level else ""
        )
        written = paragraph(each.text.strip("\n"), each.bold, each.mark, properties)
        if each.text.startswith("\n"):
            written = written.replace("</w:pPr>", "</w:pPr><w:r><w:br/></w:r>", 1)
        if each.level and linked:
            run = words(each.text, each.bold)
            written = written.replace(run, f'<w:hyperlink r:id="t">{run}</w:hyperlink>')
        return written

    linked = pick(True, False)
    body = "".join(map(line, _nexis_cover(made, pick)))
    for story in made:
        body += "".join(map(line, _nexis_lines(story, pick))) + pick(BREAK, BREAK + paragraph())
    return docx(body)


def _nexis_rtf(made: Sequence[Story], pick: Pick) -> bytes:
    def line(each: _Set) -> str:
        mark = r"{\*\bkmkstart B}{\*\bkmkend B}" if each.mark else ""
        centred = r"\qc" if each.centred else ""
        text = _rtf(each.text.strip("\n")).replace(r"\u160?", r"\~")
        begins = r"\line " if each.text.startswith("\n") else ""
        return rf"\pard\plain{centred}{{{mark}\b{int(each.bold)}\fs20 {begins}{text}}}\par" + "\n"

    body = "".join(map(line, _nexis_cover(made, pick)))
    for story in made:
        header = rf"{{\header\pard {_rtf(story.title)} {FURNITURE}\par}}"
        body += rf"\sect\sectd{header}" + "".join(map(line, _nexis_lines(story, pick)))
    return rtf(body)


def _nexis_odt(made: Sequence[Story], pick: Pick) -> bytes:
    def line(each: _Set) -> str:
        parts = escape(each.text.strip("\n"))
        kind = "h" if each.level else "p"
        level = ' text:outline-level="1"' if each.level else ""
        return f"<text:{kind}{level}>{parts}</text:{kind}>"

    lines = [*_nexis_cover(made, pick), *(x for each in made for x in _nexis_lines(each, pick))]
    return odt("".join(map(line, lines)))


def _rtf(text: str) -> str:
    return "".join(
        each if each.isascii() else f"\\u{ord(each)}?" for each in text.replace("\\", "\\\\")
    )


# LexisNexis ----------------------------------------------------------------------------------


def _lexisnexis_text(made: Sequence[Story], pick: Pick) -> bytes:
    count = len(made)
    text = pick(
        "",
        f"\n\n\nDownload Request: Selected Items: 1-{count}\nTime Of Request: Friday, December 02,"
        f" 2031  08:58:19 EST\n\nSend To:\n\n{FURNITURE}\n\nTerms: ({FURNITURE})\n\n\n",
    )
    names = pick(
        ("SECTION", "BYLINE", "LENGTH", "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE"),
        ("RUBRIK", "AUTOR", "LÄNGE", "UPDATE", "SPRACHE", "PUBLICATION-TYPE"),
        ("RUBRIQUE", "AUTEUR", "LONGUEUR", "DATE-CHARGEMENT", "LANGUE", "TYPE-PUBLICATION"),
    )
    section, byline, length, loaded, language, kind = names
    numbers = pick("{n} of {m} DOCUMENTS", "Dokument {n} von {m}", "Document {n} de {m}",
                   "FOCUS - {n} of {m} DOCUMENTS")  # fmt: skip
    for n, story in enumerate(made, 1):
        fields = [f"{section}: {story.section or FURNITURE}; Pg. 31"]
        fields += [f"{byline}: {story.author}"] if story.author else []
        fields += [f"{length}: 201 words"]
        edition = pick("", f"{'PRIMERA Edición':^78}\n")
        text += (
            f"\n{numbers.format(n=n, m=count):^78}\n\n\n{story.paper:^78}\n\n"
            f"{pick(*_day(story.day, *_NEXIS_DAYS[:14])):^78}\n{edition}\n"
            + "\n".join(wrap(story.title, 78))
            + "\n\n" + "\n\n".join(pick(fields, fields[::-1])) + "\n\n\n"
            + "\n\n".join("\n".join(wrap(each, 78)) for each in story.paragraphs)
            + f"\n\n{loaded}: March 28, 2031\n\n{language}: SPANISH; ESPANOL\n\n"
            + pick("", "GRAPHIC: Foto, la plaza\n\n") + f"{kind}: {FURNITURE}\n\n\n"
            + pick("", f"{f'Copyright 2031 {FURNITURE}':^78}\n{'All Rights Reserved':^78}\n\n")
        )  # fmt: skip
    return pick("", "\ufeff").encode() + pick(text, text.replace("\n", "\r\n")).encode()


def _lexisnexis_rtf(made: Sequence[Story], pick: Pick) -> bytes:
    def line(text: str, centred: bool = False) -> str:
        return (r"\pard\qc " if centred else r"\pard ") + _rtf(text) + r"\par "

    body = line(f"Download Request: Selected Items: 1-{len(made)}") + line(f"Terms: {FURNITURE}")
    for n, story in enumerate(made, 1):
        body += (
            r"\page" + line(f"{n} of {len(made)} DOCUMENTS", True) + line(story.paper, True)
            + line(pick(*_day(story.day, *_NEXIS_DAYS[:14])), True) + line("") + line(story.title)
            + line(f"SECTION: {story.section or FURNITURE}; Pg. 31")
            + (line(f"BYLINE: {story.author}") if story.author else "")
            + line("LENGTH: 201 words") + line("") + "".join(map(line, story.paragraphs))
            + line("LOAD-DATE: March 28, 2031") + line("LANGUAGE: SPANISH; ESPANOL")
            + line(f"PUBLICATION-TYPE: {FURNITURE}") + line(f"Copyright 2031 {FURNITURE}", True)
        )  # fmt: skip
    return rtf(body)


def _lexisnexis_page(made: Sequence[Story], pick: Pick) -> bytes:
    def block(*paragraphs: str) -> str:
        inside = "".join(f'<P CLASS="c1"><SPAN CLASS="c2">{each}</SPAN></P>' for each in paragraphs)
        return f'<BR><DIV CLASS="c0">{inside}\n</DIV>\n'

    def field(name: str, value: str) -> str:
        return block(f'{name}: </SPAN><SPAN CLASS="c2">{value}')

    text = f'<META TOPIC="null" DOCUMENTS="{len(made)}"></HEAD><BODY>' + block(
        f"Download Request: 1-{len(made)}<BR>Terms: {FURNITURE}"
    )
    for n, story in enumerate(made, 1):
        first, _, rest = pick(*_day(story.day, *_NEXIS_DAYS[:14])).partition(" ")
        text += (
            f'<A NAME="DOC_ID_0_{n}"></A><!-- Hide XML section from browser\n<DOC NUMBER={n}>\n -->'
            + block(f"{n} of {len(made)} DOCUMENTS")
            + block(f'<IMG SRC="x" ALT="https://x.example/{FURNITURE}"><BR>{escape(story.paper)}')
            + block(f'<SPAN CLASS="c4">{first}</SPAN><SPAN> {rest}</SPAN>'
                    + pick("", "<BR>Late Edition - Final"))
            + block(escape(story.title))
            + field("SECTION", f"{story.section or FURNITURE}; Pg. 3")
            + (field("BYLINE", story.author) if story.author else "")
            + field("LENGTH", "201 words")
            + block(*map(escape, story.paragraphs))
            + pick("", field("SUJET", f"{FURNITURE} (90%)"))
            + field("LOAD-DATE", "March 28, 2031")
            + field("LANGUAGE", "SPANISH; ESPANOL")
            + pick("", field("BIBLIOGRAPHIE", FURNITURE))
            + field("PUBLICATION-TYPE", FURNITURE)
            + block(f"Copyright 2031 {FURNITURE}<BR>All Rights Reserved")
            + "<!-- Hide XML section from browser\n</DOC> -->"
        )  # fmt: skip
    return f"<HTML><HEAD>{text}</BODY></HTML>".encode()


# Factiva -------------------------------------------------------------------------------------


def _accession(story: Story) -> str:
    return f"CRONIC0020310503ee53{story.number:05}"


def _factiva_day(day: date, language: str) -> str:
    if language in ("ja", "zh"):
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return format_date(day, "d MMMM y", locale=language)


def _factiva_page(made: Sequence[Story], pick: Pick) -> bytes:
    language, count, named, last = pick(*_FACTIVA)
    older = pick(True, False)
    body = ""
    for story in made:
        number = _accession(story)
        cells = [
            pick("212", "1.212", "1,212", "1 212") + f" {count}",
            _factiva_day(story.day, language), *pick([], ["09:15"]),
            escape(story.paper), "CRONIC",
            *pick([], ["NGCFURNITURE"], ["Primera", "12"], ["Late Edition - Final", "A6"]),
            named, pick(f"© 2031 {FURNITURE}, S.L.", f"(c) 2031 {FURNITURE}.\nAll rights reserved"),
        ]  # fmt: skip
        author = f'<div class="author">{story.author} </div>' if story.author else ""
        headline = (
            f"<b class='esHeadline'>{escape(story.title)}  </b>" if older
            else f"<span class='esHeadline'>{escape(story.title)}</span>"
        )  # fmt: skip
        closed = pick(("<p>\n", "</p>"), ("<p>\n</p>", "<p></p>"))  # the second by a browser
        body += (
            ("" if older else f'<div id="article-{number}" class="article">')
            + f'<div class="article esArticle">{closed[0]}'
            + pick("", f"<div>{escape(story.section or 'Local')}</div>")
            + f'<div id="hd" >{headline}\n</div>{author}'
            + pick("", "<div>Special to La Crónica</div>")
            + "".join(f"<div>{each}</div>" for each in cells)
            + closed[1]
            + "".join(f'\n<p class="articleParagraph esarticleParagraph">{escape(each)}</p>'
                      for each in story.paragraphs)
            + f"<p>{FURNITURE}, S.L.</p><p>{last} {number}</p></div>"
            + ("" if older else "</div>") + "<br/><span></span>"
        )  # fmt: skip
    summary = (
        '<table class="searchPreview"><tr><td class="sbSummaryTitle">Resumen</td></tr>'
        f"<tr><td>Texto</td><td>{FURNITURE}</td></tr><tr><td>7 enero 2031</td></tr></table>"
    )
    return (
        "<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>"
        f'<input type="hidden" value="{FURNITURE}"/><div id="contentLeft"><span></span>{body}'
        f"{summary}</div></body></html>"
    ).encode()


def _factiva_rows(story: Story, pick: Pick) -> list[tuple[str, tuple[str, ...]]]:
    language, count, named, last = pick(*_FACTIVA)
    cut = pick(0, 1, len(story.paragraphs))
    return [
        *pick([], [("CLM", (FURNITURE,))], [("SE", (story.section or "Local",))]),
        ("HD", (story.title,)),
        *([("BY", (story.author,))] if story.author else []),
        ("WC", (f"1 102 {count}",)),
        ("PD", (_factiva_day(story.day, language),)),
        *pick([], [("ET", ("15:32",))]), ("SN", (story.paper,)), ("SC", ("CRONIC",)),
        *pick([], [("ED", ("Primera",)), ("PG", ("A6",))]), ("LA", (named,)),
        ("CY", (f"© 2031 {FURNITURE}",)),
        *([("LP", story.paragraphs[:cut])] if cut else []),
        *([("TD", story.paragraphs[cut:])] if story.paragraphs[cut:] else []),
        *pick([], [("NS", (f"gcat : {FURNITURE} | nrgn : {FURNITURE}",)), ("RE", (FURNITURE,))]),
        ("PUB", (FURNITURE,)), ("AN", (f"{last} {_accession(story)}",)),
    ]  # fmt: skip


def _factiva_indexed_page(made: Sequence[Story], pick: Pick) -> bytes:
    def cell(code: str, values: tuple[str, ...]) -> str:
        if code not in ("LP", "TD"):
            return escape(values[0])
        mark = '<p class="articleParagraph esarticleParagraph">'
        return "".join(f"{mark}{escape(each)}</p>" for each in values)

    body = "".join(
        '<div class="article esArticle"><table>'
        + "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{cell(code, values)}</td></tr>'
            for code, values in _factiva_rows(story, pick)
        )
        + "</table></div>"
        for story in made
    )
    return f"<html><head><title>Factiva</title></head><body>{body}</body></html>".encode()


def _factiva_indexed_rtf(made: Sequence[Story], pick: Pick) -> bytes:
    footer = rf"{{\footer\pard Page 1 of 2 \'a9 2031 Factiva, Inc. {FURNITURE}\par}}"
    body = footer + r"\page ".join(
        "".join(
            rf"\trowd\pard\intbl{{\b {code}}}\cell " + r"\par ".join(map(_rtf, values))
            + r"\cell\row" for code, values in _factiva_rows(story, pick)
        )
        for story in made
    )  # fmt: skip
    return rtf(body + rf"\page\pard{{\b Search Summary}}\par Text\tab {FURNITURE}\par")


def _factiva_rtf(made: Sequence[Story], pick: Pick) -> bytes:
    language, count, named, last = pick(*_FACTIVA)
    contents = "".join(
        rf'{{\field{{\*\fldinst{{HYPERLINK \\l "toc{story.number}"}}}}'
        rf"{{\fldrslt {_rtf(story.title)}}}}}\tab {n}\par"
        for n, story in enumerate(made, 1)
    )
    body = pick("", contents)
    for story in made:
        lines = [
            *pick([], [(story.section or "Local", False)]), (story.title, True),
            *([(story.author, False)] if story.author else []), (f"210 {count}", False),
            (_factiva_day(story.day, language), False),
            *pick([], [("20:40", False)]), (story.paper, False), ("CRONIC", False),
            *pick([], [("Primera", False), ("1", False)]), (named, False),
            (f"(c) 2031 {FURNITURE}", False), ("", False),
            *((each, False) for each in story.paragraphs), ("", False),
            (f"{last} {_accession(story)}", False),
        ]  # fmt: skip
        body += r"\page" + rf"{{\*\bkmkstart t{story.number}}}{{\*\bkmkend t{story.number}}}"
        body += "".join(rf"\pard{{\b{int(bold)} {_rtf(text)}}}\par" for text, bold in lines)
    summary = rf"\page{{\b Resumen}}\par Texto\tab {FURNITURE}\par Fecha\tab 7 enero 2031\par"
    return rtf(body + pick("", summary))


def _factiva_xml(made: Sequence[Story], pick: Pick) -> bytes:
    body = ""
    for story in made:
        marked = "".join(f"<paragraph>{escape(each)}</paragraph>" for each in story.paragraphs)
        plain = "\n".join(map(escape, story.paragraphs))
        place = pick("leadParagraph", "tailParagraphs")
        day = pick("<date>{}</date>", "<dateTime>{}T23:35:58Z</dateTime>").format(story.day)
        body += (
            f"<article><accessionNo>{_accession(story)}</accessionNo><baseLanguage>ES</baseLanguage>"
            + (f"<byline>{story.author}</byline>" if story.author else "")
            + f"<copyright><paragraph>(c) 2031 {FURNITURE}</paragraph></copyright><headline>"
            f"<paragraph><hlt>{escape(story.title[:3])}</hlt>{escape(story.title[3:])}</paragraph>"
            f"</headline><{place}>{pick(marked, plain)}</{place}>"
            + f"<publicationDate>{day}</publicationDate><sectionName>Local</sectionName>"
            f"<sourceName>{escape(story.paper)}</sourceName><wordCount>112</wordCount></article>"
        )  # fmt: skip
    return (
        f'{pick("", chr(0xFEFF))}<?xml version="1.0" encoding="utf-8"?><PPSResponse>'
        f'<r xmlns="http://global.factiva.com/pps/2.0">{body}</r></PPSResponse>'
    ).encode()


# Europresse ----------------------------------------------------------------------------------


def _europresse(made: Sequence[Story], pick: Pick) -> bytes:
    body = ""
    for story in made:
        day, behind = pick(
            *((each, ", p. 16") for each in _day(story.day, ("fr", "EEEE d MMMM y"),
              ("es", "EEEE d MMMM y"), ("en", "EEEE, MMMM d, y"), ("de", "EEEE d. MMMM y"))),
            *((each, " 15:22 UTC +0100") for each in _day(story.day, ("fr", "EEEE d MMMM y"))),
        )  # fmt: skip
        if story.day.day == 1:
            day = format_date(story.day, "EEEE '1er' MMMM y", locale="fr")
        kicker = pick("", f"<div><p>{FURNITURE.lower()}</p></div>").replace("furniture", "VILLES")
        author = story.author and pick(
            f'<div class="docAuthors">{story.author}</div>',
            f'<p class="sm-margin-bottomNews">{story.author}</p>',
        )
        suffix = pick("", ", no. 24321   ", " (site web)   ", "   ")
        visu = pick("titreArticleVisu", "sm-margin-TopNews titreArticleVisu rdp__articletitle")
        inner = "".join(f"<p>{escape(each)}</p>" for each in story.paragraphs)
        body_text = pick(f"<div class='docOcurrContainer'>{inner}</div>", inner)
        number = f"news·{story.day.year + 1}0101·CV·{story.number}"
        body += f"""<article> <header> <img src="x.gif"/> <div class="rdp__DocPublicationName">
<span class="DocPublicationName">{escape(story.paper)}{suffix}</span> </div>
<div> <span class="DocHeader">{pick("", "Culture, ")}{day}{behind}</span> </div> {kicker}
<div class="titreArticle"> <p class="{visu}">{escape(story.title)}</p> </div> {author} </header>
<section> <div class="DocText clearfix"> {body_text}
</div> {pick("", "</div></div>")} </section> <aside> {pick("", "<p>Une photo.</p>")} </aside>
<footer> <small>© 2031 {FURNITURE}. Tous droits réservés.</small>
<p>Numéro de document : {number}</p> <div id="divPubliC"> <span>{number}</span>
<span>Ce certificat est émis à <b>{FURNITURE}</b></span>
<span>Date d'émission : <b><span>2031-07-04</span></b></span> </div> </footer> </article>"""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body>'.encode()


def _europresse_old(made: Sequence[Story], pick: Pick) -> bytes:
    body = ""
    for story in made:
        weekday = format_date(story.day, "EEEE", locale="fr")
        day = format_date(story.day, "d MMMM y", locale="fr")
        inner = "<p></p>".join(map(escape, story.paragraphs))
        body += (
            '<tr><td><img src="x.gif"><br><span class="DocPublicationName">'
            f'{escape(story.paper)}, no. 59</span><br><span class="DocHeader">Politique, </span>'
            f'<span class="DocHeader">{weekday} </span><span class="DocHeader">{day}</span>'
            f"{pick('', '<span class=DocHeader>, p. 03</span>')}<br><br>"
            f'<span class="TitreArticleVisu">{escape(story.title)}</span><br><br>\n'
            + (f"{story.author}<br>" if story.author else "")
            + f"<p></p>{inner}<p></p><b><i>© 2031 {FURNITURE}</i></b><p></p>Numéro de document : "
            f"news·20310101·LQ·{story.number}<br><table><tr><td>Date d'émission : <b>2031-10-05</b>"
            f"{FURNITURE}</td></tr></table></td></tr>"
        )
    head = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    page = f"<html><head>{head}</head><body><table>{body}</table></body></html>"
    return page.encode("cp1252", errors="xmlcharrefreplace")


# ProQuest ------------------------------------------------------------------------------------


def _proquest_fields(story: Story, pick: Pick) -> list[tuple[str, str]]:
    return [
        ("Subject", FURNITURE), *pick([], [("Location", FURNITURE), ("People", FURNITURE)]),
        ("Title", pick(story.title, f"{story.title}, {FURNITURE}")),
        *([("Author", story.author)] if story.author else []),
        ("Publication title", story.paper), *pick([], [("First page", "A.9")]),
        ("Publication year", str(story.day.year)),
        ("Publication date", pick(*_day(story.day, ("en_US", "MMM d, y"), ("en_US", "MMMM d, y")))),
        *pick([], [("Section", "Local")]), ("Publisher", FURNITURE), ("Document type", "News"),
        ("Language of publication", "Spanish"), ("ProQuest document ID", f"2637{story.number:06}"),
        ("Document URL", f"https://www.proquest.example/docview/2637{story.number:06}"),
        ("Copyright", f"Copyright 2031 {FURNITURE}"), ("Last updated", "2031-03-10"),
        ("Database", FURNITURE),
    ]  # fmt: skip


def _proquest_text(made: Sequence[Story], pick: Pick) -> bytes:
    numbered = pick(True, False)
    between = pick("\n", "\n\n")
    parts = [
        (f"\nDocument {n} of {len(made)}\n" if numbered else "")
        + f"\n{story.title}\n\nhttps://www.proquest.example/docview/1?date=2031-01-01\n\n"
        + pick("", "Abstract: None available.\n\n")
        + f"Links: https://x.example/?genre=x&amp;date=2031-03-09&amp;t={FURNITURE}\n\n"
        + f"Full text: {between.join(story.paragraphs)}\n\n"
        + pick("", "CAPTION: La noria\nCREDIT: Ana Mas\n\n")
        + "\n\n".join(f"{name}: {value}" for name, value in _proquest_fields(story, pick))
        + "\n\n\n"
        for n, story in enumerate(made, 1)
    ]
    footer = f"\nContact us at: http://x.example {FURNITURE}\nDatabase copyright 2031\n"
    return "".join(f"{_RULE}\n{part}" for part in (*parts, footer)).encode()


def _proquest_markup(made: Sequence[Story], pick: Pick) -> str:
    style = 'style="margin-bottom:5pt; margin-top:0;"'
    body = f"<p>Email 1 of 2 {FURNITURE}</p>"
    for story in made:
        inner = "".join(f"<p>{escape(each)}</p>" for each in story.paragraphs)
        full = pick(
            f'<text wordcount="239"><meta name="x"><title></title>{inner}</text>',
            f'<Text WordCount="9"><html><head><title></title></head><body>{inner}</body></html>'
            "</Text>",
            inner,
        )
        body += (
            f'<div><a name="DocID_MSTAR_2637{story.number:06}"></a><p {style}></p>'
            f'<p {style}>{escape(story.title)}</p><p {style}><a href="https://x.example">ProQuest '
            "document link</a></p>"
            f'<div><strong>Links: </strong><a href="https://x.example">{FURNITURE}</a></div>'
            f"<p {style}><strong>Full text: </strong>{full}</p>"
            + "".join(
                f"<p {style}><strong>{name}: </strong>{escape(value)}</p>"
                for name, value in _proquest_fields(story, pick)
            )
            + "</div>"
        )
    return (
        f'<html><head><title>ProQuest Export</title></head><body>{body}<div class="copyright">'
        f"<p>{FURNITURE}</p></div></body></html>"
    )


def _proquest_page(made: Sequence[Story], pick: Pick) -> bytes:
    return _proquest_markup(made, pick).encode()


def _proquest_mail(made: Sequence[Story], pick: Pick) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = f"Your ProQuest Research {FURNITURE}"
    mail["Date"] = "Sun, 05 Jul 2031 01:02:03 -0400"
    mail.set_content(f"See the page. {FURNITURE}")
    mail.add_alternative(_proquest_markup(made, pick), subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def _proquest_rtf(made: Sequence[Story], pick: Pick) -> bytes:
    body = ""
    between = pick(rf"\pard {_RULE}\par ", r"\page ")
    for n, story in enumerate(made, 1):
        lines = [
            *pick([], [f"Document {n} of {len(made)}"]), story.title,
            "https://www.proquest.example/docview/1?date=2031-01-01",
            f"Links: {FURNITURE}", f"Full text: {story.paragraphs[0]}", *story.paragraphs[1:],
            *(f"{name}: {value}" for name, value in _proquest_fields(story, pick)),
        ]  # fmt: skip
        body += between
        body += "".join(
            rf"\pard {{\b {_rtf(name)}: }}{_rtf(value)}\par " if colon and bold
            else rf"\pard {_rtf(line)}\par "
            for line in lines
            for name, colon, value in [line.partition(": ")]
            for bold in [name in ("Full text", "Links") or (name, value) in
                         _proquest_fields(story, lambda *options: options[-1])]
        )  # fmt: skip
    return rtf(body + rf"\pard {_RULE}\par Contact us at: {FURNITURE}\par")


# Retriever, APA, Mediargus, RIS --------------------------------------------------------------


def _retriever(made: Sequence[Story], pick: Pick) -> bytes:
    norwegian = pick(True, False)
    form = "dd.MM.y" if norwegian else "y-MM-dd"
    days = {each.number: format_date(each.day, form, locale="sv") + pick("", " 09:31")
            for each in made}  # fmt: skip
    head = f"{FURNITURE} bibliotek\nDatum 2031-09-29\n\nNyheter:\n\n" + "\n\n".join(
        f"> {each.title}, {each.paper}, {days[each.number]}" for each in made
    )
    parts = [
        f"{each.title}\n{each.paper}, {days[each.number]}\n"
        + (pick("", "Side 15\nPublisert i print. \n", "Publisert på nett. \n") if norwegian
           else pick("Sida 15\nPublicerat i print. \n", "Publicerat på webb. \n"))
        + "\n" + "\n\n".join("\n".join(wrap(text, 76)) for text in each.paragraphs)
        + f"\n\n©{FURNITURE}<br>Alla artiklar är skyddade.\n\n"
        + pick("", f"Se webartikeln på http://ret.example/{FURNITURE}\n")
        for each in made
    ]  # fmt: skip
    text = f"{head}\n\n\n" + f"{_BAR}\n\n".join(parts)
    return text.encode()


def _apa(made: Sequence[Story], pick: Pick) -> bytes:
    return "\n".join(
        f'"{each.paper}" {pick("", "Nr. 065 ")}vom {each.day:%d.%m.%Y}      Seite: 3\n'
        f"Ressort: Politik\n\n{each.title}\n\n" + "\n\n".join(each.paragraphs) + f"\n\n{'_' * 67}"
        for each in made
    ).encode()


def _mediargus(made: Sequence[Story], pick: Pick) -> bytes:
    contents = "\n\n\n".join(
        f"{n}. {each.title}\n\n{each.paper}, "
        f"{format_date(each.day, 'EEEE d MMMM y', locale='nl')}, p. {each.number + 1}, 853w.\n\n"
        f"{FURNITURE} ..."
        for n, each in enumerate(made, 1)
    )
    body = "\n\n\n\n\n".join(
        f"{each.day:%d-%m-%Y}, p.{each.number + 1}\n"
        + (f"{each.author}\n" if each.author else "\n")
        + f"{each.title}\n\n" + "\n\n".join(each.paragraphs) + f"\n\n © {FURNITURE}\n"
        for each in made
    )  # fmt: skip
    return f"?{contents}\n\n\n\n\n\n{body}".encode("cp1252", errors="replace")


def _ris(made: Sequence[Story], pick: Pick) -> bytes:
    records = []
    for each in made:
        name, own, paper = pick(("T1", "Y1", "T2"), ("TI", "DA", "JO"), ("TI", "DA", "JF"))
        day = f"{each.day:%Y/%m/%d}" + pick("", "/")
        tag = pick("N2", "AB")
        apart = pick("\n\n", f"\n{tag}  - ")
        records.append(
            f"TY  - NEWS\n{name}  - {each.title}\n"
            + (f"AU  - {each.author}\n" if each.author else "")
            + f"{own}  - {day}\n{paper}  - {each.paper}\n{tag}  - {apart.join(each.paragraphs)}\n"
            + f"N1  - Última actualización - 2031-06-01 {FURNITURE}\nM1  - {FURNITURE}\n"
            + pick("ER  - \n\n", "ER  -\n", "ER  - \n")
        )
    text = pick("", "\ufeff") + "".join(records)
    return pick(text, text.replace("\n", "\r\n")).encode()


FORMS = (
    Form("Nexis, Word", ".docx", _nexis_word),
    Form("Nexis, RTF", ".rtf", _nexis_rtf),
    Form("Nexis, ODT", ".odt", _nexis_odt),
    Form("LexisNexis, text", ".txt", _lexisnexis_text),
    Form("LexisNexis, RTF", ".rtf", _lexisnexis_rtf),
    Form("LexisNexis, page", ".html", _lexisnexis_page),
    Form("Factiva, page", ".html", _factiva_page),
    Form("Factiva, page with fields", ".html", _factiva_indexed_page),
    Form("Factiva, RTF", ".rtf", _factiva_rtf),
    Form("Factiva, RTF with fields", ".rtf", _factiva_indexed_rtf),
    Form("Factiva, XML", ".xml", _factiva_xml),
    Form("Europresse", ".html", _europresse),
    Form("Europresse before 2014", ".html", _europresse_old),
    Form("ProQuest, text", ".txt", _proquest_text),
    Form("ProQuest, page", ".html", _proquest_page),
    Form("ProQuest, mail", ".eml", _proquest_mail),
    Form("ProQuest, RTF", ".rtf", _proquest_rtf),
    Form("Retriever", ".txt", _retriever),
    Form("APA", ".txt", _apa),
    Form("Mediargus", ".txt", _mediargus),
    Form("RIS", ".ris", _ris),
)
