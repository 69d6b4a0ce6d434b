"""The picture of a page, with the place of a sentence marked on it."""

import io
import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.place import Region
from hemeroteca.index.sources.kinds_of_picture import SHOWN
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf
from hemeroteca.index.sources.pages.packed import Place, opened
from hemeroteca.index.sources.pages.picture_file import PictureFile

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 1_400  # pixels
_MOST_PIXELS = 6_000_000
_MOST_SCANNED = 300_000_000  # a sheet of 60 x 80 cm at 600 dots an inch
_MARK = (255, 214, 64)
_MARGIN = 0.002  # of the page's width, around what is marked
_BITS = {"I;16": 8, "I;16B": 8, "I;16L": 8, "I": 8}  # of a sample, that a screen does not show


def fault_of(path: Place) -> Message | None:
    """Why the picture at `path` cannot be shown; None if it can, as far as its head tells."""
    if path.suffix.lower() == ".pdf":
        return None
    try:
        with open_picture(path if isinstance(path, Path) else opened(path), path.name):
            return None
    except ArticleError as error:
        return error.message


def marked_page(file: PictureFile, regions: Sequence[Region]) -> bytes:
    """The page as PNG, those of `regions` that are on the page of the first marked as with a marker
    pen. Raises ArticleError if the file or the page cannot be read."""
    from PIL import Image, ImageChops, ImageDraw

    if file.path is None:
        raise ArticleError("page {number} lies elsewhere", number=file.page)
    number = regions[0].page
    picture = _drawn(file) if file.path.suffix.lower() == ".pdf" else _scanned(file)
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


def _scale(width: float, height: float) -> float:
    """By what a page of this size is made smaller or larger to be shown."""
    return min(_WIDTH / width, math.sqrt(_MOST_PIXELS / (width * height)))


def _drawn(file: PictureFile) -> "Image":
    import pypdfium2

    assert file.path is not None
    try:
        with PDFIUM:
            place = file.path
            document = open_pdf(place if isinstance(place, Path) else opened(place).read())
            try:
                page = document[file.page - 1]
                picture: Image = page.render(scale=_scale(*page.get_size())).to_pil()
                page.close()
                return picture.convert("RGB")
            finally:
                document.close()
    except (pypdfium2.PdfiumError, IndexError, OSError, ZeroDivisionError) as error:
        raise ArticleError("page {number} cannot be shown", number=file.page) from error


def _scanned(file: PictureFile) -> "Image":
    assert file.path is not None
    name = file.path.name
    source = file.path if isinstance(file.path, Path) else opened(file.path)
    with open_picture(source, name) as image:
        if file.page > 1:
            try:
                image.seek(file.page - 1)
            except (OSError, EOFError, ValueError) as error:
                raise ArticleError("page {number} cannot be shown", number=file.page) from error
        try:
            return reduced(image, min(1.0, _scale(*image.size)))
        except ValueError as error:
            raise ArticleError("page {number} cannot be shown", number=file.page) from error


def reduced(image: "Image", scale: float) -> "Image":
    """The opened picture in colours, made smaller by `scale`, 1 at most. Raises ValueError if it is
    damaged."""
    try:
        width, height = image.size
        size = max(1, round(width * scale)), max(1, round(height * scale))
        # What a decoder leaves out need not be held.
        if image.format == "JPEG2000":
            image.reduce = int(math.log2(1 / scale))  # type: ignore[method-assign, assignment]
        else:
            image.draft("RGB", size)
        image.load()  # a reduced one has its size only then
        picture: Image = image
        if image.mode in _BITS:
            picture = image.point(lambda value: value / (1 << _BITS[image.mode])).convert("L")
        elif image.mode in ("1", "P", "CMYK", "LA", "RGBA", "PA", "YCbCr", "LAB", "HSV"):
            picture = image.convert("RGB")
        return picture.resize(size, reducing_gap=2.0).convert("RGB")
    except (OSError, EOFError, SyntaxError, MemoryError) as error:
        raise ValueError(str(error)) from error


def open_picture(source: Path | BinaryIO, name: str, most: int = _MOST_SCANNED) -> "Image":
    """The picture of this `name`, of which only the head is read; it may have `most` pixels. Raises
    ArticleError if it is none that can be shown."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # limits of our own
            image = Image.open(source)
    except Image.DecompressionBombError as error:
        raise ArticleError("{file} is too large to be shown", file=name) from error
    except (OSError, ValueError, SyntaxError) as error:
        kinds = ", ".join(SHOWN)
        raise ArticleError(
            "{file} is no picture of a kind that can be shown ({kinds})", file=name, kinds=kinds
        ) from error
    if image.width * image.height > most:
        image.close()
        raise ArticleError("{file} is too large to be shown", file=name)
    return image
