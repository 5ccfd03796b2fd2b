"""A form makes a new version, or keeps what was typed and says what is wrong."""

import re
from datetime import date

import pytest

from fieldlog.measure.week import Week
from fieldlog.store import promises, versions
from fieldlog.store.audit import listed
from tests.review.promise.conftest import hidden, send
from tests.store.agreed import PRESENCE, publish

EDIT = "/promise/commitment/kvallar/edit"
FILLED = {
    "title": "Kvällar vid stationen",
    "focus": "offentliga",
    "owner": "polisen",
    "places": ["ROT", "SOL"],
    "visits": "4",
    "minutes_per_visit": "10",
    "windows-0-weekdays": ["5", "6"],
    "windows-0-starts": "21:00",
    "windows-0-to": "02:00",
    "begins": "2026-01-01",
    "ends": "2026-12-31",
    "follow_up": "2026-12-10",
    "state": "published",
}
NEW = "/promise/commitment/new?under=offentliga"
NEW_CODE = "kvallar-vid-stationen"


def asked(week: Week) -> dict:
    return {(one.commitment, one.place): one.visits for one in promises.targets(week)}


def test_a_commitment_is_published_with_a_window_over_midnight(kerstin):
    answer = send(kerstin, NEW, **FILLED)
    assert answer.location == f"/promise/commitment/{NEW_CODE}"
    (one,) = versions.history("commitment", NEW_CODE)
    assert one.body["windows"] == [{"weekdays": [5, 6], "from": "21:00", "to": "02:00"}]
    assert one.body["form"] == "presence"
    found = asked(Week(2026, 47))
    assert (found[NEW_CODE, "ROT"], found[NEW_CODE, "SOL"]) == (4, 4)
    assert (NEW_CODE, "ROT") not in asked(Week(2026, 46))


def test_a_target_changed_today_does_not_alter_a_week_gone_by(kerstin):
    form = kerstin.get(EDIT).text
    answer = kerstin.post(EDIT, data=hidden(form) | FILLED | {"since": "2026-11-16"})
    assert answer.status_code == 303
    assert asked(Week(2026, 46)) == {("kvallar", "ROT"): 3}
    assert asked(Week(2026, 47))["kvallar", "SOL"] == 4


def test_a_change_without_a_day_holds_from_next_monday(kerstin):
    send(kerstin, EDIT, **FILLED)
    assert asked(Week(2026, 47)) == {("kvallar", "ROT"): 3}
    assert asked(Week(2026, 48))["kvallar", "ROT"] == 4


def test_the_past_can_not_be_chosen(kerstin):
    answer = send(kerstin, EDIT, **FILLED, since="2026-11-09")
    assert answer.status_code == 422
    assert "tidigast från måndagen denna vecka" in answer.text
    assert 'value="Kvällar vid stationen"' in answer.text


@pytest.mark.parametrize(
    ("empty", "lacks"),
    [
        ({"owner": ""}, "ansvarig organisation"),
        ({"places": []}, "minst en plats"),
        ({"ends": ""}, "en period"),
        ({"visits": ""}, "minst ett tal"),
        ({"follow_up": ""}, "datum för uppföljning"),
        ({"focus": ""}, "vad det hör till"),
        ({"owner": "", "follow_up": ""}, "ansvarig organisation, datum för uppföljning"),
    ],
)
def test_the_publish_guard_says_what_is_missing_and_keeps_what_was_typed(kerstin, empty, lacks):
    answer = send(kerstin, NEW, **FILLED | empty)
    assert answer.status_code == 422
    assert f"Det saknas: {lacks}." in answer.text
    assert 'value="Kvällar vid stationen"' in answer.text
    assert 'value="21:00"' in answer.text
    assert versions.history("commitment", NEW_CODE) == []


def test_a_draft_needs_only_a_title(kerstin):
    send(kerstin, NEW, title="Utkast", state="draft")
    assert [one.state for one in versions.history("commitment", "utkast")] == ["draft"]
    answer = send(kerstin, NEW, title="", state="draft")
    assert answer.status_code == 422
    assert "Ge det en rubrik." in answer.text


def test_a_commitment_that_is_counted_needs_no_place(kerstin):
    said = {name: FILLED[name] for name in ("focus", "owner", "begins", "ends", "follow_up")}
    said |= {"title": "Två vandringar", "count": "2", "unit": "vandringar", "state": "published"}
    send(kerstin, "/promise/commitment/new?form=count", **said)
    (one,) = versions.history("commitment", "tva-vandringar")
    assert (one.state, one.body["form"], one.body["count"]) == ("published", "count", 2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"visits": "0"}, "Ett helt tal från 1 till 500."),
        ({"visits": "tre"}, "heltal"),
        ({"begins": "i går"}, "datum"),
        ({"ends": "2025-01-01"}, "Sista dagen är före den första."),
        ({"windows-0-to": ""}, "Välj dagar och båda klockslagen."),
        ({"windows-0-weekdays": []}, "Välj dagar och båda klockslagen."),
        ({"places": ["NIX"]}, "giltig"),
        ({"text": "Ring 19121212-1212"}, "Det står ett personnummer i texten."),
        ({"title_en": "Evenings\u202e"}, "Det står ett tecken i texten som inte syns."),
    ],
)
def test_what_is_wrong_is_said_in_swedish_beside_the_field(kerstin, said, words):
    answer = send(kerstin, NEW, **FILLED | said)
    assert answer.status_code == 422
    marked = answer.text.partition('<form method="post" class="ask thing"')[2]
    assert words in marked
    assert 'value="Kvällar vid stationen"' in marked


def test_the_form_shows_what_stands(kerstin):
    page = kerstin.get(EDIT).text
    assert PRESENCE["title"] in page
    assert 'value="21:00"' in page
    assert 'value="02:00"' in page
    days = re.findall(r'windows-0-weekdays"[^>]*> *(\w+)', page)
    assert days == ["mån", "tis", "ons", "tor", "fre", "lör", "sön"]
    assert page.count("windows-2-starts") > 0
    assert "windows-3-starts" not in page


def test_what_was_published_is_ended_and_asks_no_more(kerstin):
    said = {**FILLED, "state": "ended", "since": "2026-11-23"}
    send(kerstin, EDIT, **said)
    assert asked(Week(2026, 47)) == {("kvallar", "ROT"): 3}
    assert asked(Week(2026, 48)) == {}


def test_two_who_edit_at_once_lose_nothing(kerstin, agreed):
    first = hidden(kerstin.get(EDIT).text)
    publish("commitment", "kvallar", PRESENCE | {"visits": 7}, since=date(2026, 11, 16))
    answer = kerstin.post(EDIT, data=first | FILLED)
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in answer.text
    assert 'value="Kvällar vid stationen"' in answer.text
    assert kerstin.post(EDIT, data=hidden(answer.text) | FILLED).status_code == 303


def test_a_number_that_is_put_right_is_no_example_any_more(kerstin):
    examples = PRESENCE | {"examples": ["visits", "follow_up"]}
    publish("commitment", "kvallar", examples, since=date(2026, 11, 16))
    send(kerstin, EDIT, **FILLED)
    assert versions.history("commitment", "kvallar")[-1].body["examples"] == ["follow_up"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/promise/agreement/new", {"parties": "Sollentuna kommun, Polisen"}),
        ("/promise/promise/new?under=avtal", {"agreement": "avtal", "follow_up": "2027-12-01"}),
        ("/promise/focus/new?under=lofte", {"promise": "lofte"}),
        ("/promise/source/new", {"form": "walk", "address": "https://exempel.se/vandring"}),
    ],
)
def test_each_kind_has_its_form(kerstin, path, said):
    period = {"begins": "2027-01-01", "ends": "2027-12-31"}
    answer = send(kerstin, path, title="Årets nya", state="published", **period, **said)
    assert answer.status_code == 303, answer.text
    kind = path.split("/")[2]
    assert versions.history(kind, "arets-nya")[0].state == "published"
    assert kerstin.get(f"/promise/{kind}/arets-nya/edit").status_code == 200


def test_an_edit_is_in_the_audit_log_without_a_word_of_it(kerstin):
    send(kerstin, NEW, **FILLED)
    (act,) = listed.page(None, what="promise.edit", before=None, limit=9)
    assert act.detail == {"kind": "commitment", "code": NEW_CODE, "state": "published"}


@pytest.mark.parametrize("who", ["alice", "sara", "charlie", "adam", "axel"])
def test_only_a_coordinator_edits(visitor, agreed, who):
    reader = visitor(getattr(agreed, who))
    for path in (EDIT, NEW, "/promise/import"):
        assert reader.get(path).status_code == 403
