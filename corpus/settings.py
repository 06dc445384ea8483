"""Where the database is. Read once from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """``data``: the folder that holds everything Relais keeps on this machine. ``database_url``: an SQLAlchemy URL."""

    data: Path
    database_url: str


@cache
def settings() -> Settings:
    """RELAIS_DATA (default `.relais`) and RELAIS_DATABASE_URL (default SQLite in the data folder)."""
    data = Path(os.environ.get("RELAIS_DATA") or ".relais").expanduser().resolve()
    url = os.environ.get("RELAIS_DATABASE_URL") or f"sqlite:///{data / 'relais.db'}"
    return Settings(data=data, database_url=url)
