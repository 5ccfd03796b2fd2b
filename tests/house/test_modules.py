"""Every module says what it is for, and stays small enough to be read in one go."""

import ast
from statistics import median

import pytest

from tests.house.tree import ROOT, dotted, files, modules

LONGEST = 300


@pytest.mark.parametrize("file", modules(), ids=dotted)
def test_a_module_opens_with_what_it_is_for(file):
    opening = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert opening, (
        f"{file.relative_to(ROOT)} has no docstring: open it with one or two sentences that say "
        "what it is for and what it does not know."
    )


@pytest.mark.parametrize(
    "file",
    [f for f in files(".js") if f.relative_to(ROOT).parts[0] == "static"],
    ids=lambda f: str(f.relative_to(ROOT)),
)
def test_a_script_opens_with_what_it_is_for(file):
    assert file.read_text(encoding="utf-8").lstrip().startswith(("/*", "//")), (
        f"{file.relative_to(ROOT)}: open it with a comment that says what it is for."
    )


def test_no_file_has_grown_a_second_idea():
    code = [f for f in files(".py", ".js", ".mjs", ".css", ".html") if not _is_data(f)]
    long = {str(f.relative_to(ROOT)): n for f in code if (n := _lines(f)) > LONGEST}
    assert not long, f"over {LONGEST} lines, look for the second idea in: {long}"


def test_the_median_file_is_well_under_a_hundred_lines():
    assert median(map(_lines, modules())) < 90


def _lines(file) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _is_data(file) -> bool:
    """A migration is a list of columns; what is generated is read by no one."""
    parts = file.relative_to(ROOT).parts
    return "versions" in parts or any("generated" in part for part in parts)
