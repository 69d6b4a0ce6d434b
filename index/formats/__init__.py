"""The kinds of file that articles come in: one table, one small reader each."""

from dataclasses import dataclass

from index.formats import ebook, feed, jsonl, markdown, pdf, plain, table, webpage, word
from index.formats.extract import MAX_ARTICLE_BYTES, Reader


@dataclass(frozen=True)
class Format:
    """How a kind of file is read, how many bytes it may have, and whether it holds many
    articles."""

    read: Reader
    max_bytes: int = MAX_ARTICLE_BYTES
    many: bool = False


_PICTURED = 50_000_000  # a document with its pictures and fonts
_WHOLE = 50_000_000  # a file of many articles that is held in memory
_STREAMED = 2_000_000_000

_WEB_PAGE = Format(webpage.read_page, _PICTURED)
_FEED = Format(feed.read_feed, _WHOLE, many=True)
_MARKDOWN = Format(markdown.read_markdown)
_JSON_LINES = Format(jsonl.read_lines, _STREAMED, many=True)
_TABLE = Format(table.read_table, _WHOLE, many=True)

FORMATS = {
    ".txt": Format(plain.read_text),
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".xhtml": _WEB_PAGE,
    ".mhtml": Format(webpage.read_web_archive, _PICTURED),
    ".mht": Format(webpage.read_web_archive, _PICTURED),
    ".pdf": Format(pdf.read_pdf, _PICTURED),
    ".docx": Format(word.read_docx, _PICTURED),
    ".epub": Format(ebook.read_epub, _PICTURED, many=True),
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".rss": _FEED,
    ".atom": _FEED,
    ".xml": _FEED,
}
