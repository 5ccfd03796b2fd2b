"""The documents name what exists, and all that exists."""

import re

import click
import pytest

from fieldlog.cli import main
from sync import chain, messages
from tests.house.tree import ROOT, files
from tools import settings_page

DOCS = tuple(f for f in files(".md") if f.relative_to(ROOT).parts[0] not in ("tests",))
OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:fieldlog|sync|static|templates|tests|docs|tools|bench|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def commands(group=main, path="fieldlog") -> set[str]:
    """Every command that can be called, as words: `fieldlog store count`."""
    context = click.Context(group)
    found = set()
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        words = f"{path} {name}"
        found |= commands(command, words) if isinstance(command, click.Group) else {words}
    return found


def test_the_settings_page_is_what_the_program_reads():
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page(), (
        "docs/settings.md is stale: run python -m tools.settings_page"
    )


def test_operate_names_every_command():
    listed = {row for row in commands() if f"`{row}" in OPERATE}
    assert listed == commands(), (
        f"add to the table in docs/operate.md: {sorted(commands() - listed)}"
    )


@pytest.mark.parametrize("file", DOCS, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_document_names_only_commands_that_exist(file):
    known = commands()
    groups = {" ".join(c.split()[:n]) for c in known for n in (1, 2)}
    for words in re.findall(r"`(fieldlog(?: [a-z-]+)+)", file.read_text(encoding="utf-8")):
        parts = words.split()
        real = any(" ".join(parts[:n]) in known for n in (2, 3)) or words in groups
        assert real, f"{file.relative_to(ROOT)} names `{words}`: there is no such command"


@pytest.mark.parametrize("file", DOCS, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_document_names_only_files_that_exist(file):
    text = file.read_text(encoding="utf-8")
    for named in PATH.findall(text):
        there = ROOT / named
        assert there.exists() or there.with_suffix(".py").exists(), (
            f"{file.relative_to(ROOT)} names `{named}`, which is not there"
        )
    for link in LINK.findall(text):
        assert (file.parent / link).exists(), f"{file.relative_to(ROOT)} links to {link}: nothing"


def test_the_readme_names_every_make_target():
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [t for t in targets if t != "help" and f"make {t}" not in readme]
    assert not missing, f"README.md says nothing of: make {', make '.join(missing)}"
    named = set(re.findall(r"`make ([a-z]+)", "".join(f.read_text("utf-8") for f in DOCS)))
    assert named <= set(targets), f"no such make target: {named - set(targets)}"


def test_the_protocol_page_has_the_limits_of_the_program():
    table = dict(re.findall(r"^\| ([a-z ,]+) \| (\d+)", PROTOCOL, re.MULTILINE))
    assert {name: int(number) for name, number in table.items()} == {
        "payload": messages.PAYLOAD_MAX,
        "entries in a request": messages.BATCH_ENTRIES,
        "bytes of a request, unpacked": messages.BATCH_BYTES,
        "logs in a request": messages.LOGS_MAX,
        "gzip expansion": messages.EXPANSION_MAX,
        "bytes of a photo": messages.BLOB_MAX,
        "bytes of a part of one": messages.CHUNK_MAX,
    }


def test_the_protocol_page_has_the_hashes_of_the_program():
    log = "000102030405060708090a0b0c0d0e0f"
    digests = [chain.digest(p.encode()) for p in ('{"rid":"r1"}', '{"note":"å"}')]
    hashes = [chain.genesis(log), *chain.fold(chain.genesis(log), 1, digests)]
    assert re.findall(r"`([0-9a-f]{64})`", PROTOCOL) == [h.hex() for h in hashes]
