"""A `.argosmodel` file is a zip from elsewhere: what it may hold, checked before a byte of it is unpacked."""

import json
import re
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import RelaisError

LARGEST = 4 << 30  # bytes unpacked; the largest Argos packages are under 1 GB
LARGEST_RATIO = 100  # unpacked to packed, of a file above 1 MB; JSON vocabularies reach about 10
MOST_FILES = 2000
_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def unpack(archive: Path, into: Path) -> Path:
    """Unpack the package's one root folder below `into` and return it. Raises `RelaisError` when anything is amiss."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            root = _checked_root(members, archive.name)
            if sum(m.file_size for m in members) > shutil.disk_usage(into).free:
                raise RelaisError("%(file)s: not enough room on the disk to unpack it", file=archive.name)
            for member in members:
                _extract(opened, member, into)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise RelaisError(
            "%(file)s: is not a whole package file: %(reason)s", file=archive.name, reason=error
        ) from None
    read_metadata(into / root)
    return into / root


def read_metadata(folder: Path) -> dict[str, Any]:
    """`metadata.json` of an unpacked package, checked. Raises `RelaisError`."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise RelaisError("%(folder)s: has no readable metadata.json", folder=folder.name) from None
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise RelaisError("%(folder)s: is not a translation package", folder=folder.name)
    if not all(_CODE.fullmatch(str(metadata.get(key))) for key in ("from_code", "to_code")):
        raise RelaisError("%(folder)s: metadata.json does not say which languages", folder=folder.name)
    return metadata


def _checked_root(members: list[zipfile.ZipInfo], name: str) -> str:
    """The one root folder, once every member is known to stay inside it and to be of reasonable size."""

    def refuse(reason: str) -> RelaisError:
        return RelaisError("%(file)s: refused: %(reason)s", file=name, reason=reason)

    if len(members) > MOST_FILES or len({m.filename for m in members}) < len(members):
        raise refuse("too many files, or one name twice")
    if sum(m.file_size for m in members) > LARGEST:
        raise refuse("it unpacks to more than any package holds")
    roots = set()
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or not path.parts or re.search(r"[\\:\0]", member.filename):
            raise refuse(f"a path that leads outside: {member.filename!r}")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refuse(f"a link or special file: {member.filename!r}")
        if member.flag_bits & 1:
            raise refuse("it is encrypted")
        if member.file_size > max(1 << 20, LARGEST_RATIO * member.compress_size):
            raise refuse(f"a file packed beyond belief: {member.filename!r}")
        if len(path.parts) == 1 and not member.is_dir():
            raise refuse(f"a file outside the package's folder: {member.filename!r}")
        roots.add(path.parts[0])
    if len(roots) != 1 or next(iter(roots)).startswith("."):
        raise refuse("it must hold exactly one folder")
    return roots.pop()


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    target = into.joinpath(*PurePosixPath(member.filename).parts)
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(member) as source, target.open("xb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
