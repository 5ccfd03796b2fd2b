"""A word written on a sealed phone is in none of the browser's files once it is locked and killed.

The same search finds it where nothing is sealed, so that it can fail. Prints what is not promised:
how many PINs a second a copy of those files lets one try.
"""

import os
import secrets
import signal
import time
from hashlib import pbkdf2_hmac
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import expect

from tests.support import pin
from tests.support.served import stack

WRAP = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("fieldlog");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("keys").objectStore("keys").getAll();
    asked.onsuccess = () => {
      opening.result.close();
      const [{ id, wraps }] = asked.result;
      const [[account, { salt, rounds, iv, box }]] = Object.entries(wraps);
      resolve({ id, account, rounds, salt: [...salt], iv: [...iv], box: [...box] });
    };
  };
})"""


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "not sealed"])
def test_what_was_written_is_in_the_browsers_files_only_where_nothing_is_sealed(
    tmp_path, new_phone, sealed
):
    (tmp_path / "stores").mkdir()
    served = stack(tmp_path / "stores", phone_lock=sealed)
    try:
        phone = new_phone(served.centre.url)
        phone.enrol(served.code("alice"))
        saved, drafted = canary(), canary()
        phone.describe(saved)
        phone.button("Spara händelsen").tap()
        expect(phone.heading("Nu")).to_be_visible()
        phone.describe(drafted)
        wait_for_session(phone)
        wait_for_draft(phone)
        wrap = phone.page.evaluate(WRAP) if sealed else None
        phone.tab("Mer")
        if sealed:
            phone.button("Lås nu").tap()
            expect(phone.heading("Lås upp passet")).to_be_visible()
        kill(phone)
        found = {word for word in (saved, drafted) if places_of(word, phone.folder)}
        assert found == (set() if sealed else {saved, drafted})
        if wrap:
            tell_guesses(wrap)
    finally:
        served.stop()


def canary() -> str:
    """Letters that nothing else says, and that no compression finds twice."""
    return "".join(secrets.choice("abcdefghijkmnopqrstuvwxyz") for _ in range(24))


def wait_for_session(phone) -> None:
    """Until the browser has noted what stands in its fields, to restore them at its next start."""
    said, other = canary(), phone.context.new_page()
    other.set_content("<textarea></textarea>")
    other.get_by_role("textbox").fill(said)
    while not places_of(said, phone.folder / "Default" / "Sessions"):
        other.wait_for_timeout(100)
    other.close()


def wait_for_draft(phone) -> None:
    """Until the form is kept: leaving it says so in what the first screen offers."""
    phone.link("Tillbaka").tap()
    phone.tab("Nu")
    expect(phone.page.get_by_text("Fortsätt", exact=False)).to_be_visible()


def kill(phone) -> None:
    """SIGKILL to every process of this phone's browser, known by its folder."""
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and runs_on(each, phone.folder):
            os.kill(int(each.name), signal.SIGKILL)
    phone.context = phone.page = None


def runs_on(process: Path, folder: Path) -> bool:
    try:
        return f"--user-data-dir={folder}".encode() in (process / "cmdline").read_bytes()
    except OSError:
        return False


def places_of(word: str, folder: Path) -> list[Path]:
    """Files that hold it, as UTF-8 or UTF-16: tables and logs of LevelDB, caches, all."""
    forms = [word.encode(), word.encode("utf-16-le")]
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert files
    return [each for each in files if any(form in each.read_bytes() for form in forms)]


def tell_guesses(wrap: dict) -> None:
    """One wrong guess after another, just as from a copy, with what is in any Python."""
    assert wrap["rounds"] >= 600_000
    assert opens(wrap, pin.PIN)
    started = time.perf_counter()
    tries = [opens(wrap, f"{number:08}") for number in range(5)]
    rate = len(tries) / (time.perf_counter() - started)
    assert not any(tries)
    cores = os.cpu_count()
    days = 10**8 / 2 / (rate * cores) / 86_400
    print(
        f"\nA copy of the folder lets this machine try {rate * cores:.0f} PINs a second "
        f"({rate:.1f} on each of {cores} cores): {days:.0f} days for half of all of 8 digits."
    )


def opens(wrap: dict, digits: str) -> bool:
    key = pbkdf2_hmac("sha256", digits.encode(), bytes(wrap["salt"]), wrap["rounds"])
    bound = f"fieldlog-wrap/1 {wrap['id']} {wrap['account']}".encode()
    try:
        return bool(AESGCM(key).decrypt(bytes(wrap["iv"]), bytes(wrap["box"]), bound))
    except InvalidTag:
        return False
