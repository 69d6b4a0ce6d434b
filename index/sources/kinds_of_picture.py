"""The kinds of picture that scanned pages come in, by their suffixes, and which show a page."""

import re
from collections.abc import Iterable
from pathlib import PurePath

# Those that are shown, the quickest first.
SHOWN = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".jp2", ".j2k", ".jpx")
# Those of which it is said that they are not.
NOT_SHOWN = (".djvu", ".jxl", ".heic", ".avif", ".bmp", ".jpm", ".psd")
# The kinds of file that text of a page comes in that was recognised before.
RECOGNISED = (".xml", ".hocr", ".html", ".htm", ".xhtml")
# What the name of a page's text has behind that of its picture.
OF_TEXT = re.compile(r"(?i)[_-](?:alto|abbyy|hocr|ocr)$")


class PicturesOfPages:
    """Which pictures the pages in `files` may be shown by: those that are called as one of them
    and lie beside it, or in a folder beside its own, and all that lie below a folder of hOCR, which
    names a picture for each page, or one of `issues`, the folders of METS."""

    def __init__(self, files: Iterable[PurePath], issues: Iterable[PurePath]) -> None:
        self._issues = set(issues)
        self._named: set[tuple[PurePath, str]] = set()
        for path in files:
            if path.suffix.lower() in RECOGNISED:
                stem = OF_TEXT.sub("", path.stem)
                self._named |= {(path.parent, stem), (path.parent.parent, stem)}
            if path.suffix.lower() == ".hocr":
                self._issues.add(path.parent)

    def __contains__(self, path: PurePath) -> bool:
        around = (path.parent, path.parent.parent)
        is_named = any((folder, path.stem) in self._named for folder in around)
        return is_named or not self._issues.isdisjoint(path.parents)
