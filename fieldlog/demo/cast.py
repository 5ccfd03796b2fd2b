"""Who is in the demo: organisations, plainly made-up people in every role, and their phones."""

from dataclasses import dataclass

ORGS = (
    ("polisen", "Polisen (demo)", "police"),
    ("kommunen", "Kommunen (demo)", "municipality"),
)


@dataclass(frozen=True)
class Person:
    """`phone`: what the person's phone is called, and through which store it sends."""

    login: str
    name: str
    org: str
    role: str
    phone: str | None = None
    through: str = "centre"


PEOPLE = (
    Person("alice", "Alice Exempelsson", "polisen", "field", "Pixel 7 (Alice)", "node"),
    Person("bob", "Bob Provberg", "polisen", "field", "Galaxy A54 (Bob)", "node"),
    Person("freja", "Freja Påhittström", "kommunen", "field", "Xcover 6 (Freja)"),
    Person("oskar", "Oskar Skisslund", "kommunen", "field", "iPhone 13 (Oskar)"),
    Person("sara", "Sara Mallgren", "polisen", "supervisor"),
    Person("charlie", "Charlie Testlund", "kommunen", "supervisor"),
    Person("kerstin", "Kerstin Utkastberg", "kommunen", "coordinator"),
    Person("adam", "Adam Låtsasson", "kommunen", "admin"),
    Person("axel", "Axel Fiktén", "kommunen", "auditor"),
)
NODE = "Nod Häggvik (demo)"
