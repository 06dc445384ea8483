"""Which language a page speaks: the address's, the account's, the visitor's choice, or what the browser asks for."""

from flask import has_request_context, request
from flask_login import current_user

from service.settings import LANGUAGES

COOKIE = "language"
NAMES = {"fr": "Français", "en": "English", "uk": "Українська"}
SHORT = {"fr": "FR", "en": "EN", "uk": "УК"}


def interface_language() -> str:
    """The language of this answer."""
    if not has_request_context():
        return "en"
    first = request.path.split("/")[1]  # of a reader's page, or of one that does not exist
    if first in LANGUAGES:
        return first
    if not request.headers.get("Authorization") and current_user.is_authenticated:
        return str(current_user.language)
    if request.cookies.get(COOKIE) in LANGUAGES:
        return request.cookies[COOKIE]
    return preferred_language()


def preferred_language(among: tuple[str, ...] = LANGUAGES) -> str:
    """The best of `among` for the browser; the first one where it asks for none of them."""
    return request.accept_languages.best_match(among) or among[0]
