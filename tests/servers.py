"""Private servers for the tests: real Redis and PostgreSQL on free ports, gone when the tests end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pg8000.native
import redis


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Ask until `condition` is true and raises nothing; fail loudly when that takes too long."""
    deadline = time.monotonic() + seconds
    last: object = None
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except Exception as error:
            last = error
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} s ({last})")


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis of our own; yields its URL."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: run tests/programs.sh"
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(redis.Redis(port=port).ping, "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(20)


def _postgresql_program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    program = str(found[0]) if found else shutil.which(name)
    assert program, f"PostgreSQL's {name} is missing: run tests/programs.sh"
    return program


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of our own (it refuses to run as root, so then as `postgres` or `nobody`); yields its URL."""
    user = None
    if os.getuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
    folder = Path(tempfile.mkdtemp(prefix="relais-pg-"))
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    subprocess.run(
        [
            _postgresql_program("initdb"),
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "relais",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
    )
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [_postgresql_program("postgres"), "-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-F"],
        stdout=log,
        stderr=log,
        user=user,
        cwd=folder,
    )
    try:
        wait_for(
            lambda: pg8000.native.Connection("relais", port=port, database="postgres").run("SELECT 1"), "PostgreSQL"
        )
        yield f"postgresql://relais@127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
