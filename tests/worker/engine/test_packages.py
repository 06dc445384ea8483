"""Installing packages from files, an index and the starter ones; hostile and damaged ones are refused."""

import io
import json
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.errors import NotFound, RelaisError, Unavailable
from tests.worker.engine.server import Behaviour, serving
from worker.engine import packages
from worker.engine.routes import route, targets
from worker.engine.translator import translator_for

FR_EN = Path(str(files("worker.starter"))) / "translate-fr_en-0_1.argosmodel"
META = json.dumps({"from_code": "fr", "to_code": "en", "package_version": "1", "argos_version": "1.5"}).encode()


@pytest.fixture
def server() -> Iterator[Behaviour]:
    with serving() as behaviour:
        yield behaviour


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return sink.getvalue()


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def _repacked(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The starter package with files changed or (None) left out."""
    with zipfile.ZipFile(FR_EN) as original:
        changed = [(name, change(name, original.read(name))) for name in original.namelist()]
    return _zip(*[(name, content) for name, content in changed if content is not None])


HOSTILE = {
    "path out": _zip(("p/metadata.json", META), ("p/../../evil", b"x")),
    "absolute path": _zip(("p/metadata.json", META), ("/tmp/evil", b"x")),
    "backslash": _zip(("p/metadata.json", META), ("p\\..\\evil", b"x")),
    "symbolic link": _zip(("p/metadata.json", META), (_link("p/model"), b"/etc")),
    "two folders": _zip(("p/metadata.json", META), ("q/x", b"x")),
    "no folder": _zip(("metadata.json", META)),
    "hidden folder": _zip((".p/metadata.json", META)),
    "bomb": _zip(("p/metadata.json", META), ("p/zeros", bytes(20 << 20))),
    "empty": _zip(),
    "not a zip": b"<html>not found</html>",
    "cut short": FR_EN.read_bytes()[:-2000],
    "no metadata": _zip(("p/model/model.bin", b"x")),
    "metadata that is not JSON": _zip(("p/metadata.json", b"{")),
    "metadata without languages": _zip(("p/metadata.json", b"{}")),
    "languages that lead outside": _zip(
        ("p/metadata.json", json.dumps({"from_code": "../x", "to_code": "en"}).encode())
    ),
    "another kind of package": _zip(("p/metadata.json", META.replace(b"{", b'{"type": "sbd", ', 1))),
    "no model": _zip(("p/metadata.json", META)),
    "model of nonsense": _repacked(lambda name, content: b"nonsense" if name.endswith("model.bin") else content),
    "no tokenizer": _repacked(lambda name, content: None if name.endswith("sentencepiece.model") else content),
    "tokenizer of nonsense": _repacked(
        lambda name, content: b"no" if name.endswith("sentencepiece.model") else content
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_and_broken_files_leave_nothing_behind(kind: str, data_folder: Path) -> None:
    upload = data_folder / "upload.argosmodel"
    upload.write_bytes(HOSTILE[kind])
    with pytest.raises(RelaisError, match=r"upload\.argosmodel|\bp\b"):
        packages.install_file(upload)
    assert packages.installed() == []
    assert sorted(p.name for p in (data_folder / "packages").iterdir()) == [".lock"]
    assert not (data_folder / "evil").exists()


def test_a_bad_file_leaves_the_installed_package_in_use(data_folder: Path) -> None:
    packages.install_file(FR_EN)
    upload = data_folder / "upload.argosmodel"
    upload.write_bytes(HOSTILE["model of nonsense"])
    with pytest.raises(RelaisError):
        packages.install_file(upload)
    assert packages.verify(packages.installed()[0]) == []


def test_installed_package_is_recorded_verified_and_removed(data_folder: Path) -> None:
    package = packages.install_file(FR_EN)
    assert (package.label, package.version, package.origin) == ("fr→en", "0.1", FR_EN.name)
    assert package.sha256 and packages.verify(package) == []
    assert packages.install_file(FR_EN) == package  # a second time changes nothing
    (package.path / "README.md").write_text("changed")
    (package.path / "added").write_text("")
    assert packages.verify(package) == ["README.md: changed", "added: not part of the package"]
    with pytest.raises(NotFound):
        packages.remove(["fr-en", "uk-fr"])
    assert [p.path for p in packages.remove(["fr→en"])] == [package.path]
    assert packages.installed() == []


def test_a_flipped_byte_is_found_when_the_model_is_loaded(data_folder: Path) -> None:
    package = packages.install_file(FR_EN)
    model = package.path / "model" / "model.bin"
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 0x40
    model.write_bytes(content)
    with pytest.raises(Unavailable, match=r"fr→en is damaged: model/model\.bin: changed"):
        translator_for(package)


def test_a_package_without_its_model_makes_no_route(data_folder: Path) -> None:
    packages.install_starter()
    (data_folder / "packages" / "translate-en_uk-0_2" / "model" / "model.bin").unlink()
    assert targets("fr") == ["en"]
    with pytest.raises(RelaisError, match="fr→uk"):
        route("fr", "uk")
    assert [p.problem for p in packages.installed()] == ["model/model.bin is missing", None]


def test_from_an_index_newest_first_resumed_and_recorded(data_folder: Path, server: Behaviour) -> None:
    newer = _repacked(
        lambda name, content: content.replace(b'"0.1"', b'"0.10"') if name.endswith("metadata.json") else content
    )
    server.offer("old.argosmodel", FR_EN.read_bytes(), "fr", "en", "0.9")
    server.offer("new.argosmodel", newer, "fr", "en", "0.10")
    server.break_after = 4 << 20
    seen: list[tuple[str, int, int | None]] = []
    [package] = packages.install_from_index([("fr", "en")], index=server.address, progress=lambda *x: seen.append(x))
    assert (package.version, package.origin) == ("0.10", f"{server.address}/new.argosmodel")
    assert seen[-1] == ("fr→en", len(newer), len(newer))
    assert len([r for r in server.requests if r[0] == "/new.argosmodel"]) == 3
    assert list((data_folder / "downloads").glob("*.argosmodel*")) == []
    with pytest.raises(NotFound, match="en→uk"):
        packages.install_from_index([("en", "uk")], index=f"{server.address}/index.json")


@pytest.mark.parametrize("kind", ["path out", "cut short", "not a zip"])
def test_hostile_files_of_an_index_are_refused(kind: str, data_folder: Path, server: Behaviour) -> None:
    server.offer("x.argosmodel", HOSTILE[kind], "fr", "en")
    with pytest.raises(RelaisError):
        packages.install_from_index([("fr", "en")], index=server.address)
    assert packages.installed() == []


def test_a_size_that_is_a_lie_installs_nothing(data_folder: Path, server: Behaviour) -> None:
    server.offer("x.argosmodel", FR_EN.read_bytes(), "fr", "en")
    server.claim = -1000
    with pytest.raises(RelaisError):
        packages.install_from_index([("fr", "en")], index=server.address)
    assert packages.installed() == []


def test_starter_packages_serve_where_no_index_can_be_reached(data_folder: Path) -> None:
    packages.ensure_starter()
    assert route("fr", "uk").label() == ["fr→en", "en→uk"]
    assert packages.summary() == (
        "Packages in use: en→uk 0.2, fr→en 0.1 (starter packages: for trial and tests, not for publication)."
    )


def test_a_real_package_goes_before_a_starter_one(data_folder: Path) -> None:
    packages.install_starter()
    other = data_folder / "other.argosmodel"
    other.write_bytes(
        _zip(
            *[
                (n.replace("fr_en-0_1", "fr_en-0_0"), zipfile.ZipFile(FR_EN).read(n))
                for n in zipfile.ZipFile(FR_EN).namelist()
            ]
        )
    )
    packages.install_file(other)
    assert route("fr", "en").legs[0].path.name == "translate-fr_en-0_0"
    assert packages.summary().startswith("Packages in use: en→uk 0.2, fr→en 0.1 (starter")


def test_two_installs_at_once_do_not_disturb_each_other(data_folder: Path) -> None:
    failures: list[BaseException] = []

    def install() -> None:
        try:
            packages.install_file(FR_EN)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=install) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [packages.verify(p) for p in packages.installed()] == [[]]


def test_what_a_killed_install_left_is_cleared_away(data_folder: Path) -> None:
    left = data_folder / "packages" / ".incoming-x"
    left.mkdir(parents=True)
    packages.install_file(FR_EN)
    assert not left.exists()
    assert [p.label for p in packages.installed()] == ["fr→en"]
