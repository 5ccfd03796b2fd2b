"""What a machine lacks is said in a sentence, before anything is tried on it."""

import subprocess
import sys

from tests.faults import needs
from tests.house.tree import ROOT


def asked(*names: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.faults.needs", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout.strip()


def test_a_mount_that_is_refused_is_told_in_the_systems_own_words():
    said = needs._refused("mount", "-t", "no-such-kind", "none")
    assert said.startswith("no mount is allowed here: mount:"), said


def test_asked_for_all_at_once_it_names_what_is_lacking_and_only_that():
    assert asked("browser") == (0, "")
    assert asked("browser", "nothing-has-this") == (1, "needs nothing-has-this")
