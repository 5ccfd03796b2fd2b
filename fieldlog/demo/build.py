"""Makes the demo's store: people, places, phones, and a week of patrols sent as phones send.

Two of the phones talk to a node in this process, which passes all on with the nightly job.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fieldlog import create_app, data
from fieldlog.access import passwords
from fieldlog.cli import night
from fieldlog.config import Settings
from fieldlog.demo import cast, folder, lines, scenes, week
from fieldlog.demo.cast import NODE, ORGS, PEOPLE
from fieldlog.demo.folder import Folder, Kept
from fieldlog.demo.phone import Phone
from fieldlog.store import categories, devices, identity, people, places, schema
from sync.http import Peer

Report = Callable[[str], None]


def build(settings: Settings, kept: Kept, where: Folder, report: Report) -> None:
    """Fill the empty store of `settings`; afterwards `kept` is whole."""
    centre = create_app(settings)
    with centre.app_context():
        report("people and places")
        schema.upgrade()
        kept.device = identity.ensure(settings.name).device
        where.keep(kept)
        accounts = _people(kept)
        _device, token = devices.add_node(NODE)
    node = _node(where, settings, token)
    report("the node asks the centre for places and phones")
    phones = {p.login: _phone(p, accounts[p.login], centre, node) for p in PEOPLE if p.phone}
    _night(node, centre)
    report("a week of patrols")
    _week(phones, datetime.now(ZoneInfo(settings.timezone)))
    report("the node brings the night to the centre")
    _night(node, centre)
    _an_unsent_tail(phones["oskar"])
    kept.whole = True
    where.keep(kept)


def _people(kept: Kept) -> dict[str, str]:
    """Account ids by login, with places and categories; passwords are made and kept."""
    categories.seed()
    places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
    for org in ORGS:
        people.add_org(*org)
    found = {}
    for person in PEOPLE:
        made = kept.passwords.setdefault(person.login, folder.password())
        hashed = passwords.hashed(made, person.login, person.name)
        row = people.add_account(person.login, person.name, person.org, person.role, hashed)
        found[person.login] = row.id
    return found


def _node(where: Folder, settings: Settings, token: str):
    """A field node in this process, made and empty."""
    own = Settings(
        database_url=where.database("node"),
        secret_key=settings.secret_key,
        name=NODE,
        upstream=lines.CENTRE,
        upstream_token=token,
        timezone=settings.timezone,
    )
    app = create_app(own)
    with app.app_context():
        schema.upgrade()
        identity.ensure(NODE)
    return app


def _phone(person: cast.Person, account: str, centre, node) -> Phone:
    """Enrol a phone with a one-time code, as its owner would."""
    with centre.app_context():
        code, _until = devices.make_code(account)
    told = Peer(lines.CENTRE, session=lines.session(centre)).enrol(code, person.phone)
    home, url = (node, lines.NODE) if person.through == "node" else (centre, lines.CENTRE)
    peer = Peer(url, told["token"], session=lines.session(home))
    return Phone(
        told["device"], told["account"], told["org"], peer.push, centre_key=told["centre_key"]
    )


def _night(node, centre) -> None:
    settings = node.config["SETTINGS"]
    with node.app_context():
        peer = Peer(lines.CENTRE, settings.upstream_token, session=lines.session(centre))
        told = night.run(peer, lambda *_: None)
    if told["outcome"] != "ok":
        raise RuntimeError(f"the demo's night did not end well: {told['remark']}")


def _week(phones: dict[str, Phone], now: datetime) -> None:
    scenes.before(phones, now)
    for act in week.acts(now):
        scenes.round_of(phones[act.who], act)
    scenes.after(phones, now)
    for phone in phones.values():
        phone.push()


def _an_unsent_tail(phone: Phone) -> None:
    """The phone has written more, of which one entry gets through before it goes silent."""
    now = datetime.now().astimezone()
    scenes.withdrawn(phone, now - scenes.minutes(5))
    scenes.corrected(phone, now - scenes.minutes(4))
    phone.push_only(1)
