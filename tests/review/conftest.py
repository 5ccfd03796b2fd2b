"""The desk in tests: an evening in the store, and readers who are past the login page."""

import pytest

from tests.review.scene import evening as write
from tests.review.week_scene import Past, past_week
from tests.support.cast import sign_in
from tests.support.checking import CheckingClient


@pytest.fixture
def database_url(sqlite_url):
    """Pages ask the store, and the store is tried on both engines: here the quicker one will do.

    test_pages.py opens every page on both.
    """
    return sqlite_url


@pytest.fixture
def evening(cast):
    """An evening written by Alice, Bob and Charlie; see `scene`."""
    return write(cast)


@pytest.fixture
def past(cast) -> Past:
    """A past week written by the cast; see `week_scene`."""
    return past_week(cast)


@pytest.fixture
def visitor(app):
    """Makes a checking client for one of the cast (or for nobody), in a language."""
    app.test_client_class = CheckingClient

    def make(member=None, language="sv"):
        client = app.test_client()
        client.set_cookie("fieldlog_language", language)
        if member is not None:
            sign_in(client, member)
        return client

    return make


@pytest.fixture
def sara(visitor, cast):
    """Sara's browser, in Swedish."""
    return visitor(cast.sara)


@pytest.fixture
def kerstin(visitor, cast):
    """The coordinator's browser, in Swedish."""
    return visitor(cast.kerstin)
