"""Access tokens at the desk: who makes and sees them, shown once, hashed, over, revoked, logged."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from fieldlog.store import access_tokens, audit
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import AccessToken, Account
from tests.review.test_log import text
from tests.support.cast import PASSWORD

PAGE = "/access-tokens"


def make(client, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PAGE).text)[1]
    told = {"name": "QGIS på Åsas dator", "scope": "records", "days": "30", "password": PASSWORD}
    return client.post(PAGE, data={"csrf_token": token, **told, **fields})


def revoke(client, id: str):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PAGE).text)[1]
    return client.post(f"{PAGE}/{id}/revoke", data={"csrf_token": token})


def clear(answer) -> str:
    return re.search(r'id="token" class="token" value="([^"]+)"', answer.text)[1]


def opens(app, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return app.test_client().get("/features", headers=headers).status_code


def acts(what: str) -> list:
    return audit.page(None, what=what, before=None, limit=50)


def test_a_token_is_shown_once_opens_the_read_door_and_is_kept_as_a_hash(app, sara, cast):
    answer = make(sara)
    token = clear(answer)
    assert opens(app, token) == 200
    page = sara.get(PAGE).text
    assert token not in page
    assert "QGIS på Åsas dator" in page
    (row,) = reading().execute(sa.select(AccessToken.__table__))
    assert token not in map(str, row)
    (act,) = acts("tokens.make")
    assert (act.account, act.subject) == (cast.sara.id, row.id)
    assert act.detail == {"scope": "records", "days": 30}


def test_without_the_password_none_is_made(sara):
    answer = make(sara, password="fel")
    assert answer.status_code == 422
    assert "Fel lösenord" in text(answer.text)
    assert make(sara, password="").status_code == 422
    assert acts("tokens.make") == []


@pytest.mark.parametrize(
    "wrong", [{"name": "  "}, {"scope": "all"}, {"days": "9999"}, {"days": ""}]
)
def test_a_token_has_a_name_a_scope_and_an_end(sara, wrong):
    assert make(sara, **wrong).status_code == 422
    assert access_tokens.listed(("polisen",)) == []


def test_a_token_that_is_over_opens_nothing_and_the_page_says_so(app, sara):
    token = clear(make(sara))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30, minutes=1), tick=False):
        assert opens(app, token) == 401
        assert "slut sedan" in text(sara.get(PAGE).text) or sara.get(PAGE).status_code == 302


def test_sara_revokes_it_and_it_opens_nothing_at_once(app, sara):
    token = clear(make(sara))
    (held,) = access_tokens.listed(("polisen",))
    assert revoke(sara, held.token.id).status_code == 303
    assert opens(app, token) == 401
    assert "spärrad" in text(sara.get(PAGE).text)
    assert acts("tokens.revoke")[0].subject == held.token.id


def test_its_last_use_is_shown(app, sara):
    token = clear(make(sara))
    assert "aldrig använd" in text(sara.get(PAGE).text)
    opens(app, token)
    assert "senast använd" in text(sara.get(PAGE).text)


def test_charlie_neither_sees_nor_revokes_a_token_of_the_police(app, sara, visitor, cast):
    token = clear(make(sara))
    (held,) = access_tokens.listed(("polisen",))
    charlie = visitor(cast.charlie)
    assert "QGIS" not in text(charlie.get(PAGE).text).split("Nycklar")[-1]
    assert revoke(charlie, held.token.id).status_code == 404
    assert revoke(charlie, "0").status_code == 404
    assert opens(app, token) == 200


def test_an_administrator_sees_and_revokes_all_and_makes_none(app, sara, visitor, cast):
    token = clear(make(sara))
    adam = visitor(cast.adam)
    assert "QGIS på Åsas dator" in adam.get(PAGE).text
    assert 'name="scope"' not in adam.get(PAGE).text
    (held,) = access_tokens.listed(("polisen",))
    assert revoke(adam, held.token.id).status_code == 303
    assert opens(app, token) == 401


@pytest.mark.parametrize("who", ["alice", "kerstin", "axel"])
def test_nobody_else_has_the_page(visitor, cast, who):
    assert visitor(getattr(cast, who)).get(PAGE).status_code == 403


@pytest.mark.parametrize("change", [{"active": False}, {"role": "field"}])
def test_a_token_ends_with_the_right_of_the_one_who_made_it(app, sara, cast, change):
    token = clear(make(sara))
    with writing() as session:
        session.execute(sa.update(Account).where(Account.id == cast.sara.id).values(**change))
    assert opens(app, token) == 401


def test_the_audit_log_says_it_in_words(sara, visitor, cast):
    make(sara)
    assert "skapade en åtkomstnyckel" in text(visitor(cast.axel).get("/audit").text)
