"""The week's page: what it counts, for whom, and that each figure leads to its records."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from tests.review.week_scene import NOTE, event


def page(client, past) -> str:
    answer = client.get(f"/week/{past.week}")
    assert answer.status_code == 200
    return answer.text


def rows(html: str, section: str) -> dict[str, str]:
    """The rows of a section's table as text, by what their first cell says."""
    part = html.split(f"<h2>{section}")[1].split("</section>")[0]
    found = {}
    for row in re.findall(r'<tr>\s*<th scope="row">(.*?)</tr>', part, re.DOTALL):
        name, _, rest = row.partition("</th>")
        found[text(name)] = text(rest)
    return found


def text(html: str) -> str:
    html = re.sub(r'<(?:a|i|svg)[^>]*aria-label="([^"]*)"[^>]*>', r" [\1] ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" ,", ",")


def test_a_joint_visit_counts_once_and_each_organisation_has_its_own(sara, past):
    row = rows(page(sara, past), "Löftet")["Häggviks station"]
    assert "2 50 " in row  # 30 together, 20 in Friday's night, the call-out apart
    assert re.search(r"1 2$", row), row  # the municipality's, the police's


def test_friday_night_stays_friday(sara, past):
    html = page(sara, past).split("Häggviks station")[1].split("</tr>")[0]
    assert "fredag: 1 besök" in html
    assert "lördag: ej utlovat" in html


def test_nine_after_one_a_week_is_marked_and_said_in_words(sara, past):
    html = page(sara, past)
    row = rows(html, "Händelser")["Häggviks station"]
    assert "9 0–4" in row
    assert "◆ över väntat, p < 0,0001" in row
    assert "9 händelser mot väntat 0–4. Flest: vårdslös mopedkörning, 9." in text(html)


def test_a_place_with_few_events_gets_no_interval_and_no_verdict(sara, past):
    row = rows(page(sara, past), "Händelser")["Rotebro station"]
    assert "1, inget intervall" in row
    assert row.endswith("för få händelser för slutsats")


def test_what_can_be_trusted_stands_first(sara, past):
    html = page(sara, past)
    said = text(html.split("Data att lita på")[1].split("</section>")[0])
    assert html.index("Data att lita på") < html.index("<h2>Löftet")
    assert "3 av 6 telefoner hörda sedan dess" in said
    assert "1 av 5 besök" in said  # the call-out apart
    assert "1 av 10 händelser" in said


def test_standing_faults_have_an_age_and_are_no_events_of_the_week(sara, past):
    html = page(sara, past)
    assert "Trasig eller svag belysning, Stinsen Häggvik" in text(html)
    assert "Stinsen Häggvik" not in rows(html, "Händelser")


def test_what_is_known_of_next_week_is_told_without_its_note(sara, past):
    html = page(sara, past)
    assert "Väntad samling, Sollentuna Centrum" in text(html)
    assert NOTE not in html


def test_events_are_divided_by_the_hours_of_the_organisations_that_saw_them(visitor, cast, past):
    """Nine by the police in 35 minutes of theirs; 50 with the municipality's, where all count."""
    for who, rate in ((cast.sara, "15,43"), (cast.kerstin, "10,80")):
        html = page(visitor(who), past)
        assert f"] {rate} ◆" in rows(html, "Händelser")["Häggviks station"]


@pytest.mark.parametrize("who", ["sara", "charlie", "kerstin"])
def test_presence_is_shared_and_no_one_is_named(visitor, cast, past, who):
    html = page(visitor(getattr(cast, who)), past)
    row = rows(html, "Löftet")["Häggviks station"]
    assert "2 50 " in row
    for name in ("Alice", "Bob", cast.alice.device, cast.alice.id):
        assert name not in html


def test_the_other_organisations_events_are_not_in_a_live_picture(visitor, cast, past):
    theirs = page(visitor(cast.charlie), past)
    assert "Häggviks station" not in rows(theirs, "Händelser")
    assert past.rids["lamp"].replace("-", "") not in theirs
    assert "1 händelse" in text(theirs)
    joint = rows(page(visitor(cast.kerstin), past), "Händelser")
    assert joint["Rotebro station"].startswith("2 ")


def test_every_event_figure_opens_as_many_records(sara, past):
    html = page(sara, past).split("<h2>Händelser")[1].split("<h2>Nytt")[0]
    links = re.findall(r'<a href="(/log\?[^"]*category=event[^"]*)">(\d+)</a>', html)
    assert len(links) > 5
    for href, figure in links:
        listed = sara.get(unescape(href)).text
        assert re.search(rf"\b{figure} (?:post|poster)\b", listed), href


def test_a_coordinator_who_reads_no_records_is_given_no_links_to_them(visitor, cast, past):
    html = page(visitor(cast.kerstin), past)
    assert 'href="/log' not in html
    assert 'href="/records' not in html


def test_a_week_that_is_none_is_not_found(sara):
    for name in ("2026-W54", "2026-48", "x", "9999-W52"):
        assert sara.get(f"/week/{name}").status_code == 404


def test_the_running_week_says_that_it_runs(sara, past):
    answer = sara.get("/week", follow_redirects=True)
    assert "Veckan pågår" in answer.text
    assert "Veckan pågår" not in page(sara, past)


def test_hours_still_to_come_are_no_zeros(visitor, cast, past):
    """At noon on Saturday its morning is 0, and so is its sum as yet."""
    with time_machine.travel(past.at(5, 12), tick=False):
        html = page(visitor(cast.sara), past)
    grid = html.split('<table class="heat pr">')[1].split("</table>")[0]
    *_, saturday, sunday = re.findall(r'<tr><th scope="row">(.*?)</tr>', grid, re.DOTALL)
    assert text(sunday).split() == ["sön", *["återstår"] * 9]
    assert text(saturday).split() == ["lör", "·", "·", *["återstår"] * 6, "0"]


def test_figures_filters_without_a_time_are_refused(sara, past):
    for query in ("counted=1", "ended=backfill", "hour=18", "received=2026-11-27T10:00:00%2B01:00"):
        assert sara.get(f"/log?{query}").status_code == 400
    week = f"week={past.week}"
    for query in ("counted=2", "ended=x", "hour=7", "hour=x", "received=2026-11-27T10:00:00"):
        assert sara.get(f"/log?{week}&{query}").status_code == 400


def test_a_chosen_figure_filter_is_shown_and_goes_with_its_week(sara, past):
    html = sara.get(f"/log?week={past.week}&ended=backfill&counted=1").text
    assert "ifyllt i efterhand" in html
    chips = re.findall(r'<a class="on" href="([^"]+)"', html)
    assert len(chips) == 3
    assert "/log" in chips  # without its week, the narrower ones go too


def test_events_without_a_place_are_told_and_lead_to_their_records(sara, past):
    then = past.week - 30
    at = past.at(1, 10) - timedelta(weeks=30)
    for minute in range(3):
        event(past, "alice", "SKA.klotter", at + timedelta(minutes=minute), None)
    past.phones["alice"].push()
    html = sara.get(f"/week/{then}").text
    assert f'href="/log?week={then}&amp;counted=1&amp;category=event">3</a> händelser' in html
    assert "Inga händelser i de här fjorton veckorna" not in text(html)
    assert "3 händelser saknar plats" in text(html)
