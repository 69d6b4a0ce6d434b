"""The picture of a page, with the place of a sentence marked on it."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf

SUFFIXES = (".pdf",)  # of the files whose pages can be shown
_WIDTH = 1_400  # pixels
_MOST_PIXELS = 6_000_000
_MARK = (255, 214, 64)
_MARGIN = 0.002  # of the page's width, around what is marked


def marked_page(path: Path, regions: Sequence[Region]) -> bytes:
    """The page of the first of `regions` as PNG, those of them that are on it marked as with a
    marker pen. Raises ArticleError if the file or the page cannot be read."""
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    number = regions[0].page
    try:
        with PDFIUM:
            document = open_pdf(path)
            try:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(_WIDTH / width, math.sqrt(_MOST_PIXELS / (width * height)))
                picture = page.render(scale=scale).to_pil().convert("RGB")
                page.close()
            finally:
                document.close()
    except (pypdfium2.PdfiumError, IndexError, OSError, ZeroDivisionError) as error:
        raise ArticleError("page {number} cannot be shown", number=number) from error
    marks = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(marks)
    across, down = picture.size
    for region in regions:
        if region.page == number:
            left, top = region.left - _MARGIN, region.top - _MARGIN
            right = region.left + region.width + _MARGIN
            bottom = region.top + region.height + _MARGIN
            draw.rectangle((left * across, top * down, right * across, bottom * down), fill=_MARK)
    out = io.BytesIO()
    ImageChops.multiply(picture, marks).save(out, "PNG")
    return out.getvalue()
