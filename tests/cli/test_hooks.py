"""`fieldlog hooks deliver` to a receiver that really listens: signed, again until it arrives."""

import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldlog.cli import posting
from fieldlog.cli.hooks_ import ALREADY
from fieldlog.cli.posting import signature
from fieldlog.cli.speech import opened
from fieldlog.store import hooks, people
from fieldlog.store.weeks import pictures
from tests.cli.conftest import SECRET
from tests.cli.receiver import dripping, receiving


@pytest.fixture
def own(centre, settings_of, tmp_path):
    """A centre whose webhooks may go to the loopback."""
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    settings_of(database_url=database, secret_key=SECRET, name="c", hook_hosts="127.0.0.1")
    return centre


def hooked(address: str, scheme: str = "http"):
    """A hook to the receiver, and one week frozen that it is to be told of."""
    url = address.replace("json://", f"{scheme}://")
    with opened():
        alice, now = people.by_login("alice"), datetime.now(UTC)
        hook = hooks.add("polisen", url, ["week.frozen"], alice.id, now)
        pictures.freeze("2026-W40", {}, alice.id, now)
    return hook


def lately(hook) -> list:
    with opened():
        return hooks.lately(hook.id)


def later(**much):
    return time_machine.travel(datetime.now(UTC) + timedelta(**much), tick=False)


def test_what_happened_arrives_once_and_signed(own):
    with receiving(204) as (address, came):
        hook = hooked(address)
        assert own.told("hooks", "deliver") == {"sent": 1, "failed": 0}
        assert own.told("hooks", "deliver") == {"sent": 0, "failed": 0}
    (one,) = came
    assert (one["type"], one["data"]) == ("week.frozen", {"week": "2026-W40"})
    id, moment = one.headers["webhook-id"], one.headers["webhook-timestamp"]
    assert abs(datetime.now(UTC).timestamp() - int(moment)) < 300
    # As a receiver checks it, by the page of Standard Webhooks.
    key = b64decode(hook.secret.removeprefix("whsec_"))
    told = b".".join((id.encode(), moment.encode(), one.raw))
    expected = "v1," + b64encode(hmac.new(key, told, "sha256").digest()).decode()
    assert one.headers["webhook-signature"] == expected
    assert id == lately(hook)[0].id


def test_the_signature_is_that_of_standard_webhooks():
    # The example of the specification's reference libraries.
    id, moment = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signature(id, moment, '{"test": 2432232314}', secret)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_fails_is_tried_again_later_with_the_same_id_until_it_arrives(own):
    with receiving(503, 302, 200) as (address, came):
        hook = hooked(address)
        assert own.told("hooks", "deliver") == {"sent": 0, "failed": 1}
        assert own.told("hooks", "deliver") == {"sent": 0, "failed": 0}  # not yet
        with later(minutes=1, seconds=5):
            assert own.told("hooks", "deliver") == {"sent": 0, "failed": 1}  # sent elsewhere
        with later(minutes=7):
            assert own.told("hooks", "deliver") == {"sent": 1, "failed": 0}
        with later(days=1):
            assert own.told("hooks", "deliver") == {"sent": 0, "failed": 0}
    assert len(came) == 3
    assert len({one.headers["webhook-id"] for one in came}) == 1
    assert len({one.headers["webhook-signature"] for one in came}) == 3  # each with its own time
    (post,) = lately(hook)
    assert (post.tries, post.said) == (3, "200")
    assert post.done_at


def test_killed_before_it_could_note_the_arrival_it_sends_the_same_id_again(own, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_args):
        raise Killed

    with receiving() as (address, came):
        hooked(address)
        with monkeypatch.context() as patched:
            patched.setattr(hooks, "done", killed)
            with pytest.raises(Killed):
                own("hooks", "deliver")
        assert own.told("hooks", "deliver") == {"sent": 1, "failed": 0}
    assert len(came) == 2
    assert len({one.headers["webhook-id"] for one in came}) == 1


def test_nobody_listening_is_a_try_like_any_other(own):
    with receiving() as (address, _came):
        pass
    hook = hooked(address)
    assert own.told("hooks", "deliver") == {"sent": 0, "failed": 1}
    assert lately(hook)[0].said == "unreachable"


def test_a_silent_address_holds_up_no_other_and_is_asked_once_a_time(own):
    with receiving(500) as (broken, asked), receiving() as (sound, came):
        hook = hooked(broken)
        with opened():
            hooks.trial(hook, datetime.now(UTC))
            alice = people.by_login("alice")
            other = sound.replace("json://", "http://")
            hooks.trial(
                hooks.add("polisen", other, ["week.frozen"], alice.id, datetime.now(UTC)),
                datetime.now(UTC),
            )
        assert own.told("hooks", "deliver") == {"sent": 1, "failed": 1}
    assert (len(asked), len(came)) == (1, 1)


def test_an_address_that_answers_a_byte_at_a_time_holds_up_no_other_either(own, monkeypatch):
    monkeypatch.setattr(posting, "LONGEST_S", 0.5)
    with dripping() as slow, receiving() as (sound, came):
        hook = hooked(slow)
        with opened():
            alice, now = people.by_login("alice"), datetime.now(UTC)
            other = sound.replace("json://", "http://")
            hooks.trial(hooks.add("polisen", other, ["week.frozen"], alice.id, now), now)
        assert own.told("hooks", "deliver") == {"sent": 1, "failed": 1}
    assert len(came) == 1
    assert lately(hook)[0].said == "unreachable"


def test_without_being_named_the_own_network_is_never_knocked_at(centre):
    with receiving() as (address, came):
        hook = hooked(address, "https")
        assert centre.told("hooks", "deliver") == {"sent": 0, "failed": 1}
        assert came == []
    assert lately(hook)[0].said == "inwards"


def test_a_second_delivery_at_the_same_time_is_refused(own):
    with receiving() as (address, came):
        hooked(address)
        with opened(), hooks.lock() as mine:
            assert mine
            assert own("hooks", "deliver").exit_code == ALREADY
        assert came == []
