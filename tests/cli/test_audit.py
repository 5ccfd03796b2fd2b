"""`fieldlog audit`: the head is handed out, and held against the log later."""

import sqlalchemy as sa

from fieldlog.cli.speech import opened
from fieldlog.store import audit
from fieldlog.store.audit import Act
from fieldlog.store.database import writing
from fieldlog.store.tables import Audit


def grow(rows: int) -> None:
    with opened(), writing():
        for _ in range(rows):
            audit.write(Act("login", "sara", "supervisor", "polisen"))


def cut(after: int) -> None:
    with opened(), writing() as session:
        session.execute(sa.delete(Audit).where(Audit.seq > after))


def test_a_sound_log_says_so_and_gives_its_head(centre):
    grow(3)
    told = centre.told("audit", "verify")
    assert told["ok"]
    assert told["head"] == centre.told("audit", "head")["head"]
    done = centre("audit", "verify", "--head", told["head"])
    assert done.exit_code == 0
    assert "holds" in done.output


def test_a_log_that_was_cut_is_found_by_a_head_from_before(centre):
    grow(3)
    head = centre.told("audit", "head")["head"]
    cut(2)
    assert centre("audit", "verify").exit_code == 0
    done = centre("audit", "verify", "--head", head)
    assert done.exit_code == 1
    assert "cut off" in done.output


def test_what_is_no_head_is_said(centre):
    done = centre("audit", "verify", "--head", "yesterday")
    assert done.exit_code == 2
    assert "is no head" in done.output


def test_a_night_hands_out_the_head_and_the_next_one_finds_what_was_cut(centre):
    grow(3)
    told = centre.told("night")
    assert told["audit"] == centre.told("audit", "head")["head"]
    assert told["audit"] in centre("night").output
    cut(1)
    done = centre("night")
    assert done.exit_code == 5
    assert "faults" in done.output


def test_adding_an_account_and_making_a_code_are_written(centre):
    centre("device", "code", "alice")
    with opened():
        found = [row.what for row in audit.page(None, what=None, before=None, limit=9)]
    assert found == ["devices.enrol", "accounts.add"]
