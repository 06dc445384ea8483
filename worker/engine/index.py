"""The Argos package index: a JSON list of packages and where to fetch them. ARGOS_PACKAGE_INDEX names another one."""

from dataclasses import dataclass
from typing import Any

from packaging.version import InvalidVersion, Version

from corpus.errors import RelaisError
from worker.engine.argos import argos_package_index
from worker.engine.download import fetch_json
from worker.settings import settings

REACHED_WITHIN = 5.0  # seconds; a machine without a network must not wait longer


@dataclass(frozen=True)
class Available:
    """A package of the index. ``links``: http(s) addresses of the same file, best first."""

    from_code: str
    to_code: str
    version: str
    links: tuple[str, ...]

    @property
    def file_name(self) -> str:
        return f"translate-{self.from_code}_{self.to_code}-{self.version.replace('.', '_')}.argosmodel"


def index_url(index: str | None = None) -> str:
    """Address of `index.json`. Like argostranslate's, the setting is the folder's address; the file's serves too."""
    base = index or settings().package_index or argos_package_index()
    return base if base.endswith(".json") else base.rstrip("/") + "/index.json"


def available(index: str | None = None) -> list[Available]:
    """Translation packages the index offers. Raises `Unavailable` when it can't be reached."""
    url = index_url(index)
    listed = fetch_json(url, within=REACHED_WITHIN)
    if not isinstance(listed, list):
        raise RelaisError("%(url)s: is not a package index", url=url)
    return [entry for item in listed if (entry := _entry(item))]


def newest(entries: list[Available], from_code: str, to_code: str) -> Available | None:
    """The highest version for a pair of languages."""
    of_pair = [e for e in entries if (e.from_code, e.to_code) == (from_code, to_code)]
    return max(of_pair, key=lambda e: version_key(e.version), default=None)


def version_key(version: str) -> Version:
    """For comparing; an odd version string comes before all others."""
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")


def _entry(item: Any) -> Available | None:
    if not isinstance(item, dict) or item.get("type", "translate") != "translate":
        return None
    links = tuple(link for link in item.get("links", []) if str(link).startswith(("http://", "https://")))
    codes = item.get("from_code"), item.get("to_code")
    if not links or not all(isinstance(code, str) and code.isascii() and code.isalnum() for code in codes):
        return None
    version = "".join(c for c in str(item.get("package_version", "")) if c.isalnum() or c in ".-+") or "0"
    return Available(str(codes[0]), str(codes[1]), version, links)
