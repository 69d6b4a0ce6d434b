"""Who may use the page: users with hashed passwords, asked of every request alike.

Gradio's own login leaves its MCP server open, so a layer in front of all of it asks instead, by
HTTP Basic authentication, which browsers, the Gradio client and MCP clients all know; programs that
have a field for a key only give name:password in it, and send it as a Bearer token."""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import os
from collections.abc import Mapping

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from hemeroteca.index.errors import HemerotecaError

_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a password
# Gradio asks this of itself, without a password, when it starts; it answers true and no more.
_OPEN = "/gradio_api/startup-events"
_USER = "hemeroteca.user"  # of a request's scope


def hash_password(password: str) -> str:
    """What CHAT_USERS has for a password: `salt.hash`, both hexadecimal (scrypt, RFC 7914)."""
    salt = os.urandom(16)
    return f"{salt.hex()}.{_scrypt(password, salt).hex()}"


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **_COST)


def parse_users(value: str) -> Mapping[str, str]:
    """The hash of each user's password from `name:salt.hash,...`. Raises HemerotecaError with what
    was expected."""
    users = {}
    for entry in filter(None, map(str.strip, value.split(","))):
        name, _, hashed = entry.partition(":")
        salt, _, digest = hashed.partition(".")
        try:
            whole = len(bytes.fromhex(salt)) == 16 and len(bytes.fromhex(digest)) == 32
        except ValueError:
            whole = False
        if not name or not whole or name in users:
            raise HemerotecaError("name:salt.hash,..., as `hemeroteca user NAME` prints them")
        users[name] = hashed
    return users


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class Users:
    """The users and their passwords."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = hashes
        self._nobody = hash_password("")  # an unknown name takes as long as a wrong password
        self._key = os.urandom(32)
        self._known: dict[bytes, str] = {}  # so that a page's many requests pay for scrypt once

    def named_by(self, authorization: str | None) -> str | None:
        """The user of an Authorization header; None if it is missing or wrong."""
        if not authorization:
            return None
        seen = hmac.digest(self._key, authorization.encode(), "sha256")
        if seen not in self._known:
            name = self._check(authorization)
            if name is None:
                return None
            self._known[seen] = name
        return self._known[seen]

    def _check(self, authorization: str) -> str | None:
        scheme, _, given = authorization.partition(" ")
        try:
            if scheme.lower() == "basic":
                given = base64.b64decode(given, validate=True).decode()
            elif scheme.lower() != "bearer":  # what has a field for a key and none for a user
                return None
        except (binascii.Error, UnicodeDecodeError):
            return None
        name, _, password = given.partition(":")
        salt, _, digest = self._hashes.get(name, self._nobody).partition(".")
        right = hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), digest.lower())
        return name if right and name in self._hashes else None


class AuthMiddleware:
    """An ASGI layer that answers 401 to whatever does not come from a user."""

    def __init__(self, app: ASGIApp, users: Users) -> None:
        self._app = app
        self._users = users

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope.get("path", "").rstrip("/") == _OPEN:
            await self._app(scope, receive, send)
            return
        headers = dict(scope.get("headers", []))
        authorization = headers.get(b"authorization", b"").decode("latin-1")
        # In a thread: a password takes its time, and the others need not wait for it.
        user = await to_thread.run_sync(self._users.named_by, authorization)
        if user is None:
            await _refuse(scope, send)
            return
        await self._app({**scope, _USER: user}, receive, send)


def user_of(request: HTTPConnection) -> str | None:
    """Who sent a request; None where there are no users."""
    user: str | None = request.scope.get(_USER)
    return user


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [
        (b"www-authenticate", b'Basic realm="Hemeroteca", charset="UTF-8"'),
        (b"content-type", b"text/plain; charset=utf-8"),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send(
        {"type": "http.response.body", "body": b"Hemeroteca asks for a user and password.\n"}
    )
