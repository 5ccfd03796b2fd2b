"""The promise that the demo's places are measured against: made up, and marked so in all it says.

Sollentuna's published history stands beside it. Knows nothing of stores.
"""

from datetime import date, timedelta

FIRST_PATROL = timedelta(days=40)
MADE_UP = {"examples": ["all"]}
CURRENT = "overenskommelse-2023"
EVENINGS = [{"weekdays": [5, 6], "from": "20:00", "to": "02:00"}]
AFTER_SCHOOL = [
    {"weekdays": [1, 2, 3, 4, 5], "from": "15:00", "to": "19:00"},
    {"weekdays": [5, 6], "from": "18:00", "to": "22:00"},
]
SOURCES = [
    {
        "code": "exempel-vandring",
        "title": "Trygghetsvandring i Häggvik (exempel)",
        "title_en": "Safety walk in Häggvik (example)",
        "text": "Mörkt i gångtunneln, och ödsligt på perrongen sent på kvällen.",
        "text_en": "Dark in the underpass, and deserted on the platform late in the evening.",
        "form": "walk",
        "places": ["HAG", "STI"],
    },
    {
        "code": "exempel-matning",
        "title": "Trygghetsmätning (exempel)",
        "title_en": "Safety survey (example)",
        "form": "survey",
        "places": ["SOL", "SOC"],
    },
]
FOCUSES = [
    (
        "exempel-offentligt",
        "Färre otrygghetsskapande händelser i offentlig miljö",
        "Fewer insecurity-creating events in public places",
    ),
    (
        "exempel-rekrytering",
        "Mindre rekrytering till kriminella nätverk",
        "Less recruitment to criminal networks",
    ),
]
PRESENCE = [
    {
        "code": "exempel-kvallar",
        "focus": "exempel-offentligt",
        "title": "Polis vid stationerna fredag och lördag kväll",
        "title_en": "Police at the stations on Friday and Saturday evenings",
        "owner": "polisen",
        "places": ["SOL", "SOC", "HAG"],
        "windows": EVENINGS,
        "visits": 4,
        "minutes_per_visit": 10,
        "sources": ["exempel-matning", "invanardialoger"],
    },
    {
        "code": "exempel-eftermiddagar",
        "focus": "exempel-rekrytering",
        "title": "Fältassistenter och trygghetsvärdar efter skolan",
        "title_en": "Youth workers and safety hosts after school",
        "owner": "kommunen",
        "places": ["STI", "ROT", "HEL"],
        "windows": AFTER_SCHOOL,
        "visits": 3,
        "minutes_per_visit": 15,
        "sources": ["exempel-vandring"],
    },
    {
        "code": "exempel-gemensamt",
        "focus": "exempel-offentligt",
        "title": "Polis och kommun syns i Norrviken varje vecka",
        "title_en": "Police and municipality are seen in Norrviken every week",
        "owner": "kommunen",
        "joint": True,
        "places": ["NOR"],
        "minutes": 45,
        "visits": 3,
        "sources": ["invanardialoger"],
    },
]
COUNTS = [
    ("exempel-vandringar", "kommunen", "Två trygghetsvandringar", "Two safety walks", 2),
    ("exempel-nattvandringar", "kommunen", "Tre nattvandringar", "Three night walks", 3),
]
UNITS = {2: ("trygghetsvandringar", "safety walks"), 3: ("nattvandringar", "night walks")}


def document(today: date) -> dict:
    """The example promise in force on `today` and through the month before it."""
    first = date((today - FIRST_PATROL).year, 1, 1)
    last = date(today.year, 12, 31)
    period = {"from": first.isoformat(), "to": last.isoformat()}
    lasting = {**period, "follow_up": date(last.year, 12, 10).isoformat(), **MADE_UP}
    begun = {"since": first.isoformat(), **MADE_UP}
    name = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    promise = {
        "code": "exempel-lofte",
        "agreement": CURRENT,
        "title": f"Exempel på medborgarlöfte {name}",
        "title_en": f"Example of a promise to residents {name}",
        "text": "Påhittat för att visa hur ett löfte följs. Ingen har avgett det.",
        "text_en": "Made up, to show how a promise is followed. Nobody has given it.",
        "sources": ["exempel-vandring", "exempel-matning"],
    }
    return {
        "sources": [one | begun for one in SOURCES],
        "promises": [promise | lasting],
        "focuses": [_focus(*one) | begun for one in FOCUSES],
        "commitments": [
            *({"form": "presence", **one} | lasting for one in PRESENCE),
            *(_count(*one) | lasting for one in COUNTS),
        ],
    }


def _focus(code: str, title: str, title_en: str) -> dict:
    return {"code": code, "promise": "exempel-lofte", "title": title, "title_en": title_en}


def _count(code: str, owner: str, title: str, title_en: str, count: int) -> dict:
    unit, unit_en = UNITS[count]
    said = {"code": code, "focus": "exempel-offentligt", "form": "count", "owner": owner}
    told = {"title": title, "title_en": title_en, "count": count}
    return said | told | {"unit": unit, "unit_en": unit_en}
