"""What belongs to the running application: its database and its settings."""

from typing import cast

from flask import current_app

from corpus.database import Database
from service.settings import Settings


def database() -> Database:
    """The database of this application."""
    return cast(Database, current_app.extensions["relais_database"])


def settings() -> Settings:
    """The settings of this application."""
    return cast(Settings, current_app.extensions["relais_settings"])
