"""Describes the machines' door as OpenAPI, served at /openapi.json.

What a payload looks like comes from `sync.records`, the one definition of a record.
"""

from flask import Flask, jsonify
from flask_smorest import Api, Blueprint

from fieldlog.access import open_to_all
from fieldlog.exchange import components, described


class Described(Api):
    """flask-smorest's description, without its error pages: problems.py has every refusal."""

    ERROR_SCHEMA = described.REFUSED

    def _register_error_handlers(self):
        pass


def init(app: Flask, door: Blueprint) -> None:
    """Register the door in `app`, and serve its description."""
    app.config.update(
        API_TITLE="fieldlog sync",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": "One conversation for every hop: phone, node, centre."},
            "security": [{"token": []}],
        },
    )
    api = Described(app)
    components.add(api.spec)
    api.register_blueprint(door)

    @app.get("/openapi.json", endpoint="openapi")
    @open_to_all
    def openapi():
        return jsonify(api.spec.to_dict())
