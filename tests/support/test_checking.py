"""The checking client can fail: each fault it looks for is found in a page that has it."""

import pytest

from tests.support.checking import faults

SOUND = (
    '<!doctype html><html lang="sv"><head><title>Logg – fieldlog</title></head>'
    "<body><h1>Logg</h1>{}</body></html>"
)


def test_a_sound_page_has_no_faults():
    assert faults(SOUND.format('<p><label for="a">A</label><input id="a"><br>b</p>')) == []


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<input>", "no label"),
        ('<p id="a"></p><p id="a"></p>', "more than once"),
        ("<script>1</script>", "script inline"),
        ("<style>p{}</style>", "style inline"),
        ('<p style="color:red"></p>', "style inline"),
        ('<p onclick="x()"></p>', "onclick inline"),
        ('<img src="/a.png">', "no alt"),
        ('<a href="https://example.org/">x</a>', "leaves this site"),
        ('<a href="//example.org/">x</a>', "leaves this site"),
        ('<a href="javascript:x()">x</a>', "leaves this site"),
        ("<div><p>x</div></p>", "closes inside"),
        ("<div>", "never closed"),
        ("<div/>", "does not close itself"),
        ("<h1>Två</h1>", "one title and one h1"),
    ],
)
def test_each_fault_is_found(part, fault):
    assert any(fault in wrong for wrong in faults(SOUND.format(part)))


def test_a_title_that_does_not_match_its_h1_is_found():
    page = SOUND.format("").replace("<title>Logg", "<title>Något annat")
    assert any("does not begin with" in wrong for wrong in faults(page))
