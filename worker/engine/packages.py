"""Installed Argos packages: one folder each in the packages folder, and in it a record of its checksums."""

import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from corpus.errors import NotFound, RelaisError
from worker.engine import archive, health
from worker.engine.download import download
from worker.engine.index import Available, available, newest, version_key
from worker.settings import settings

STARTER_PAIRS = (("fr", "en"), ("en", "uk"))
PackageProgress = Callable[[str, int, int | None], None]
"""Called with a package's label, bytes had so far, and bytes in all (None where the server does not say)."""

_STARTER = "starter"
_RECORD = "relais.json"  # inside the package's folder, so that both appear and go in one rename


@dataclass(frozen=True)
class InstalledPackage:
    """``sha256`` of the package file and ``origin`` (address, file name or "starter") as recorded, else None.

    ``problem``: why it can't be used, in a few words; None where nothing is known against it.
    """

    from_code: str
    to_code: str
    version: str
    path: Path
    sha256: str | None = None
    origin: str | None = None
    problem: str | None = None

    @property
    def label(self) -> str:
        return f"{self.from_code}→{self.to_code}"

    @property
    def starter(self) -> bool:
        """Whether it is one of the small packages for trial and tests."""
        return self.origin == _STARTER

    @property
    def rank(self) -> tuple[bool, Any]:
        """Of two packages for one pair the higher is used: never a starter where there is another."""
        return not self.starter, version_key(self.version)


def installed() -> list[InstalledPackage]:
    """All packages in the packages folder, the damaged ones with their `problem`; best first for each pair."""
    folder = settings().packages
    if not folder.is_dir():
        return []
    found = [_described(p) for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(".")]
    return sorted(sorted(found, key=lambda p: p.rank, reverse=True), key=lambda p: (p.from_code, p.to_code))


def install_file(path: Path, *, origin: str | None = None) -> InstalledPackage:
    """Check, try out and install a `.argosmodel` file, all or nothing. Raises `RelaisError`."""
    if not path.is_file():
        raise RelaisError("%(file)s: no such file", file=path)
    checksum = _sha256(path)
    with _locked(settings().packages) as folder:
        same = [p for p in installed() if p.sha256 == checksum and not verify(p)]
        if same:
            return same[0]
        for left_behind in folder.glob(".incoming-*"):  # of an install that was killed
            shutil.rmtree(left_behind, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder) as incoming:
            unpacked = archive.unpack(path, Path(incoming))
            if problem := health.fault(unpacked):
                raise RelaisError("%(file)s: refused: %(reason)s", file=path.name, reason=problem)
            _write_record(unpacked, checksum, origin or path.name)
            return _put_in_place(unpacked, folder / unpacked.name, Path(incoming))


def install_from_index(
    pairs: Iterable[tuple[str, str]], *, index: str | None = None, progress: PackageProgress | None = None
) -> list[InstalledPackage]:
    """Fetch and install the index's newest package for each pair. Raises `Unavailable`, `NotFound`, `RelaisError`."""
    offered = available(index)
    return [_install_newest(offered, pair, progress) for pair in pairs]


def install_starter() -> list[InstalledPackage]:
    """Install the packages that come with Relais."""
    found = []
    for resource in sorted(files("worker.starter").iterdir(), key=lambda file: file.name):
        if not resource.name.endswith(".argosmodel"):
            continue
        with as_file(resource) as path:
            found.append(install_file(path, origin=_STARTER))
    return found


def ensure_starter(progress: PackageProgress | None = None) -> list[InstalledPackage]:
    """Make sure there is something to translate with: what is installed, else the index's, else the starter packages.

    An index that can't be reached is known within `index.REACHED_WITHIN` seconds.
    """
    if any(p.problem is None for p in installed()):
        return installed()
    try:
        return install_from_index(STARTER_PAIRS, progress=progress)
    except RelaisError:
        return install_starter()


def verify(package: InstalledPackage) -> list[str]:
    """What differs from the day of the install, a line each; nothing where all checksums are as recorded."""
    record = _record(package.path)
    if not record:
        return ["no checksums were recorded (not installed by Relais)"]
    recorded, now = record["files"], _files(package.path)
    missing = [f"{name}: missing" for name in sorted(recorded.keys() - now)]
    added = [f"{name}: not part of the package" for name in sorted(now - recorded.keys())]
    changed = [f"{n}: changed" for n in sorted(now & recorded.keys()) if _sha256(package.path / n) != recorded[n][0]]
    return missing + changed + added


def damage(package: InstalledPackage) -> list[str]:
    """Of these differences the ones that can change a translation."""
    return [line for line in verify(package) if package.sha256 and _translates(line.split(":")[0])]


def named(names: Iterable[str]) -> list[InstalledPackage]:
    """Installed packages by pair (`fr→en`, `fr-en`) or by their folder's name. Raises `NotFound` for any other."""
    found = []
    for name in names:
        pair = name.replace("→", "-").replace("_", "-")
        meant = [p for p in installed() if p.path.name == name or f"{p.from_code}-{p.to_code}" == pair]
        if not meant:
            raise NotFound("no package %(name)s is installed", name=name)
        found += [p for p in meant if p not in found]
    return found


def remove(names: Iterable[str]) -> list[InstalledPackage]:
    """Remove packages, named as for `named`; all or none."""
    with _locked(settings().packages):
        found = named(names)
        for package in found:
            shutil.rmtree(package.path)
        return found


def summary() -> str:
    """One line: which packages are in use."""
    best = {p.label: p for p in reversed(installed()) if p.problem is None}
    if not best:
        return "No packages are installed."
    line = ", ".join(f"{label} {best[label].version}" for label in sorted(best))
    if any(p.starter for p in best.values()):
        return f"Packages in use: {line} (starter packages: for trial and tests, not for publication)."
    return f"Packages in use: {line}."


def _install_newest(
    offered: list[Available], pair: tuple[str, str], progress: PackageProgress | None
) -> InstalledPackage:
    wanted = newest(offered, *pair)
    if wanted is None:
        raise NotFound("the package index has no package %(label)s", label="→".join(pair))
    label = "→".join(pair)
    with _locked(settings().data / "downloads") as folder:
        path = folder / wanted.file_name
        for number, link in enumerate(wanted.links, 1):
            try:
                download(link, path, lambda had, total: progress(label, had, total) if progress else None)
                package = install_file(path, origin=link)
                break
            except RelaisError:
                if number == len(wanted.links):
                    raise
            finally:
                path.unlink(missing_ok=True)
    return package


def _put_in_place(unpacked: Path, target: Path, incoming: Path) -> InstalledPackage:
    if target.exists():
        target.rename(incoming / "replaced")
    unpacked.rename(target)
    return _described(target)


def _described(folder: Path) -> InstalledPackage:
    record = _record(folder)
    try:
        metadata = archive.read_metadata(folder)
    except RelaisError as error:
        return InstalledPackage("", "", "", folder, problem=str(error))
    return InstalledPackage(
        from_code=metadata["from_code"],
        to_code=metadata["to_code"],
        version=str(metadata.get("package_version", "")),
        path=folder,
        sha256=record.get("sha256"),
        origin=record.get("origin"),
        problem=_incomplete(folder, record),
    )


def _incomplete(folder: Path, record: dict[str, Any]) -> str | None:
    """What can be seen without reading the files: one that is missing or has another size."""
    sizes = {name: size for name, (_, size) in record.get("files", {}).items() if _translates(name)}
    needed = sizes or dict.fromkeys(("model/model.bin", "model/config.json"))
    for name, size in needed.items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if size is not None and path.stat().st_size != size:
            return f"{name} has another size than when it was installed"
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return "the tokenizer is missing"
    return None


def _translates(name: str) -> bool:
    """Whether the model reads this file (and not only people)."""
    return name.startswith("model/") or name in ("metadata.json", "sentencepiece.model", "bpe.model")


def _write_record(folder: Path, checksum: str, origin: str) -> None:
    record = {
        "sha256": checksum,
        "origin": origin,
        "installed": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {n: (_sha256(folder / n), (folder / n).stat().st_size) for n in sorted(_files(folder))},
    }
    (folder / _RECORD).write_text(json.dumps(record, indent=1))


def _record(folder: Path) -> dict[str, Any]:
    """What was noted at the install; empty for a package that argostranslate itself put here."""
    try:
        record = json.loads((folder / _RECORD).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and isinstance(record.get("files"), dict) else {}


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p != folder / _RECORD}


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """The folder, made if need be, for this process alone; another that wants it waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
