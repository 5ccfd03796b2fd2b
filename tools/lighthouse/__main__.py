"""Runs Lighthouse on the app's pages in the demo, first before a phone is enrolled, then after.

Its own npm folder, so that nobody else fetches it. Ends with 1 where a score is below its aim.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import chromium
from tools.shots.demo import PHONE, running

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
PORT = 9333
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 95}
SCREENS = ("now", "event", "event/ORD", "map", "mine", "more")


def main() -> int:
    below = []
    with running() as demo, TemporaryDirectory() as folder:
        launching = chromium.launching()
        launching["args"] = [*launching["args"], f"--remote-debugging-port={PORT}"]
        context = demo.browser.browser_type.launch_persistent_context(
            folder, **launching, viewport=PHONE, has_touch=True, locale="sv-SE"
        )
        app = f"{demo.base}/app/"
        below += _audited("first visit", app)
        demo.enrol(context.pages[0])
        for screen in SCREENS:
            below += _audited(f"#{screen}", f"{app}#{screen}", "--disable-storage-reset")
        context.close()
    print("\n".join(below) if below else "All aims are reached.")
    return 1 if below else 0


def _audited(name: str, url: str, *more: str) -> list[str]:
    """Prints a page's scores; returns what is below its aim, and which audits say so."""
    command = ["node", PROGRAM, url, f"--port={PORT}", "--output=json", "--quiet", *more]
    command.append(f"--only-categories={','.join(AIMS)}")
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    scores = {kind: round(told["categories"][kind]["score"] * 100) for kind in AIMS}
    print(f"{name:12}", *(f"{kind} {score:3}" for kind, score in scores.items()), flush=True)
    return [
        f"{name}: {kind} {score}, aim {AIMS[kind]}: {', '.join(_faults(told, kind))}"
        for kind, score in scores.items()
        if score < AIMS[kind]
    ]


def _faults(told: dict, kind: str) -> list[str]:
    audits = (told["audits"][one["id"]] for one in told["categories"][kind]["auditRefs"])
    return [one["id"] for one in audits if one["score"] is not None and one["score"] < 0.9]


if __name__ == "__main__":
    sys.exit(main())
