"""`relais corpus export` and `relais corpus import`: editions, the memory, and training sets as files."""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import click
from sqlalchemy.orm import Session

from corpus.articles import get_article, get_version
from corpus.database import database
from corpus.editions import get_edition
from corpus.errors import Conflict, RelaisError
from corpus.exchange import FORMATS, Header, Reading, Report, Unit, format_named
from corpus.models import Edition
from service.cli._files import print_json
from service.cli._people import editor_id

_SHORT = {"md": "markdown", "txt": "text"}
_WHOLE_CORPUS = ("tmx", "moses", "jsonl")  # formats in which units of many articles can stand
_READABLE = [name for name, module in FORMATS.items() if hasattr(module, "read")]
_AT_ONCE = 5_000  # units a transaction when a memory is imported: others write in between


@click.command("export")
@click.option("--article", help="Number of the article; without it the whole corpus (tmx, moses, jsonl, training).")
@click.option("--version", "number", type=int, help="By default the newest.")
@click.option("--edition", "language", required=True, help="Target language.")
@click.option("--format", "form", type=click.Choice([*FORMATS, *_SHORT, "training"]), required=True)
@click.option("--memory", is_flag=True, help="The translation memory instead of editions.")
@click.option("--approved", is_flag=True, help="Of the whole corpus: only what editors approved.")
@click.option("--output", default="-", help="File; for moses the name before .fr and .en, for training a folder.")
def export_command(
    article: str | None, number: int | None, language: str, form: str, memory: bool, approved: bool, output: str
) -> None:
    """Write an edition, the corpus or the memory to a file, in constant memory.

    `training` makes train, dev and test pairs of the approved corpus: no pair twice, no article in two of them.
    """
    form = _SHORT.get(form, form)
    if form in ("moses", "training") and output == "-":
        raise RelaisError("--format %(format)s makes several files: name them with --output", format=form)
    with database().reading() as session:
        if form == "training":
            counts = _training(session, language, Path(output))
            click.echo(", ".join(f"{name} {counts[name]}" for name in ("train", "dev", "test")), err=True)
            return
        header, units = _chosen(session, article, number, language, form, memory, approved)
        if form == "moses":
            with _files([f"{output}.{header.source_language}", f"{output}.{language}"]) as (source, target):
                report = format_named(form).write(source, target, units)
        elif output == "-":
            report = format_named(form).write(sys.stdout.buffer, header, units)
        else:
            with _files([output]) as (stream,):
                report = format_named(form).write(stream, header, units)
    _tell(report)


def _chosen(
    session: Session,
    article: str | None,
    number: int | None,
    language: str,
    form: str,
    memory: bool,
    approved: bool,
) -> tuple[Header, Iterator[Unit]]:
    from corpus.memory import units_of as units_of_memory
    from corpus.units import header_of, units_of, units_of_corpus

    if article is not None:
        edition = _edition(session, article, number, language)
        return header_of(session, edition), units_of(session, edition)
    if form not in _WHOLE_CORPUS:
        raise RelaisError("--format %(format)s needs --article", format=form)
    units = units_of_memory(session, language) if memory else units_of_corpus(session, language, approved=approved)
    return Header("fr", language), units


def _edition(session: Session, article: str, number: int | None, language: str) -> Edition:
    version = get_version(session, get_article(session, article).id, number)
    return get_edition(session, version.id, language)


def _training(session: Session, language: str, folder: Path) -> Counter[str]:
    from corpus.training import SETS, split, write
    from corpus.units import units_of_corpus

    folder.mkdir(parents=True, exist_ok=True)
    with _files([str(folder / f"{name}.tsv") for name in SETS]) as streams:
        approved = split(lambda: units_of_corpus(session, language, approved=True))
        return write(dict(zip(SETS, streams, strict=True)), language, approved)


@contextmanager
def _files(names: list[str]) -> Iterator[list[BinaryIO]]:
    """Files to be written: they appear, all of them, when the block ends well."""
    partial = [Path(name).with_name(f".{Path(name).name}.partial") for name in names]
    try:
        with ExitStack() as stack:
            yield [stack.enter_context(path.open("wb")) for path in partial]
        for path, name in zip(partial, names, strict=True):
            path.replace(name)
    except OSError as error:
        raise RelaisError("%(name)s: cannot be written: %(reason)s", name=names[0], reason=error.strerror) from None
    finally:
        for path in partial:
            if path.parent.is_dir():
                path.unlink(missing_ok=True)


def _tell(report: Report) -> None:
    left = f", {report.left_out} without a translation left out" if report.left_out else ""
    click.echo(f"{report.written} written{left}", err=True)
    for key in report.cleaned:
        click.echo(f"unit {key}: characters that the format cannot hold were removed", err=True)


@click.command("import")
@click.argument("file")
@click.option("--target", "translation", help="For moses: the file with the translations, line by line.")
@click.option("--format", "form", type=click.Choice(_READABLE), help="By default what the name's ending says.")
@click.option("--article", help="The article whose edition is to be edited, where the file does not say.")
@click.option("--edition", "language", help="Target language, where the file does not say.")
@click.option("--as", "login", help="Login of the editor whose edits these are.")
@click.option("--memory", is_flag=True, help="Into the translation memory; so is a TMX without --article.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--take", is_flag=True, help="In a conflict the file goes before the edition.")
@click.option("--output-format", "shown", type=click.Choice(["text", "json"]), default="text", show_default=True)
def import_command(
    file: str,
    translation: str | None,
    form: str | None,
    article: str | None,
    language: str | None,
    login: str | None,
    memory: bool,
    dry_run: bool,
    take: bool,
    shown: str,
) -> None:
    """Put the edits in FILE back onto an edition, or take its units into the memory.

    All or nothing is imported where a file is broken. What conflicts with work done since, is of a changed source or
    of no bead at all is listed and left alone; exit status 1 then.
    """
    with _seekable(file) as path:
        form = form or _format_of(path, file)
        if memory or (form == "tmx" and article is None):
            result = _into_memory(
                path, "standard input" if file == "-" else Path(file).name, form, language, translation, dry_run
            )
            _print_memory(result, shown)
            return
        with path.open("rb") as stream, database().writing() as session:
            reading = _reading(form, stream, language, translation)
            edition = _meant(session, reading.header, article, language)
            found = _edits(session, edition, reading, login, dry_run, take)
            if dry_run:
                session.rollback()
    _print_edits(found, shown)


@contextmanager
def _seekable(name: str) -> Iterator[Path]:
    """A file that can be read twice; standard input is kept in one for a while."""
    if name != "-":
        if not Path(name).is_file():
            raise RelaisError("%(name)s: there is no such file", name=name)
        yield Path(name)
        return
    with tempfile.NamedTemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)


def _format_of(path: Path, name: str) -> str:
    ending = Path(name).suffix.lower()
    if ending in (".xlf", ".xliff"):
        start = path.open("rb").read(4096)
        return "xliff21" if b"urn:oasis:names:tc:xliff:document:2" in start else "xliff12"
    found = next((n for n in _READABLE if ending in getattr(FORMATS[n], "suffixes", ())), None)
    if found is None:
        raise RelaisError("%(name)s: say the format with --format", name=name)
    return found


def _reading(form: str, stream: BinaryIO, language: str | None, translation: str | None) -> Reading:
    if form == "moses":
        if not translation or not language:
            raise RelaisError("--format moses needs --target, the file of translations, and --edition, their language")
        header = Header("fr", language)
        return Reading(header, _moses(stream, translation, header))
    if form == "tmx":
        reading: Reading = FORMATS[form].read(stream, source_language="fr", target_language=language)
    else:
        reading = FORMATS[form].read(stream)
    return reading


def _moses(stream: BinaryIO, translation: str, header: Header) -> Iterator[Unit]:
    if not Path(translation).is_file():
        raise RelaisError("%(name)s: there is no such file", name=translation)
    with Path(translation).open("rb") as target:
        yield from FORMATS["moses"].read(stream, target, header)


def _meant(session: Session, header: Header, article: str | None, language: str | None) -> Edition:
    """The edition that a file belongs to. Raises `Conflict` when it was made from another text or language."""
    from corpus.exchange.languages import expect

    wanted = article or header.article
    if not wanted:
        raise RelaisError("the file does not say which article it is of: give --article")
    if not (language or header.target_language):
        raise RelaisError("the file does not say which edition it is of: give --edition")
    if language is not None:
        expect(header.target_language, language, side="target")
    found = get_article(session, wanted)
    expect(header.source_language, found.source_language, side="source")
    if article is not None and header.article and header.article != str(found.id):
        raise Conflict("the file is of article %(file)s, not of %(wanted)s", file=header.article, wanted=found.id)
    version = get_version(session, found.id)
    if header.version and header.version != str(version.number):
        message = "the file is of version %(file)s of article %(number)s, which is at version %(newest)s now"
        raise Conflict(message, file=header.version, number=found.id, newest=version.number)
    return get_edition(session, version.id, language or header.target_language)


def _edits(
    session: Session, edition: Edition, units: Iterable[Unit], login: str | None, dry_run: bool, take: bool
) -> list[Any]:
    from corpus.merging import findings
    from worker.importing import import_edits

    if dry_run:
        return findings(session, edition, units)
    if login is None:
        raise RelaisError("say whose edits these are with --as LOGIN")
    return import_edits(session, edition, units, actor_id=editor_id(session, login), take=take)


def _print_edits(found: list[Any], shown: str) -> None:
    """Counts, and each unit that was left alone though the file wanted something."""
    counts = Counter(str(finding.effect) for finding in found)
    open_ones = [f for f in found if f.effect in ("conflict", "stale", "unknown")]
    rows = [
        {
            "unit": f.unit.id,
            "effect": str(f.effect),
            "source": f.unit.source,
            "file": f.unit.target,
            "edition": f.bead.target if f.bead else None,
            "edition_source": f.bead.source if f.bead else None,
        }
        for f in open_ones
    ]
    if shown == "json":
        print_json({"counts": dict(counts), "left": rows})
    else:
        click.echo(", ".join(f"{count} {effect}" for effect, count in sorted(counts.items())) or "nothing in the file")
        for row in rows:
            click.echo(f"{row['effect']}: {row['source']}\n  file:    {row['file']}\n  edition: {row['edition']}")
    if open_ones:
        sys.exit(1)


def _into_memory(
    path: Path, name: str, form: str, language: str | None, translation: str | None, dry_run: bool
) -> dict[str, Any]:
    """Read the file to its end first: a broken one leaves nothing. Then store it piece by piece."""
    from corpus.memory import Imported, import_units

    def units(stream: BinaryIO) -> Iterator[Unit]:
        return iter(_reading(form, stream, language, translation))

    with path.open("rb") as stream:
        read = sum(1 for _ in units(stream))
    total = Imported()
    with path.open("rb") as stream:
        waiting = units(stream)
        while piece := list(islice(waiting, _AT_ONCE)):
            with database().writing() as session:
                total += import_units(session, piece, name)
                if dry_run:
                    session.rollback()
            if sys.stderr.isatty():
                click.echo(f"\r{total.read} of {read}", nl=False, err=True)
    return {"read": total.read, "new": total.new, "known": total.known, "skipped": dict(total.skipped)}


def _print_memory(result: dict[str, Any], shown: str) -> None:
    if shown == "json":
        print_json(result)
        return
    skipped = "".join(f", {count} {reason}" for reason, count in sorted(result["skipped"].items()))
    click.echo(f"{result['read']} read: {result['new']} new, {result['known']} known{skipped}")
