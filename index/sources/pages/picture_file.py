"""The file that shows a page of an article's source: a PDF itself, else the picture that lies
beside text which was recognised before."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.beside import named_beside, named_within
from hemeroteca.index.sources.formats.mets import HEAD, is_mets, read_issue, relative_name
from hemeroteca.index.sources.kinds_of_picture import NOT_SHOWN, OF_TEXT, SHOWN
from hemeroteca.index.sources.pages.packed import Packed, Place, opened, packed_source

_PAGED = (".pdf", ".tif", ".tiff", ".gif", ".webp")  # may hold several pages
_NAMED = re.compile(
    r"<(?:\w+:)?fileName>\s*([^<>]{1,1000}?)\s*<|ocr_page[^>]{0,500}?\bimage\s+"
    r"""(?:"|&quot;)([^"<>;]{1,1000}?)(?:"|&quot;)|"""
    r"""<(?:\w+:)?Page\b[^<>]{0,500}?\bimageFilename\s*=\s*["']([^"'<>]{1,1000}?)["']"""
)
# What libraries call the folders of an issue.
_OF_PICTURES = re.compile(
    r"(?i)(?:imgs?|images?|im[aá]gen(?:es)?|bilder|pictures?|scans?|jpe?gs?|tiffs?|tifs?|jp2s?|pngs?"
    r"|masters?|access|facsimiles?|derivatives?|view|max|default|full)"
)
_OF_TEXTS = re.compile(r"(?i)(?:alto|ocr|hocr|abbyy|xml|texts?|txt|full-?text|pages?)s?")
_MOST_READ = 2_000_000  # of a file of text, where the name of its picture is looked for
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class PictureFile:
    """The `page` of the file at `path`, from 1, which shows what is asked for; or the address of
    the web where it lies, a `link`."""

    path: Place | None
    page: int = 1
    link: str = ""


def picture_file(source: Path, page: int, article: str = "") -> PictureFile | None:
    """What shows the page `page`, from 1, of the article file `source`, or, if that is a ZIP, of
    the file in it from which the `article` of this id was read; None if nothing that lies beside
    it does."""
    try:
        if source.suffix.lower() == ".zip":
            packed = packed_source(source, article)
            return None if packed is None else _picture_file(packed, page)
        return _picture_file(source, page)
    except (OSError, ArticleError):
        return None  # gone or damaged since it was read


def _picture_file(source: Place, page: int) -> PictureFile | None:
    if not source.is_file():
        return None
    if source.suffix.lower() == ".pdf":
        return PictureFile(source, page)
    with opened(source) as stream:
        head = stream.read(HEAD)
    if is_mets(head):
        return _of_issue(source, page)
    named = _named(source)
    if len(named) > 1:  # one for each page
        return _beside(source, page, named[page - 1 : page])
    return _of_file(_beside(source, page, named), page)


def _of_issue(source: Place, page: int) -> PictureFile | None:
    """The picture that METS names for a page, else one that is called as its page of text."""
    with opened(source) as stream:
        issue = read_issue(stream)
    if page > len(issue.pages):
        return None
    name = issue.pages[page - 1]
    addresses = [_without_query(each) for each in issue.pictures.get(name, ())]
    folder = source.parent.resolve()
    for address in _quickest(addresses):
        place = (folder / relative_name(address)).resolve()
        if place.is_relative_to(folder) and place.is_file():
            return PictureFile(place)
    names = [PurePosixPath(relative_name(each)).name for each in addresses]
    text = _text_of(source, issue.files.get(name, ""))
    if text is not None and (found := _beside(text, 1, [*names, *_named(text)[:1]], folder)):
        return found
    links = [each for each in issue.pictures.get(name, ()) if _ADDRESS.fullmatch(each)]
    return PictureFile(None, page, links[0]) if links else None


def _text_of(source: Place, address: str) -> Place | None:
    """The page of text that METS names by this address."""
    if isinstance(source, Packed):
        archive = source.archive
        named = named_within(str(source.at), archive.sizes, archive.read) or {}
        return Packed(archive, PurePosixPath(named[address])) if address in named else None
    assert isinstance(source, Path)
    beside = named_beside(source, source.parent)
    return dict(beside.files).get(address) if beside else None


def _beside(
    text: Place, page: int, names: Sequence[str], within: Place | None = None
) -> PictureFile | None:
    """The picture of a page of the file `text`, by the `names` that are given for it, else by the
    file's own name; in its folder or one beside that, and `within` a folder if one is given."""
    kinds = (*SHOWN, *NOT_SHOWN, ".pdf")
    within = within or text.parent.resolve().parent
    folders = list(_folders(text.parent, within))
    for folder in folders:
        for name in _quickest(names):
            place = folder / name
            if place.suffix.lower() in kinds and _is_within(place, within):
                return PictureFile(place)
    stems = dict.fromkeys((text.stem, OF_TEXT.sub("", text.stem), text.name))
    for folder in folders:
        for stem in stems:
            for suffix in kinds:
                for written in (suffix, suffix.upper()):
                    place = folder / f"{stem}{written}"
                    if place != text and _has_page(place, page) and _is_within(place, within):
                        return PictureFile(place, page)
    return None


def _folders(folder: Place, within: Place) -> Iterator[Place]:
    """Where the picture of a page may lie that is in `folder`. Another folder beside it may be of
    another issue, whose pages have the same names."""
    yield folder
    yield from _of_pictures(folder)
    around = folder.parent
    if around.resolve().is_relative_to(within):
        yield from _of_pictures(around)
        if _OF_TEXTS.fullmatch(folder.name):
            yield around


def _of_pictures(folder: Place) -> list[Place]:
    named = [each for each in folder.iterdir() if _OF_PICTURES.fullmatch(each.name)]
    return sorted((each for each in named if each.is_dir()), key=lambda each: each.name)


def _is_within(place: Place, folder: Place) -> bool:
    """Whether a file is there and no link that leads out of the folder."""
    return place.is_file() and place.resolve().is_relative_to(folder)


def _has_page(place: Place, page: int) -> bool:
    """Whether a file may hold that page."""
    return page == 1 or place.suffix.lower() in _PAGED


def _of_file(file: PictureFile | None, page: int) -> PictureFile | None:
    """The page of a picture that shows all pages of a file; None if it shows but one."""
    if file is None or file.path is None or not _has_page(file.path, page):
        return None
    return PictureFile(file.path, page)


def _named(text: Place) -> list[str]:
    """The names of the pictures that a file of recognised text says it was made of, each once."""
    with opened(text) as stream:
        said = stream.read(_MOST_READ).decode("utf-8", "replace").replace("\0", "")
    found = [html.unescape(next(filter(None, names), "")) for names in _NAMED.findall(said)]
    names = dict.fromkeys(PurePosixPath(each.replace("\\", "/")).name for each in found)
    return [each for each in names if each not in ("", "..", ".")]


def _quickest(names: Iterable[str]) -> list[str]:
    kinds = {suffix: place for place, suffix in enumerate(SHOWN)}
    return sorted(names, key=lambda name: kinds.get(PurePosixPath(name).suffix.lower(), len(kinds)))


def _without_query(address: str) -> str:
    return address.partition("?")[0] if _ADDRESS.match(address) else address
