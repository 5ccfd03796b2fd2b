"""SWEREF 99 TM (EPSG:3006), the coordinates of Swedish maps, from WGS 84 degrees and back.

Source: Lantmäteriet, "Gauss Conformal Projection (Transverse Mercator), Krüger's formulas"; right
to the millimetre within Sweden. GRS 80 and WGS 84 differ by less than any phone can measure.
"""

from math import asin, atan2, atanh, cos, cosh, degrees, radians, sin, sinh, tan

AXIS, FLATTENING = 6_378_137.0, 1 / 298.257222101  # GRS 80
SWEDEN = ((54.5, 69.5), (10.0, 24.7))  # in WGS 84, with its waters
CENTRAL, SCALE, FALSE_EAST = radians(15), 0.9996, 500_000.0

_n = FLATTENING / (2 - FLATTENING)
_e2 = FLATTENING * (2 - FLATTENING)
_k = SCALE * AXIS / (1 + _n) * (1 + _n**2 / 4 + _n**4 / 64)
_BETA = (
    _n / 2 - 2 * _n**2 / 3 + 5 * _n**3 / 16 + 41 * _n**4 / 180,
    13 * _n**2 / 48 - 3 * _n**3 / 5 + 557 * _n**4 / 1440,
    61 * _n**3 / 240 - 103 * _n**4 / 140,
    49561 * _n**4 / 161280,
)
_DELTA = (
    _n / 2 - 2 * _n**2 / 3 + 37 * _n**3 / 96 - _n**4 / 360,
    _n**2 / 48 + _n**3 / 15 - 437 * _n**4 / 1440,
    17 * _n**3 / 480 - 37 * _n**4 / 840,
    4397 * _n**4 / 161280,
)
# From geodetic to conformal latitude, and back.
_A = (_e2, (5 * _e2**2 - _e2**3) / 6, (104 * _e2**3 - 45 * _e2**4) / 120, 1237 * _e2**4 / 1260)
_B = (
    _e2 + _e2**2 + _e2**3 + _e2**4,
    -(7 * _e2**2 + 17 * _e2**3 + 30 * _e2**4) / 6,
    (224 * _e2**3 + 889 * _e2**4) / 120,
    -4279 * _e2**4 / 1260,
)


def covers(lat: float, lon: float) -> bool:
    """Whether a position lies in Sweden: latitude and longitude the other way round do not."""
    (south, north), (west, east) = SWEDEN
    return south <= lat <= north and west <= lon <= east


def from_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """(N, E) in metres."""
    phi, away = radians(lat), radians(lon) - CENTRAL
    phi -= sin(phi) * cos(phi) * _powers(_A, sin(phi))
    xi, eta = atan2(tan(phi), cos(away)), atanh(cos(phi) * sin(away))
    north = xi + sum(b * sin(2 * i * xi) * cosh(2 * i * eta) for i, b in enumerate(_BETA, 1))
    east = eta + sum(b * cos(2 * i * xi) * sinh(2 * i * eta) for i, b in enumerate(_BETA, 1))
    return _k * north, _k * east + FALSE_EAST


def to_wgs84(north: float, east: float) -> tuple[float, float]:
    """(latitude, longitude) in degrees."""
    x, y = north / _k, (east - FALSE_EAST) / _k
    xi = x - sum(d * sin(2 * i * x) * cosh(2 * i * y) for i, d in enumerate(_DELTA, 1))
    eta = y - sum(d * cos(2 * i * x) * sinh(2 * i * y) for i, d in enumerate(_DELTA, 1))
    phi = asin(sin(xi) / cosh(eta))
    lat = phi + sin(phi) * cos(phi) * _powers(_B, sin(phi))
    return degrees(lat), degrees(CENTRAL + atan2(sinh(eta), cos(xi)))


def _powers(factors: tuple[float, ...], s: float) -> float:
    """factors[0] + factors[1]·s² + factors[2]·s⁴ + …"""
    return sum(factor * s ** (2 * i) for i, factor in enumerate(factors))
