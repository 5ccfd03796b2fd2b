"""A rescue file brought in at the command line, at the centre and at a node."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from fieldlog.cli import main
from fieldlog.cli.speech import opened
from fieldlog.store import devices, identity, people, rescues
from fieldlog.store.devices import Enrolment
from sync import rescue
from sync.rescue import Part
from tests.cli.conftest import SECRET
from tests.store.authors import Author
from tests.support.rescued import sealed_parts


class Phone:
    """Alice's, enrolled, with two visits that nobody has."""

    def __init__(self, enrolment: Enrolment, key: str) -> None:
        self.device, self.token, self.key = enrolment.device, enrolment.token, key
        self.author = Author(by=enrolment.account, org=enrolment.org, device=enrolment.device)
        self.author.open()
        self.author.visit(place=None)

    def file(self, folder, *, token: str | None = "", more: tuple[Part, ...] = ()):
        from sync import messages

        push = Part("push", messages.render([self.author.section()]))
        token = self.token if token == "" else token
        path = folder / "fieldlog-201905032140-1.rescue"
        path.write_bytes(sealed_parts(self.device, self.key, [push, *more], token))
        return path


@pytest.fixture
def phone(centre):
    with opened():
        code, _until = devices.make_code(people.by_login("alice").id)
        return Phone(devices.enrol(code, "Alices telefon"), identity.centre_key())


def test_what_the_phone_held_is_told_log_by_log(centre, phone, tmp_path):
    told = centre.told("rescue", "import", str(phone.file(tmp_path)))
    assert told["logs"] == [
        {"log": phone.author.log, "r": "ok", "new": 2, "known": 0, "quarantined": 0}
    ]
    assert centre.told("store", "count")["visits"] == 1
    again = centre("rescue", "import", str(phone.file(tmp_path)))
    assert (again.exit_code, "2 here already" in again.stdout) == (0, True)
    (first, _second) = centre.told("rescue", "list")["files"]
    assert (first["device"], first["state"]) == (phone.device, "taken")


def test_a_file_nobody_proves_is_taken_only_by_hand(centre, phone, tmp_path):
    file = str(phone.file(tmp_path, token=None))
    done = centre("rescue", "import", file)
    assert done.exit_code == 1
    assert "--by-hand" in done.stderr
    assert centre.told("rescue", "import", file, "--by-hand")["logs"][0]["new"] == 2


def test_what_found_no_place_is_an_exit_code_of_its_own(centre, phone, tmp_path):
    row = Part("row", b"\0", {"table": "entries", "key": "[4]"})
    done = centre("rescue", "import", str(phone.file(tmp_path, more=(row,))))
    assert done.exit_code == 3
    assert "1 rows that the phone could not read" in done.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a cat", "does not begin like a rescue file"),
        (b"fieldlog-rescue/2 {}\n", "version 2"),
        (b"", "does not begin"),
    ],
)
def test_another_file_is_refused_with_a_sentence(centre, tmp_path, content, said):
    path = tmp_path / "cat.jpg"
    path.write_bytes(content)
    done = centre("rescue", "import", str(path))
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_cut_file_says_so_and_leaves_what_stood_before(centre, phone, tmp_path):
    photo = Part("photo", bytes(rescue.CHUNK), {"sha256": "00" * 32, "mime": "image/jpeg"})
    path = phone.file(tmp_path, more=(photo,))
    path.write_bytes(path.read_bytes()[:-100])
    done = centre("rescue", "import", str(path))
    assert done.exit_code == 1
    assert "ends too early" in done.stderr
    assert centre.told("store", "count")["visits"] == 1


def test_a_node_without_a_line_keeps_the_file(centre, phone, tmp_path, settings_of):
    path = str(phone.file(tmp_path))
    settings_of(
        database_url=f"sqlite:///{tmp_path / 'node.db'}",
        secret_key=SECRET,
        name="node-a",
        upstream="http://127.0.0.1:9",
        upstream_token="t",
    )
    centre.told("store", "init")
    done = CliRunner().invoke(main, ["rescue", "import", path, "--json"])
    assert (done.exit_code, json.loads(done.stdout)["state"]) == (3, "kept")
    with opened():
        (waiting,) = rescues.waiting()
        assert rescues.of(waiting).size == len(rescues.file(waiting))


def test_a_node_holds_a_taken_file_for_three_days_and_sends_it_to_a_centre_that_forgot(
    centre, phone, tmp_path
):
    now = datetime.now(UTC)
    content = phone.file(tmp_path).read_bytes()
    with opened():
        digest = rescues.keep(content, None, "somebody", now)
        rescues.taken(digest, {"up": {"inc": "first life"}}, now)
        assert rescues.waiting("first life") == []
        assert rescues.waiting("second life") == [digest]
        rescues.let_go(now + timedelta(hours=71))
        assert rescues.file(digest) == content
        rescues.let_go(now + timedelta(hours=73))
        assert rescues.file(digest) is None
        assert rescues.waiting("second life") == []
        rescues.keep(content, None, "somebody", now)
        rescues.refused(digest, "rescue_newer", now)
        assert rescues.waiting() == [digest]
        rescues.refused(digest, "rescue_unproven", now)
        assert rescues.waiting() == []
