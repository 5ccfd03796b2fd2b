"""No byte comes from elsewhere, and nothing tells whose machine this was written on."""

import json
import re

import pytest

from tests.house.tree import ROOT, files

ADDRESS = re.compile(r"""(?:https?:)?//(?!127\.0\.0\.1|localhost|\{|\$)[a-z0-9-]+\.[a-z]{2,}""")
NAMES_ONLY = ("http://www.w3.org/", "https://www.w3.org/")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|Users|home/[a-z]+)/")


def shown(suffixes: tuple[str, ...], *folders: str):
    return [f for f in files(*suffixes) if f.relative_to(ROOT).parts[0] in folders]


@pytest.mark.parametrize(
    "file",
    shown((".js", ".css", ".html", ".svg", ".json", ".webmanifest"), "static", "templates"),
    ids=lambda f: str(f.relative_to(ROOT)),
)
def test_a_page_fetches_nothing_from_another_origin(file):
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        code = line.split(" // ")[0] if file.suffix == ".js" else line
        if code.lstrip().startswith(("*", "//", "/*")) and file.suffix == ".js":
            continue
        for name in NAMES_ONLY:
            code = code.replace(name, "")
        assert not ADDRESS.search(code), (
            f"{file.relative_to(ROOT)}:{number} names another origin: serve it from our own, or "
            "make it a link that the reader follows."
        )


def test_no_file_names_a_path_of_somebodys_machine():
    text = [f for f in files() if f.suffix not in (".png", ".webp", ".woff2", ".gz", ".ico")]
    named = [
        f"{f.relative_to(ROOT)}:{number}"
        for f in text
        for number, line in enumerate(f.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE.search(line) and "MACHINE = " not in line
    ]
    assert not named, f"paths of one machine: make them relative or a setting: {named}"


def test_pins_carry_no_addresses():
    for name in ("constraints.txt", ".npmrc"):
        assert "://" not in (ROOT / name).read_text(), f"{name}: pins are names and versions only"
    for folder in (ROOT, ROOT / "tools/lighthouse"):
        locked = json.loads((folder / "package-lock.json").read_text())["packages"]
        resolved = [name for name, pin in locked.items() if "resolved" in pin]
        assert not resolved, f"{folder}: locked without .npmrc's setting? {resolved[:3]}"
