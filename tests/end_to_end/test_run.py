"""`relais run --samples`, as `make run` calls it: pages answer, the samples are translated, and nothing is done twice."""

import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from corpus.models import Article, Bead, Edition, Hit, Segment, State
from tests.relais import Relais
from tests.servers import free_port, wait_for


@contextmanager
def running(relais: Relais, port: int) -> Iterator[subprocess.Popen[bytes]]:
    with relais.process("run", "--samples", "--port", str(port)) as child:
        wait_for(lambda: "Ctrl-C" in output(relais), "the greeting", seconds=90)
        yield child


def output(relais: Relais) -> str:
    return (relais.data / "run.log").read_text()


def children_of(data: Path) -> list[int]:
    """Processes whose environment names this data folder."""
    wanted, found = f"RELAIS_DATA={data}".encode(), []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and wanted in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def states(relais: Relais) -> list[State]:
    database = relais.database
    with database.reading() as session:
        found = list(session.scalars(select(Edition.state)))
    database.dispose()
    return found


def test_a_first_and_a_second_start(relais: Relais) -> None:
    port = free_port()
    with running(relais, port) as child:
        wait_for(lambda: states(relais).count(State.MACHINE) == 12, "six samples in two languages", seconds=240)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
            assert "Relais" in response.read().decode()
        check_samples(relais)
        second = relais.run("run", "--port", str(free_port()), check=False)
        assert second.returncode == 2
        assert "already running" in second.stderr
        child.send_signal(signal.SIGINT)
        assert child.wait(40) == 0
    assert children_of(relais.data) == []
    passwords = json.loads((relais.data / "demo-accounts.json").read_text())
    assert all(password in output(relais) for password in passwords.values())
    assert (relais.data / "demo-accounts.json").stat().st_mode & 0o077 == 0

    (relais.data / "run.log").write_text("")
    with running(relais, port):
        assert states(relais) == [State.MACHINE] * 12
    wait_for(
        lambda: not children_of(relais.data), "the end of web and worker when their launcher is killed", seconds=60
    )
    assert all(password in output(relais) for password in passwords.values())


def check_samples(relais: Relais) -> None:
    """Every sample is marked as one, and every segment has its bead in both editions."""
    database = relais.database
    with database.reading() as session:
        assert session.scalars(select(Article.sample)).all() == [True] * 6
        assert session.scalar(select(func.count(Bead.id))) == 2 * (session.scalar(select(func.count(Segment.id))) or 0)
        hits = session.scalars(select(Hit)).all()
        assert {"enforced", "native"} & {hit.outcome for hit in hits}
        assert "coalition des volontaires" in {hit.term for hit in hits}
    database.dispose()


def test_a_taken_port_is_one_clear_line(relais: Relais) -> None:
    port = free_port()
    with subprocess.Popen(
        ["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1"], stderr=subprocess.DEVNULL
    ) as other:
        wait_for(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/").status == 200, "the other server")
        done = relais.run("run", "--port", str(port), check=False)
        other.terminate()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [f"relais: port {port} is taken; choose another with RELAIS_PORT"]
