"""The pictures of articles, opened where they lie. Nothing is fetched."""

import email
import email.policy
import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Region
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.formats.captures import content_at
from hemeroteca.index.sources.formats.web_archive import open_crawl
from hemeroteca.index.sources.formats.webpage import decode_page, packed_inside
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf
from hemeroteca.index.sources.pages.packed import Archive, Packed, Place, opened
from hemeroteca.index.sources.pages.picture import open_picture, reduced
from hemeroteca.index.sources.pages.picture_file import PictureFile, picture_file

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_BYTES = 50_000_000
_MOST_PIXELS = 60_000_000  # of a picture: what a decoder takes less than a second for
_MOST_HELD = 20_000_000  # of a page of which parts are cut out
_MOST_SIDE = 3_000  # of a picture that is drawn
_DOTS = 150  # an inch, of what is drawn, as the size that it is said to have


class PictureGoneError(ArticleError):
    """The picture is not where it was, or was never saved."""


class Pictures:
    """The pictures of the article with the id `article` in the file `source`; of the pages that
    some of them are parts of, the last is held."""

    def __init__(self, source: Path, article: str) -> None:
        self._source = source
        self._article = article
        self._page: tuple[int, PictureFile, Image | None] | None = None

    def open(self, picture: Picture, most: int = _MOST_SIDE) -> "tuple[Image, tuple[int, int]]":
        """The picture in colours, of whose sides the longer has `most` pixels, and the size that it
        has itself. Raises ArticleError if it is gone or damaged."""
        try:
            if picture.at == "page":
                assert picture.region is not None
                return self._of_page(picture.region, most)
            name = picture.at.rpartition("/")[2]
            with (
                self._stream(picture) as stream,
                open_picture(stream, name, _MOST_PIXELS) as image,
            ):
                size = image.size
                return reduced(image, min(1.0, most / max(size))), size
        except FileNotFoundError as error:
            raise PictureGoneError("the picture is no longer there") from error
        except (OSError, ValueError, zlib.error, zipfile.BadZipFile, KeyError) as error:
            raise ArticleError("the picture is damaged") from error

    def _of_page(self, region: Region, most: int) -> "tuple[Image, tuple[int, int]]":
        if self._page is None or self._page[0] != region.page:
            found = picture_file(self._source, region.page, self._article)
            if found is None or found.path is None:
                raise PictureGoneError("the picture is no longer there")
            self._page = region.page, found, None
        number, file, held = self._page
        assert file.path is not None
        if file.path.suffix.lower() == ".pdf":
            return _cut_out(file, region, most)
        if held is None:
            source = file.path if isinstance(file.path, Path) else opened(file.path)
            with open_picture(source, file.path.name) as image:
                image.seek(file.page - 1)
                held = reduced(image, min(1.0, math.sqrt(_MOST_HELD / math.prod(image.size))))
            self._page = number, file, held
        across, down = held.size
        left, top = round(region.left * across), round(region.top * down)
        right = max(left + 1, round((region.left + region.width) * across))
        bottom = max(top + 1, round((region.top + region.height) * down))
        part = held.crop((left, top, right, bottom))
        size = part.size
        part.thumbnail((most, most), reducing_gap=2.0)
        return part, size

    @contextmanager
    def _stream(self, picture: Picture) -> Iterator[BinaryIO]:
        kind, _, name = picture.at.partition(" ")
        place: Place = self._source
        if picture.member:
            place = Packed(Archive(self._source), PurePosixPath(picture.member))
        if kind == "beside":
            with _bounded(_beside(place, name)) as stream:
                yield stream
            return
        suffix = place.suffix.lower()
        with opened(place) as source:
            if kind == "in":
                with open_container(source) as container:
                    if container.getinfo(name).file_size > _MOST_BYTES:
                        raise ArticleError("{file} is too large to be shown", file=name)
                    yield io.BytesIO(container.read(name))
            elif suffix in (".mhtml", ".mht"):
                yield io.BytesIO(_part(source, int(name)))
            elif suffix in (".warc", ".gz", ".wacz"):
                number, _, file = name.partition(" ")
                with open_crawl(source, file) as crawl:
                    yield io.BytesIO(content_at(crawl, int(number), _MOST_BYTES))
            else:
                yield io.BytesIO(packed_inside(decode_page(source.read()), int(name)))


def _beside(place: Place, name: str) -> Place:
    """The file of this relative path beside another. Raises ArticleError if it leads out of that
    one's folder, as a link may, or is not there."""
    folder = place.parent.resolve()
    found = folder
    for part in PurePosixPath(name).parts:
        found = found / part
    found = found.resolve()
    if not found.is_relative_to(folder) or not found.is_file():
        raise PictureGoneError("the picture is no longer there")
    return found


@contextmanager
def _bounded(place: Place) -> Iterator[BinaryIO]:
    with opened(place) as stream:
        if stream.seek(0, io.SEEK_END) > _MOST_BYTES:
            raise ArticleError("{file} is too large to be shown", file=place.name)
        stream.seek(0)
        yield stream


def _part(stream: BinaryIO, number: int) -> bytes:
    """The part `number` of a page saved as mail is."""
    message = email.message_from_binary_file(stream, policy=email.policy.default)
    for at, part in enumerate(message.walk()):
        if at == number:
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
    raise PictureGoneError("the picture is no longer there")


def _cut_out(file: PictureFile, region: Region, most: int) -> "tuple[Image, tuple[int, int]]":
    """A region of a PDF's page, as it is drawn."""
    import pypdfium2

    assert file.path is not None
    try:
        with PDFIUM:
            document = open_pdf(
                file.path if isinstance(file.path, Path) else opened(file.path).read()
            )
            try:
                page = document[file.page - 1]
                across, down = page.get_size()
                width, height = region.width * across, region.height * down
                own = max(1, round(width * _DOTS / 72)), max(1, round(height * _DOTS / 72))
                left, top = region.left * across, region.top * down
                cut = (left, down - top - height, across - left - width, top)
                scale = min(most / max(width, height), _DOTS / 72)
                picture: Image = page.render(scale=scale, crop=cut).to_pil()
                page.close()
                return picture.convert("RGB"), own
            finally:
                document.close()
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise ArticleError("page {number} cannot be shown", number=file.page) from error


def fault_of(source: Path, article: str, picture: Picture) -> Message | None:
    """Why a picture cannot be shown; None if it can, as far as it tells without being opened."""
    gone = PictureGoneError("the picture is no longer there").message
    if not source.is_file():
        return gone
    if picture.at == "page" and picture.region is not None:
        found = picture_file(source, picture.region.page, article)
        return None if found is not None and found.path is not None else gone
    kind, _, name = picture.at.partition(" ")
    if kind == "beside" and not picture.member:
        try:
            _beside(source, name)
        except ArticleError as error:
            return error.message
    return None
