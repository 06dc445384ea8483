"""The `.argosmodel` file: a zip of the CTranslate2 model, the SentencePiece model and the metadata."""

import json
import zipfile
from pathlib import Path

FORMAT = "1.5"  # of Argos Translate: the oldest whose packages have all that Relais needs
NAMES = {"en": "English", "fr": "French", "uk": "Ukrainian"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the date of every member: equal content gives an equal file


def metadata(source: str, target: str, version: str) -> dict[str, object]:
    """What Argos Translate reads first; `source` and `target` are language codes."""
    return {
        "package_version": version,
        "argos_version": FORMAT,
        "from_code": source,
        "from_name": NAMES.get(source, source),
        "to_code": target,
        "to_name": NAMES.get(target, target),
        "links": [],
    }


def package(run: Path, source: str, target: str, version: str, readme: str) -> Path:
    """Zip the run's model folder and sentencepiece.model into translate-SOURCE_TARGET-VERSION.argosmodel."""
    stem = f"translate-{source}_{target}-{version.replace('.', '_')}"
    path = run / f"{stem}.argosmodel"
    members = {
        "metadata.json": json.dumps(metadata(source, target, version), indent=4).encode(),
        "README.md": readme.encode(),
        "sentencepiece.model": (run / "sentencepiece.model").read_bytes(),
    }
    members |= {f"model/{file.name}": file.read_bytes() for file in sorted((run / "model").iterdir())}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(f"{stem}/{name}", EPOCH), content, zipfile.ZIP_DEFLATED)
    return path


def unpack(path: Path, folder: Path) -> Path:
    """Lay a package out under `folder`; returns its own folder. Raises ValueError on a member that would leave it."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if not (folder / member).resolve().is_relative_to(folder.resolve()):
                raise ValueError(f"{path.name} holds a file outside its folder: {member}")
        archive.extractall(folder)
        return folder / archive.namelist()[0].split("/")[0]
