"""Who gets in at every endpoint of the desk, with what is their own, another's, and what is not
there. The table is in `desk.py`.
"""

import re

import pytest
from itsdangerous import URLSafeTimedSerializer

from fieldlog import create_app
from fieldlog.access.guard import guard_of
from fieldlog.config import Settings
from fieldlog.store import schema
from tests.access import desk
from tests.support.cast import SECRET, gather, running, sign_in

READERS = ("nobody", "alice", "bob", "sara", "charlie", "kerstin", "adam", "axel")
IN, LOGIN, REFUSED, NOT_THERE = "in", "to the login", "refused", "not there"
TOKEN = "a" * 40


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """(app, cast, what there is): made once; no row of the table takes anything from another."""
    folder = tmp_path_factory.mktemp("desk")
    url = f"sqlite:///{folder / 'desk.db'}"
    settings = Settings(secret_key=SECRET, database_url=url, blobs=str(folder / "photos"))
    with create_app(settings).app_context():
        schema.upgrade()
    with running(settings) as app:
        cast = gather()
        yield app, cast, desk.furnished(cast)


def test_every_endpoint_of_the_desk_has_a_row(office):
    app, *_ = office
    served = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if guard_of(app.view_functions[rule.endpoint]).kind == "people"
    }
    listed = {row.name for row in desk.rows()}
    assert served - listed == set(), (
        f"{sorted(served - listed)}: give each a line in TABLE of {desk.__file__}: its method and "
        "endpoint, what its address is about (a key of MISSING there, or -), and who gets in."
    )
    assert listed - served == set(), f"{sorted(listed - served)}: no such endpoint; take it out"


@pytest.mark.parametrize("row", desk.rows(), ids=lambda row: row.name)
def test_everyone_gets_what_the_table_says(office, row):
    app, cast, there = office
    for reader in READERS:
        client = browser(app, getattr(cast, reader, None))
        org = getattr(getattr(cast, reader, None), "org", desk.OURS)
        for whose, named in targets(row, there):
            told, page = ask(client, app, row, named)
            wanted = expected(row, reader, org, whose)
            assert told == wanted, f"{reader} at {row.name} of {whose}: {page[:400]}"


def test_anothers_and_what_is_not_there_are_told_apart_by_nobody(office):
    app, cast, there = office
    sara = browser(app, cast.sara)
    for row in desk.rows():
        if "sara" in row.own:
            theirs = ask(sara, app, row, there[row.about][desk.THEIRS])[1]
            assert theirs == ask(sara, app, row, desk.MISSING[row.about])[1], row.name


def targets(row, there):
    """(whose, what stands in the address) of all that the row is asked about."""
    if row.about == "-":
        return [("nobody", {})]
    return [*there[row.about].items(), ("missing", desk.MISSING[row.about])]


def expected(row, reader: str, org: str, whose: str) -> str:
    if reader == "nobody":
        return LOGIN
    if reader not in row.own | row.all:
        return REFUSED
    if whose == "missing" or (reader in row.own and whose != org):
        return NOT_THERE
    return IN


def browser(app, member):
    """A browser of the member's, past the login page and with a form's token; None: nobody's."""
    client = app.test_client()
    if member is not None:
        sign_in(client, member)
        with client.session_transaction() as session:
            session["csrf_token"] = TOKEN
    return client


def ask(client, app, row, named) -> tuple[str, str]:
    """What the answer means, and its page."""
    named = named() if callable(named) else named
    arguments = {name: value for name, value in named.items() if name != "form"}
    path = app.url_map.bind("localhost").build(row.endpoint, arguments, method=row.method)
    signed = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(TOKEN)
    form = {"csrf_token": signed, **named.get("form", {})} if row.method == "POST" else None
    answer = client.open(path, method=row.method, data=form)
    page = answer.get_data().decode(errors="replace").replace(path, "")
    page = re.sub('name="csrf_token"[^>]*', "", page)  # signed anew each second
    return _meaning(answer), f"{answer.status_code} {page}"


def _meaning(answer) -> str:
    if answer.status_code == 401 or (answer.location or "").startswith("/login"):
        return LOGIN
    known = {403: REFUSED, 404: NOT_THERE, 200: IN, 303: IN, 400: IN, 422: IN}
    return known.get(answer.status_code, f"{answer.status_code}")
