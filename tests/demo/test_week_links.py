"""Every figure of the demo's weeks is a link, and behind it are as many records, or minutes."""

import re
from html import unescape

import pytest

from fieldlog.store import people
from tests.demo.test_recount import app, week  # noqa: F401
from tests.review.test_week import text
from tests.support.cast import sign_in

LINK = re.compile(r'<a href="(/(?:log|week)[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


@pytest.fixture(scope="module", params=["sara", "charlie", "kerstin"])
def reader(request, app):  # noqa: F811
    client = app.test_client()
    client.set_cookie("fieldlog_language", "sv")
    sign_in(client, people.by_login(request.param))
    return client


def test_behind_each_figure_are_as_many_records_or_minutes(reader, week):  # noqa: F811
    monday, _page, _raw = week
    year, number, _ = monday.isocalendar()
    page = reader.get(f"/week/{year}-W{number:02}").text
    followed = [
        (shown, unescape(href), behind(reader.get(unescape(href))))
        for href, attributes, inner in LINK.findall(page.split('class="trustrow"')[1])
        if (shown := figure(attributes, inner)) is not None
    ]
    assert len(followed) > 40
    assert [one for one in followed if one[0] not in one[2]] == []


def test_every_figure_of_presence_is_a_link(reader, week):  # noqa: F811
    monday, _page, _raw = week
    year, number, _ = monday.isocalendar()
    page = reader.get(f"/week/{year}-W{number:02}").text
    promise = page.split("<h2>Löftet")[1].split("<h2>Händelser")[0]
    for cell in re.findall(r'<td class="n" data-l="(?:Besök|Minuter)">(.*?)</td>', promise):
        assert text(cell).removeprefix("minst ").startswith("0 ") or "<a href" in cell, cell
    for lamp in re.findall(r'<li><i [^>]*aria-label="([^"]+)"', promise):
        assert "1 besök" not in lamp
    grid = page.split('<table class="heat pr">')[1].split("</table>")[0]
    for cell in re.findall(r"<td class=\"(?:s\d|sum)[^>]*>(.*?)</td>", grid):
        assert text(cell) in ("0", "·", "[0] ·", "återstår") or "<a href" in cell, cell


def figure(attributes: str, inner: str) -> int | None:
    """The number a link stands on: as a lamp says it, or as it is written. None: a name."""
    said = re.search(r'aria-label="\w+: (\d+) besök', attributes) or re.fullmatch(
        r"\+?(\d+)(?: besök| händelser?)?", text(inner)
    )
    return int(said[1]) if said else None


def behind(answer) -> tuple[int, ...]:
    """How many visits, minutes or records the page that a figure leads to says, and lists."""
    assert answer.status_code == 200
    page = answer.text
    if said := re.search(r'"said"><b>(\d+) besök</b> · <b>(\d+) \w+</b> · (\d+) post', page):
        assert page.count('<th scope="row">') == int(said[3]) >= int(said[1])
        return tuple(map(int, said.groups()))
    said = re.search(r"\b(\d+) (?:post|poster)\b", text(page.split("<main")[1]))
    assert said, answer.request.url
    return (int(said[1]),)
