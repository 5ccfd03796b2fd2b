"""Sends what is the same for everyone packed, to whoever takes gzip: static files as the build left
them, and pages.

A packed file lies beside its plain one, or under `dist/` if the plain one is not built.
Knows no file by its name.
"""

import gzip
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
    packed = _packed(folder, name)
    if packed is None:
        return send_from_directory(folder, name)
    if request.accept_encodings["gzip"]:
        answer = send_from_directory(folder, packed, mimetype=_type_of(name))
        answer.content_encoding = "gzip"
    else:
        answer = send_from_directory(folder, name)
    answer.vary.add("Accept-Encoding")
    return answer


def page(answer: Response) -> Response:
    """A rendered page that is the same for everyone, and so may be packed."""
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        answer.set_data(gzip.compress(answer.get_data(), mtime=0))
        answer.content_encoding = "gzip"
    return answer


def _packed(folder: Path, name: str) -> str | None:
    """The name of the packed file, or None where there is none that is fresh."""
    plain = safe_join(str(folder), name)
    if plain is None or not Path(plain).is_file():
        return None
    # A packed file older than its plain one is from an earlier build.
    age = Path(plain).stat().st_mtime
    for packed in (f"{name}.gz", f"dist/{name}.gz"):
        found = Path(safe_join(str(folder), packed))
        if found.is_file() and found.stat().st_mtime >= age:
            return packed
    return None


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
