"""The rest of the week's figures, counted anew from the raw entries: gaps, who came, what is
expected, faults, and how far all of it can be trusted.
"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from scipy.stats import nbinom

from fieldlog.demo.promise import PRESENCE
from fieldlog.store.database import reading
from fieldlog.store.tables import Category, Device, Entry, Log
from tests.demo.test_recount import (  # noqa: F401
    app,
    day_of,
    grid,
    seconds,
    stays,
    wall,
    week,
)
from tests.review.test_week import text

ASKED = {place: one for one in PRESENCE for place in one["places"]}
LAMPS, VISITS, MINUTES, _BAR, _WINDOWS, GAP, KOMMUNEN, POLISEN, REMARK = range(9)
COUNT, BAND, _INTERVAL, _SPARK, _RATE, VERDICT = range(6)


def cells(page: str, section: str) -> dict[str, list[str]]:
    """The cells of each row of a section's table, as text, by what the row is called."""
    part = page.split(f"<h2>{section}")[1].split("</section>")[0]
    rows = re.findall(r'<tr[^>]*>\s*<th scope="row">(.*?)</tr>', part, re.DOTALL)
    told = [row.partition("</th>") for row in rows]
    return {
        text(name): [text(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", rest, re.DOTALL)]
        for name, _, rest in told
    }


def counted(raw, place: str, monday) -> list[dict]:
    """The visits that count towards what is asked of a place."""
    asked = ASKED.get(place, {"joint": True})
    here = [v for v in raw.visits_of(monday) if v["place"] == place]
    return here if asked.get("joint") else [v for v in here if v["org"] == asked["owner"]]


def minutes_apart(visits, first: datetime, last: datetime) -> int:
    """The longest that nobody was there."""
    there = [s for s in sorted(seconds(visits)) if first.timestamp() <= s < last.timestamp()]
    marks = [int(first.timestamp()) - 1, *there, int(last.timestamp())]
    return max(after - before - 1 for before, after in pairwise(marks)) // 60


def length(minutes: int) -> str:
    """3 d 2 tim, as the page has it."""
    days, hours = divmod(minutes, 1440)[0], minutes // 60
    if days:
        parts = [f"{days} d", f"{hours % 24} tim" if hours % 24 else ""]
    else:
        parts = [f"{hours} tim" if hours else "", f"{minutes % 60} min" if minutes % 60 else ""]
    return " ".join(filter(None, parts))


def over(monday) -> datetime:
    """The end of the days of the week that have ended."""
    return min(wall(monday + timedelta(days=7)), wall(day_of(datetime.now(UTC))))


def test_gaps_and_organisations_are_what_the_entries_say(week):  # noqa: F811
    monday, page, raw = week
    codes = {name: code for code, name in raw.names.items()}
    for name, told in cells(page, "Löftet").items():
        here = counted(raw, codes[name], monday)
        if "ingen data" not in told[REMARK]:
            apart = length(minutes_apart(here, wall(monday), over(monday)))
            assert told[GAP] == (apart if stays(here) else "hela tiden"), name
        for column, org in ((KOMMUNEN, "kommunen"), (POLISEN, "polisen")):
            there = [v for v in raw.visits_of(monday) if raw.names[v["place"]] == name]
            theirs = len(stays([v for v in there if v["org"] == org]))
            asked = ASKED.get(codes[name], {"joint": True})
            counts = asked.get("joint") or asked["owner"] == org
            said = "–" if not theirs else str(theirs) if counts else f"({theirs})"
            assert told[column].replace(" ", "") == said, (name, org)


def test_short_visits_are_what_the_entries_say(week):  # noqa: F811
    monday, page, raw = week
    found = 0
    codes = {name: code for code, name in raw.names.items()}
    for name, told in cells(page, "Löftet").items():
        least = ASKED.get(codes[name], {}).get("minutes_per_visit", 0)
        lengths = [(to + 1 - since) // 60 for since, to in stays(counted(raw, codes[name], monday))]
        short = sorted(one for one in lengths if one < least)
        said = re.search(r"(\d+) för kort\w*((?:, \d+ min)+)", told[REMARK])
        assert (int(said[1]) if said else 0) == len(short), name
        if said:
            assert said[2] == "".join(f", {one} min" for one in short[:3]), name
        found += len(short)
    assert found


def test_what_is_expected_is_what_the_entries_lead_one_to_expect(week):  # noqa: F811
    monday, page, raw = week
    weeks = [raw.events_of(monday - timedelta(weeks=back)) for back in range(13, -1, -1)]
    known = weeks[next(n for n, events in enumerate(weeks) if events) : -1]
    codes = {name: code for code, name in raw.names.items()}
    for name, told in cells(page, "Händelser").items():
        total = sum(e["place"] == codes[name] for events in known for e in events)
        count = sum(e["place"] == codes[name] for e in weeks[-1])
        assert told[COUNT] in (str(count), "–"), name
        assert (told[COUNT] == "–") <= (count == 0), name
        if total < 6:
            assert told[BAND] == "", name
            continue
        after = nbinom(total + 0.5, len(known) / (len(known) + 1))
        assert told[BAND] == f"{after.ppf(0.025):.0f}–{after.ppf(0.975):.0f}", name
        assert ("◆" in told[VERDICT]) <= (after.sf(count - 1) <= 0.001), name
    placeless = sum(e["place"] is None for e in weeks[-1])
    assert ("saknar plats" in text(page)) == bool(placeless)


def test_the_sums_of_the_two_grids_are_of_their_cells(week):  # noqa: F811
    _monday, page, _raw = week
    for kind in ("ev", "pr"):
        table = page.split(f'<table class="heat {kind}">')[1].split("</table>")[0]
        sums = [text(one) for one in re.findall(r'<td class="sum">(.*?)</td>', table)]
        cells = [sum(row) for row in grid(page, kind)]
        assert [0 if one == "återstår" else int(one) for one in sums] == cells


def test_standing_faults_are_what_the_entries_say(week):  # noqa: F811
    monday, page, raw = week
    lasting = dict(
        reading().execute(sa.select(Category.code, Category.sv).where(Category.standing)).all()
    )
    ends = wall(monday + timedelta(days=7))
    stand = sorted(
        (
            f"{(min(ends, datetime.now(UTC)) - one['at']).days} d "
            f"{lasting[one['category']]}, {raw.names[one['place']]} {seen(one)}"
        )
        for one in raw.events
        if one["category"] in lasting and one["at"] < ends
        and "resolve" not in {said["t"] for said in one["said"]}
    )  # fmt: skip
    part = page.split("<h3>Stående brister")[1].split("<h3>")[0]
    assert sorted(map(text, re.findall(r"<tr>(<td.*?)</tr>", part, re.DOTALL))) == stand
    assert f" {len(stand)} öpp" in " " + text(part)


def seen(fault: dict) -> str:
    times = 1 + sum(said["t"] == "confirm" for said in fault["said"])
    return "sedd en gång" if times == 1 else f"sedd {times} gånger"


def test_what_is_known_of_the_week_to_come_is_what_the_entries_say(week):  # noqa: F811
    monday, page, raw = week
    first, last = wall(monday + timedelta(days=7)), wall(monday + timedelta(days=14))
    coming = [e for e in raw.events if e["category"].startswith("KOM.") and first <= e["at"] < last]
    said = text(page.split("Känt nästa vecka:")[1].split("</p>")[0])
    assert ("inget" in said) == (not coming)


def test_what_is_kept_out_and_who_is_silent_is_what_the_store_holds(week):  # noqa: F811
    monday, page, raw = week
    first, last = wall(monday), wall(monday + timedelta(days=7))
    said = text(page.split("Data att lita på")[1].split("</section>")[0])
    assert f" {sum(first <= at < last for at in raw.held)} i karantän" in said
    phones = reading().execute(sa.select(Device).where(Device.kind == "phone")).scalars().all()
    heard = sum(until(phone) >= over(monday) for phone in phones)
    assert f"{heard} av {len(phones)} telefoner" in said


def until(phone: Device) -> datetime:
    """Until when all that the phone wrote is here: of one with something left, its last visit."""
    if not phone.unsent:
        return phone.last_contact_at
    wanted = (
        sa.select(Entry.payload)
        .join(Log, Log.id == Entry.log_id)
        .where(Log.device == phone.id, Entry.type == "visit")
    )
    begun = re.compile(rb'"started_at":"([^"]+)"')
    times = (begun.search(payload)[1].decode() for payload in reading().scalars(wanted))
    return max(map(datetime.fromisoformat, times))


def test_what_the_figures_rest_on_is_what_the_entries_say(week):  # noqa: F811
    monday, page, raw = week
    over = wall(monday + timedelta(days=7))
    visits = [v for v in raw.visits_of(monday) if day_of(v["since"]) >= monday]
    events = raw.events_of(monday)
    said = text(page.split("Data att lita på")[1].split("</section>")[0])
    late = sum(one["received"] >= over for one in (*visits, *events))
    backfilled = sum(v["ended_by"] == "backfill" for v in visits)
    other = sum(e["category"].endswith(".annat") for e in events)
    assert f"{late} sent inkomna av {len(visits) + len(events)} poster" in said
    assert f"{backfilled} av {len(visits)} besök" in said
    assert f"{other} av {len(events)} händelser" in said


def test_shares_are_of_what_is_counted(week):  # noqa: F811
    monday, page, raw = week
    visits = [v for v in raw.visits_of(monday) if day_of(v["since"]) >= monday]
    events = raw.events_of(monday)
    said = text(page.split("Data att lita på")[1].split("</section>")[0])
    kinds = Counter(v["ended_by"] for v in visits)
    other = sum(e["category"].endswith(".annat") for e in events)
    assert f"{share(kinds['backfill'], len(visits))} ifyllt i efterhand" in said
    assert f"{share(other, len(events))} ”Annat”" in said


def share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


@pytest.mark.parametrize("back", [7, 14, 21])
def test_hardly_anything_of_a_made_up_week_came_late(app, back):  # noqa: F811
    from tests.demo.test_recount import Raw

    monday = day_of(datetime.now(UTC))
    monday -= timedelta(days=monday.weekday() + back)
    raw, ends = Raw(), wall(monday + timedelta(days=7))
    late = sum(v["received"] >= ends for v in raw.visits_of(monday))
    assert late <= 1
