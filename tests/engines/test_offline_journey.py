"""The promise in each engine: saved without a network, killed, opened cold, server dead, sent.

`make engines` makes sure that the engines are there, then runs this.
"""

import pytest

from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit, unseen_screen
from tests.faults.phone.handset import thumb
from tests.faults.phone.place import place
from tests.faults.phone.reckoning import at_centre

ENGINES = {"Chromium": Chromium, "Firefox": Firefox, "WebKitGTK": WebKit}
TOLD = "const told = []; globalThis.acknowledged = (one) => void told.push(JSON.parse(one));"
ACTS = ("visit", "event", "visit")


@pytest.fixture(scope="module")
def display():
    with unseen_screen() as display:
        yield display


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with place(tmp_path_factory.mktemp("centre")) as made:
        yield made


@pytest.fixture
def town(shared):
    """The centre serves, even if the test before this one left it dead."""
    if shared.centre.process is None:
        shared.centre.start()
    return shared


@pytest.fixture
def opened(request, tmp_path, display):
    """Opens the engine on this test's profile; one at a time, and none is left."""
    running = []

    def open_it():
        for engine in running:
            engine.kill()
        running[:] = [ENGINES[request.param](tmp_path / "profile", display)]
        return running[0]

    yield open_it
    for engine in running:
        engine.kill()


@pytest.mark.parametrize("opened", ENGINES, indirect=True)
def test_what_is_saved_without_a_network_survives_a_kill_and_arrives(opened, town):
    url = town.centre.url
    engine = opened()
    engine.go(f"{url}/app/#enrol={town.code()}")
    ask(engine, "await thumb.enrol();")
    town.centre.stop()
    said = {}
    for act in ACTS:
        for record in ask(
            engine, f"{TOLD} await thumb.begin(); await thumb.act('{act}'); return told;"
        ):
            said[record["rid"]] = record["sha256"]
    assert len(said) >= len(ACTS)
    engine.kill()

    engine = opened()
    engine.go(f"{url}/app/#mine")
    assert ask(
        engine,
        "await thumb.seen(() => document.querySelector('.record'), 'the records');"
        " return thumb.lacking();",
    ) == len(said)
    held = {entry["rid"]: entry["sha256"] for entry in ask(engine, "return thumb.entries();")}
    assert said.items() <= held.items()

    town.centre.start()
    ask(
        engine,
        "thumb.named('Skicka nu').click();"
        " await thumb.seen(() => thumb.lacking() === 0, 'all at the centre');",
    )
    assert at_centre(town, said) == (set(), set())


def ask(engine, body):
    """Run it in the page, with the harness's thumb at hand."""
    return engine.run(f"{thumb()}; const thumb = globalThis.thumb; {body}")
