"""Every way of saying no: one shape for machines, one page for people, and a way out of both."""

import pytest
from sqlalchemy.exc import OperationalError

from fieldlog import problems
from fieldlog.problems import Problem, Refused
from tests.support.cast import sign_in

ALL = [value for value in vars(problems).values() if isinstance(value, Problem)]


def test_every_code_is_used_once():
    codes = [problem.code for problem in ALL]
    assert len(codes) == len(set(codes))


def test_every_problem_says_what_it_is_and_what_to_do_in_both_languages(app):
    english, swedish = told(app, "en"), told(app, "sv")
    for problem, in_english, in_swedish in zip(ALL, english, swedish, strict=True):
        assert 400 <= problem.status < 600
        for one, other in zip(in_english, in_swedish, strict=True):
            assert one.endswith("."), problem.code
            assert one != other, f"{problem.code} has no Swedish: {one}"


def told(app, language: str) -> list[tuple[str, str]]:
    with app.app_context(), app.test_request_context(headers={"Accept-Language": language}):
        return [(str(problem.sentence), str(problem.what_to_do)) for problem in ALL]


def test_a_machine_gets_json_and_a_person_a_page(app, client):
    machine, person = client.get("/sync/v1/nothing"), client.get("/nothing")
    assert machine.json.keys() == {"error", "message"}
    assert person.mimetype == "text/html"
    assert machine.status_code == person.status_code == 404


def raise_on(app, path: str, fault: Exception):
    from fieldlog.access import open_to_all, verbs

    def view():
        raise fault

    app.add_url_rule(path, path, open_to_all(view))
    verbs.OPEN |= {path}


@pytest.fixture
def faulty(app, monkeypatch):
    from fieldlog.access import verbs

    monkeypatch.setattr(verbs, "OPEN", verbs.OPEN)
    return lambda path, fault: raise_on(app, path, fault)


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("database is locked", 503, "busy"),
        ("disk I/O error", 503, "busy"),
        ("database or disk is full", 507, "full"),
    ],
)
def test_what_ails_the_database_passes_by_unless_the_disk_is_full(
    app, client, faulty, words, status, error
):
    faulty("/sync/v1/ailing", OperationalError("INSERT", {}, Exception(words)))
    answer = client.get("/sync/v1/ailing")
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_page_can_say_no_even_when_its_frame_can_not_be_made(app, client, cast, monkeypatch):
    """The frame asks the database who is signed in, and that may be what is broken."""
    from fieldlog.store import sessions

    def broken(*_args):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    sign_in(client, cast.sara)
    monkeypatch.setattr(sessions, "account_of", broken)
    answer = client.get("/log")
    assert answer.status_code == 503
    assert str(problems.BUSY.sentence) in answer.get_data(as_text=True)


def test_a_detail_names_the_fault_between_the_sentence_and_the_way_out(app, client, faulty):
    faulty("/sync/v1/detailed", Refused(problems.FRAMING, detail="Line 7 is odd."))
    message = client.get("/sync/v1/detailed", headers={"Accept-Language": "en"}).json["message"]
    assert message == (
        "The request is not built as the protocol says. Line 7 is odd. "
        "What came before the fault is kept. Send the rest again from there."
    )


def test_the_seconds_to_wait_are_those_given(app, client, faulty):
    faulty("/sync/v1/waiting", Refused(problems.BUSY, retry_after=77))
    assert client.get("/sync/v1/waiting").headers["Retry-After"] == "77"


def test_an_unknown_fault_tells_nothing_of_the_inside(app, client, faulty):
    faulty("/broken", RuntimeError("a secret of the inside"))
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)
