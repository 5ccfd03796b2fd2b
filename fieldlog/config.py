"""Settings: one frozen, typed object read from the environment, each with its sentence.

Knows nothing of what the settings are used for; a bad value stops the start with a sentence.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app

PREFIX = "FIELDLOG_"


class BadSetting(ValueError):
    """A setting that can't be used; its text is shown to whoever starts the program."""


def _text(value: str) -> str:
    return value


def _yes_or_no(value: str) -> bool:
    if value.lower() in ("1", "yes", "true", "on"):
        return True
    if value.lower() in ("0", "no", "false", "off"):
        return False
    raise ValueError("say yes or no")


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("a number from 0 up")
    return number


def _minutes(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 720:
        raise ValueError("a number from 1 to 720")
    return number


def _zone(value: str) -> str:
    ZoneInfo(value)
    return value


def _address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("an address that starts with https://")
    return value.rstrip("/")


def _language(value: str) -> str:
    if value not in ("sv", "en"):
        raise ValueError("sv or en")
    return value


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _addresses(value: str) -> tuple[str, ...]:
    """Split at spaces and line ends: a comma may stand in an address."""
    return tuple(value.split())


def _database(value: str) -> str:
    """Accept the usual spellings; a relative SQLite path starts where the program did."""
    if value.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value.startswith("postgresql+psycopg://"):
        return value
    if value.startswith("sqlite:///"):
        path = value.removeprefix("sqlite:///")
        return value if path == ":memory:" else f"sqlite:///{Path(path).absolute()}"
    raise ValueError("sqlite:///FILE or postgresql://…")


def _place(value: str) -> str:
    """A folder, or a bucket's address, for which a library has to be there."""
    if "://" not in value:
        return str(Path(value).absolute())
    if find_spec("obstore") is None:
        raise ValueError("a bucket needs one package more: pip install 'fieldlog[s3]'")
    return value


def _folder(value: str) -> str:
    return str(Path(value).absolute())


def _setting(sentence: str, default, read: Callable = _text, *, secret: bool = False):
    metadata = {"sentence": sentence, "read": read, "secret": secret}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that can be set from outside. `None` means: not set."""

    database_url: str = _setting(
        "Where records are kept: sqlite:///FILE or postgresql://USER@HOST/NAME.",
        f"sqlite:///{Path('fieldlog.db').absolute()}",
        _database,
    )
    blobs: str | None = _setting(
        "Where photos are kept: a folder, or s3://BUCKET/PREFIX with its keys in AWS_…; by default "
        "a folder beside the SQLite database. PostgreSQL has none: photos wait on the phones.",
        None,
        _place,
    )
    maps: str | None = _setting(
        "The folder where the map of the area is kept; by default beside the SQLite database.",
        None,
        _folder,
    )
    secret_key: str | None = _setting(
        "Signs sessions and forms; at least 32 characters; needed to serve, has no default.",
        None,
        secret=True,
    )
    name: str = _setting("What this store is called on phones and in reports.", "fieldlog")
    upstream: str | None = _setting(
        "Address of the centre; setting it makes this store a field node.", None, _address
    )
    upstream_token: str | None = _setting(
        "The node's token at the centre, as printed by `fieldlog node add`.", None, secret=True
    )
    public_url: str | None = _setting(
        "The address phones use for this store; enrolment codes point to it.", None, _address
    )
    notify: tuple[str, ...] = _setting(
        "Who is told when a night goes wrong: addresses as apprise has them (mailto://…, "
        "json://…), with spaces between. Needs the extra notify.",
        (),
        _addresses,
        secret=True,
    )
    timezone: str = _setting(
        "The zone of the reporting week and of the times people read.", "Europe/Stockholm", _zone
    )
    language: str = _setting(
        "First language of pages when the reader has not chosen: sv or en.", "sv", _language
    )
    hosts: tuple[str, ...] = _setting(
        "Host names this server answers to, with commas between; empty means any.", (), _names
    )
    hook_hosts: tuple[str, ...] = _setting(
        "Hosts of the own network that webhooks may go to, also over plain http, with commas "
        "between; empty means none.",
        (),
        _names,
    )
    proxies: int = _setting(
        "How many trusted reverse proxies stand in front and set X-Forwarded-*.", 0, _count
    )
    plain_http: bool = _setting(
        "Allow the session cookie over plain http; only for a trial on one machine.",
        False,
        _yes_or_no,
    )
    push_rate: int = _setting(
        "Pushes a minute allowed for one phone; a node gets 20 times as many; 0 means no limit.",
        600,
        _count,
    )
    session_hours: int = _setting("Hours until a signed-in page asks for login again.", 12, _count)

    phone_lock: bool = _setting(
        "Phones seal what they keep and ask for a PIN or a passkey: on or off. Off is for phones "
        "that the organisation itself locks and encrypts; a phone once sealed stays so.",
        True,
        _yes_or_no,
    )
    phone_lock_idle: int = _setting(
        "Minutes without a touch until a sealed phone locks again; 12 hours after it was unlocked "
        "it does in any case.",
        60,
        _minutes,
    )
    phone_photos: bool = _setting(
        "Photos may be taken for an event: on or off. Those taken before it was off are sent and "
        "kept all the same.",
        True,
        _yes_or_no,
    )

    @property
    def role(self) -> str:
        """`node` or `centre`: the same program, told apart by having an upstream."""
        return "node" if self.upstream else "centre"

    @property
    def blobs_at(self) -> str | None:
        """Where photos are kept; None where there is no place for them."""
        return self.blobs or self._beside("photos")

    @property
    def maps_at(self) -> str | None:
        """Where maps are kept; None where there is no place for them."""
        return self.maps or self._beside("maps")

    def _beside(self, what: str) -> str | None:
        """A folder beside the SQLite database."""
        file = self.database_url.removeprefix("sqlite:///")
        return None if file in (self.database_url, ":memory:") else f"{file}.{what}"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read every setting; NAME_FILE names a file that holds a secret. Raises BadSetting."""
    known = {variable(setting): setting for setting in fields(Settings)}
    _refuse_unknown(environment, known)
    values = {}
    for name, setting in known.items():
        raw = _raw(environment, name, setting.metadata["secret"])
        if raw is None:
            continue
        try:
            values[setting.name] = setting.metadata["read"](raw)
        except (ValueError, KeyError, OSError) as error:
            shown = "" if setting.metadata["secret"] else f" is {raw!r}"
            raise BadSetting(f"{name}{shown}: {error}. {setting.metadata['sentence']}") from error
    return _consistent(Settings(**values))


def variable(setting) -> str:
    """The environment variable of a dataclass field of Settings."""
    return PREFIX + setting.name.upper()


def servable(settings: Settings) -> Settings:
    """Raise BadSetting unless the settings are enough to serve pages."""
    if not settings.secret_key:
        raise BadSetting(
            "FIELDLOG_SECRET_KEY is not set: it signs sessions and has no default. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(settings.secret_key) < 32:
        raise BadSetting("FIELDLOG_SECRET_KEY is too short: use at least 32 characters.")
    return settings


def current() -> Settings:
    """The running app's settings."""
    return current_app.config["SETTINGS"]


def _raw(environment: Mapping[str, str], name: str, secret: bool) -> str | None:
    file = environment.get(f"{name}_FILE") if secret else None
    if file and environment.get(name):
        raise BadSetting(f"Set {name} or {name}_FILE, not both.")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip() or None
        except OSError as error:
            raise BadSetting(f"{name}_FILE can't be read: {error.strerror} ({file}).") from error
    return environment.get(name, "").strip() or None


def _refuse_unknown(environment: Mapping[str, str], known: Mapping) -> None:
    """A misspelt name would be ignored in silence; say it instead."""
    allowed = set(known) | {f"{n}_FILE" for n, s in known.items() if s.metadata["secret"]}
    for name in environment:
        if name.startswith(PREFIX) and name not in allowed:
            raise BadSetting(f"{name} is no setting of fieldlog. See docs/settings.md.")


def _consistent(settings: Settings) -> Settings:
    if settings.upstream_token and not settings.upstream:
        raise BadSetting("FIELDLOG_UPSTREAM_TOKEN is set but FIELDLOG_UPSTREAM is not.")
    return settings
