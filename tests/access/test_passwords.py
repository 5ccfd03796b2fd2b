"""Which passwords are taken, and how they are kept."""

import pytest
from flask import Flask
from flask_babel import Babel

from fieldlog.access import passwords

GOOD = "blåbär på Edsbergs torg"


@pytest.fixture(autouse=True)
def _speaking():
    """The sentences of a refusal are translated, so there must be somebody to translate."""
    app = Flask("speaking")
    Babel(app)
    with app.app_context():
        yield


@pytest.mark.parametrize(
    "password",
    [
        "fjorton tecken"[:14],
        "passwordpassword",
        "Password123456789!",
        "sommar2019!!!!!!!!",
        "qwertyuiopasdfgh",
        "123456789012345",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "correct horse battery staple",
        "x" * 201,
    ],
)
def test_a_password_that_is_tried_first_is_refused(password):
    with pytest.raises(passwords.Weak):
        passwords.hashed(password)


def test_a_password_made_of_ones_own_name_is_refused():
    with pytest.raises(passwords.Weak):
        passwords.hashed("alice-alice-lice", "alice")


def test_fifteen_characters_are_enough():
    assert passwords.matches("tre gröna hattar"[:15], passwords.hashed("tre gröna hattar"[:15]))


def test_the_hash_is_argon2id_with_the_costs_that_were_decided():
    assert passwords.hashed(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_letters_match_however_the_keyboard_composes_them():
    composed, decomposed = "blåbär på torget", "bla\u030aba\u0308r pa\u030a torget"
    assert passwords.matches(decomposed, passwords.hashed(composed))


def test_another_password_does_not_match():
    assert not passwords.matches(GOOD + "!", passwords.hashed(GOOD))


def test_nobody_matches_a_user_who_does_not_exist():
    assert not passwords.matches("the password of an account that does not exist", None)


def test_a_hash_with_lower_costs_is_outdated():
    assert passwords.outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHQ$" + "A" * 43)
