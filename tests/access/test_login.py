"""Signing in: who gets in, how often one may try, and that a refusal tells nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldlog.access import login, passwords
from fieldlog.store import logins, people
from tests.support.cast import PASSWORD, sign_in

NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hashing(monkeypatch):
    """Counts how often the slow hash is worked out; each costs the same."""
    worked = []
    real = passwords._hasher.__class__.verify

    def verify(self, stored, password):
        worked.append(stored)
        return real(self, stored, password)

    monkeypatch.setattr(passwords._hasher.__class__, "verify", verify)
    return worked


def fail(times: int, who: str = "sara"):
    return [login.check(who, "not the password") for _ in range(times)]


def test_the_right_password_gives_the_account(cast):
    assert login.check("sara", PASSWORD).id == cast.sara.id


def test_case_and_space_around_a_login_do_not_matter(cast):
    assert login.check("  SARA ", PASSWORD).id == cast.sara.id


@pytest.mark.parametrize("who", ["sara", "nobody-at-all"])
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer_for_the_same_work(
    cast, hashing, who
):
    assert login.check(who, "not the password") is None
    assert len(hashing) == 1


def test_an_account_without_a_password_never_gets_in(cast):
    assert login.check("noise0", "") is None


def test_a_closed_account_gets_the_same_answer_as_an_unknown_one(cast, hashing):
    close(cast.sara.id)
    assert login.check("sara", PASSWORD) is None
    assert len(hashing) == 1


@pytest.mark.parametrize("who", ["sara", "nobody-at-all"])
def test_after_ten_tries_even_the_right_password_must_wait(cast, clock, who):
    assert fail(10, who) == [None] * 10
    assert login.check(who, PASSWORD) == login.Wait(NIGHT + timedelta(seconds=30))


def test_the_wait_doubles_with_each_further_failure_up_to_half_an_hour(cast, clock):
    fail(10)
    waits = []
    for _ in range(8):
        until = login.check("sara", "not the password").until
        waits.append((until - datetime.now(UTC)).total_seconds())
        clock.move_to(until)
        fail(1)
    assert waits == [30, 60, 120, 240, 480, 960, 1800, 1800]


def test_when_the_wait_is_over_the_right_password_gets_in_and_clears_the_count(cast, clock):
    fail(10)
    clock.shift(timedelta(seconds=31))
    assert login.check("sara", PASSWORD).id == cast.sara.id
    assert fail(10) == [None] * 10


def test_trying_one_name_does_not_make_another_wait(cast, clock):
    fail(11)
    assert login.check("charlie", PASSWORD).id == cast.charlie.id


def test_a_try_is_counted_before_it_is_made_so_that_many_at_once_cannot_all_be_the_tenth(cast):
    for _ in range(9):
        logins.claim("sara", NIGHT)
    assert logins.claim("sara", NIGHT) is None
    assert logins.claim("sara", NIGHT) == NIGHT + timedelta(seconds=30)


def test_made_up_names_do_not_fill_the_table(cast, clock):
    from sqlalchemy import func, select

    from fieldlog.store.database import reading
    from fieldlog.store.tables import LoginWait

    for number in range(5):
        login.check(f"made-up-{number}", "x")
    clock.shift(timedelta(days=2))
    login.check("sara", PASSWORD)
    assert reading().scalar(select(func.count()).select_from(LoginWait)) == 0


def test_a_new_password_ends_the_sessions_of_the_old_one(cast, client):
    sign_in(client, cast.sara)
    assert client.get("/nights").status_code == 200
    people.set_password_hash(cast.sara.id, "another hash")
    assert client.get("/nights").status_code == 302


def test_a_closed_account_is_out_at_its_next_request(cast, client):
    sign_in(client, cast.sara)
    close(cast.sara.id)
    assert client.get("/nights").status_code == 302


def test_a_hash_of_lower_costs_is_renewed_when_its_owner_signs_in(cast):
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    people.set_password_hash(cast.sara.id, cheap)
    login.check("sara", PASSWORD)
    assert "m=19456,t=2,p=1" in people.by_id(cast.sara.id).password_hash


def close(account: str) -> None:
    from fieldlog.store.database import writing
    from fieldlog.store.tables import Account

    with writing() as session:
        session.get_one(Account, account).active = False
