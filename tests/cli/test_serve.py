"""`fieldlog serve`: what the server itself refuses, before the app is asked."""

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from fieldlog.cli.serve_ import OPTIONS
from fieldlog.review.rescue import ROOM
from sync.rescue import RESCUE_MAX


def announced(length: int) -> HTTPRequestParser:
    """A request of which the head has come, and no byte of its body yet."""
    request = HTTPRequestParser(Adjustments(**OPTIONS))
    request.received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % length)
    return request


def test_a_body_that_no_door_takes_is_refused_before_it_is_put_on_disk():
    request = announced(2 * RESCUE_MAX)
    assert request.completed
    assert request.error.code == 413


def test_a_form_with_the_largest_rescue_file_is_waited_for():
    request = announced(RESCUE_MAX + ROOM)
    assert request.error is None
    assert not request.completed
