"""Run first by a Python that finds it: what would leave this machine is recorded and refused."""

import ipaddress
import os
import sys
from pathlib import Path

_LOG = Path(os.environ["NETWORK_LOG"])


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # None: a Unix socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        with _LOG.open("a") as log:
            log.write(f"{event} {host}\n")
        raise OSError(f"the tests allow no connection to {host}")


sys.addaudithook(_watch)
