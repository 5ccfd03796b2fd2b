"""One-time codes, tokens and revocation, as the store keeps them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from fieldlog.access import devices as offering
from fieldlog.store import devices
from fieldlog.store.database import reading
from fieldlog.store.tables import EnrolmentCode, Token

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def code(cast):
    text, _until = devices.make_code(cast.bob.id)
    return text


def test_a_code_enrols_one_phone_for_its_account(cast, code):
    enrolment = devices.enrol(code, "Pixel 7")
    assert (enrolment.account, enrolment.org) == (cast.bob.id, "polisen")
    phone = devices.by_token(enrolment.token)
    assert (phone.id, phone.kind, phone.name) == (enrolment.device, "phone", "Pixel 7")


def test_a_code_works_once(code):
    assert devices.enrol(code, "Pixel 7")
    assert devices.enrol(code, "Pixel 8") is None


def test_a_code_works_for_ten_minutes(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        text, until = devices.make_code(cast.bob.id)
        assert until == NOON + timedelta(minutes=10)
        clock.move_to(until)
        assert devices.enrol(text, "Pixel 7") is None


def test_a_code_may_be_typed_carelessly(code):
    assert devices.enrol(code.lower().replace("-", " ").replace("0", "o"), "Pixel 7")


def test_a_made_up_code_is_nobodys(cast):
    assert devices.enrol("AAAA-BBBB-CCCC", "Pixel 7") is None


def test_a_code_holds_sixty_bits(code):
    assert len(devices.plain(code)) == 12
    assert len(set(devices.ALPHABET)) == 32


def test_neither_code_nor_token_is_kept_in_clear(cast, code):
    enrolment = devices.enrol(code, "Pixel 7")
    kept = [*reading().scalars(select(EnrolmentCode.hash)), *reading().scalars(select(Token.hash))]
    assert devices.digest(devices.plain(code)) in kept
    assert devices.digest(enrolment.token) in kept
    assert not any(enrolment.token.encode() in hash or code.encode() in hash for hash in kept)


def test_a_token_has_at_least_128_random_bits(code):
    assert len(devices.enrol(code, "Pixel 7").token) >= 22


def test_one_more_account_on_a_phone_adds_a_token_and_keeps_the_old(cast, code):
    more = devices.enrol(code, "ignored", device=cast.alice.device)
    assert more.device == cast.alice.device
    assert devices.accounts_on(cast.alice.device) == sorted([cast.alice.id, cast.bob.id])
    assert devices.by_token(cast.alice.token).id == devices.by_token(more.token).id


def test_a_revoked_phone_can_not_be_given_one_more_account(cast, code):
    devices.revoke(cast.alice.device)
    assert devices.enrol(code, "New", device=cast.alice.device).device != cast.alice.device


def test_revoking_is_seen_at_the_next_look(cast):
    assert devices.revoke(cast.alice.device) == 1
    assert devices.by_token(cast.alice.token).revoked_at is not None
    assert devices.by_token(cast.bob.token).revoked_at is None


def test_revoking_twice_keeps_the_first_time(cast):
    devices.revoke(cast.alice.device)
    first = devices.by_token(cast.alice.token).revoked_at
    assert devices.revoke(cast.alice.device) == 0
    assert devices.by_token(cast.alice.token).revoked_at == first


def test_a_node_is_a_device_of_its_own_kind(cast):
    node, token = devices.add_node("node-a")
    assert devices.by_token(token).kind == "node"
    assert devices.by_token(token).id == node.id


def test_an_unknown_token_is_nobodys(cast):
    assert devices.by_token("made up") is None


def test_the_offered_code_stays_in_the_session_until_it_ends(app, cast):
    with time_machine.travel(NOON, tick=False) as clock, app.test_request_context("/devices"):
        offer = offering.offer(cast.bob.id)
        assert offering.offered() == offer
        clock.move_to(offer.until)
        assert offering.offered() is None


def test_the_code_stands_after_the_hash_sign_so_that_no_server_sees_it(app, cast):
    with app.test_request_context("/devices", base_url="https://log.example"):
        offer = offering.offer(cast.bob.id)
    assert offer.url == f"https://log.example/app/#enrol={offer.text}"


def test_the_picture_is_a_standalone_svg_without_style_or_script(app, cast):
    with app.test_request_context("/devices"):
        svg = offering.picture(offering.offer(cast.bob.id)).decode()
    assert svg.startswith("<svg")
    assert "style" not in svg
    assert "script" not in svg
