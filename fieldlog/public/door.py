"""The door itself. Knows nothing of what is behind it."""

from flask import Blueprint

door = Blueprint("public", __name__)
