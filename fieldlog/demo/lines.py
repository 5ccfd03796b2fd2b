"""The lines of a demo: requests that reach an app in this very process, without a network."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse
from werkzeug.test import Client

from fieldlog import config
from fieldlog.store import bundles, devices, identity, logs
from sync import messages
from sync.http import Peer
from sync.messages import Answer, Section
from sync.times import stamp

CENTRE = "http://centre.demo"
NODE = "http://node.demo"


def session(app) -> requests.Session:
    """A session whose every request is answered by `app` itself."""
    made = requests.Session()
    made.trust_env = False
    made.mount("http://", _InProcess(app))
    return made


class Line(Peer):
    """The line of one device to `app`. With `at` set, what it pushes is heard at that moment, so
    that a month does not arrive within one minute; all else goes as requests do.
    """

    def __init__(self, app, url: str, token: str | None = None) -> None:
        super().__init__(url, token, session=session(app))
        self._app, self._device = app, token
        self.at: datetime | None = None

    def push(self, sections: Iterable[Section]) -> Answer:
        if self.at is None:
            return super().push(sections)
        sent = messages.render(replace(section, now=stamp(self.at)) for section in sections)
        with self._app.app_context():
            device, settings = devices.by_token(self._device), config.current()
            heard = [logs.accept(each, device, self.at) for each in messages.parse([sent])]
            return Answer(
                store=settings.name,
                role=settings.role,
                inc=identity.get().inc,
                now=stamp(self.at),
                logs=heard,
                ref=bundles.refs(device),
            )


class _InProcess(BaseAdapter):
    """Carries a request to a WSGI app and its answer back, as the network would."""

    def __init__(self, app):
        super().__init__()
        self._client = Client(app)

    def send(self, request: requests.PreparedRequest, **_kwargs) -> requests.Response:
        answer = self._client.open(
            request.path_url,
            method=request.method,
            headers=list(request.headers.items()),
            data=request.body or b"",
            base_url=request.url.removesuffix(request.path_url),
        )
        return _response(request, answer.status_code, answer.headers, answer.get_data())

    def close(self) -> None:
        """Nothing is held open."""


def _response(request, status: int, headers: Iterable, body: bytes) -> requests.Response:
    made = requests.Response()
    made.status_code, made.request, made.url = status, request, request.url
    made.headers.update(dict(headers))
    made.raw = HTTPResponse(
        BytesIO(body), headers=dict(headers), status=status, preload_content=False
    )
    return made
