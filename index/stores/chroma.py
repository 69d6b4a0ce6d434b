"""Chroma, embedded in this process or on a server: it calls nobody, and nobody waits for ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import chromadb.api.fastapi
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings, System


class _TimedAPI(chromadb.api.fastapi.FastAPI):
    """Chroma's side of a conversation with a server, with an end to waiting, which it lacks."""

    def __init__(self, system: System) -> None:
        super().__init__(system)
        self._session.timeout = httpx.Timeout(system.settings.chroma_query_request_timeout_seconds)


_connecting = threading.Lock()


@contextmanager
def _timed() -> Iterator[None]:
    """While a client is made, _TimedAPI bears the name by which Chroma finds the class: Chroma asks
    things of the server before it gives the client out."""
    with _connecting:
        api = chromadb.api.fastapi.FastAPI
        chromadb.api.fastapi.FastAPI = _TimedAPI  # type: ignore[misc]
        try:
            yield
        finally:
            chromadb.api.fastapi.FastAPI = api  # type: ignore[misc]


@dataclass(frozen=True)
class ChromaServer:
    """Where a Chroma server listens, as whom to ask it, and for how many seconds to wait."""

    url: str
    tenant: str
    database: str
    key: str = field(default="", repr=False)
    timeout_s: int = 60

    def connect(self) -> ClientAPI:
        """Raises ValueError or one of chromadb's errors if it cannot be reached."""
        address = urlsplit(self.url)
        secure = address.scheme == "https"
        with _timed():
            return chromadb.HttpClient(
                address.hostname or "",
                address.port or (443 if secure else 80),
                secure,
                {"x-chroma-token": self.key} if self.key else None,
                Settings(
                    anonymized_telemetry=False, chroma_query_request_timeout_seconds=self.timeout_s
                ),
                self.tenant,
                self.database,
            )


def embedded(folder: Path) -> ClientAPI:
    """Chroma in this process, over `folder`. Raises one of chromadb's errors if it cannot be."""
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def timed_out(error: BaseException | None) -> bool:
    """Whether `error` comes of a server that did not answer; chromadb gives it other names."""
    while error is not None and not isinstance(error, httpx.TimeoutException):
        error = error.__cause__ or error.__context__
    return error is not None
