"""Takes the README's picture from the running demo: `python tools/picture.py`.

Shows the phone in a patrol and the supervisor's log, side by side, as they really are.
"""

import os
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

from ensure_chromium import find
from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "fieldlog.png"
# Phones' own letters, where they are installed: what Linux calls its system's is wider.
LETTERS = """<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts</dir><match target="pattern">
<edit name="family" mode="prepend_first" binding="strong"><string>Roboto</string></edit></match>
</fontconfig>"""
ON_A_WALL = """<body style="margin:0;display:flex;gap:40px;align-items:center;padding:48px;
background:linear-gradient(160deg,#10181c,#22303a)">
<img src="data:image/png;base64,{phone}" style="height:720px;border-radius:34px;
box-shadow:0 18px 50px #000a;border:6px solid #05080a">
<img src="data:image/png;base64,{desk}" style="height:640px;border-radius:10px;
box-shadow:0 18px 50px #000a"></body>"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, link, passwords = started(folder)
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        env = os.environ | {"FONTCONFIG_FILE": letters_of(folder)}
        browser = playwright.chromium.launch(executable_path=find(), args=sandbox, env=env)
        try:
            pictures = {
                "phone": phone(browser, link),
                "desk": desk(browser, link, passwords["sara"]),
            }
        finally:
            demo.terminate()
            demo.wait()
        coded = {name: b64encode(picture).decode() for name, picture in pictures.items()}
        wall = browser.new_page(viewport={"width": 1434, "height": 830})
        wall.set_content(ON_A_WALL.format(**coded))
        wall.screenshot(path=TARGET)
        browser.close()
    print(f"{TARGET.name} taken", file=sys.stderr)


def letters_of(folder: str) -> str:
    """A file that gives Chromium phones' own letters."""
    letters = Path(folder) / "fonts.conf"
    letters.write_text(LETTERS, encoding="utf-8")
    return str(letters)


def started(folder: str) -> tuple[subprocess.Popen, str, dict[str, str]]:
    """A fresh demo, the link that enrols Alice's phone, and everyone's password by login."""
    command = [sys.executable, "-m", "fieldlog", "demo", "--port", "8765", "--folder", folder]
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = ""
    while "serves at" not in said:
        line = demo.stdout.readline()
        if not line:
            sys.exit(f"the demo did not start: {said}")
        said += line
    link = re.search(r"http\S+#enrol=\S+", said).group()
    return demo, link, dict(re.findall(r"^  (\w+) +(\S+) +\w+, \w+$", said, re.MULTILINE))


def phone(browser: Browser, link: str) -> bytes:
    """The home screen on a phone in the dark, while a visit runs."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        color_scheme="dark",
        timezone_id="Europe/Stockholm",
        locale="sv-SE",
        has_touch=True,
        geolocation={"latitude": 59.4283, "longitude": 17.9481},
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.clock.install()
    page.goto(link)
    page.get_by_role("button", name="Koppla").click()
    page.get_by_role("button", name="Visa närmast först").click()
    page.get_by_text("närmast först", exact=True).wait_for()
    page.get_by_role("button", name=re.compile("Här nu")).last.click()
    page.get_by_text("Pågår").first.wait_for()
    page.clock.fast_forward("18:00")
    page.get_by_role("region").get_by_text("18", exact=True).wait_for()
    return page.screenshot()


def desk(browser: Browser, link: str, password: str) -> bytes:
    """The log as Sara sees it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, device_scale_factor=2, locale="sv-SE"
    )
    page = context.new_page()
    page.goto(link.split("/app/")[0] + "/login")
    page.locator("input[name=login]").fill("sara")
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/log$"))
    return page.screenshot()


if __name__ == "__main__":
    main()
