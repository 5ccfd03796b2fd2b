"""Where this server may be sent: never into the own network, unless that host is named.

Else whoever may add a webhook could let the server knock on doors that only it can reach. Knows not
what is sent.
"""

import socket
from ipaddress import IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

# Addresses of the old world told in the new one: they may hide one of the own network.
TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


class Inwards(ValueError):
    """The address leads where this server is not to be sent."""


def address(text: str, own: tuple[str, ...]) -> SplitResult:
    """The address in its parts: https, or plain http to a host of `own`. Raises Inwards."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as fault:
        raise Inwards("no address") from fault
    plain = parts.scheme == "http" and parts.hostname in own
    if not text.isascii() or not text.isprintable() or " " in text or port == 0:
        raise Inwards("no address")
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise Inwards("no https")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Inwards("more than an address")
    return parts


def reached(parts: SplitResult, own: tuple[str, ...]) -> str:
    """The number to connect to, looked up now. Raises Inwards, or OSError if there is none.

    Connect to this very number: a name may lead elsewhere the next time it is asked.
    """
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    numbers = [entry[4][0] for entry in found]
    if parts.hostname not in own and not all(map(is_outside, numbers)):
        raise Inwards("inside the own network")
    return numbers[0]


def is_outside(number: str) -> bool:
    """Whether the number is one of the open internet."""
    ip = ip_address(number.partition("%")[0])
    hidden = ip.version == 6 and any(ip in network for network in TRANSLATED)
    return ip.is_global and not ip.is_multicast and not hidden
