"""PDF files whose table of objects is lost, as when a download breaks off: what is still there."""

import re

_HEADER = b"%PDF-"
_OBJECT = re.compile(rb"(?:^|[\r\n\s>])(\d{1,7})[ \t]+(\d{1,5})[ \t]+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"\bstream\r?\n")
_MOST_HEAD = 20_000  # bytes of a page's own dictionary


def mended(data: bytes) -> bytes | None:
    """The file with a table of contents of the pages that are still in it, in their order; None if
    none can be seen, as where they are packed."""
    begin = data.find(_HEADER)
    if begin < 0:
        return None
    data = data[begin:]
    found = list(_OBJECT.finditer(data))
    ends = [*(each.start() for each in found[1:]), len(data)][: len(found)]
    pages = []
    for each, end in zip(found, ends, strict=True):
        head = data[each.end() : min(end, each.end() + _MOST_HEAD)]
        head = head[: stream.start()] if (stream := _STREAM.search(head)) else head
        if _PAGE.search(head) and head.count(b"<<") == head.count(b">>"):
            pages.append((int(each[1]), int(each[2])))
    if not pages:
        return None
    new = max(int(each[1]) for each in found) + 1
    kids = b" ".join(b"%d %d R" % page for page in dict.fromkeys(pages))
    return data + (
        # What was cut within a stream would take in all that follows.
        b"\nendstream\nendobj\n%d 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n"
        b"%d 0 obj<</Type/Catalog/Pages %d 0 R>>endobj\ntrailer<</Root %d 0 R/Size %d>>\n"
        b"startxref\n0\n%%%%EOF\n" % (new, kids, len(set(pages)), new + 1, new, new + 1, new + 2)
    )
