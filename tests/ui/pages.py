"""The pages for reading over an archive, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.page import reading_routes


@contextmanager
def pages_of(press: Path, data: Path, encoder: Encoder) -> Iterator[TestClient]:
    """A client, in English, of the pages over the articles in `press`, indexed in `data`."""
    archive = Archive(data, encoder)
    sync_folders(archive, [press])
    spoken = {"accept-language": "en"}
    with TestClient(Starlette(routes=reading_routes(archive)), headers=spoken) as opened:
        yield opened
    archive.close()
