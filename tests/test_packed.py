"""Static files go packed to whoever takes gzip, and say the same either way."""

import gzip
import os
from functools import partial

import pytest
from flask import Flask

from fieldlog import packed

TEXT = "let å = 1;\n" * 100


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "app.js").write_text(TEXT)
    (tmp_path / "app.js.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "plain.css").write_text("p{}")
    return tmp_path


@pytest.fixture
def reader(folder):
    app = Flask(__name__, static_folder=folder, static_url_path="/static")
    packed.init(app)
    client = app.test_client()
    # Buffered: the answer's file is closed as soon as it was read.
    return partial(client.get, buffered=True)


def test_a_browser_that_takes_gzip_gets_the_packed_bytes(reader, folder):
    answer = reader("/static/app.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.mimetype == "text/javascript"
    assert "Accept-Encoding" in answer.vary
    assert gzip.decompress(answer.data).decode() == TEXT


@pytest.mark.parametrize("accepts", ["", "identity", "gzip;q=0", "br"])
def test_one_that_does_not_gets_the_plain_ones(reader, accepts):
    answer = reader("/static/app.js", headers={"Accept-Encoding": accepts})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.vary
    assert answer.text == TEXT


def test_the_two_have_different_tags_and_each_is_asked_for_again_by_its_own(reader):
    gzipped = {"Accept-Encoding": "gzip"}
    one, other = reader("/static/app.js", headers=gzipped), reader("/static/app.js")
    assert one.headers["ETag"] != other.headers["ETag"]
    again = reader("/static/app.js", headers={**gzipped, "If-None-Match": one.headers["ETag"]})
    assert again.status_code == 304


def test_what_is_not_built_has_its_packed_file_among_what_is(reader, folder):
    (folder / "dist").mkdir()
    (folder / "dist" / "plain.css.gz").write_bytes(gzip.compress(b"p{}"))
    answer = reader("/static/plain.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == b"p{}"


def test_a_file_without_a_packed_one_is_sent_as_it_is(reader):
    answer = reader("/static/plain.css", headers={"Accept-Encoding": "gzip"})
    assert answer.text == "p{}"
    assert "Content-Encoding" not in answer.headers


def test_a_packed_file_of_an_earlier_build_is_left_alone(reader, folder):
    os.utime(folder / "app.js.gz", (1, 1))
    answer = reader("/static/app.js", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", ["missing.js", "../conftest.py", "..%2fconftest.py"])
def test_what_is_not_there_or_not_inside_is_not_found(reader, name):
    assert reader(f"/static/{name}").status_code == 404
