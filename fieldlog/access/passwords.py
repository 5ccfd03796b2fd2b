"""Passwords: which are good enough, how they are hashed, how they are checked.

Knows nothing of accounts or logins. Checking takes as long for an unknown user as for a known one.
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type
from flask_babel import gettext as _

from fieldlog.resources import resource

SHORTEST = 15
LONGEST = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_nobody = _hasher.hash("the password of an account that does not exist")


class Weak(ValueError):
    """The password can't be taken; its text says why."""


def hashed(password: str, *about: str) -> str:
    """Argon2id of a password worth having, else Weak. `about`: names it must not be made of."""
    password = _normal(password)
    _worth_having(password, about)
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the one stored. None (no such account) costs the same work."""
    try:
        right = _hasher.verify(stored or _nobody, _normal(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(stored)


def rehashed(password: str) -> str:
    """A known-right password hashed with today's costs."""
    return _hasher.hash(_normal(password))


def _worth_having(password: str, about: tuple[str, ...]) -> None:
    if len(password) < SHORTEST:
        raise Weak(_("A password needs at least %(count)s characters.", count=SHORTEST))
    if len(password) > LONGEST:
        raise Weak(_("A password has at most %(count)s characters.", count=LONGEST))
    plain = password.casefold()
    letters = "".join(letter for letter in plain if letter.isalpha())
    if len(set(plain)) < 5 or _unit(plain) != plain or not letters or _is_common(_unit(letters)):
        raise Weak(_("That password is among the first that are tried. Take another."))
    for name in ("fieldlog", *about):
        plain = plain.replace(name.casefold(), "")
    if len(plain) < SHORTEST // 2:
        raise Weak(_("A password must not be made of your own name or the program's."))


def _unit(text: str) -> str:
    """What is said again and again: `abc` of abcabcabc; the text itself if nothing is."""
    length = (text + text).find(text, 1)
    return text[:length] if length > 0 else text


def _is_common(letters: str) -> bool:
    rows = (word for word in _common() if len(word) >= SHORTEST)
    return letters in _common() or (len(letters) > 7 and any(letters in row for row in rows))


@cache
def _common() -> frozenset[str]:
    text = resource("data/common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
