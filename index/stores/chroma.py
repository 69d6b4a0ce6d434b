"""Chroma, embedded in this process or on a server: it calls nobody, and nobody waits for ever."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from hemeroteca.index.environment import without_telemetry
from hemeroteca.index.machine import transport
from hemeroteca.index.stores.chroma_server import ChromaServer

with without_telemetry():
    import chromadb
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.auth import UserIdentity
    from chromadb.config import Settings


class _ServerClient(Client):
    """Chroma's client of a server, with an end to waiting and no proxy to this machine, which it
    lacks. It asks the server before it is made, hence here."""

    def get_user_identity(self) -> UserIdentity:
        _renew_session(self._server)
        return super().get_user_identity()

    def _validate_tenant_database(self, tenant: str, database: str) -> None:
        _renew_session(self._admin_client._server)  # type: ignore[attr-defined]
        super()._validate_tenant_database(tenant, database)


def _renew_session(api: Any) -> None:
    # Few have a server.
    from chromadb.api.fastapi import FastAPI

    assert isinstance(api, FastAPI)
    before = api._session
    api._session = httpx.Client(
        headers=before.headers,
        timeout=api._settings.chroma_query_request_timeout_seconds,
        limits=api.http_limits,
        transport=transport(api.get_api_url(), api.http_limits),
    )
    before.close()


def connected(server: ChromaServer) -> ClientAPI:
    """Chroma on a server. Raises ValueError or one of chromadb's errors if it cannot be reached."""
    secure = urlsplit(server.url).scheme == "https"
    return _ServerClient(
        server.tenant,
        server.database,
        Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=server.url,  # a whole address is taken with its port and path
            chroma_server_http_port=443 if secure else 80,
            chroma_server_ssl_enabled=secure,
            chroma_server_headers={"x-chroma-token": server.key} if server.key else None,
            chroma_query_request_timeout_seconds=server.timeout_s,
            anonymized_telemetry=False,
        ),
    )


def embedded(folder: Path) -> ClientAPI:
    """Chroma in this process, over `folder`. Raises OSError
    or one of chromadb's errors if it cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def timed_out(error: BaseException | None) -> bool:
    """Whether `error` comes of a server that did not answer; chromadb gives it other names."""
    while error is not None and not isinstance(error, httpx.TimeoutException):
        error = error.__cause__ or error.__context__
    return error is not None
