"""What runs on this machine is asked directly, whatever proxy the environment names."""

import ipaddress
import socket
from urllib.parse import urlsplit

import httpx


def is_own_machine(url: str) -> bool:
    """Whether `url` names this machine; told by its name alone, so that nothing is looked up."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        own = socket.gethostname().lower()
        names = {"localhost", own, own.partition(".")[0], f"{own}.local"}
        return host in names or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified or _is_bound_here(address)


def _is_bound_here(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:  # only an own address can be bound
        return False
    return True


def transport(url: str, limits: httpx.Limits) -> httpx.HTTPTransport | None:
    """What an httpx.Client that asks `url` goes through: past every proxy on this machine, else
    None, by which httpx follows the environment."""
    return httpx.HTTPTransport(limits=limits) if is_own_machine(url) else None
