"""Copies of a PostgreSQL database by its own programs, in their custom format."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.database import Database
from corpus.errors import RelaisError, Unavailable

MAGIC = b"PGDMP"
_CLEAR = """
SET client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', name);
  END LOOP;
END $$;
DROP FUNCTION IF EXISTS public.relais_words(text);
"""
PLACES = Path("/usr/lib/postgresql")  # where Debian puts the programs of each version


def dump(database: Database, path: Path) -> None:
    """One snapshot, while others read and write."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}", database=database)


def load(database: Database, path: Path) -> None:
    """In one transaction: the copy's tables in place of all those there, of whatever revision, or no change at all."""
    with TemporaryDirectory(prefix="relais-") as folder:
        clear, fill = Path(folder) / "clear.sql", Path(folder) / "fill.sql"
        clear.write_text(_CLEAR)
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={fill}", str(path))
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", *options, f"--file={clear}", f"--file={fill}", database=database)


def check(path: Path) -> None:
    """Raises `RelaisError` when a copy cannot be read to its end or is not of Relais."""
    find("pg_restore")  # missing, it says nothing of the copy
    try:
        _run("pg_restore", f"--file={os.devnull}", str(path))
        listed = _run("pg_restore", "--list", str(path))
    except Unavailable as error:
        raise RelaisError("%(name)s: is damaged: %(reason)s", name=path, reason=error) from None
    if "TABLE DATA public alembic_version" not in listed:
        raise RelaisError("%(name)s: is not of Relais", name=path)


def find(name: str) -> str:
    """The newest program of that name on this machine: an older one refuses a newer server."""
    versions = sorted(PLACES.glob(f"*/bin/{name}"), key=lambda p: float(p.parts[-3]), reverse=True)
    found = str(versions[0]) if versions else shutil.which(name)
    if not found:
        raise Unavailable("%(name)s is missing: install PostgreSQL's client programs", name=name)
    return found


def _run(program: str, *arguments: str, database: Database | None = None) -> str:
    """Its standard output. The password goes by the environment, where other users of the machine do not see it."""
    command, environment = [find(program), *arguments], dict(os.environ)
    if database is not None:
        url = database.url
        where = {"--host": url.host, "--port": url.port, "--username": url.username, "--dbname": url.database}
        command[1:1] = [f"{option}={value}" for option, value in where.items() if value is not None]
        environment |= {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[0]
        raise Unavailable("%(program)s failed: %(reason)s", program=program, reason=reason)
    return done.stdout
