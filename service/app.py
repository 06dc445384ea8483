"""The application factory: everything the front end is made of is put together here."""

import hashlib
from datetime import timedelta
from pathlib import Path

from flask import Flask, request
from flask_babel import Babel
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import corpus.database
import service.settings
from corpus.database import Database
from service import errors, presenting
from service.accounts.sessions import login_manager
from service.catalogues import compile_catalogues
from service.languages import interface_language
from service.security import add_headers
from service.settings import Settings

SESSION = timedelta(hours=12)  # of not being used
csrf = CSRFProtect()


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """The front end. Settings come from the environment, and the database from corpus, where none are given."""
    settings = settings or service.settings.settings()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_bytes,
        MAX_FORM_MEMORY_SIZE=settings.upload_bytes,  # a pasted text is a form field: one limit for all ways in
        SESSION_COOKIE_NAME="relais",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=SESSION,
        WTF_CSRF_CHECK_DEFAULT=False,  # `_check_csrf` decides
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page stays open all day
        WTF_CSRF_SSL_STRICT=True,
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
        BABEL_TRANSLATION_DIRECTORIES=str(compile_catalogues(settings.data)),
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["relais_settings"] = settings
    app.extensions["relais_database"] = database or corpus.database.database()
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    Babel(app, locale_selector=interface_language)
    login_manager.init_app(app)
    csrf.init_app(app)
    app.before_request(_check_csrf)
    app.after_request(add_headers)
    app.jinja_env.globals["asset"] = _Assets(Path(app.static_folder or ""))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    presenting.register(app)
    errors.register(app)
    _register_rooms(app)
    return app


def _register_rooms(app: Flask) -> None:
    from service.accounts.pages import blueprint as accounts
    from service.api import blueprint as api
    from service.desk import blueprint as desk
    from service.figures.pages import blueprint as figures
    from service.glossary_pages.pages import blueprint as glossary
    from service.health import blueprint as health
    from service.reader import blueprint as reader
    from service.review import blueprint as review

    for blueprint in (accounts, desk, review, glossary, figures, reader, api, health):
        app.register_blueprint(blueprint)


def _check_csrf() -> None:
    """Whatever changes something and rests on the cookie needs the token; a bearer token is never sent by a browser."""
    if request.method in ("GET", "HEAD", "OPTIONS") or request.url_rule is None:
        return
    if request.blueprint == "api" and (request.headers.get("Authorization") or not current_user.is_authenticated):
        return
    csrf.protect()


class _Assets:
    """Addresses of static files that change with their content, so that they may be kept for a year."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = hashlib.sha256((self._folder / name).read_bytes()).hexdigest()[:12]
        return f"/static/{name}?v={self._digests[name]}"
