"""Web and worker side by side on one machine: started together, watched, and stopped together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from corpus.errors import RelaisError, Unavailable

LAUNCHER = "RELAIS_LAUNCHER"  # names the launcher's process to its children
STOP_SECONDS = 20  # a worker finishes the chunk in hand


@dataclass
class Process:
    """A child with a log of its own, in a session of its own so that Ctrl-C reaches it through us alone."""

    name: str
    arguments: Sequence[str]
    log: Path
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start the program; its output is added to the log."""
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-m", "service", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | {LAUNCHER: str(os.getpid())},
            )

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self.child is not None and self.child.poll() is None

    def terminate(self) -> None:
        """Ask it to stop."""
        if self.child and self.running:
            self.child.terminate()

    def wait(self, deadline: float) -> None:
        """Wait until it has stopped; after the deadline, kill it with all it started."""
        if self.child is None:
            return
        try:
            self.child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


def follow_launcher() -> None:
    """In a child: stop when the launcher is gone, however it went (a SIGKILL reaches it alone)."""
    launcher = os.environ.get(LAUNCHER)
    if launcher:
        threading.Thread(target=_stop_without, args=(int(launcher),), name="follow launcher", daemon=True).start()


def _stop_without(launcher: int) -> None:
    while os.getppid() == launcher:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


class Launcher:
    """Keeps web and worker running until a signal comes."""

    def __init__(self, data: Path, port: int) -> None:
        logs = data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self.url = f"http://127.0.0.1:{port}"
        self.web = Process("web", ["web", "--port", str(port)], logs / "web.log")
        self.worker = Process("worker", ["worker"], logs / "worker.log")
        self._stop = False

    def run(self, when_ready: Callable[[str], None]) -> None:
        """Start both, call `when_ready` with the address once the first page answers, and stay until stopped.

        A worker that dies is started again; a web server that dies ends all with one clear error.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self.web.start()
            self.worker.start()
            self._wait_until_ready()
            if not self._stop:
                when_ready(self.url)
            while not self._stop:
                self._watch()
                time.sleep(0.5)
        finally:
            self._end()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True

    def _wait_until_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not self._stop:
            if not self.web.running or time.monotonic() > deadline:
                raise Unavailable("the web server did not start; see %(log)s", log=self.web.log)
            if _answers(f"{self.url}/healthz"):
                return
            time.sleep(0.2)

    def _watch(self) -> None:
        if not self.web.running:
            raise Unavailable("the web server stopped; see %(log)s", log=self.web.log)
        if not self.worker.running and time.monotonic() - self.worker.started > 5:
            print(f"The worker stopped and is started again; see {self.worker.log}", file=sys.stderr)  # noqa: T201
            self.worker.start()

    def _end(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            process.wait(deadline)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def sole_run(data: Path) -> Iterator[None]:
    """Hold the data folder for this run. Raises `RelaisError` when another `relais run` holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RelaisError("Relais is already running on the data folder %(folder)s", folder=data) from None
        yield


def check_port(port: int) -> None:
    """Raises `RelaisError` when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise RelaisError("port %(port)s is taken; choose another with RELAIS_PORT", port=port) from None
