"""Every index on one server: the first at once, the others when they are first asked."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import (
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
    nullcontext,
)
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
from fastapi import FastAPI

from hemeroteca.index.progress import Tell
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.indexes import Indexes
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.addresses import index_address
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.other_indexes import OtherIndexes
from hemeroteca.ui.web.page import Beside, beside, build_page, mounted, open_library, serve
from hemeroteca.ui.web.served import Served, serving

_PATIENCE_S = 10.0  # the page opens after it at the latest, and answers from what is in
_OTHERS_PATIENCE_S = 1.0  # who opens one of them is waiting already


class BringInLine(Protocol):
    """Brings an archive in line with the articles of its sources and tells how far it is, `drawn`
    on the terminal as well."""

    def __call__(
        self, archive: Archive, sources: list[Path], also: Tell, drawn: bool = True
    ) -> None: ...


def serve_indexes(
    settings: Settings,
    folders: Mapping[str, list[Path]],
    address: tuple[str, int],
    bring_in_line: BringInLine,
) -> None:
    """Serve the page of each index of `folders`, which are by its name, until interrupted: that of
    the first at the root, the others below it."""
    names = list(folders)

    @contextmanager
    def open(name: str) -> Iterator[Served]:
        is_first = name == names[0]

        def bring(archive: Archive, sources: list[Path], tell: Tell) -> None:
            bring_in_line(archive, sources, tell, drawn=is_first)

        like = None if is_first else indexes.of(names[0])
        patience_s = _PATIENCE_S if is_first else _OTHERS_PATIENCE_S
        with serving(settings, folders[name], bring, patience_s, like) as served:
            yield served

    def library_of(name: str) -> AbstractContextManager[Library]:
        served = indexes.of(name)
        return nullcontext(open_library(served.chain, served.checker, served.archive, settings))

    def make(name: str) -> FastAPI:
        root = f"{settings.chat_root_path}/{index_address(name)}".rstrip("/")
        choice = Choice(names, name)
        page, also = _page(settings, indexes.of(name), libraries.of(name), root, choice)
        return mounted(page, settings.chat_users, root, also)

    indexes = Indexes(names, open)
    libraries = Indexes(names, library_of)
    with closing(indexes):
        first = indexes.of(names[0])
        library = open_library(
            *(first.chain, first.checker, first.archive, settings),
            libraries if len(names) > 1 else None,
        )
        root = settings.chat_root_path
        page, also = _page(settings, first, library, root, Choice(names, names[0]))
        others = OtherIndexes(names[1:], make)
        if len(names) > 1:
            also = _with_others(also, others)
        serve(page, *address, settings.chat_users, root, also, first.indexing)


def _page(
    settings: Settings, served: Served, library: Library, root: str, choice: Choice
) -> tuple[gr.Blocks, Beside]:
    """The page of an index, and what is beside it."""
    kept = (served.history, served.collections, served.saved)
    page = build_page(
        *(served.chain, served.archive, *kept, served.sources),
        *(settings, library, served.indexing, choice),
    )
    return page, beside(served.archive, library, *kept, served.searches, root, choice)


def _with_others(also: Beside, others: OtherIndexes) -> Beside:
    @asynccontextmanager
    async def running(app: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if also.lifespan is not None:
                await stack.enter_async_context(also.lifespan(app))
            await stack.enter_async_context(others.running())
            yield

    return Beside([*others.routes, *also.routes], running)
