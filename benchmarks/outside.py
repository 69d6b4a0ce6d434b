"""What the program reaches outside of itself, watched from outside.

    python -m benchmarks.outside --minutes 5

Indexes the seeds, asks, chats (over the page's API, and in Chromium where Playwright is
installed), evaluates and runs the doctor, in an empty home. Three watchers that share nothing with
the program: a proxy that records and refuses whatever is asked of it, `strace` (where there is
one) for every connection and every file opened for writing, and a look into the home afterwards.
Prints what they saw and fails if that is anything but the program's own folders."""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

STRACE = shutil.which("strace")
ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).parent / "hemeroteca"
_CALLS = "trace=connect,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,rename,renameat2"
_ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"')
_WRITTEN = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT)\b.*\) = \d+<([^>]+)>")
_MADE = re.compile(r'\b(?:mkdir|mkdirat)\((?:AT_FDCWD<([^>]*)>, )?"([^"]+)".*\) = 0')
_QUESTIONS = ("who met the Venezuelan ambassador?", "¿Cuándo fue la reunión?", "¿Qué se firmó?")


@dataclass(frozen=True)
class Seen:
    """What was reached: addresses asked of the proxy, connections elsewhere (address:port), and
    files written where none belongs."""

    asked: list[str] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.asked or self.connections or self.files)


@contextmanager
def recording_proxy() -> Iterator[tuple[str, list[str]]]:
    """The address of a forward proxy that refuses everything, and what it is asked for."""
    asked: list[str] = []

    class Refuse(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = do_PUT = do_HEAD = do_CONNECT = refuse

        def log_message(self, *arguments: object) -> None:
            """Nothing: what is asked is kept."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


class Watch:
    """Runs processes under watch, in the folder `place`: its `home` is their home, its `own` holds
    what is theirs by setting."""

    def __init__(self, place: Path, proxy: str) -> None:
        self._place = place
        self.home = place / "home"
        self.own = place / "own"
        for folder in (self.home, self.own, self.own / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        xdg = {name: f"XDG_{name.upper()}_HOME" for name in ("cache", "config", "data", "state")}
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(self.own / "tmp"),
            "INDEX_DIR": str(self.own / "index"),
            "ARTICLES_DIR": str(ROOT / "seeds"),
            **{variable: str(self.home / name) for name, variable in xdg.items()},
            **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), proxy),
            **{name.upper(): proxy for name in ("http_proxy", "https_proxy", "all_proxy")},
        }

    def start(self, command: Sequence[object]) -> "subprocess.Popen[str]":
        traced: list[object] = []
        if STRACE:
            log = self._place / f"strace-{time.monotonic_ns()}.log"
            traced = [STRACE, "-f", "--seccomp-bpf", "-y", "-e", _CALLS, "-o", log]
        return subprocess.Popen(
            [str(part) for part in (*traced, *command)],
            env=self.environment,
            cwd=self.own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *command: object) -> str:
        """What a command says, when it has ended well."""
        process = self.start(command)
        said, _ = process.communicate(timeout=1200)
        if process.returncode:
            raise RuntimeError(f"{command} ended with {process.returncode}: {said}")
        return said

    def seen(self, asked: Sequence[str]) -> Seen:
        """What all watchers saw so far; `asked` is the proxy's part."""
        connections: set[str] = set()
        files = {str(path) for path in self.home.rglob("*") if path.is_file()}
        for log in self._place.glob("strace-*.log"):
            for line in log.read_text(errors="replace").splitlines():
                connections.update(_elsewhere(line))
                files.update(_written(line))
        cache = self.home / "cache" / "hemeroteca"
        allowed = (str(self.own), str(cache), "/dev/", "/proc/")
        above = set(map(str, cache.parents))
        return Seen(
            sorted(set(asked)),
            sorted(connections),
            sorted(f for f in files if not f.startswith(allowed) and f not in above),
        )


def _elsewhere(line: str) -> Iterator[str]:
    """The address that a traced call reached beyond this machine; a name server is beyond it
    wherever it listens."""
    if found := _ADDRESS.search(line):
        port, address = found.groups()
        here = address.startswith(("127.", "::1", "::ffff:127.", "0.0.0.0"))
        if port == "53" or not here:
            yield f"{address}:{port}"


def _written(line: str) -> Iterator[str]:
    if found := _WRITTEN.search(line):
        if found[1].startswith("/"):
            yield found[1]
    elif found := _MADE.search(line):
        yield str(Path(found[1] or "/", found[2]))


def chat(watch: Watch, seconds: float) -> set[str]:
    """Ask the page for so long, in a browser and over its API; returns the hosts that the browser
    was sent to."""
    process = watch.start([COMMAND, "chat"])
    assert process.stdout is not None
    try:
        said = ""
        while not (found := re.search(r"http://\S+", said)):
            said = process.stdout.readline()
            if not said:
                raise RuntimeError("the chat did not open")
        until = time.monotonic() + seconds
        hosts = _browse(found[0])
        asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while True:
            for question in _QUESTIONS:
                body = json.dumps({"data": [question, "", ""]}).encode()
                kind = {"Content-Type": "application/json"}
                request = urllib.request.Request(f"{found[0]}/gradio_api/run/ask", body, kind)
                with asking.open(request, timeout=120) as reply:
                    reply.read()
            if time.monotonic() > until:
                return hosts
            time.sleep(2)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # strace would leave the chat behind
        process.communicate(timeout=60)


def _browse(address: str) -> set[str]:
    """Ask a question in Chromium; the hosts that the page sent it to."""
    from playwright.sync_api import sync_playwright

    hosts: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--no-proxy-server"]
        )
        page = browser.new_page()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.goto(address)
        page.locator("#question textarea").fill(_QUESTIONS[0])
        page.locator("#question textarea").press("Enter")
        page.locator(".answer:not(.waiting)").wait_for(timeout=120_000)
        browser.close()
    return hosts - {urlsplit(address).netloc, ""}


def main() -> None:
    """Run every command under watch and print what was seen."""
    parser = argparse.ArgumentParser(description="What the program reaches outside of itself.")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long to chat")
    parser.add_argument("--questions", type=int, default=20, help="how many to evaluate")
    arguments = parser.parse_args()
    if not STRACE:
        print("there is no strace: only the proxy and the home are watched")
    with tempfile.TemporaryDirectory() as place, recording_proxy() as (proxy, asked):
        watch = Watch(Path(place), proxy)
        for command in (
            ("index",),
            ("ask", _QUESTIONS[0]),
            ("evaluate", "--limit", arguments.questions),
            ("doctor",),
            ("articles", "list"),
        ):
            started = time.monotonic()
            watch.run(COMMAND, *command)
            print(f"{command[0]}: {time.monotonic() - started:.0f} s")
        hosts = chat(watch, 60 * arguments.minutes)
        print(f"chat: {arguments.minutes:g} min")
        seen = watch.seen([*asked, *(f"by the page: {host}" for host in hosts)])
    for what, found in vars(seen).items():
        print(f"{what}: {', '.join(found) or 'none'}")
    sys.exit(bool(seen))


if __name__ == "__main__":
    main()
