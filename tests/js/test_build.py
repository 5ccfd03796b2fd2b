"""What the build makes of the browser's side: all named, nothing stale, small on a bad line."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from hatch_build import build, input_files, is_fresh

ROOT = Path(__file__).parents[2]
DIST = ROOT / "static/dist"
BUDGET = 80_000


@pytest.fixture(scope="module")
def manifest() -> dict:
    build(ROOT)
    return json.loads((DIST / "manifest.json").read_text())


def test_a_second_build_has_nothing_to_do(manifest):
    assert is_fresh(ROOT)
    before = (DIST / "manifest.json").stat().st_mtime_ns
    build(ROOT)
    assert (DIST / "manifest.json").stat().st_mtime_ns == before


def test_it_runs_by_hand_as_well(manifest):
    subprocess.run([sys.executable, ROOT / "hatch_build.py"], cwd="/", check=True, timeout=120)


def test_every_entry_and_every_kept_file_is_there(manifest):
    assert {"patrol.js", "phone.css", "desk.css", "sw.js"} <= set(manifest["entries"])
    for name in manifest["entries"].values():
        assert (DIST / name).is_file(), name
    for each in manifest["precache"]:
        if each["url"].startswith("/static/"):
            assert (ROOT / each["url"].lstrip("/")).is_file(), each


def test_what_the_phone_keeps_can_be_told_from_a_captive_portals_page(manifest):
    rendered = {"/app/", "/app/manifest.webmanifest"}
    assert {each["url"] for each in manifest["precache"]} >= rendered
    for each in manifest["precache"]:
        assert each["url"] in rendered or each["integrity"].startswith("sha256-"), each


def test_files_of_earlier_builds_are_cleared_away(manifest):
    (DIST / "patrol-0LD0LD0L.js").write_text("")
    (DIST / ".inputs").unlink()
    build(ROOT)
    assert not (DIST / "patrol-0LD0LD0L.js").exists()


def test_no_script_needs_eval_or_another_origin(manifest):
    for file in DIST.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "new Function(" not in text, file
        assert "eval(" not in text, file
        assert "importScripts" not in text, file


def test_the_first_screen_and_the_worker_are_at_most_80_kb(manifest, client):
    sizes = {"/app/sw.js": zipped((DIST / "sw.js").read_bytes())}
    for url in (each["url"] for each in manifest["precache"]):
        if url not in manifest["later"]:
            in_file = url.startswith("/static/")
            sizes[url] = zipped((ROOT / url[1:]).read_bytes() if in_file else client.get(url).data)
    total = sum(sizes.values())
    table = "\n".join(f"{size:7d}  {name}" for name, size in sorted(sizes.items()))
    print(f"first load, gzipped: {total} bytes of {BUDGET}\n{table}")
    assert total <= BUDGET, table


def test_the_other_screens_and_languages_are_kept_too_but_loaded_later(manifest):
    names = {url.split("/")[-1].split("-")[0] for url in manifest["later"]}
    assert {"rest", "english"} <= names
    assert set(manifest["later"]) <= {each["url"] for each in manifest["precache"]}


def test_what_draws_the_map_comes_afterwards_and_holds_up_nothing(manifest):
    names = {each["url"].split("/")[-1].split("-")[0] for each in manifest["afterwards"]}
    assert {"picture", "basemap"} <= names
    kept = {each["url"] for each in manifest["precache"]}
    assert not kept & {each["url"] for each in manifest["afterwards"]}
    worker = (DIST / "sw.js").read_text(encoding="utf-8")
    assert all(each["integrity"] in worker for each in manifest["afterwards"])


def test_no_script_makes_html_of_a_string(manifest):
    """Trusted Types would stop it: OpenLayers' letter measure is written anew by the build."""
    for each in manifest["afterwards"]:
        text = (ROOT / each["url"].lstrip("/")).read_text(encoding="utf-8")
        assert 'innerHTML="M"' not in text, each


def test_whatever_goes_into_the_build_is_watched():
    watched = {file.relative_to(ROOT).as_posix() for file in input_files(ROOT)}
    for name in ("build.mjs", "package-lock.json", "static/sw/sw.js", "static/js/sync/run.js"):
        assert name in watched


def zipped(body: bytes) -> int:
    return len(gzip.compress(body, 9))
