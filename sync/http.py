"""The one place where the conversation meets the network: a store as seen by those who push to
it. Knows no rules of sending; never follows a redirect and never deletes anything.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Self
from urllib.parse import quote

import requests

from sync import packing, retry
from sync.digits import whole
from sync.messages import Answer, BlobStatus, Compare, Garbled, Section, blob, compare, render, wire

TIMEOUT = (10.0, 30.0)  # seconds to connect, to read
_ANSWER_MAX = 32 * 1024 * 1024
_JSON, _LINES, _TEXT = "application/json", "application/x-ndjson", "text/plain"
_FILE = "application/octet-stream"


class Trouble(Exception):
    """Nothing is decided: keep everything and try again. `after`: seconds asked for, or None."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Refused(Exception):
    """The store said no; a retry won't better it. Keep everything. `error` is its own code."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(f"{status} {error}: {message}")
        self.status, self.error, self.message = status, error, message


class Unauthorised(Refused):
    """The token isn't known or not good enough: pause and ask for enrolment."""


class TooLarge(Exception):
    """The request is larger than the store, or something on the way, takes: halve it."""


class Peer:
    """A store at `url`, spoken to with `token` (None: none yet). Close it, or use `with`."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        session: requests.Session | None = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self._url = url.rstrip("/") + "/sync/v1/"
        self._token, self._timeout = token, timeout
        self._session = session or requests.Session()
        self._plain = False  # set once somebody refused gzip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    def push(self, sections: Iterable[Section]) -> Answer:
        return _answer(self._post("push", render(sections), _LINES))

    def status(self, logs: Iterable[str] = (), at: int | None = None) -> Answer:
        params: list[tuple[str, str]] = [("log", log) for log in logs]
        if at is not None:
            params.append(("at", str(at)))
        return _answer(self._ask("GET", "status", params=params))

    def compare(self, lines: Iterable[Compare]) -> list[Compare]:
        """The lines that differ or are missing there, with that store's own values."""
        body = self._post("compare", compare.render(lines), _TEXT)
        try:
            return compare.parse(body)
        except Garbled as error:
            raise Trouble(f"no answer of this protocol: {error}") from error

    def digest(self) -> str:
        """That store's digest over all its logs, as hex."""
        value = _document(self._ask("GET", "digest")).get("digest")
        if not isinstance(value, str):
            raise Trouble("no answer of this protocol: no digest")
        return value

    def ref(self, name: str, sha256_hex: str) -> bytes:
        """A bundle by its content; raises Trouble when what came is something else."""
        path = f"ref/{quote(name, safe='')}/{quote(sha256_hex, safe='')}"
        body = self._ask("GET", path)
        if sha256(body).hexdigest() != sha256_hex:
            raise Trouble(f"bundle {name} is not what was asked for")
        return body

    def enrol(self, code: str, name: str, device: str | None = None) -> dict[str, Any]:
        """Exchange a one-time code for a token. `device`: the phone, when a node asks for it."""
        asked = {"code": code, "name": name}
        if device is not None:
            asked["device"] = device
        return _document(self._ask("POST", "enrol", body=wire.dump(asked), kind=_JSON))

    def rescue(self, file: bytes) -> dict[str, Any]:
        """Hand over a rescue file; what became of it."""
        return _document(self._ask("POST", "rescue", body=file, kind=_FILE))

    def blob_status(self, sha256_hex: str) -> BlobStatus:
        """How much of a photo is there."""
        return self._blob("HEAD", sha256_hex)

    def blob_part(self, sha256_hex: str, offset: int, length: int, part: bytes) -> BlobStatus:
        """Add the part at `offset` of a photo of `length` bytes; how much is there then, which
        may be another number than was hoped for."""
        about = {blob.OFFSET: str(offset), blob.LENGTH: str(length)}
        return self._blob("PATCH", sha256_hex, part, {"Content-Type": blob.CHUNK_TYPE, **about})

    def _blob(
        self, method: str, name: str, body: bytes | None = None, more: dict[str, str] | None = None
    ) -> BlobStatus:
        with self._asked(method, f"blobs/{name}", body=body, more=more) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            ours = headers.get(retry.PROTO.lower()) == retry.VERSION
            if not (ours and response.status_code == 409):
                _judge(response, packed=False)
            return _blob_status(headers)

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        # As `auth`, so that requests doesn't put a ~/.netrc of the machine in its place.
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def _post(self, path: str, body: bytes, kind: str) -> bytes:
        packed = None if self._plain else packing.pack(body)
        if packed is not None:
            try:
                return self._ask("POST", path, body=packed, kind=kind, packed=True)
            except _PlainPlease:
                self._plain = True
        return self._ask("POST", path, body=body, kind=kind)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: list[tuple[str, str]] | None = None,
        body: bytes | None = None,
        kind: str | None = None,
        packed: bool = False,
    ) -> bytes:
        more = {}
        if kind is not None:
            more["Content-Type"] = kind
        if packed:
            more["Content-Encoding"] = "gzip"
        with self._asked(method, path, params=params, body=body, more=more) as response:
            return _judge(response, packed)

    @contextmanager
    def _asked(
        self,
        method: str,
        path: str,
        *,
        params: list[tuple[str, str]] | None = None,
        body: bytes | None = None,
        more: dict[str, str] | None = None,
    ) -> Iterator[requests.Response]:
        """The answer as it comes; whatever the network does to it is Trouble."""
        try:
            with self._session.request(
                method,
                self._url + path,
                params=params,
                data=body,
                headers={retry.PROTO: retry.VERSION, "Accept": "*/*", **(more or {})},
                auth=self._sign,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                yield response
        except requests.RequestException as error:
            raise Trouble(f"network: {type(error).__name__}: {error}") from error


class _PlainPlease(Exception):
    """The store, or something on the way, doesn't take gzip."""


def _judge(response: requests.Response, packed: bool) -> bytes:
    """The body of a good answer; raises what any other one means."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    verdict = retry.classify(response.status_code, headers)
    body = _body(response)
    if verdict == "ok":
        return body
    if verdict == "halve":
        raise TooLarge(f"{response.status_code}: {_sentence(body)[1]}")
    if verdict == "plain" and packed:
        raise _PlainPlease
    if verdict == "retryable":
        raise Trouble(_stranger(response, headers), retry.retry_after(headers))
    refusal = Unauthorised if verdict == "auth" else Refused
    raise refusal(response.status_code, *_sentence(body))


def _body(response: requests.Response) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_content(64 * 1024):
        size += len(piece)
        if size > _ANSWER_MAX:
            raise Trouble("the answer has no end")
        pieces.append(piece)
    return b"".join(pieces)


def _stranger(response: requests.Response, headers: dict[str, str]) -> str:
    if retry.PROTO.lower() in headers:
        return f"the store answered {response.status_code}"
    return f"somebody else answered ({response.status_code}): a captive portal or a proxy"


def _sentence(body: bytes) -> tuple[str, str]:
    try:
        said = wire.document(body)
    except Garbled:
        return "unknown", "no reason given"
    return str(said.get("error", "unknown")), str(said.get("message", "no reason given"))


def _answer(body: bytes) -> Answer:
    try:
        return Answer.from_json(body)
    except Garbled as error:
        raise Trouble(f"no answer of this protocol: {error}") from error


def _blob_status(headers: dict[str, str]) -> BlobStatus:
    """What the headers say; raises Trouble where they are not of this protocol."""
    said = (headers.get(name.lower(), "") for name in (blob.OFFSET, blob.LENGTH))
    numbers = [whole(text, blob.SAID_MAX) for text in said]
    if None in numbers:
        raise Trouble("no answer of this protocol: it does not say how much is there")
    signed = headers.get(blob.CENTRE.lower())
    try:
        return BlobStatus(*numbers, None if signed is None else blob.parse_receipt(signed))
    except Garbled as error:
        raise Trouble(f"no answer of this protocol: {error}") from error


def _document(body: bytes) -> dict[str, Any]:
    try:
        return wire.document(body)
    except Garbled as error:
        raise Trouble(f"no answer of this protocol: {error}") from error
