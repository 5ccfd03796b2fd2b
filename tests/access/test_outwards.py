"""Where webhooks may go: never into the own network, by no spelling and no name."""

import socket

import pytest

from fieldlog.access import outwards
from fieldlog.access.outwards import Inwards

OWN = ("intern.kommunen.se",)


def named(monkeypatch, *numbers: str) -> None:
    """Every name now leads to these."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)


@pytest.mark.parametrize(
    "text",
    [
        "http://mottagare.example/",
        "ftp://mottagare.example/",
        "file:///etc/passwd",
        "https:///nobody",
        "https://namn:losen@mottagare.example/",
        "https://namn@mottagare.example/",
        "https://mottagare.example/#del",
        "https://mottagare.example:99999/",
        "https://mottagare.example:0/",
        "https://mottagare.example/\r\nX: y",
        "https://[::1",
        "",
    ],
)
def test_what_is_no_https_address_is_refused(text):
    with pytest.raises(Inwards):
        outwards.address(text, OWN)


def test_plain_http_only_to_a_host_of_one_s_own():
    assert outwards.address("http://intern.kommunen.se:8080/x?y=1", OWN).port == 8080
    assert outwards.address("https://mottagare.example/x", OWN).hostname == "mottagare.example"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.1.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "ff02::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused_also_beside_one_that_does_not(monkeypatch, number):
    parts = outwards.address("https://mottagare.example/", OWN)
    for numbers in ((number,), ("93.184.216.34", number)):
        named(monkeypatch, *numbers)
        with pytest.raises(Inwards):
            outwards.reached(parts, OWN)


def test_the_number_that_was_looked_at_is_the_one_to_connect_to(monkeypatch):
    named(monkeypatch, "93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    parts = outwards.address("https://mottagare.example/", OWN)
    assert outwards.reached(parts, OWN) == "93.184.216.34"


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]"])
def test_no_spelling_of_the_own_machine_gets_through(host):
    parts = outwards.address(f"https://{host}/", OWN)
    with pytest.raises((Inwards, OSError)):
        outwards.reached(parts, OWN)


def test_a_host_of_one_s_own_may_be_inside(monkeypatch):
    named(monkeypatch, "10.1.2.3")
    parts = outwards.address("http://intern.kommunen.se/", OWN)
    assert outwards.reached(parts, OWN) == "10.1.2.3"
