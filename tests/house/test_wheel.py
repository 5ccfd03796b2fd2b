"""The wheel is whole: installed in a bare environment, in an empty folder, it serves the app."""

import os
import subprocess
import sys
import threading
import time
import zipfile
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.house.tree import ROOT
from tests.support.postgres import free_port

START_S = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of this tree, built from a copy of what git keeps plus what is built."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "-w", folder, ROOT]
    subprocess.run(build, check=True, env=environment(), timeout=300)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory):
    """`fieldlog` of a bare environment with nothing but the wheel and what it asks for."""
    bare = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", bare], check=True)
    pip = [bare / "bin" / "pip", "install", "-qq", "-c", ROOT / "constraints.txt", wheel]
    subprocess.run(pip, check=True, env=environment(), timeout=300)
    return bare / "bin" / "fieldlog"


def test_the_wheel_carries_pages_and_app_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "fieldlog/static/dist/manifest.json" in names
    assert any(n.startswith("fieldlog/static/dist/patrol-") for n in names)
    assert "fieldlog/templates/base.html" in names
    assert "fieldlog/data/categories.json" in names
    strange = [n for n in names if n.split("/")[0] not in ("fieldlog", "sync")]
    assert all(".dist-info/" in n for n in strange), f"the wheel also carries {strange[:5]}"
    assert not [n for n in names if n.endswith((".map", ".inputs"))]


def test_it_serves_from_an_empty_folder(program, tmp_path):
    said = run(program, tmp_path, "--help")
    assert "store" in said
    run(program, tmp_path, "store", "init")
    port = free_port()
    serving = subprocess.Popen(
        [program, "serve", "--port", str(port)], cwd=tmp_path, env=environment()
    )
    try:
        home = fetched(f"http://127.0.0.1:{port}/", serving)
        shell = fetched(f"http://127.0.0.1:{port}/app/", serving)
    finally:
        serving.terminate()
        serving.wait(START_S)
    assert "<html" in home
    assert "/static/dist/patrol-" in shell


def run(program, folder, *words: str) -> str:
    done = subprocess.run(
        [program, *words], cwd=folder, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment() -> dict:
    """Nothing of ours but a key; pip's own settings stay."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FIELDLOG_", "PYTHON"))}
    return kept | {"FIELDLOG_SECRET_KEY": "k" * 40}


def fetched(url: str, serving: subprocess.Popen) -> str:
    deadline, pause = time.monotonic() + START_S, threading.Event()
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except URLError:
            assert serving.poll() is None, "the server ended by itself"
            assert time.monotonic() < deadline, f"no answer from {url}"
            pause.wait(0.1)
