"""What was merged counts once in every figure, and twice again when the merge is undone.

Each merge is made through the supervisor's own act, and each figure read where a user reads it.
"""

import re
from datetime import timedelta

import pytest

from fieldlog.picture import Sight, effect
from fieldlog.review import doubles, moments
from fieldlog.store.bundles import plan
from tests.review.test_acts import post
from tests.review.test_decision import send
from tests.review.test_exports import told as audited
from tests.review.test_week import page, rows, text
from tests.review.week_scene import event, past_week, visit
from tests.store.test_bundles import told
from tests.support.cast import PASSWORD


@pytest.fixture
def past(cast):
    """The week, with more visits in Friday's night, more events at Rotebro, a lamp told twice."""
    scene = past_week(cast)
    scene.rids["again"] = visit(scene, "bob", "HAG", scene.at(5, 1, 10), 10)
    scene.rids["there"] = visit(scene, "alice", "HAG", scene.at(5, 2, 10), 10)
    scene.rids["seen"] = event(scene, "alice", "ORD.annat", scene.at(6, 19, 5), "ROT")
    scene.rids["too"] = event(scene, "bob", "ORD.annat", scene.at(6, 19, 9), "ROT")
    scene.rids["lamp2"] = event(
        scene, "alice", "PLA.belysning", scene.at(0, 11) - timedelta(days=20), "STI"
    )
    for one in scene.phones.values():
        one.push()
    return scene


def address(past, name: str) -> str:
    return f"/records/{past.rids[name].replace('-', '')}"


def merge(client, past, name: str, into: str) -> None:
    whole = past.rids[into].replace("-", "")
    answer = post(client, f"{address(past, name)}/merge", into=whole, password=PASSWORD)
    assert answer.status_code == 303, text(answer.text)


def undo(client, past, name: str) -> None:
    answer = post(client, f"{address(past, name)}/merge/undo", why="Två olika.")
    assert answer.status_code == 303


def seen_at_rotebro(client, past) -> str:
    return rows(page(client, past), "Händelser")["Rotebro station"].split()[0]


def test_an_event_merged_into_another_counts_once(sara, visitor, cast, past):
    kerstin = visitor(cast.kerstin)
    assert seen_at_rotebro(sara, past) == "3"
    assert seen_at_rotebro(kerstin, past) == "4"
    merge(sara, past, "seen", into="too")
    assert seen_at_rotebro(sara, past) == "2"
    assert seen_at_rotebro(kerstin, past) == "3"
    html = page(sara, past)
    assert "2 av 11 händelser" in text(html)  # the share of "other"
    part = html.split("<h2>Händelser")[1].split("<h2>Nytt")[0]
    links = re.findall(r'href="(/log\?[^"]*place=ROT[^"]*)">2</a>', part)
    assert links
    listed = sara.get(links[0].replace("&amp;", "&")).text
    assert "2 poster" in listed
    assert past.rids["seen"].replace("-", "") not in listed
    undo(sara, past, "seen")
    assert seen_at_rotebro(sara, past) == "3"


def test_a_chain_of_doubles_counts_once(sara, past):
    first = event(past, "bob", "ORD.annat", past.at(6, 19, 20), "ROT")
    past.phones["bob"].push()
    past.rids["first"] = first
    merge(sara, past, "seen", into="too")
    merge(sara, past, "too", into="first")
    assert seen_at_rotebro(sara, past) == "2"


def test_of_two_merged_into_each_other_at_once_one_wins(sara, past, monkeypatch):
    both = [past.rids[name].replace("-", "") for name in ("seen", "too")]
    near = [doubles.Near(rid, rid) for rid in both]  # as both saw the list before either merged
    monkeypatch.setattr(doubles, "near", lambda *_: near)
    merge(sara, past, "seen", into="too")
    answer = post(sara, f"{address(past, 'too')}/merge", into=both[0], password=PASSWORD)
    assert answer.status_code == 422
    assert "har nyss själv blivit en dubblett" in text(answer.text)
    assert seen_at_rotebro(sara, past) == "2"
    assert [row.subject for row in audited("record.merge")] == [both[0]]


def test_a_double_counts_where_the_one_that_stands_for_both_does_not(sara, visitor, cast, past):
    charlie, kerstin = visitor(cast.charlie), visitor(cast.kerstin)
    past.rids["theirs"] = event(past, "charlie", "ORD.annat", past.at(6, 19, 6), "ROT")
    past.phones["charlie"].push()
    assert seen_at_rotebro(kerstin, past) == "5"
    post(charlie, f"{address(past, 'theirs')}/share", to="polisen", why="Samma sak.")
    merge(sara, past, "seen", into="theirs")
    assert seen_at_rotebro(kerstin, past) == "4"  # together it is one
    assert seen_at_rotebro(sara, past) == "3"  # the police saw it, and count it themselves
    post(charlie, f"{address(past, 'theirs')}/review", state="set_aside", why="Övning.")
    assert seen_at_rotebro(kerstin, past) == "4"  # what stood for both is gone, the double stands


def test_a_visit_merged_into_another_counts_once(sara, past):
    def row():
        return rows(page(sara, past), "Löftet")["Häggviks station"]

    assert "4 70 " in row()
    assert re.search(r"1 4$", row())
    merge(sara, past, "again", into="there")
    assert "3 60 " in row()
    assert re.search(r"1 3$", row())
    assert "1 av 6 besök" in text(page(sara, past))
    undo(sara, past, "again")
    assert "4 70 " in row()


def test_two_organisations_at_a_place_have_both_kept_their_part(sara, visitor, cast, past):
    past.rids["joint"] = visit(past, "charlie", "HAG", past.at(5, 2, 12), 8)
    past.phones["charlie"].push()
    post(visitor(cast.charlie), f"{address(past, 'joint')}/share", to="polisen", why="Tillsammans.")
    merge(sara, past, "there", into="joint")
    row = rows(page(sara, past), "Löftet")["Häggviks station"]
    assert "4 70 " in row
    assert re.search(r"2 4$", row), row


def test_a_fault_told_twice_stands_once_here_and_on_the_phones(sara, past):
    def faults():
        return text(page(sara, past)).count("Trasig eller svag belysning, Stinsen Häggvik")

    def on_phones():
        found = told("conditions", "org:polisen")["conditions"]
        return [one["rid"] for one in found if one["place"] == "STI"]

    assert (faults(), len(on_phones())) == (2, 2)
    merge(sara, past, "lamp2", into="lamp")
    assert (faults(), on_phones()) == (1, [past.rids["lamp"]])


def test_before_and_after_count_it_once(sara, past):
    def after():
        both = Sight(("polisen",), ("polisen",))
        found = effect.compared(both, ["ROT"], [], past.week - 3, past.week - 1, 2, moments.zone())
        return found["here"]["after"]

    assert after() == 3
    merge(sara, past, "seen", into="too")
    assert after() == 2


def test_what_came_after_the_freeze_counts_it_once(sara, visitor, cast, past):
    kerstin = visitor(cast.kerstin)
    send(kerstin, f"/week/{past.week}/freeze")
    for minute in (30, 34):
        past.rids[f"late{minute}"] = event(past, "bob", "ORD.annat", past.at(6, 19, minute), "ROT")
    past.phones["bob"].push()
    assert "+2 inkomna efter mötet" in text(page(sara, past))
    merge(sara, past, "late30", into="late34")
    assert "+1 inkommen efter mötet" in text(page(sara, past))


def test_the_phones_see_a_visit_that_was_merged_once(sara, past):
    def delivered():
        body = plan.body(past.at(6, 23), "Europe/Stockholm")
        return {one["code"]: one for one in body["places"]}["HAG"]["delivered"]

    assert delivered() == 4
    merge(sara, past, "again", into="there")
    assert delivered() == 3
