"""Actions: who does what until when, kept version by version."""

from datetime import timedelta

import pytest

from fieldlog.store.weeks import actions
from tests.review.test_decision import send
from tests.review.test_week import page, text


def told(past, days: int, **more) -> dict:
    due = past.week.monday + timedelta(days=days)
    said = {"what": "Klipp buskage", "owner": "kommunen", "due": due.isoformat()}
    return said | {"place": "HEL", "category": "PLA.sikt", "done": "", "result": ""} | more


def test_an_action_stands_on_the_week_until_it_is_done_and_is_overdue_by_days(kerstin, past):
    answer = send(kerstin, "/actions", **told(past, -20))
    assert "Klipp buskage" in answer.text
    html = text(page(kerstin, past))
    assert "1 öppna, 1 försenade, 0 klara" in html
    assert "d försenad Klipp buskage Sollentuna kommun, Helenelunds station" in html
    done = (past.week.monday + timedelta(days=2)).isoformat()
    send(kerstin, "/actions/1", **told(past, -20, done=done, result="Klippt"))
    assert "0 öppna, 0 försenade, 1 klara" in text(page(kerstin, past))
    later = text(kerstin.get(f"/week/{past.week + 1}").text)
    assert "Klipp buskage" not in later


def test_every_version_is_kept_with_who_wrote_it(kerstin, past):
    send(kerstin, "/actions", **told(past, 20))
    send(kerstin, "/actions/1", **told(past, 27, owner="polisen"))
    assert [row.owner for row in actions.history(1)] == ["polisen", "kommunen"]
    html = text(kerstin.get("/actions/1").text)
    assert html.count("Kerstin Dahl") == 3  # the frame's, and one for each version
    assert "Polisen Sollentuna" in html


def test_a_supervisor_reads_and_does_not_write(visitor, cast, kerstin, past):
    send(kerstin, "/actions", **told(past, 20))
    sara = visitor(cast.sara)
    assert "Klipp buskage" in sara.get("/actions").text
    assert "Spara" not in sara.get("/actions/1").text
    assert send(sara, "/actions", **told(past, 20)).status_code == 403
    assert send(sara, "/actions/1", **told(past, 20)).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"due": "snart"}, {"owner": "ingen"}, {"result": "19121212-1212"}]
)
def test_an_action_that_is_not_whole_is_told_and_not_kept(kerstin, past, wrong):
    answer = send(kerstin, "/actions", **told(past, 20, **wrong))
    assert answer.status_code == 422
    assert 'class="need"' in answer.text
    assert actions.now_standing() == []


def test_an_action_that_is_not_there_is_not_found(kerstin, past):
    assert kerstin.get("/actions/7").status_code == 404
    assert send(kerstin, "/actions/7", **told(past, 20)).status_code == 404
