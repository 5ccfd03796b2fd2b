"""Before and after: the ratio as printed in its source; nothing concluded that can't be seen."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from fieldlog.measure.week import Week
from fieldlog.store.database import writing
from fieldlog.store.tables import Event
from tests.review.scene import prepare
from tests.review.test_week import text

BEFORE, AFTER, WEEKS = Week(2026, 30), Week(2026, 40), 6
numbers = count(1)


@pytest.fixture
def placed(cast):
    prepare()
    return cast


def happened(place: str, first: Week, many: int, org: str = "polisen") -> None:
    """So many events in the six weeks, as even as can be."""
    rows = []
    for number in range(many):
        at = (first + number % WEEKS).span()[0] + timedelta(hours=12, minutes=number)
        rows.append(_row(place, at, org))
    with writing() as session:
        session.execute(sa.insert(Event), rows)


def _row(place: str, at: datetime, org: str) -> dict:
    number = next(numbers)
    said = {"rid": number.to_bytes(16, "big"), "entry_id": number, "account": "a", "org": org}
    said |= {"place": place, "observed_at": at, "received_at": datetime.now(UTC)}
    said |= {"state": "stands", "review": "new", "body": {}, "category": "ORD.stoj"}
    return said | {"precision": "place", "source": "own", "severity": 1}


def asked(reader, **more) -> str:
    said = {"place": "HAG", "other": "ROT", "before": BEFORE, "after": AFTER, "weeks": WEEKS} | more
    query = "&".join(f"{name}={value}" for name, value in said.items())
    return text(reader.get(f"/effect?{query}").text)


def scene(org: str = "polisen") -> None:
    for place, before, after in (("HAG", 207, 110), ("ROT", 308, 318)):
        happened(place, BEFORE, before, org)
        happened(place, AFTER, after, org)


def test_the_printed_example_comes_out_with_its_interval(sara, placed):
    scene()
    page = asked(sara)
    assert "Häggviks station 207 110 0,53 (0,42–0,67)" in page
    assert "Rotebro station 308 318 1,03 (0,88–1,21)" in page
    assert "Kvot 0,51 (0,39–0,68)" in page
    assert "Färre än platserna bredvid låter vänta." in page
    assert "För få" not in page


def test_what_could_not_have_been_seen_is_not_concluded(sara, placed):
    for place, before, after in (("HAG", 20, 14), ("ROT", 30, 31)):
        happened(place, BEFORE, before)
        happened(place, AFTER, after)
    page = asked(sara)
    assert "För få händelser för att dra slutsats." in page
    assert "Med 20 händelser före skulle bara en minskning på 75 % eller mer synas." in page
    assert "Färre än platserna" not in page


def test_what_else_may_explain_it_stands_beside(sara, placed):
    scene()
    page = asked(sara)
    for word in ("Närvaro:", "Tillbaka till det vanliga:", "Årstid:", "Förflyttning:"):
        assert word in page
    assert "olika tider av året" in page
    near = asked(sara, before=BEFORE + 4)
    assert "nära varandra i året" in near


def test_alone_or_with_nothing_there_is_no_ratio(sara, placed):
    scene()
    assert "Kvot" not in asked(sara, other="")
    assert "Kvot" not in asked(sara, place="SOL")
    assert "inte ens ett slut" in asked(sara, place="SOL")


def test_an_end_to_all_events_is_not_called_too_few_to_tell(sara, placed):
    """Twenty before would show a drop of 75 %; none after is a drop of 100 %."""
    for place, period in (("HAG", BEFORE), ("ROT", BEFORE), ("ROT", AFTER)):
        happened(place, period, 20)
    page = asked(sara)
    assert "Häggviks station 20 0 0,00 (0,00–0,20)" in page
    assert "Ett antal är 0, så det finns ingen kvot mellan de två." in page
    assert "För få" not in page


def test_a_change_alone_that_is_large_enough_is_not_called_too_few(sara, placed):
    scene()
    page = asked(sara, other="")
    assert "207 110 0,53 (0,42–0,67)" in page
    assert "Välj platser att jämföra med" in page
    assert "För få" not in page


@pytest.mark.parametrize("wrong", ["2026-W54", "vecka 7", "9999-W52"])
def test_a_week_that_is_none_is_said_and_the_choices_stay(sara, placed, wrong):
    scene()
    html = sara.get(f"/effect?place=HAG&other=ROT&before={BEFORE}&after={wrong}&weeks=6").text
    assert f"Det finns ingen vecka {wrong}. Skriv den som" in text(html)
    assert re.search(r'name="place" value="HAG" checked', html)
    assert "Kvot" not in html


def test_a_week_in_small_letters_is_a_week(sara, placed):
    scene()
    assert "Kvot 0,51" in asked(sara, before=f" {str(BEFORE).lower()}")


def test_periods_that_overlap_are_not_compared(sara, placed):
    scene()
    page = asked(sara, after=BEFORE + 5)
    assert "överlappar" in page
    assert "Kvot" not in page


def test_events_of_another_organisation_are_not_counted(visitor, placed):
    scene("polisen")
    charlie = asked(visitor(placed.charlie))
    assert "Häggviks station 0 0" in charlie
    assert "Kvot 0,51" in asked(visitor(placed.kerstin))
