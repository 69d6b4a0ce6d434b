"""Who may use the page, its API and its MCP server."""

import base64
from unittest.mock import Mock

import httpx
import pytest
from typer.testing import CliRunner

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.ui.cli.main import app
from hemeroteca.ui.settings import SettingsError
from hemeroteca.ui.web.auth import Users, hash_password, is_loopback, parse_users
from hemeroteca.ui.web.page import serve
from tests.helpers import Server

INITIALISE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-03-26",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPTED = {"Accept": "application/json, text/event-stream"}


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_only_the_right_password_names_the_user() -> None:
    users = Users({"ana": hash_password("pa:ss"), "eve": hash_password("ñandú")})
    for _ in range(2):  # the second time from memory
        assert users.named_by(_basic("ana", "pa:ss")) == "ana"
        assert users.named_by(_basic("eve", "ñandú")) == "eve"
        assert users.named_by("Bearer ana:pa:ss") == "ana"
        for header in (
            None, "", "Basic", "Basic !", "Bearer x", _basic("ana", ""), _basic("ana", "pa:s"),
            _basic("eve", "pa:ss"), _basic("", ""), _basic("nobody", ""),
            _basic("ana", "pa:ss").replace("Basic", "Bearer"), "Bearer ana:pa:s", "Bearer ana",
            "Basic " + base64.b64encode(b"ana:\xff").decode(),
        ):  # fmt: skip
            assert users.named_by(header) is None, header


def test_the_same_password_has_another_hash_each_time() -> None:
    one, other = hash_password("a"), hash_password("a")
    assert one != other
    assert parse_users(f" ana:{one}, eve:{other},") == {"ana": one, "eve": other}
    assert parse_users("") == {}


@pytest.mark.parametrize("value", ["ana", "ana:secret", "ana:00.00", ":{}", "ana:{},ana:{}"])
def test_what_is_no_hash_is_refused(value: str) -> None:
    hashed = hash_password("a")
    with pytest.raises(HemerotecaError, match="hemeroteca user NAME"):
        parse_users(value.replace("{}", hashed))


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("example.org", False),
    ],
)
def test_loopback_is_told_apart(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/", None),
        ("GET", "/config", None),
        ("GET", "/gradio_api/info", None),
        ("POST", "/gradio_api/run/ask", {"data": ["q", "", "", "", "", "", "", False, [], ""]}),
        ("POST", "/gradio_api/run/articles", {"data": ["", 5, ""]}),
        ("POST", "/gradio_api/mcp/", INITIALISE),
        ("GET", "/v1/models", None),
    ],
)
def test_without_a_user_nothing_is_given(
    guarded: Server, method: str, path: str, content: object
) -> None:
    def status(auth: tuple[str, str] | None) -> int:
        return httpx.request(
            method,
            guarded.address + path,
            json=content,
            auth=auth,
            headers=ACCEPTED,
            timeout=60,
            follow_redirects=True,
        ).status_code

    assert status(None) == 401
    assert status(("ana", "wrong")) == 401
    assert status(("ana", "pa:ss")) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/mcp/sse",
        "/mcp",
        "/v1/chat/completions",
        "/gradio_api/component_server",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/upload",
        "/gradio_api/startup-events/../info",
        "/gradio_api//startup-events",
        "/login",
        "/assets/index.js",
    ],
)
def test_no_other_way_in_is_open(guarded: Server, path: str) -> None:
    for method in ("GET", "POST", "HEAD", "OPTIONS"):
        assert httpx.request(method, guarded.address + path, timeout=60).status_code == 401


def test_the_command_prints_a_line_for_the_settings() -> None:
    run = CliRunner().invoke(app, ["user", "ana"], input="pa:ss\npa:ss\n")
    assert run.exit_code == 0
    users = Users(parse_users(run.stdout.strip()))
    assert users.named_by(_basic("ana", "pa:ss")) == "ana"
    assert "pa:ss" not in run.output
    with pytest.raises(SettingsError, match="without colon and comma"):
        CliRunner().invoke(app, ["user", "a:b"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("host", "users", "warned", "address"),
    [
        ("127.0.0.1", {}, False, "http://127.0.0.1:7999 "),
        ("0.0.0.0", {}, True, "http://0.0.0.0:7999 "),
        ("0.0.0.0", {"ana": hash_password("a")}, False, "http://0.0.0.0:7999 "),
        ("::1", {}, False, "http://[::1]:7999 "),
        ("[::1]", {}, False, "http://[::1]:7999 "),
        ("::", {}, True, "http://[::]:7999 "),
    ],
)
def test_an_open_door_is_warned_of(
    capsys: pytest.CaptureFixture[str],
    host: str,
    users: dict[str, str],
    warned: bool,
    address: str,
) -> None:
    page = Mock()  # it would listen until it is interrupted
    serve(page, host, 7999, users)
    out, err = capsys.readouterr()
    assert (f"anyone who reaches {host} " in err) is warned
    assert address in out
    guarded = "middleware" in page.launch.call_args.kwargs["app_kwargs"]
    assert guarded is bool(users)
