"""Where a program begins: what there is, which rules it follows, and how it is described."""

from fieldlog.access import limits, reader
from fieldlog.features import described
from fieldlog.features.door import OPENAPI, answer, door, link, only

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CONFORMS = (f"{CORE}/core", f"{CORE}/oas30", f"{CORE}/geojson")


@door.get("", strict_slashes=False)
@reader("features.read")
@limits.limiter.limit(limits.READS)
def landing():
    """The links to all the rest."""
    only()
    return answer(
        {
            "title": described.TITLE,
            "description": described.DESCRIPTION,
            "links": [
                link("self", "features.landing", "This page"),
                link("service-desc", "features.api", "The description of this API", OPENAPI),
                link("conformance", "features.conformance", "The rules it follows"),
                link("data", "features.collections", "What can be read"),
            ],
        }
    )


@door.get("/conformance")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def conformance():
    """The rules this API follows."""
    only()
    return answer({"conformsTo": CONFORMS})


@door.get("/api")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def api():
    """The description of this API, as OpenAPI 3.0."""
    only()
    return answer(described.document(), OPENAPI)
