"""Where something was: the one position fix that a tap takes. Never a trail."""

from typing import Any

from sync.records.base import Strict
from sync.records.fields import Measure


class Point(Strict):
    lat = Measure(-90, 90, label="Latitude", purpose="Where it was, degrees in WGS 84")
    lon = Measure(-180, 180, label="Longitude", purpose="Where it was, degrees in WGS 84")
    acc_m = Measure(
        0, 1e6, null=True, label="Accuracy", purpose="How far the fix can be trusted, metres"
    )
    age_s = Measure(
        0, 1e7, null=True, label="Age of the fix", purpose="How old the fix was, seconds"
    )

    @staticmethod
    def disagree(value: dict[str, Any]) -> str | None:
        if value.get("lat") == 0 and value.get("lon") == 0:
            return "0,0 is what a broken fix says, not a place."
        return None
