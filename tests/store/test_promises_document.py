"""A document of promises is looked at before it is brought in: all of it, or nothing."""

from datetime import date

import pytest

from fieldlog.store import promises, versions
from fieldlog.store.changes import CHANGED, NEW, SAME, WRONG, NoDocument, Refused
from fieldlog.store.promises import document
from tests.store.agreed import NOW, PRESENCE, YEAR, promised

TODAY = NOW.date()


def written(**said) -> dict:
    """A document with a new focus area and a commitment under it."""
    return {
        "focuses": [{"code": "ny", "title": "Nytt fokus", "promise": "lofte"}],
        "commitments": [{"code": "nytt", **PRESENCE, "focus": "ny", **said}],
    }


def whats(changes) -> list[tuple]:
    return [(one.kind, one.code, one.what) for one in changes]


def test_a_preview_says_what_would_change_and_changes_nothing(centre):
    promised()
    both = written()
    both["commitments"].append({"code": "kvallar", **PRESENCE, "visits": 5, "since": "2026-11-16"})
    found = document.changes(both, TODAY)
    assert whats(found) == [
        ("focus", "ny", NEW), ("commitment", "nytt", NEW), ("commitment", "kvallar", CHANGED),
    ]  # fmt: skip
    assert ("visits", 3, 5) in found[2].fields
    assert ("since", "2026-01-01", "2026-11-16") in found[2].fields
    assert versions.history("focus", "ny") == []


def test_what_is_brought_in_asks_from_its_first_day(centre):
    promised()
    document.bring(written(), NOW)
    assert [one.commitment for one in promises.targets((date(2026, 1, 5), date(2026, 1, 5)))] == [
        "kvallar", "nytt",
    ]  # fmt: skip


def test_a_document_carried_out_is_the_same_when_it_is_brought_in_again(centre):
    promised()
    assert {one.what for one in document.bring(document.told(), NOW)} == {SAME}
    assert len(versions.history("commitment", "kvallar")) == 1


def test_one_fault_and_nothing_is_brought_in(centre):
    promised()
    with pytest.raises(Refused) as refused:
        document.bring(written(owner=None, places=[]), NOW)
    assert whats(refused.value.changes) == [("focus", "ny", NEW), ("commitment", "nytt", WRONG)]
    assert refused.value.changes[1].fault.missing == ("owner", "place")
    assert versions.history("focus", "ny") == []


@pytest.mark.parametrize(
    "said",
    [
        {"places": ["NIX"]},
        {"from": "soon"},
        {"since": "soon"},
        {"since": 7},
        {"state": "perhaps"},
        {"code": "Å Ä"},
        {"code": None},
        {"colour": "red"},
        {"windows": [{"weekdays": ["fri"], "from": "21:00", "to": "02:00"}]},
        {"windows": "fri"},
    ],
    ids=str,
)
def test_an_item_that_is_wrong_is_told_of_not_fallen_over(centre, said):
    promised()
    assert document.changes(written(**said), TODAY)[1].what == WRONG


def test_a_change_that_reaches_back_is_wrong(centre):
    promised()
    back = {"commitments": [{"code": "kvallar", **PRESENCE, "visits": 9, "since": "2026-11-02"}]}
    (change,) = document.changes(back, TODAY)
    assert isinstance(change.fault, promises.TooLate)


def test_a_code_that_stands_twice_is_wrong(centre):
    promised()
    twice = written()
    twice["focuses"] *= 2
    assert whats(document.changes(twice, TODAY))[1] == ("focus", "ny", WRONG)


@pytest.mark.parametrize(
    "told", [{}, [], 7, {"focuses": {}}, {"focuses": ["ny"]}, {"focuses": [], "surprises": []}]
)
def test_what_is_no_document_is_refused(centre, told):
    with pytest.raises(NoDocument):
        document.changes(told, TODAY)


def test_a_draft_may_lack_what_a_published_one_may_not(centre):
    promised()
    told = {"commitments": [{"code": "utkast", "title": "Utkast", "form": "count", **YEAR}]}
    told["commitments"][0]["state"] = "draft"
    assert whats(document.bring(told, NOW)) == [("commitment", "utkast", NEW)]
