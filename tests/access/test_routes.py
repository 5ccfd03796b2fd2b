"""Every route × method × whoever: generated from the app's own map, checked against verbs.py.

A new route without a guard fails here, and so does one whose arguments nobody has given.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from fieldlog.access import verbs
from fieldlog.access.guard import guard_of
from fieldlog.store import access_tokens, devices
from tests.support.cast import sign_in

# Something to put in the place of each argument of a route. What is not there is not found,
# which comes after the question who may: so nothing needs to exist.
ARGUMENTS = {
    "rid": str(uuid4()),
    "device": "019400aa-0000-7000-8000-000000000001",
    "entry": 1,
    "id": "019400aa-0000-7000-8000-000000000002",
    "number": 1,
    "code": "nothing",
    "name": "places",
    "sha256": "0" * 64,
    "kind": "basemap",
    "collection": "visits",
    "filename": "icons/icon.svg",
}
METHODS = ("GET", "POST", "PATCH", "HEAD")
LOGIN = "/login?"


def routes(app):
    """(endpoint, path, method, guard) of every view."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        missing = rule.arguments - ARGUMENTS.keys()
        assert not missing, f"{rule}: give an example of {missing} in ARGUMENTS of {__file__}"
        path = adapter.build(rule.endpoint, {name: ARGUMENTS[name] for name in rule.arguments})
        for method in sorted(rule.methods & set(METHODS)):
            yield rule.endpoint, path, method, guard_of(app.view_functions[rule.endpoint])


def ask(client, path, method, **more):
    with client.open(path, method=method, **more) as answer:
        return answer


def people_routes(app):
    return [route for route in routes(app) if route[3] and route[3].kind == "people"]


def machine_routes(app):
    return [route for route in routes(app) if route[3] and route[3].kind == "machine"]


def reader_routes(app):
    return [route for route in routes(app) if route[3] and route[3].kind == "reader"]


def test_every_route_says_who_may(app):
    silent = [endpoint for endpoint, _path, _method, guard in routes(app) if guard is None]
    assert not silent, (
        f"{silent} say nothing: put @guard(verb), @machine(verb), @reader(verb) or @open_to_all "
        "(and a line in access/verbs.py) under their route"
    )


def test_what_is_open_to_all_is_what_the_map_lists(app):
    opened = {route[0] for route in routes(app) if route[3].kind == "open"}
    assert opened == verbs.OPEN, "access/verbs.py OPEN and the views' @open_to_all differ"


def test_every_verb_of_the_map_is_asked_for_somewhere(app):
    asked = {route[3].verb for route in routes(app)}
    idle = (verbs.PEOPLE.keys() | verbs.MACHINES.keys() | verbs.READERS.keys()) - asked
    assert not idle, f"no view asks for {idle}: take them out of access/verbs.py"


def test_the_map_knows_only_roles_that_there_are():
    for verb, roles in verbs.PEOPLE.items():
        assert roles <= set(verbs.ROLES), verb


def test_a_view_that_says_nothing_is_refused(app, cast):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = app.test_client()
    sign_in(client, cast.sara)
    assert ask(client, "/forgotten", "GET").status_code == 403


def test_a_view_that_calls_itself_open_without_being_listed_is_refused(app):
    from fieldlog.access import open_to_all

    app.add_url_rule("/sly", "sly", open_to_all(lambda: "secret"))
    assert ask(app.test_client(), "/sly", "GET").status_code == 403


def test_a_verb_that_is_not_in_the_map_stops_the_start():
    from fieldlog.access import guard

    with pytest.raises(KeyError, match=r"access/verbs\.py"):
        guard("fly")


def test_nobody_gets_in_without_signing_in(app):
    for endpoint, path, method, _guard in people_routes(app):
        answer = ask(app.test_client(), path, method)
        if method in ("GET", "HEAD"):
            assert answer.status_code == 302, endpoint
            assert answer.headers["Location"].startswith(LOGIN), endpoint
        else:
            assert answer.status_code == 401, endpoint


@pytest.mark.parametrize("who", ["alice", "sara", "charlie", "adam", "kerstin", "axel"])
def test_each_role_gets_exactly_what_the_map_says(app, cast, who):
    member = getattr(cast, who)
    client = app.test_client()
    sign_in(client, member)
    for endpoint, path, method, guard in people_routes(app):
        answer = ask(client, path, method)
        may = member.role in verbs.PEOPLE[guard.verb]
        refused = answer.status_code == 403
        assert refused != may, f"{member.role} {method} {endpoint}: {answer.status_code}"
        assert answer.status_code < 500, f"{member.role} {method} {endpoint}"


@pytest.mark.parametrize("who", ["sara", "adam"])
def test_no_form_is_taken_without_its_token(app, cast, who):
    client = app.test_client()
    sign_in(client, getattr(cast, who))
    for endpoint, path, method, guard in routes(app):
        if method != "POST" or guard.kind == "machine" or endpoint.startswith("exchange."):
            continue
        if guard.kind == "people" and getattr(cast, who).role not in verbs.PEOPLE[guard.verb]:
            continue
        answer = ask(client, path, method)
        assert answer.status_code == 400, endpoint


def test_no_form_is_taken_from_another_site(app, cast):
    client = app.test_client()
    sign_in(client, cast.sara)
    for endpoint, path, method, guard in routes(app):
        if method == "POST" and guard.kind != "machine":
            answer = ask(client, path, method, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, endpoint


def test_a_signed_in_browser_opens_no_machine_route(app, cast):
    client = app.test_client()
    sign_in(client, cast.adam)
    for endpoint, path, method, _guard in machine_routes(app) + reader_routes(app):
        assert ask(client, path, method).status_code == 401, endpoint


@pytest.mark.parametrize("scope", access_tokens.SCOPES)
def test_an_access_token_opens_what_its_scope_may_read_and_nothing_else(app, cast, scope):
    _id, token = access_tokens.make(cast.sara.id, "QGIS", scope, timedelta(days=1))
    headers = {"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"}
    for endpoint, path, method, guard in routes(app):
        answer = ask(app.test_client(), path, method, headers=headers)
        if guard.kind == "reader":
            assert scope in verbs.READERS[guard.verb]
            assert answer.status_code in (200, 404), f"{scope} {method} {endpoint}"
        elif guard.kind == "machine":
            assert answer.status_code == 401, f"{scope} {method} {endpoint}"
        elif guard.kind == "people":
            assert answer.status_code in (302, 401, 400), f"{scope} {method} {endpoint}"


@pytest.mark.parametrize("who", ["alice", "adam", "kerstin", "axel"])
def test_a_token_of_one_who_may_make_none_opens_nothing(app, cast, who):
    _id, token = access_tokens.make(getattr(cast, who).id, "QGIS", "details", timedelta(days=1))
    for endpoint, path, method, _guard in reader_routes(app):
        answer = ask(app.test_client(), path, method, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, endpoint


@pytest.mark.parametrize("kind", ["phone", "node", "revoked"])
def test_each_kind_of_device_gets_exactly_what_the_map_says(app, cast, kind):
    token = {"node": devices.add_node("node-a")[1]}.get(kind, cast.bob.token)
    if kind == "revoked":
        devices.revoke(cast.bob.device)
    headers = {"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"}
    for endpoint, path, method, guard in machine_routes(app):
        answer = ask(app.test_client(), path, method, headers=headers)
        may = kind in verbs.MACHINES[guard.verb]
        assert (answer.status_code == 403) != may, f"{kind} {method} {endpoint}"
    for endpoint, path, method, _guard in reader_routes(app):
        answer = ask(app.test_client(), path, method, headers=headers)
        assert answer.status_code == 401, f"{kind} {method} {endpoint}"


def test_what_is_open_needs_neither_login_nor_token(app):
    for endpoint, path, method, guard in routes(app):
        if guard.kind == "open" and method in ("GET", "HEAD"):
            answer = ask(app.test_client(), path, method)
            assert answer.status_code in (200, 304, 404), f"{endpoint}: {answer.status_code}"
