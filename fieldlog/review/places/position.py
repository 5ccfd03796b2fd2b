"""A position as people write it: WGS 84 degrees, or SWEREF 99 TM metres as Swedish maps have them.

Knows no place and no page.
"""

import re

from fieldlog.measure import sweref

DECIMALS = 5  # a metre
_GAP, _PART = r"[\s,;]*", r"(?:[.,]\d+)?"
# "6593159, 666275" and, as the map writes it, "N 6 593 159 E 666 275".
_METRES = re.compile(rf"N?\s*(\d\s?\d{{3}}\s?\d{{3}}{_PART}){_GAP}E?\s*(\d{{3}}\s?\d{{3}}{_PART})")
# "59.44400, 17.93260", with a point or a comma before the decimals.
_DEGREES = re.compile(rf"N?\s*(\d{{1,2}}{_PART})°?[\s,;]+E?\s*(\d{{1,3}}{_PART})°?")


def read(text: str) -> tuple[float, float]:
    """(latitude, longitude) of what was written. Raises ValueError for what is none in Sweden."""
    text = text.strip().upper()
    if found := _METRES.fullmatch(text):
        lat, lon = sweref.to_wgs84(*map(_number, found.groups()))
    elif found := _DEGREES.fullmatch(text):
        lat, lon = map(_number, found.groups())
    else:
        raise ValueError("not two numbers")
    if not sweref.covers(lat, lon):
        raise ValueError("not in Sweden")
    return round(lat, DECIMALS), round(lon, DECIMALS)


def written(lat: float, lon: float) -> str:
    """The position in degrees, as `read` takes it."""
    return f"{lat:.{DECIMALS}f}, {lon:.{DECIMALS}f}"


def metres(lat: float, lon: float) -> str:
    """The position as a Swedish map has it: N 6 593 159 E 666 275."""
    north, east = (
        f"{round(value):,}".replace(",", "\u00a0") for value in sweref.from_wgs84(lat, lon)
    )
    return f"N\u00a0{north} E\u00a0{east}"


def _number(text: str) -> float:
    return float(re.sub(r"\s", "", text).replace(",", "."))
