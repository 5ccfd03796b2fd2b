"""Sending an entry in quarantine back: the question, where it goes, the lists it moves between."""

import json
import re

import pytest
import sqlalchemy as sa

from fieldlog.demo import bodies
from fieldlog.review import labels
from fieldlog.review.quarantine_forms import QUESTIONS
from fieldlog.store import quarantine_list
from fieldlog.store.database import reading
from fieldlog.store.tables import Event
from sync import chain, records
from tests.review.scene import push_raw
from tests.review.test_log import text
from tests.review.test_quarantine import last_of_own_log, release, standing

ASKED = "Vilken plats var det, Alice?"
CODES = {
    "invalid", "not_json", "unknown_type", "unknown_version", "unknown_place", "unknown_category",
    "unknown_author", "not_allowed", "personal_data", "rid_conflict", "revoked",
}  # fmt: skip


def send_back(client, entry: int, words: str = ASKED):
    page = client.get("/devices/code").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(f"/quarantine/{entry}/return", data={"csrf_token": token, "text": words})


def messages(client, member) -> list[dict]:
    """What the member's phone is told."""
    status = client.get("/sync/v1/status", headers=member.bearer).json
    body = client.get(f"/sync/v1/ref/messages/{status['ref']['messages']}", headers=member.bearer)
    return json.loads(body.data)["messages"]


def test_the_question_stands_in_this_stores_own_log_and_comes_to_the_authors_phone(
    sara, visitor, cast, evening
):
    assert send_back(sara, standing()).status_code == 303
    written = last_of_own_log()
    assert (written.t, written.by) == ("return", cast.sara.id)
    assert written.body == {"ref": evening.rids["lost"], "text": ASKED}
    (told,) = messages(visitor(), cast.alice)
    assert (told["kind"], told["rid"], told["text"]) == ("return", evening.rids["lost"], ASKED)
    assert (told["from"], told["by"]) == ("Sara Sjölund", cast.sara.id)
    for other in (cast.bob, cast.charlie):
        assert messages(visitor(), other) == []


def test_it_moves_to_the_authors_list_and_when_she_answers_to_the_answered(sara, evening):
    send_back(sara, standing())
    assert "Resten är hos sina författare." in text(sara.get("/quarantine").text)
    page = text(sara.get("/quarantine?show=returned").text)
    assert ASKED in page
    assert "Sara Sjölund frågade" in page
    answer(evening)
    assert "Ingen är tillfrågad" in text(sara.get("/quarantine?show=returned").text)
    page = sara.get("/quarantine?show=answered").text
    assert "Inget mer behöver göras." in text(page)
    assert "/release" not in page


def test_its_answer_counts_and_what_followed_never_waited(sara, evening):
    send_back(sara, standing())
    phone = evening.phones["alice"]
    now = evening.start
    later = phone.write("event", bodies.event("ORD.stoj", now, place="ROT"), now)
    phone.push()
    assert event(later).code is None, "while the question stood"
    answer(evening)
    row = event(evening.rids["lost"])
    assert (row.code, row.place, row.review) == (None, "SOL", "returned")


def test_released_after_all_it_asks_nobody_any_more(sara, visitor, cast, evening):
    entry = standing()
    send_back(sara, entry)
    assert release(sara, entry, "Platsen är ny.").status_code == 303
    assert messages(visitor(), cast.alice) == []


@pytest.mark.parametrize("words", ["", "x" * 501, "Är det 19121212-1212 som menas?"])
def test_words_that_do_not_fit_change_nothing_and_are_kept(sara, evening, words):
    answered = send_back(sara, standing(), words)
    assert answered.status_code == 422
    assert f">{words}</textarea>" in answered.text
    assert last_type() != "return"


def test_a_personal_number_in_the_reason_of_a_release_is_stopped_too(sara, evening):
    assert release(sara, standing(), "Gäller 19121212-1212.").status_code == 422


def test_what_its_author_can_not_put_right_is_not_sent_back(sara, evening):
    push_raw(evening.phones["bob"], b"no record at all")
    entry = standing()
    assert "Fråga författaren" not in article(sara.get("/quarantine").text, entry)
    assert send_back(sara, entry).status_code == 404


def test_charlie_can_not_send_back_what_is_not_his(visitor, cast, evening):
    assert send_back(visitor(cast.charlie), standing()).status_code == 404
    assert last_type() != "return"


def test_a_bad_leave_is_sent_back_as_the_visit_that_its_author_knows(sara, visitor, cast, evening):
    phone = evening.phones["alice"]
    left = bodies.leave(evening.rids["running"], evening.start, note="Pratade med 19121212-1212")
    phone.write("leave", left, evening.start)
    phone.push()
    send_back(sara, standing())
    assert messages(visitor(), cast.alice)[0]["rid"] == evening.rids["running"]


def test_the_question_shows_in_the_records_own_history(sara, evening):
    send_back(sara, standing())
    page = text(sara.get(f"/records/{evening.rid('lost')}").text)
    assert "Återlämnad till författaren" in page
    assert ASKED in page


def test_an_unknown_list_is_the_first(sara, evening):
    assert sara.get("/quarantine?show=x").status_code == 200


def test_every_reason_is_said_in_plain_words_with_what_to_do(app):
    """The codes of the protocol; retired ones stay."""
    for language in ("sv", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            for code in CODES:
                reason, advice = str(labels.REASONS[code]), str(labels.ADVICE[code])
                assert advice.endswith("."), code
                assert reason not in ("", code), code
    assert set(QUESTIONS) <= CODES
    assert labels.REASONS.keys() == labels.ADVICE.keys() == CODES


def test_the_lists_together_are_all_that_stands(sara, evening):
    push_raw(evening.phones["bob"], b"one", b"two")
    send_back(sara, quarantine_list.page(("polisen",))[-1].id)
    counted = quarantine_list.counts(("polisen",))
    assert counted == {"open": 2, "returned": 1, "answered": 0}
    assert quarantine_list.counts(("kommunen",)) == dict.fromkeys(quarantine_list.SHOWN, 0)


def answer(evening) -> None:
    """Alice corrects the place, on the content that she wrote."""
    phone = evening.phones["alice"]
    rid = evening.rids["lost"]
    first = next(p for p in phone.log.payloads if rid in p.decode() and b'"t":"event"' in p)
    body = records.read(first).body | {"place": "SOL"}
    base = chain.digest(first).hex()
    phone.write("amend", {"ref": rid, "base": base, "body": body, "why": "Fel kod."}, evening.start)
    phone.push()


def event(rid: str) -> Event:
    return reading().scalar(sa.select(Event).where(Event.rid == records.rid_bytes(rid)))


def last_type() -> str | None:
    try:
        return last_of_own_log().t
    except (AttributeError, TypeError):
        return None


def article(page: str, entry: int) -> str:
    start = page.index(f'id="held-{entry}"')
    return page[start : page.index("</article>", start)]
