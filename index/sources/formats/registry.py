"""The kinds of file that articles come in: one table, one small reader each."""

from collections.abc import Mapping
from functools import cache, partial

from hemeroteca.index.sources.formats import (
    ebook,
    feed,
    gzipped,
    hocr,
    jsonl,
    mail,
    mailbox,
    markdown,
    open_document,
    pdf,
    plain,
    rich_text,
    table,
    web_archive,
    webpage,
    word,
    xml,
    zipped,
)
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.sources.press.likeness import with_likeness
from hemeroteca.index.sources.press.reader import exports_first

_PICTURED = 50_000_000  # a document with its pictures and fonts
_WHOLE = 50_000_000  # a file of many articles that is held in memory
_STREAMED = 2_000_000_000
_ARCHIVED = 50_000_000_000  # a crawl, read record by record

_WEB_PAGE = hocr.hocr_first(exports_first(Format(webpage.read_page, _PICTURED)))
_TEXT = exports_first(Format(plain.read_text))


@cache
def formats(names: FieldNames) -> Mapping[str, Format]:
    """By the suffix, how files are read whose records call their fields by `names`."""
    feeds = Format(partial(feed.read_feed, names=names), _WHOLE, many=True)
    # May be a site's export.
    markup = exports_first(Format(partial(xml.read_xml, names=names), _STREAMED, many=True))
    notes = Format(partial(markdown.read_markdown, names=names))
    lines = Format(partial(jsonl.read_lines, names=names), _STREAMED, many=True)
    tables = Format(partial(table.read_table, own=names), _WHOLE, many=True)
    unpacked = {
        ".txt": _TEXT,
        ".ris": _TEXT,
        ".eml": exports_first(Format(mail.read_mail, _PICTURED)),
        ".mbox": Format(mailbox.read_mailbox, _STREAMED, many=True),
        ".md": notes,
        ".markdown": notes,
        ".html": _WEB_PAGE,
        ".htm": _WEB_PAGE,
        ".xhtml": _WEB_PAGE,
        ".hocr": Format(hocr.read_hocr, _WHOLE, many=True),
        ".mhtml": exports_first(Format(webpage.read_web_archive, _PICTURED)),
        ".mht": exports_first(Format(webpage.read_web_archive, _PICTURED)),
        ".pdf": Format(lambda stream: with_likeness(pdf.read_pdf(stream)), _PICTURED),
        ".docx": exports_first(Format(word.read_docx, _PICTURED)),
        ".rtf": exports_first(Format(rich_text.read_rtf, _PICTURED)),
        ".odt": exports_first(Format(open_document.read_odt, _PICTURED)),
        ".epub": Format(ebook.read_epub, _PICTURED, many=True),
        ".jsonl": lines,
        ".ndjson": lines,
        ".json": Format(partial(jsonl.read_json, names=names), _STREAMED, many=True),
        ".csv": tables,
        ".tsv": tables,
        ".rss": feeds,
        ".atom": feeds,
        ".xml": markup,
        ".opml": markup,
        ".warc": Format(web_archive.read_warc, _ARCHIVED, many=True),
        ".gz": Format(partial(gzipped.read_gzip, markup=markup), _ARCHIVED, many=True),
        ".wacz": Format(web_archive.read_wacz, _ARCHIVED, many=True),
    }
    unzip = partial(zipped.read_zip, formats=unpacked)
    return {**unpacked, ".zip": Format(unzip, _STREAMED, many=True, timed=False)}


FORMATS = formats(KNOWN)
