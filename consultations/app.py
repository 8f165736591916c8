"""create_app(): the one place where everything meets. It reads settings and writes nothing."""

import hashlib
from functools import cached_property, lru_cache

from babel.support import NullTranslations, Translations
from flask import Flask, Request, Response, abort, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import get_locale
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from wtforms.i18n import messages_path

from consultations import auth, clock, security
from consultations.config import PACKAGE, Settings, shipped
from consultations.extensions import babel, compress, csrf, db, limiter, login, migrate
from consultations.views import carried, errors, frame, register_views
from consultations.views.addresses import LAST_ROW


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (by default: those of the environment).

    Errors: RuntimeError when there is no secret key yet, saying what to run.
    """
    settings = settings or Settings()
    app = Flask("consultations", root_path=str(PACKAGE), template_folder=str(shipped("templates")))
    app.request_class = FormRequest
    app.url_map.converters["int"] = RowNumber
    app.session_interface = PageSessions()
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    for extension in (db, csrf, limiter, compress):
        extension.init_app(app)
    migrate.init_app(app, db, directory=str(shipped("migrations")))
    login.init_app(app)
    babel.init_app(app, locale_selector=frame.language, timezone_selector=frame.zone)
    app.before_request(_note_the_time)
    app.before_request(_refuse_nul)
    auth.guard(app)
    carried.handle(app)
    security.headers(app)
    register_views(app)
    frame.dress(app)
    errors.handle(app)
    app.url_defaults(_name_the_version)
    if settings.proxies:
        # So many reverse proxies stand before us: only then is what they say of the visitor's address believed.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def _name_the_version(endpoint: str, values: dict[str, object]) -> None:
    """A static file's address changes with its content, so that it can be kept for a year."""
    if endpoint == "static" and "v" not in values:
        values["v"] = _version(str(values["filename"]))


@lru_cache(maxsize=32)
def _version(filename: str) -> str:
    return hashlib.sha256((PACKAGE / "static" / filename).read_bytes()).hexdigest()[:8]


class RowNumber(IntegerConverter):
    """The number of a row in an address. No row has a number that its column cannot hold: 404, and the database is not asked."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LAST_ROW)


class PageSessions(SecureCookieSessionInterface):
    """Sessions are for pages: a stylesheet that varied with the cookie would be fetched again and again over 2G."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, except with a static file, and with what everybody gets alike and may keep."""
        if request.endpoint != "static" and request.blueprint != "feeds":
            super().save_session(app, session, response)


class FormRequest(Request):
    """A request whose forms find WTForms' own words where Flask-WTF keeps them, read from the disk once per language."""

    @cached_property
    def wtforms_translations(self) -> NullTranslations:
        """The catalogue for the language of this request."""
        return _words_of_wtforms(str(get_locale()))


@lru_cache(maxsize=8)
def _words_of_wtforms(locale: str) -> NullTranslations:
    return Translations.load(messages_path(), [locale], domain="wtforms")


def _note_the_time() -> None:
    """One instant per request: the one every deadline in it is held against."""
    g.at = clock.now()


def _refuse_nul() -> None:
    """A NUL is no character that anybody types, and PostgreSQL keeps none: 400 rather than an error further down."""
    for sent in (request.args, request.form):
        if any("\0" in text for pair in sent.items(multi=True) for text in pair):
            abort(400)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret(),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "MAX_CONTENT_LENGTH": settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,  # auth notes once a minute that a session is used
        "PERMANENT_SESSION_LIFETIME": auth.lifetime(settings.session_minutes),
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session: a slow reader loses nothing
        "RATELIMIT_STORAGE_URI": settings.ratelimit_storage,
        "BABEL_DEFAULT_LOCALE": settings.default_language,
        "BABEL_DEFAULT_TIMEZONE": settings.zone,
        "BABEL_TRANSLATION_DIRECTORIES": str(PACKAGE / "translations"),
        "SEND_FILE_MAX_AGE_DEFAULT": None,  # files are as personal as pages: security.py says who may keep what
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "deflate"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "image/svg+xml",
            "application/json",
            "text/plain",
            "text/javascript",
        ],
        "TEMPLATES_AUTO_RELOAD": False,
    }
