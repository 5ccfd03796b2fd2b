"""The phones' door: the same three files for everyone, and nothing of anyone in them."""

import gzip
import json
import re
import struct

import pytest

from fieldlog import create_app
from fieldlog.config import Settings
from fieldlog.resources import resource
from tests.support.cast import SECRET

PATHS = ["/app/", "/app/manifest.webmanifest"]


@pytest.mark.parametrize("path", PATHS)
def test_the_shell_needs_no_session_and_leaves_none(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", PATHS)
def test_the_same_bytes_reach_everyone(client, cast, path):
    from tests.support.cast import sign_in

    unknown = client.get(path).data
    sign_in(client, cast.sara)
    assert client.get(path).data == unknown


@pytest.mark.parametrize(
    ("asked", "minutes", "photos"), [(False, 60, True), (True, 20, True), (True, 60, False)]
)
def test_a_phone_is_told_what_is_asked_of_it(asked, minutes, photos):
    settings = Settings(
        secret_key=SECRET,
        database_url="sqlite:///:memory:",
        phone_lock=asked,
        phone_lock_idle=minutes,
        phone_photos=photos,
    )
    answer = create_app(settings).test_client().get("/app/lock.json")
    assert answer.json == {"lock": asked, "idle_minutes": minutes, "photos": photos}
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_shell_comes_packed_and_names_what_its_script_imports(client):
    plain = client.get("/app/")
    packed = client.get("/app/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, packed))
    named = re.findall(r'rel="modulepreload" href="([^"]+)"', plain.text)
    (script,) = re.findall(r'<script type="module" src="([^"]+)"', plain.text)
    with client.get(script) as answer:
        imported = re.findall(r'(?:from|import)"\./([^"]+)"', answer.text)
    assert imported
    assert set(imported) <= {url.rsplit("/", 1)[1] for url in named}
    for url in named:
        with client.get(url) as answer:
            assert answer.status_code == 200


def test_the_shell_holds_no_script_and_no_style_of_its_own(client):
    page = client.get("/app/").text
    assert "<style" not in page
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []


def test_the_worker_may_be_replaced_at_every_visit_and_rules_the_app_only(client):
    with client.get("/app/sw.js") as answer:
        assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/app/"


def test_the_manifest_makes_the_app_installable(client):
    answer = client.get("/app/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.data)
    assert (told["id"], told["start_url"], told["scope"]) == ("/app/", "/app/", "/app/")
    assert [shortcut["name"] for shortcut in told["shortcuts"]] == ["Här nu", "Händelse"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_every_png_icon_exists_in_the_size_that_is_promised(client):
    for icon in json.loads(client.get("/app/manifest.webmanifest").data)["icons"]:
        with client.get(icon["src"]) as answer:
            assert answer.status_code == 200, icon["src"]
            start = answer.data[:24]
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", start[16:24])
            assert f"{width}x{height}" == icon["sizes"]


def test_the_shell_stays_dark_until_the_app_knows_better(client):
    page = client.get("/app/").text
    ground = re.search(r"--bg: (#\w+)", _dark(_tokens())).group(1)
    assert 'data-theme="dark"' in page
    assert f'name="theme-color" content="{ground}"' in page
    assert json.loads(client.get("/app/manifest.webmanifest").data)["background_color"] == ground


def test_both_dark_blocks_of_the_tokens_are_the_same():
    tokens = _tokens()
    by_system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', tokens, re.S)
    assert _lines(by_system.group(1)) == _lines(_dark(tokens)), (
        "static/css/tokens.css: change the forced dark block and the system's alike"
    )


def _tokens() -> str:
    path = resource("static") / "css" / "tokens.css"
    return path.read_text(encoding="utf-8")


def _dark(tokens: str) -> str:
    return re.search(r':root\[data-theme="dark"\] \{(.*?)\n\}', tokens, re.S).group(1)


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]
