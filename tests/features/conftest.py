"""Programs that read in tests: an evening in the store, and clients that bear an access token."""

from datetime import timedelta

import pytest

from fieldlog.store import access_tokens
from tests.review.scene import evening as write
from tests.support.cast import Client


@pytest.fixture
def evening(cast):
    """An evening written by Alice, Bob and Charlie; see `tests.review.scene`."""
    return write(cast)


@pytest.fixture
def program(app):
    """Makes a client that bears a token of one of the cast, and of a scope."""

    def make(member, scope: str = "details", life: timedelta = timedelta(days=30)):
        _id, token = access_tokens.make(member.id, "QGIS", scope, life)
        return Bearing(app, token)

    return make


class Bearing:
    """Asks with a token, and tells what came as JSON."""

    def __init__(self, app, token: str):
        self.client: Client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, path: str, **query):
        """The answer itself. A whole address is asked as it stands."""
        return self.client.get(path, headers=self.headers, query_string=query or None)

    def get(self, path: str, **query) -> dict:
        """What is told under /features."""
        answer = self.ask(f"/features{path}", **query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def all(self, collection: str, **query) -> list[dict]:
        """Every feature, by following `next`."""
        page = self.get(f"/collections/{collection}/items", **query)
        found = page["features"]
        while following := [link["href"] for link in page["links"] if link["rel"] == "next"]:
            page = self.ask(following[0]).json
            found += page["features"]
        assert page["numberMatched"] == len(found)
        return found
