"""The pictures that a record names, of those that lie beside its file."""

from collections.abc import Iterator, Mapping
from itertools import islice

from hemeroteca.index.picture import Picture
from hemeroteca.index.sources.formats.page_pictures import saved_beside
from hemeroteca.index.sources.names import plain_name

_NAMES = frozenset(
    ("image", "images", "imagepath", "imagefile", "localimage", "mainimage", "leadimage",
     "featuredimage", "picture", "pictures", "photo", "photos", "photograph", "photographs",
     "foto", "fotos", "fotografia", "fotografía", "fotografias", "fotografías", "imagen",
     "imagenes", "imágenes", "bild", "bilder", "media", "associations", "renditions")
)  # fmt: skip
_PATHS = ("path", "localpath", "file", "filename", "src", "href", "url")
_CAPTIONS = ("caption", "headlinecaption", "bodytext", "descriptiontext", "description", "pie",
             "alt", "alttext", "title")  # fmt: skip
_MOST = 50
_DEEPEST = 5


def record_pictures(fields: Mapping[str, object]) -> tuple[Picture, ...]:
    """The pictures, in the order of the fields, each once."""
    values = (v for name, v in fields.items() if plain_name(str(name)) in _NAMES)
    found: dict[str, Picture] = {}
    for value in values:
        for picture in islice(_pictures(value, "", 0), _MOST):
            found.setdefault(picture.at, picture)
    return tuple(found.values())


def _pictures(value: object, caption: str, depth: int) -> Iterator[Picture]:
    if isinstance(value, str):
        if len(value) < 1_000 and (at := saved_beside(value.strip().replace("\\", "/"))):
            yield Picture(at, caption)
    elif depth == _DEEPEST:
        return
    elif isinstance(value, list):
        for each in value:
            yield from _pictures(each, caption, depth + 1)
    elif isinstance(value, Mapping):
        by_name = {plain_name(str(name)): each for name, each in value.items()}
        said = (by_name.get(name) for name in _CAPTIONS)
        caption = next((each for each in said if isinstance(each, str) and each), caption)
        for name in _PATHS:
            if isinstance(by_name.get(name), str):
                yield from _pictures(by_name[name], caption, depth + 1)
        for each in value.values():  # of several sizes of one picture each is a file
            if isinstance(each, list | Mapping):
                yield from _pictures(each, caption, depth + 1)
