"""`relais models`: the Argos packages this machine translates with."""

import re
import sys
from pathlib import Path
from typing import Any

import click

from corpus.errors import RelaisError
from service.cli._files import print_json
from worker.engine import packages
from worker.engine.index import available
from worker.engine.packages import InstalledPackage

_PAIR = re.compile(r"([a-z]{2,3})(?:→|->|-|_|:)([a-z]{2,3})")
as_format = click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group()
def command() -> None:
    """Install, list, check and remove translation packages."""


@command.command()
@click.argument("what", nargs=-1, metavar="[PAIR|FILE]…")
@click.option("--index", help="Address of another package index (a mirror) than ARGOS_PACKAGE_INDEX names.")
@click.option("--starter", is_flag=True, help="Install the small packages that come with Relais, for trial.")
def install(what: tuple[str, ...], index: str | None, starter: bool) -> None:
    """Install packages: pairs such as fr-en from the index, or .argosmodel files. Without any: fr-en and en-uk."""
    if starter:
        for package in packages.install_starter():
            _say(package)
        return
    chosen = [_chosen(item) for item in what] or list(packages.STARTER_PAIRS)
    for choice in chosen:
        if isinstance(choice, Path):
            _say(packages.install_file(choice))
        else:
            for package in packages.install_from_index([choice], index=index, progress=_Progress()):
                _say(package)


@command.command(name="list")
@click.option("--available", "offered", is_flag=True, help="What the package index offers instead.")
@click.option("--index", help="Address of another package index (a mirror) than ARGOS_PACKAGE_INDEX names.")
@as_format
def list_(offered: bool, index: str | None, format_: str) -> None:
    """List installed packages, best first for each pair."""
    if offered:
        rows = [{"from": e.from_code, "to": e.to_code, "version": e.version} for e in available(index)]
    else:
        rows = [_as_dict(package) for package in packages.installed()]
    if format_ == "json":
        print_json({"packages": rows})
        return
    for row in rows:
        note = row.get("problem") or row.get("origin") or ""
        click.echo(f"{row['from']}→{row['to']}  {row['version']}  {note}".rstrip())
    if not rows:
        click.echo("No packages are installed.", err=True)


@command.command()
@click.argument("names", nargs=-1, metavar="[PAIR|NAME]…")
@as_format
def verify(names: tuple[str, ...], format_: str) -> None:
    """Compare every file with the checksum recorded at the install. Exit status 1 when one differs."""
    checked = packages.named(names) if names else packages.installed()
    found = [(package, packages.verify(package)) for package in checked]
    if format_ == "json":
        print_json({"packages": [{**_as_dict(package), "differences": lines} for package, lines in found]})
    else:
        for package, lines in found:
            click.echo(f"{package.label}  {package.version}  {'; '.join(lines) or 'as installed'}")
    if any(lines for _, lines in found):
        sys.exit(1)


@command.command()
@click.argument("names", nargs=-1, required=True, metavar="PAIR|NAME…")
def remove(names: tuple[str, ...]) -> None:
    """Remove packages by pair (fr-en) or by the name of their folder."""
    for package in packages.remove(names):
        click.echo(f"{package.label} {package.version} removed")


class _Progress:
    """A bar on a terminal; nothing where standard error is a file."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, label: str, had: int, total: int | None) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total or 0, label=label, file=sys.stderr, show_pos=total is None)
        self._bar.length = total or had
        self._bar.update(had - self._bar.pos)
        if had == total:
            self._bar.render_finish()


def _chosen(item: str) -> Path | tuple[str, str]:
    pair = _PAIR.fullmatch(item)
    if pair and not Path(item).exists():
        return pair[1], pair[2]
    if not item.endswith(".argosmodel") and not Path(item).is_file():
        raise RelaisError("%(item)s: neither a pair of languages such as fr-en nor a package file", item=item)
    return Path(item)


def _say(package: InstalledPackage) -> None:
    click.echo(f"{package.label} {package.version} installed")


def _as_dict(package: InstalledPackage) -> dict[str, Any]:
    return {
        "from": package.from_code,
        "to": package.to_code,
        "version": package.version,
        "name": package.path.name,
        "origin": package.origin,
        "starter": package.starter,
        "sha256": package.sha256,
        "problem": package.problem,
    }
