"""Every figure of the demo's week, counted anew from the raw entries by code of its own.

Nothing here asks `measure`, `picture` or the store's tables of visits and events: minutes are
counted one by one on the wall, records are put together as the protocol's page says.
"""

import json
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from fieldlog.cli import demo_
from fieldlog.cli.speech import opened
from fieldlog.demo.folder import Folder
from fieldlog.demo.promise import PRESENCE
from fieldlog.store import people
from fieldlog.store.database import reading
from fieldlog.store.tables import Category, Entry, Place
from tests.review.test_week import rows, text
from tests.support.cast import Client, sign_in

ZONE = ZoneInfo("Europe/Stockholm")
HOURS = (6, 9, 12, 15, 18, 21, 0, 3)
STRENGTH = ("tap", "backfill", "auto")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The demo, and its coordinator's page."""
    where = Folder(tmp_path_factory.mktemp("recount") / "demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FIELDLOG_DATABASE_URL", raising=False)
        kept, settings = demo_.prepare(where, "http://127.0.0.1:8000")
    with opened(settings) as made:
        made.test_client_class = Client
        merge_some(made, kept.passwords["sara"])
        yield made


def merge_some(app, password: str) -> None:
    """Sara merges an event and a visit of last week, each with what her page offers first."""
    client = app.test_client()
    sign_in(client, people.by_login("sara"))
    found = (date.today() - timedelta(days=7)).isocalendar()
    for kind in ("event", "visit"):
        listed = client.get(f"/log?category={kind}&week={found.year}-W{found.week:02}&counted=1")
        rids = dict.fromkeys(re.findall(r'href="/records/([0-9a-f]{32})"', listed.text))
        pages = ((rid, client.get(f"/records/{rid}?do=merge").text) for rid in rids)
        rid, html, into = next(
            (rid, html, offered[1])
            for rid, html in pages
            if (offered := re.search(r'name="into" value="(\w+)"', html))
        )
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        form = {"into": into, "password": password, "csrf_token": token}
        assert client.post(f"/records/{rid}/merge", data=form).status_code == 303


@pytest.fixture(scope="module", params=[0, 7, 14], ids=["this week", "last week", "before"])
def week(request, app):
    """(Monday, the page as the coordinator reads it, what the raw entries say)."""
    today = (datetime.now(ZONE) - timedelta(hours=6)).date()
    monday = today - timedelta(days=today.weekday() + request.param)
    client = app.test_client()
    client.set_cookie("fieldlog_language", "sv")
    sign_in(client, people.by_login("kerstin"))
    year, number, _ = monday.isocalendar()
    page = client.get(f"/week/{year}-W{number:02}")
    assert page.status_code == 200
    return monday, page.text, Raw()


class Raw:
    """Visits and events as the entries say, without what would stand in quarantine."""

    def __init__(self):
        self.names = dict(reading().execute(sa.select(Place.code, Place.name)).all())
        quiet = sa.select(Category.code).where(sa.or_(~Category.incident, Category.standing))
        self.quiet = set(reading().scalars(quiet))
        entries = reading().execute(sa.select(Entry.payload, Entry.received_at)).all()
        records = [(json.loads(payload), at) for payload, at in entries]
        about = defaultdict(list)
        for record, _at in records:
            if "ref" in record["body"]:
                about[record["body"]["ref"]].append(record)
        self.visits, self.events, self.held = [], [], []
        stands = {}
        for record, at in records:
            said = sorted(about[record["rid"]], key=lambda one: one["rid"])
            if record["t"] in ("visit", "event") and not out_of_the_picture(said):
                stands[record["rid"]] = record, said, at
        for record, said, at in stands.values():
            if not self._is_double(record, said, stands):
                self._found(record, said, at)

    def _is_double(self, record, said, stands) -> bool:
        """Of visits, only where one organisation's was written twice."""
        merges = [one["body"]["into"] for one in said if one["t"] == "merge"]
        into = stands.get(merges[-1]) if merges else None
        return into is not None and (record["t"] == "event" or into[0]["org"] == record["org"])

    def _found(self, record, said, received):
        body = dict(record["body"])
        for one in said:
            if one["t"] == "amend":
                body = dict(one["body"]["body"])
        at = datetime.fromisoformat(body["from" if record["t"] == "event" else "started_at"])
        if body["place"] is not None and body["place"] not in self.names:
            self.held.append(at)
            return
        body |= {"org": record["org"], "received": received, "at": at, "said": said}
        if record["t"] == "event":
            self.events.append(body)
            return
        leaves = sorted(
            (one for one in said if one["t"] == "leave"),
            key=lambda one: (STRENGTH.index(one["body"]["ended_by"]), one["rid"]),
        )
        if leaves and not body["ended_at"]:
            body |= {name: leaves[0]["body"][name] for name in ("ended_at", "ended_by")}
        if body["ended_at"] and body["kind"] != "callout":
            body |= {"since": datetime.fromisoformat(body["started_at"])}
            self.visits.append(body | {"until": datetime.fromisoformat(body["ended_at"])})

    def visits_of(self, monday: date) -> list[dict]:
        first, last = wall(monday), wall(monday + timedelta(days=7))
        inside = [v for v in self.visits if v["since"] < last and v["until"] > first]
        return [
            v | {"since": max(v["since"], first), "until": min(v["until"], last)} for v in inside
        ]

    def events_of(self, monday: date) -> list[dict]:
        first, last = wall(monday), wall(monday + timedelta(days=7))
        inside = [e for e in self.events if first <= e["at"] < last]
        return [e for e in inside if e["category"] not in self.quiet]


def out_of_the_picture(said) -> bool:
    """Taken back by its author, or set aside by the desk's latest word."""
    words = [one["body"]["state"] for one in said if one["t"] == "review"]
    return "withdraw" in {one["t"] for one in said} or words[-1:] == ["set_aside"]


def wall(day: date, hour: int = 6, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def seconds(visits) -> set[int]:
    """Each second that somebody was there."""
    return {
        second
        for visit in visits
        for second in range(int(visit["since"].timestamp()), int(visit["until"].timestamp()))
    }


def stays(visits) -> list[list[int]]:
    """Seconds in a row, with gaps under five minutes closed."""
    found = []
    for second in sorted(seconds(visits)):
        if found and second - found[-1][1] - 1 < 300:
            found[-1][1] = second
        else:
            found.append([second, second])
    return found


def day_of(moment: datetime) -> date:
    return (moment.astimezone(ZONE).replace(tzinfo=None) - timedelta(hours=6)).date()


def cell(moment: datetime) -> tuple[int, int]:
    return day_of(moment).weekday(), HOURS.index(moment.astimezone(ZONE).hour // 3 * 3)


def asked_windows(commitment: dict, monday: date):
    for window in commitment.get("windows", ()):
        for weekday in window["weekdays"]:
            day = monday + timedelta(days=weekday - 1)
            first, last = (time.fromisoformat(window[name]) for name in ("from", "to"))
            after = day if last > first else day + timedelta(days=1)
            yield wall(day, first.hour, first.minute), wall(after, last.hour, last.minute)


def kept(commitment: dict, visits, monday: date) -> tuple[int, int]:
    """(windows with a visit of the length asked, windows asked)."""
    promised = list(asked_windows(commitment, monday))
    least = 60 * (commitment.get("minutes_per_visit") or 0)

    def is_kept(first, last):
        there = range(int(first.timestamp()), int(last.timestamp()))
        return any(
            min(to + 1, there.stop) - max(since, there.start) >= max(least, 1)
            for since, to in stays(visits)
        )

    return sum(is_kept(*span) for span in promised), len(promised)


def test_the_promise_is_what_the_entries_say(week):
    monday, page, raw = week
    shown = rows(page, "Löftet")
    counted = 0
    for commitment in PRESENCE:
        for place in commitment["places"]:
            if place not in raw.names:
                continue
            here = [v for v in raw.visits_of(monday) if v["place"] == place]
            if not commitment.get("joint"):
                here = [v for v in here if v["org"] == commitment["owner"]]
            told = shown[raw.names[place]]
            visits, minutes = len(stays(here)), round(len(seconds(here)) / 60)
            each = commitment.get("minutes_per_visit", 0)
            target = commitment.get("minutes") or commitment["visits"] * each
            assert f"{visits} av {commitment['visits']} " in told
            assert f" {minutes} av {target} " in told
            windows = kept(commitment, here, monday)
            assert ("{}/{}".format(*windows) if windows[1] else " – ") in told
            counted += 1
    assert counted >= 5


def test_each_place_and_day_was_visited_as_often_as_the_entries_say(week):
    monday, page, raw = week
    days = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
    by_place = {
        raw.names[place]: c for c in PRESENCE for place in c["places"] if place in raw.names
    }
    for name, told in rows(page, "Löftet").items():
        commitment = by_place[name]
        here = [v for v in raw.visits_of(monday) if raw.names[v["place"]] == name]
        if not commitment.get("joint"):
            here = [v for v in here if v["org"] == commitment["owner"]]
        begun = Counter(day_of(datetime.fromtimestamp(stay[0], UTC)) for stay in stays(here))
        for number, word in enumerate(days):
            count = begun[monday + timedelta(days=number)]
            said = re.search(rf"\[{word}: ([^\]]+)\]", told)[1]
            assert said.startswith(f"{count} besök") == bool(count), (name, word, said)


def test_events_and_their_past_are_what_the_entries_say(week):
    monday, page, raw = week
    shown = rows(page, "Händelser")
    weeks = [raw.events_of(monday - timedelta(weeks=back)) for back in range(13, -1, -1)]
    counts = [Counter(e["place"] for e in events) for events in weeks]
    places = {place for count in counts for place in count if place}
    assert set(shown) == {raw.names[place] for place in places}
    started = next(n for n, events in enumerate(weeks) if events)
    for place in places:
        told = shown[raw.names[place]]
        series = [
            str(count[place]) if n >= started else "ingen data" for n, count in enumerate(counts)
        ]
        assert f"Vecka för vecka: {', '.join(series)}" in told
        here = [v for v in raw.visits_of(monday) if v["place"] == place]
        hours = len(seconds(here)) / 3600
        rate = f"{counts[-1][place] / hours:.2f}".replace(".", ",")
        assert f"] {rate} " in f"{told} ", (place, rate)
    assert f" {len(weeks[-1])} händelse" in text(page)


def test_the_two_grids_are_what_the_entries_say(week):
    monday, page, raw = week
    events = Counter(cell(e["at"]) for e in raw.events_of(monday))
    there = defaultdict(set)
    for visit in raw.visits_of(monday):
        there[visit["place"]] |= seconds([visit])
    present = Counter(
        cell(datetime.fromtimestamp(second, UTC)) for place in there.values() for second in place
    )
    minutes = {at: round(count / 60) for at, count in present.items()}
    assert grid(page, "ev") == [[events[d, h] for h in range(8)] for d in range(7)]
    assert grid(page, "pr") == [[minutes.get((d, h), 0) for h in range(8)] for d in range(7)]


def grid(page: str, kind: str) -> list[list[int]]:
    """The numbers of a heat table, without its sums."""
    table = page.split(f'<table class="heat {kind}">')[1].split("</table>")[0]
    found = []
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL):
        cells = re.findall(r'<td class="s\d[^"]*">(.*?)</td>', row, re.DOTALL)
        numbers = [unescape(re.sub(r"<[^>]+>", "", one)) for one in cells]
        found.append([0 if one in ("·", "återstår") else int(one) for one in numbers])
    return found
