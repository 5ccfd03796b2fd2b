"""How the app looks when it is installed on a phone: name, icons, shortcuts. Data only."""

NIGHT = "#0A1013"  # --bg of the dark theme: no white flash when the app starts in the dark


def _icon(name: str, size: str, kind: str, purpose: str = "any") -> dict:
    return {"src": f"/static/icons/{name}", "sizes": size, "type": kind, "purpose": purpose}


def _picture(name: str, size: str, form: str, label: str) -> dict:
    """One of the two that `make screens` takes."""
    source = {"src": f"/static/install/{name}.webp", "sizes": size, "type": "image/webp"}
    return source | {"form_factor": form, "label": label}


SHORTCUT_ICONS = [_icon("icon-192.png", "192x192", "image/png")]

MANIFEST = {
    "id": "/app/",
    "name": "fieldlog – fältlogg",
    "short_name": "fieldlog",
    "description": "Närvaro och händelser i fält, även utan täckning.",
    "lang": "sv",
    "dir": "ltr",
    "start_url": "/app/",
    "scope": "/app/",
    "display": "standalone",
    "orientation": "any",
    "background_color": NIGHT,
    "theme_color": NIGHT,
    "categories": ["productivity", "utilities"],
    "icons": [
        _icon("icon.svg", "any", "image/svg+xml"),
        _icon("icon-192.png", "192x192", "image/png"),
        _icon("icon-512.png", "512x512", "image/png"),
        _icon("icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ],
    "screenshots": [
        _picture("phone", "780x1688", "narrow", "Ett besök pågår, på telefonen"),
        _picture("wide", "2560x1600", "wide", "Ett besök pågår, på en platta"),
    ],
    "shortcuts": [
        {"name": "Här nu", "url": "/app/#now", "icons": SHORTCUT_ICONS},
        {"name": "Händelse", "url": "/app/#event", "icons": SHORTCUT_ICONS},
    ],
}
