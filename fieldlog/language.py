"""Which language a page is in, and where its words come from.

Swedish is the first language and English the second. The code's message ids are English; the
Swedish catalogue is read straight from its .po file, so no compiled copy can be stale. Knows
nothing of accounts: the choice is a cookie, and works logged out too.
"""

from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, Domain, get_babel, get_locale

CHOICES = {"sv": "Svenska", "en": "English"}
DEFAULT = "sv"
COOKIE = "fieldlog_language"
FOLDER = Path(__file__).parent / "translations"
A_YEAR = 365 * 24 * 3600


def init(app: Flask) -> None:
    """Teach `app` to speak, in the zone and the first language of its settings."""
    settings = app.config["SETTINGS"]
    CatalogueBabel().init_app(
        app,
        default_locale=settings.language,
        default_timezone=settings.timezone,
        locale_selector=choose,
    )
    app.context_processor(lambda: {"language": current(), "languages": CHOICES})


def choose() -> str:
    """The cookie if it names a language we have; else the browser's hint; else the first one."""
    if not has_request_context():
        return get_babel().default_locale
    chosen = request.cookies.get(COOKIE)
    if chosen in CHOICES:
        return chosen
    return request.accept_languages.best_match(list(CHOICES), default=get_babel().default_locale)


def current() -> str:
    """The code of the language now in use, as `<html lang>` wants it; Swedish outside a request."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def remember(response: Response, code: str) -> Response:
    """Keep the choice for a year. Raises KeyError for a language we do not have."""
    CHOICES[code]
    response.set_cookie(
        COOKIE, code, max_age=A_YEAR, httponly=True, secure=request.is_secure, samesite="Strict"
    )
    return response


class CatalogueBabel(Babel):
    """Flask-Babel, with the catalogues read by Catalogues."""

    @cached_property
    def domain_instance(self) -> Domain:
        return Catalogues()


class Catalogues(Domain):
    """Message catalogues compiled in memory from the .po files, each once a process."""

    def get_translations(self) -> NullTranslations:
        code = current()
        if code not in self.cache:
            self.cache[code] = _compiled(code)
        return self.cache[code]


def _compiled(code: str) -> NullTranslations:
    source = FOLDER / code / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
