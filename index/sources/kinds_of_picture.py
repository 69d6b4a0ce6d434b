"""The kinds of picture that scanned pages come in, by their suffixes."""

import re

# Those that are shown, the quickest first.
SHOWN = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".jp2", ".j2k", ".jpx")
# Those of which it is said that they are not.
NOT_SHOWN = (".djvu", ".jxl", ".heic", ".avif", ".bmp", ".jpm", ".psd")
# What the name of a page's text has behind that of its picture.
OF_TEXT = re.compile(r"(?i)[_-](?:alto|abbyy|hocr|ocr)$")
