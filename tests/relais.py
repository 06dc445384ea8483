"""Relais as its users start it: the command line and its processes, on a data folder of the test's own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.database import Database

ROOT = Path(__file__).parent.parent


@dataclass
class Relais:
    """One installation: its data folder and environment."""

    data: Path
    packages: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """What its processes see: nothing of ours, no index that could be reached."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RELAIS_", "ARGOS_"))}
        own = {
            "RELAIS_DATA": str(self.data),
            "ARGOS_PACKAGES_DIR": str(self.packages),
            "ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/",
            "OMP_NUM_THREADS": "2",
        }
        return kept | own | self.environment

    @property
    def database(self) -> Database:
        """A connection of the test's own."""
        return Database(self.environment.get("RELAIS_DATABASE_URL") or f"sqlite:///{self.data / 'relais.db'}")

    def run(self, *arguments: str, stdin: str | bytes = b"", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; with `check`, its exit status must be 0."""
        done = self._ended(arguments, stdin)
        result = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert not check or result.returncode == 0, result.stderr
        return result

    def file(self, *arguments: str) -> bytes:
        """What a command prints, as bytes."""
        done = self._ended(arguments, b"")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _ended(self, arguments: tuple[str, ...], stdin: str | bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "service", *arguments],
            check=False,
            cwd=ROOT,
            env=self.env,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=280,
        )

    def json(self, *arguments: str, stdin: str | bytes = b"") -> Any:
        """What a command prints as JSON."""
        return json.loads(self.run(*arguments, "--format", "json", stdin=stdin).stdout)

    @contextmanager
    def process(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A long-running command; killed, with all it started, at the end of the block."""
        log = (self.data / f"{arguments[0]}.log").open("ab")
        child = subprocess.Popen(
            [sys.executable, "-m", "service", *arguments],
            cwd=ROOT,
            env=self.env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            kill(child)
            log.close()


def kill(child: subprocess.Popen[bytes]) -> None:
    """SIGKILL to a process and to all it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
