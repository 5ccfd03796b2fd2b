"""The lines of a demo: requests that reach an app in this very process, without a network."""

from collections.abc import Iterable
from io import BytesIO

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse
from werkzeug.test import Client

CENTRE = "http://centre.demo"
NODE = "http://node.demo"


def session(app) -> requests.Session:
    """A session whose every request is answered by `app` itself."""
    made = requests.Session()
    made.trust_env = False
    made.mount("http://", _InProcess(app))
    return made


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
