"""What lies in a phone's own storage, opened by its PIN with code of the tests' own."""

from collections.abc import Callable

from tests.support import pin

ROWS = """async (table) => {
  %s
  const database = await new Promise((resolve) => {
    const open = indexedDB.open("fieldlog");
    open.onsuccess = () => resolve(open.result);
  });
  const all = (name) => new Promise((resolve) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const rows = [];
  for (const row of await all(table)) rows.push(await unsealed(table, row, () => all("keys")));
  database.close();
  const plain = (one) => one instanceof Uint8Array ? [...one] : one;
  return rows.map((row) => Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, plain(value)])
  ));
}"""


def rows(phone, table: str) -> list[dict]:
    """The rows of a table as the app wrote them; bytes as lists of numbers."""
    return phone.page.evaluate(ROWS % pin.unsealing(), table)


def until(phone, true: Callable[[], bool]) -> None:
    """What the page writes shows in its database a moment later."""
    for _ in range(100):
        if true():
            return
        phone.page.wait_for_timeout(50)
    raise AssertionError("it never came to be")
