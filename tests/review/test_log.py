"""The log page: what stands in it, for whom, and how its filters are links."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from fieldlog.demo import bodies
from fieldlog.store.database import writing
from fieldlog.store.nights import operational_day
from fieldlog.store.tables import Device
from tests.review.scene import phone

ZONE = "Europe/Stockholm"


def test_sara_sees_her_own_organisation_and_nothing_of_the_other(sara, evening):
    page = sara.get("/log").text
    assert "Polisen Sollentuna" in page
    assert evening.rid("theirs") not in page
    assert "Sollentuna kommun" not in page


def test_charlie_sees_nothing_of_the_police(visitor, cast, evening):
    page = visitor(cast.charlie).get("/log").text
    assert evening.rid("theirs") in page
    for name in ("calm", "event", "running", "lost", "afterwards"):
        assert evening.rid(name) not in page
    assert "Häggviks station" not in lines(page)


def test_an_address_that_asks_for_another_organisation_lists_nothing_of_it(sara, evening):
    page = sara.get("/log?org=kommunen").text
    assert evening.rid("theirs") not in page
    assert "Inget stämmer med filtren" in page


@pytest.mark.parametrize("who", ["alice", "adam", "kerstin", "axel"])
def test_only_supervisors_read_the_log(visitor, cast, who):
    assert visitor(getattr(cast, who)).get("/log").status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_login_and_then_on(visitor):
    answer = visitor().get("/log?place=HAG")
    assert answer.status_code == 302
    assert answer.location == "/login?next=%2Flog%3Fplace%3DHAG"


def test_a_line_says_what_it_is_in_words_and_shapes(sara, evening):
    page = sara.get("/log").text
    calm = line_of(page, evening.rid("calm"))
    assert "Häggviks station" in calm
    assert "14 min · lugnt" in text(calm)
    assert "6–20" in calm
    assert "receipt-centre" in calm
    assert 'class="live"' in line_of(page, evening.rid("running"))
    assert "allvar 2 av 3" in line_of(page, evening.rid("event"))


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("event", "rättad"),
        ("gone", "återtagen"),
        ("afterwards", "i efterhand"),
        ("conflict", "konflikt"),
        ("standing", "23 d"),
    ],
)
def test_what_is_out_of_the_ordinary_has_its_tag(sara, evening, name, tag):
    line = line_of(sara.get("/log").text, evening.rid(name))
    assert f'<span class="tag">{tag}</span>' in line


def test_what_stands_in_quarantine_is_red_and_says_why_it_can_t_be_placed(sara, evening):
    line = line_of(sara.get("/log").text, evening.rid("lost"))
    assert 'class="q1"' in line
    assert "Okänd: ”SOL-217”" in unescape(line)
    assert "karantän" in line


def test_a_day_has_its_line_where_the_list_passes_into_it(sara, evening):
    long_ago = evening.start - timedelta(days=23)
    page = sara.get("/log").text
    assert re.search(r'<tr class="day">.*?\d+ \w{3}', page, re.DOTALL)
    day = operational_day(long_ago + timedelta(minutes=70), ZONE)  # until six it is the day before
    assert f" {day.day} " in page


def test_every_filter_is_a_link_and_the_chosen_one_a_chip_that_removes_it(sara, evening):
    page = sara.get("/log").text
    assert 'href="/log?place=HAG"' in page
    chosen = sara.get("/log?place=HAG&state=withdrawn").text
    chips = re.findall(r'<a class="on" href="([^"]+)">', chosen)
    assert [unescape(chip) for chip in chips] == ["/log?state=withdrawn", "/log?place=HAG"]
    assert 'href="/log?place=HAG&amp;state=withdrawn&amp;review=new"' in chosen


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("place=HAG", "calm", "running"),
        ("district=Häggvik", "standing", "running"),
        ("district=Häggvik&place=HAG", "calm", "standing"),
        ("unit=police", "calm", "theirs"),
        ("category=visit", "calm", "event"),
        ("category=VAL", "event", "lost"),
        ("category=ORD.samling", "lost", "event"),
        ("state=running", "running", "calm"),
        ("state=withdrawn", "gone", "calm"),
        ("state=conflict", "conflict", "calm"),
        ("review=new", "calm", None),
        ("quarantine=1", "lost", "calm"),
        ("org=polisen", "calm", "theirs"),
    ],
)
def test_a_filter_shows_its_own_and_hides_the_rest(sara, evening, asked, there, not_there):
    page = sara.get(f"/log?{asked}").text
    assert evening.rid(there) in page
    assert not_there is None or evening.rid(not_there) not in page


@pytest.mark.parametrize(
    "asked",
    ["day=x", "week=2026-W99", "state=ended", "review=x", "after=1", "district=x", "unit=x"],
)
def test_an_address_that_means_nothing_is_refused_in_words(sara, asked):
    answer = sara.get(f"/log?{asked}")
    assert answer.status_code == 400
    assert "Det gick inte att förstå" in answer.text


def test_a_day_runs_from_six_to_six_so_that_friday_night_is_friday(sara, cast):
    writer = phone(cast.alice)
    friday, saturday = (
        datetime(2026, 11, 21, 3, 59, tzinfo=UTC),
        datetime(2026, 11, 21, 5, tzinfo=UTC),
    )
    early = writer.write("visit", bodies.visit("HAG", friday), friday).replace("-", "")
    late = writer.write("visit", bodies.visit("HAG", saturday), saturday).replace("-", "")
    writer.push()
    page = sara.get("/log?day=2026-11-20").text
    assert early in page
    assert late not in page
    assert late in sara.get("/log?day=2026-11-21").text


def test_older_and_newer_walk_through_the_whole_log(sara, cast):
    writer = phone(cast.alice)
    start = datetime.now(UTC) - timedelta(hours=5)
    written = [
        writer.write("visit", bodies.visit("HAG", at), at).replace("-", "")
        for at in (start + timedelta(minutes=n) for n in range(120))
    ]
    writer.push()
    pages = [sara.get("/log?place=HAG").text]
    while older := re.search(r'href="([^"]+)" rel="next"', pages[-1]):
        pages.append(sara.get(unescape(older[1])).text)
    shown = [rid for page in pages for rid in re.findall(r'href="/records/(\w{32})"', page)]
    assert shown == written[::-1]
    back = sara.get(unescape(re.search(r'href="([^"]+)" rel="prev"', pages[-1])[1])).text
    assert re.findall(r'href="/records/(\w{32})"', back) == written[::-1][50:100]
    assert "120 poster" in pages[0]


def test_an_empty_log_says_that_nothing_is_known_not_that_nothing_happened(sara):
    page = sara.get("/log").text
    assert "Inga data ännu" in page
    assert "inte samma sak som att inget har hänt" in page
    assert "hatched" in page


def test_a_place_without_visits_is_not_visited_once_every_phone_was_heard(sara, evening):
    page = sara.get("/log?place=NOR").text
    assert "Inte besökt" in page
    assert "Alla telefoner har hörts sedan 06:00" in text(page)
    assert "blank hollow" in page


def test_a_place_is_without_data_until_every_phone_was_heard_after_that_time(sara, cast, evening):
    day = operational_day(datetime.now(UTC), ZONE) - timedelta(days=2)
    address = f"/log?place=NOR&day={day}"
    assert "Inte besökt" in sara.get(address).text
    ended = datetime.combine(day + timedelta(days=1), time(6), ZoneInfo(ZONE))
    heard(cast.bob.device, ended - timedelta(seconds=1))
    page = sara.get(address).text
    assert "Inte besökt" not in page
    assert "blank hatched" in page
    assert "1 telefon har inte hörts sedan dess" in text(page)


def test_nothing_is_said_not_to_have_happened_while_the_day_runs(sara, evening):
    today = operational_day(datetime.now(UTC), ZONE)
    heard_in_time = sara.get(f"/log?place=NOR&day={today}").text
    assert "Inte besökt" not in heard_in_time
    assert "Inget stämmer ännu" in heard_in_time
    assert "blank hatched" in heard_in_time


def test_events_that_are_not_there_say_nothing_of_visits(sara, evening):
    page = sara.get("/log?place=NOR&category=VAL").text
    assert "Inget stämmer med filtren" in page


def test_the_numbers_of_a_day_lead_to_its_records(sara, cast, evening):
    day = operational_day(evening.start, ZONE)
    page = sara.get(f"/log?day={day}").text
    (number,) = re.findall(
        rf'href="/log\?day={day}&amp;org=polisen&amp;quarantine=0">.*?<b>(\d+)', page
    )
    listed = sara.get(f"/log?day={day}&org=polisen&quarantine=0").text
    assert listed.count('<tr class="') - listed.count('<tr class="day"') == int(number)
    assert evening.rid("lost") not in listed


def test_a_phone_s_own_records_are_listed_by_its_id(sara, cast, evening):
    page = sara.get(f"/log?phone={cast.bob.device}").text
    assert evening.rid("standing") in page
    assert evening.rid("event") not in page
    assert "Bob Öbergs telefon" in text(page)


def heard(device: str, at: datetime) -> None:
    with writing() as session:
        session.execute(sa.update(Device).where(Device.id == device).values(last_contact_at=at))


def line_of(page: str, rid: str) -> str:
    return next(row for row in re.findall(r"<tr class=.*?</tr>", page, re.DOTALL) if rid in row)


def lines(page: str) -> str:
    return " ".join(re.findall(r"<tr class=.*?</tr>", page, re.DOTALL))


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
