"""Sends one webhook: signed as Standard Webhooks has it, to the number that was looked at.

No redirect is followed and no answer read: what counts is its status. Knows nothing of what it
tells.
"""

import hmac
from base64 import b64decode, b64encode
from datetime import datetime
from threading import Thread

import urllib3

from fieldlog.access import outwards

PATIENCE = urllib3.Timeout(connect=5, read=10)
LONGEST_S = 30.0  # for all of it: `read` begins anew with every byte of an answer
UNREACHED, INWARDS = "unreachable", "inwards"


def post(
    url: str, id: str, body: str, secret: str, now: datetime, own: tuple[str, ...]
) -> tuple[bool, str]:
    """Whether it arrived (any 2xx), and in a word how it went: a status, unreachable, inwards.

    Asked in a thread that is left behind in the end: an address that answers a byte at a time
    would hold up all the others for ever.
    """
    told = [(False, UNREACHED)]
    asked = (url, id, body, secret, now, own)
    asking = Thread(target=lambda: told.append(_asked(*asked)), daemon=True)
    asking.start()
    asking.join(LONGEST_S)
    return told[-1]


def signature(id: str, moment: int, body: str, secret: str) -> str:
    """HMAC-SHA256 over id, time and body: whoever has the secret can tell that it is ours."""
    key = b64decode(secret.removeprefix("whsec_"))
    told = f"{id}.{moment}.{body}".encode()
    return "v1," + b64encode(hmac.digest(key, told, "sha256")).decode()


def _asked(
    url: str, id: str, body: str, secret: str, now: datetime, own: tuple[str, ...]
) -> tuple[bool, str]:
    try:
        parts = outwards.address(url, own)
        number = outwards.reached(parts, own)
        status = _status(parts, number, body.encode(), _headers(id, body, secret, now))
    except outwards.Inwards:
        return False, INWARDS
    except (OSError, urllib3.exceptions.HTTPError):
        return False, UNREACHED
    return 200 <= status < 300, str(status)


def _headers(id: str, body: str, secret: str, now: datetime) -> dict[str, str]:
    moment = int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "fieldlog",
        "webhook-id": id,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(id, moment, body, secret),
    }


def _status(parts, number: str, body: bytes, headers: dict[str, str]) -> int:
    options = {"port": parts.port, "timeout": PATIENCE, "retries": False}
    if parts.scheme == "https":
        named = {"server_hostname": parts.hostname, "assert_hostname": parts.hostname}
        pool = urllib3.HTTPSConnectionPool(number, **options, **named)
    else:
        pool = urllib3.HTTPConnectionPool(number, **options)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    with pool:
        answer = pool.urlopen(
            "POST",
            path,
            body=body,
            headers=headers | {"Host": parts.netloc},
            redirect=False,
            preload_content=False,
        )
        answer.close()
        return answer.status
