"""Downloads from a server that breaks off, forgets how to resume, or lies about the size."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import RelaisError, Unavailable
from tests.worker.engine.server import Behaviour, serving
from worker.engine.download import download, fetch_json

CONTENT = os.urandom(100_000)


@pytest.fixture
def server() -> Iterator[Behaviour]:
    with serving() as behaviour:
        behaviour.files["/file"] = CONTENT
        yield behaviour


def test_whole_file_with_progress(server: Behaviour, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    download(f"{server.address}/file", tmp_path / "file", lambda had, total: seen.append((had, total)))
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_goes_on_where_the_connection_broke(server: Behaviour, tmp_path: Path) -> None:
    server.break_after = 30_000
    download(f"{server.address}/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert [asked for _, asked in server.requests] == [None, "bytes=30000-", "bytes=60000-", "bytes=90000-"]


def test_a_later_call_goes_on_with_what_an_earlier_one_left(server: Behaviour, tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT[:40_000])
    (tmp_path / "file.part.json").write_text('{"validator": "\\"one\\""}')
    download(f"{server.address}/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert server.requests == [("/file", "bytes=40000-")]


def test_begins_again_when_the_file_has_changed_meanwhile(server: Behaviour, tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(b"of the old version")
    (tmp_path / "file.part.json").write_text('{"validator": "\\"zero\\""}')
    download(f"{server.address}/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("etag", [None, '"one"'])
@pytest.mark.parametrize("ranges", [True, False])
def test_a_server_that_always_breaks_off_is_given_up(
    server: Behaviour, tmp_path: Path, ranges: bool, etag: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.engine.download.time.sleep", lambda _: None)
    server.break_after, server.ranges, server.etag = 0 if ranges and etag else 30_000, ranges, etag
    with pytest.raises(Unavailable, match="cannot be fetched"):
        download(f"{server.address}/file", tmp_path / "file")
    assert not (tmp_path / "file").exists()


def test_a_server_that_promises_more_than_it_has_is_given_up(
    server: Behaviour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.engine.download.time.sleep", lambda _: None)
    server.claim = 500
    with pytest.raises(Unavailable):
        download(f"{server.address}/file", tmp_path / "file")
    assert not (tmp_path / "file").exists()


def test_a_server_that_promises_less_ends_in_a_short_file_that_the_zip_check_refuses(
    server: Behaviour, tmp_path: Path
) -> None:
    server.claim = -500
    download(f"{server.address}/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT[:-500]


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/x", "ipfs://x", "nonsense"])
def test_only_http(url: str, tmp_path: Path) -> None:
    with pytest.raises(RelaisError, match="only http"):
        download(url, tmp_path / "file")


def test_what_is_not_there_is_not_asked_for_again(server: Behaviour, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        download(f"{server.address}/other", tmp_path / "file")
    assert len(server.requests) == 1


def test_an_index_that_does_not_answer_is_known_in_time() -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Unavailable):
            fetch_json(f"http://127.0.0.1:{silent.getsockname()[1]}/index.json", within=0.3)


def test_an_index_that_is_not_json(server: Behaviour) -> None:
    with pytest.raises(Unavailable):
        fetch_json(f"{server.address}/file", within=5)
