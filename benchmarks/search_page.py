"""How long a page of results takes in a browser.

    python -m benchmarks.search_page [--articles 100000] [--rounds 9] [--folder FOLDER]

The archive of benchmarks/search.py, its pages served as `hemeroteca chat` serves them, opened in
Chromium: from the address to the end of loading by the browser's clock, medians of searches for
other words; the first of each is left out."""

import argparse
import contextlib
import random
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette

from benchmarks.letters import LetterEncoder
from benchmarks.search import fill, kinds
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.page import reading_routes

_BROWSER = "/usr/bin/chromium"
_TOOK = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
_STARTS_WITHIN_S = 30


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, help="where the archive is made, and left")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        archive = Archive(args.folder or Path(temporary), cast(Encoder, LetterEncoder()))
        fill(archive, args.articles)
        page = playwright.chromium.launch(executable_path=_BROWSER).new_page()
        with _served(archive) as address:
            print("| page of | ms |")
            print("|---|---|")
            for name in kinds(random.Random(0)):
                order, took = random.Random(1), []
                for n in range(args.rounds + 1):
                    page.goto(f"{address}/search?q={quote(kinds(order)[name].written)}")
                    page.wait_for_function(f"({_TOOK})() > 0")
                    took += [page.evaluate(_TOOK)] if n else []
                print(f"| {name} | {statistics.median(took):.0f} |", flush=True)
        archive.close()


@contextlib.contextmanager
def _served(archive: Archive) -> Iterator[str]:
    """The address under which the archive's pages are served meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    routes = reading_routes(archive)
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    begun = time.monotonic()
    while not server.started and time.monotonic() < begun + _STARTS_WITHIN_S:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
