"""A position is read as it is written on maps, in Sweden only. See tests/js/test_position.py."""

import pytest

from fieldlog.review.places import position

HERE = [
    "59.44400, 17.93260",
    "59.444 17.9326",
    "59,444 17,9326",
    " 59,44400; 17,93260 ",
    "N 59.444° E 17.9326°",
    "6593159, 666275",
    "N 6 593 159 E 666 275",
    "N\u00a06\u00a0593\u00a0159 E\u00a0666\u00a0275",
    "6593158,95 666275,41",
]
NOWHERE = ["", "59.444", "1 2 3", "x"]


@pytest.mark.parametrize("text", HERE)
def test_häggvik_in_every_way(text):
    lat, lon = position.read(text)
    assert (lat, lon) == (pytest.approx(59.444, abs=1e-5), pytest.approx(17.9326, abs=1e-5))


@pytest.mark.parametrize("text", [*NOWHERE, "17.9326, 59.444", "0, 0", "666275, 6593159"])
def test_what_is_no_position_in_sweden_is_refused(text):
    with pytest.raises(ValueError, match="not"):
        position.read(text)


def test_what_is_written_is_read_again():
    assert position.read(position.written(59.4, 17.9)) == (59.4, 17.9)
    assert position.metres(59.444, 17.9326) == "N\u00a06\u00a0593\u00a0159 E\u00a0666\u00a0275"
    again = position.read(position.metres(59.444, 17.9326))
    assert again == (pytest.approx(59.444, abs=1e-5), pytest.approx(17.9326, abs=1e-5))
