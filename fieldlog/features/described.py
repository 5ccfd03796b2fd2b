"""The API described as OpenAPI 3.0, which OGC API Features asks for; what features tell comes from
`shapes`, the same that the answers are made from.

Knows no code that serves it.
"""

from typing import Any

from flask import request

from fieldlog.features import asked, shapes
from fieldlog.features.door import GEOJSON, JSON, OPENAPI, PREFIX

TITLE = "fieldlog"
DESCRIPTION = (
    "Visits, events and places of a field log, for programs that read: what the person who made "
    "the access token may see, each read in the audit log."
)
TEXT, WHOLE = {"type": "string"}, {"type": "integer", "minimum": 0}
POINT = {
    "type": "object",
    "nullable": True,
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {"type": "number"},
        },
    },
}
REFUSALS = {
    "400": "A parameter that means nothing here, or can't be understood.",
    "401": "No access token, or one that opens nothing any more.",
    "403": "The request came from another site.",
    "404": "There is nothing here that you may see.",
    "429": "Too many requests with one token.",
    "503": "The store is busy; try again.",
}


def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "description": DESCRIPTION, "version": "1.0.0"},
        "servers": [{"url": request.host_url.rstrip("/") + PREFIX}],
        "security": [{"token": []}],
        "paths": dict(_paths()),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
            "responses": {code: _refusal(said) for code, said in REFUSALS.items()},
        },
    }


def _paths():
    yield "/", _get("landing", "The landing page", "Landing")
    yield "/conformance", _get("conformance", "The rules it follows", "Conformance")
    yield "/api", _get("api", "This description", "Description", OPENAPI)
    yield "/collections", _get("collections", "What can be read", "Collections", absent=False)
    for name in shapes.PROPERTIES:
        at = f"/collections/{name}"
        yield at, _get(name, f"The collection {name}", "Collection", absent=True)
        page = _get(f"{name}.items", f"A page of {name}", f"{name}.page", GEOJSON, absent=True)
        page["get"]["parameters"] = _parameters()
        yield f"{at}/items", page
        one = _get(f"{name}.item", f"One of the {name}", f"{name}.feature", GEOJSON, absent=True)
        one["get"]["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
        yield f"{at}/items/{{id}}", one


def _get(id: str, summary: str, schema: str, type: str = JSON, *, absent: bool = False) -> dict:
    told = {"description": summary, "content": {type: {"schema": _ref(schema)}}}
    refused = [code for code in REFUSALS if absent or code != "404"]
    responses = {code: {"$ref": f"#/components/responses/{code}"} for code in refused}
    told = {"operationId": id, "summary": summary, "responses": {"200": told, **responses}}
    return {"get": told}


def _parameters() -> list[dict]:
    """`limit` and `bbox` as the standard writes them; `after` is what `next` links hold."""
    number = {"type": "number"}
    limit = {"type": "integer", "minimum": 1, "maximum": asked.MOST, "default": asked.DEFAULT}
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": number}
    after = {"description": "Where a page goes on: taken from a `next` link."}
    return [
        {"name": "limit", "in": "query", "schema": limit, "style": "form", "explode": False},
        {"name": "bbox", "in": "query", "schema": box, "style": "form", "explode": False},
        {"name": "datetime", "in": "query", "schema": TEXT, "style": "form", "explode": False},
        {"name": "after", "in": "query", "schema": TEXT, **after},
    ]


def _schemas() -> dict[str, dict]:
    link = _object({"rel": TEXT, "type": TEXT, "title": TEXT, "href": TEXT})
    links = {"links": _list(_ref("Link"))}
    told = {"id": TEXT, "title": TEXT, "description": TEXT, "itemType": TEXT, "crs": _list(TEXT)}
    schemas = {
        "Refused": _object({"error": TEXT, "message": TEXT}),
        "Link": link,
        "Landing": _object({"title": TEXT, "description": TEXT, **links}),
        "Conformance": _object({"conformsTo": _list(TEXT)}),
        "Description": {"type": "object"},
        "Collection": _object(told | links),
        "Collections": _object(links | {"collections": _list(_ref("Collection"))}),
    }
    for name in shapes.PROPERTIES:
        told = {"type": {"type": "string", "enum": ["Feature"]}, "id": TEXT, "geometry": POINT}
        feature = _object(told | {"properties": dict(shapes.schema(name))})
        feature["properties"] |= links  # of one feature alone
        schemas[f"{name}.feature"] = feature
        schemas[f"{name}.page"] = _page(f"{name}.feature")
    return schemas


def _page(feature: str) -> dict:
    return _object(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": _list(_ref(feature)),
            "numberMatched": WHOLE,
            "numberReturned": WHOLE,
            "timeStamp": shapes.TIME,
            "links": _list(_ref("Link")),
        }
    )


def _object(properties: dict) -> dict:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _list(item: dict) -> dict:
    return {"type": "array", "items": item}


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _refusal(said: str) -> dict:
    return {"description": said, "content": {JSON: {"schema": _ref("Refused")}}}
