"""Sends static files packed, as the build left them beside the plain ones, to whoever takes gzip.

Knows no file by its name.
"""

import mimetypes
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.security import safe_join


def init(app: Flask) -> None:
    """Let the static endpoint of `app` send packed files."""
    app.view_functions["static"] = static


def static(filename: str) -> Response:
    """Any file of the static folder; the rest of the way as Flask does it."""
    return send(Path(current_app.static_folder), filename)


def send(folder: Path, name: str) -> Response:
    """The file `name` of `folder`, packed where that is fresh and welcome; 404 without it."""
    if not _is_packed(folder, name):
        return send_from_directory(folder, name)
    if request.accept_encodings["gzip"]:
        answer = send_from_directory(folder, f"{name}.gz", mimetype=_type_of(name))
        answer.content_encoding = "gzip"
    else:
        answer = send_from_directory(folder, name)
    answer.vary.add("Accept-Encoding")
    return answer


def _is_packed(folder: Path, name: str) -> bool:
    plain, packed = safe_join(str(folder), name), safe_join(str(folder), f"{name}.gz")
    if plain is None or packed is None or not Path(packed).is_file():
        return False
    # A packed file older than its plain one is from an earlier build.
    return Path(plain).is_file() and Path(packed).stat().st_mtime >= Path(plain).stat().st_mtime


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
