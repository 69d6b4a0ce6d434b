"""The kinds of file that articles come in: one table, one small reader each."""

from functools import partial

from hemeroteca.index.sources.formats import (
    ebook,
    feed,
    jsonl,
    mail,
    markdown,
    open_document,
    pdf,
    plain,
    rich_text,
    table,
    webpage,
    word,
    xml,
    zipped,
)
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.press.likeness import with_likeness
from hemeroteca.index.sources.press.reader import exports_first

_PICTURED = 50_000_000  # a document with its pictures and fonts
_WHOLE = 50_000_000  # a file of many articles that is held in memory
_STREAMED = 2_000_000_000

_WEB_PAGE = exports_first(Format(webpage.read_page, _PICTURED))
_FEED = Format(feed.read_feed, _WHOLE, many=True)
_XML = exports_first(Format(xml.read_xml, _STREAMED, many=True))  # may be a site's export
_MARKDOWN = Format(markdown.read_markdown)
_JSON_LINES = Format(jsonl.read_lines, _STREAMED, many=True)
_TABLE = Format(table.read_table, _WHOLE, many=True)

_TEXT = exports_first(Format(plain.read_text))

FORMATS = {
    ".txt": _TEXT,
    ".ris": _TEXT,
    ".eml": exports_first(Format(mail.read_mail, _PICTURED)),
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".xhtml": _WEB_PAGE,
    ".mhtml": exports_first(Format(webpage.read_web_archive, _PICTURED)),
    ".mht": exports_first(Format(webpage.read_web_archive, _PICTURED)),
    ".pdf": Format(lambda stream: with_likeness(pdf.read_pdf(stream)), _PICTURED),
    ".docx": exports_first(Format(word.read_docx, _PICTURED)),
    ".rtf": exports_first(Format(rich_text.read_rtf, _PICTURED)),
    ".odt": exports_first(Format(open_document.read_odt, _PICTURED)),
    ".epub": Format(ebook.read_epub, _PICTURED, many=True),
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".json": Format(jsonl.read_json, _STREAMED, many=True),
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".rss": _FEED,
    ".atom": _FEED,
    ".xml": _XML,
}
FORMATS[".zip"] = Format(
    partial(zipped.read_zip, formats=FORMATS), _STREAMED, many=True, timed=False
)
