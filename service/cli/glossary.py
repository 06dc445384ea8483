"""`relais glossary`: look for terms, see their forms, exchange lists."""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from corpus.errors import RelaisError
from glossary import exchange
from glossary.enforcement.base import Wanted
from glossary.exchange.table import LANGUAGES
from glossary.inflection import comparable, forms
from glossary.matching import Matcher, Occurrence
from glossary.review import ForbiddenRenderings, candidates, locate
from glossary.terms import Rendering, Term
from service.cli._files import print_json, read_bytes, read_text

_FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_LANGUAGE = click.Choice(LANGUAGES)


@click.group()
def command() -> None:
    """Terms: where they stand, how they decline, lists in and out."""


def stored_terms() -> list[Term]:
    """The newsroom's glossary; the starter list on the first start."""
    from corpus.database import database
    from glossary.catalogue import starter_terms
    from glossary.store import load, load_starter

    with database().writing() as session:
        load_starter(session, starter_terms())
        return load(session, active_only=False)


def _terms(list_name: str | None, language: str | None) -> list[Term]:
    if list_name is None:
        return stored_terms()
    return [entry.term for entry in exchange.read(read_bytes(list_name), filename=list_name, language=language)]


@command.command()
@click.argument("file")
@click.option("--glossary", "list_name", help="Another list than the stored one: CSV, TSV, XLSX or TBX.")
@click.option("--translation", help="A translation of FILE, line by line: each occurrence gets its outcome.")
@click.option("--to", "language", type=_LANGUAGE, help="Language of the translation.")
@click.option("--topic", "topics", multiple=True, help="Topic of the article, for terms that hold in some only.")
@_FORMAT
def check(
    file: str, list_name: str | None, translation: str | None, language: str | None, topics: tuple[str, ...], form: str
) -> None:
    """Find the terms in FILE.

    Without --translation, offsets count in the whole file. With it, FILE and the translation have the same number of
    lines; start and end count in the source's line, target in the translation's. A list's columns are fr, en, uk,
    status, case, note; several renderings are separated by | and forbidden ones begin with an exclamation mark.
    """
    text = read_text(file)
    matcher_terms = _terms(list_name, language)
    by_key = {term.key: term for term in matcher_terms}
    matcher = Matcher(matcher_terms)
    if translation is None:
        result = _found(text, matcher.occurrences(text, topics), by_key)
    else:
        if language is None:
            raise RelaisError("say which language the translation is in with --to")
        result = _compared(text, read_text(translation), language, matcher, by_key, topics)
    if form == "json":
        print_json(result)
    else:
        _print_check(result)


def _found(text: str, occurrences: list[Occurrence], by_key: dict[str, Term]) -> dict[str, Any]:
    items = [(o, _place(o, text, by_key)) for o in occurrences]
    return {
        "occurrences": [item for o, item in items if not o.nested],
        "nested": [item for o, item in items if o.nested],
    }


def _place(occurrence: Occurrence, text: str, by_key: dict[str, Term]) -> dict[str, Any]:
    """The entry's own source text, not the surname or rival it was found by."""
    span = occurrence.span
    return {
        "term": by_key[occurrence.term.key].source,
        "start": span.start,
        "end": span.end,
        "text": span.of(text),
    }


@dataclass(frozen=True)
class _Line:
    number: int
    source: str
    target: str


def _compared(
    text: str, translated: str, language: str, matcher: Matcher, by_key: dict[str, Term], topics: tuple[str, ...]
) -> dict[str, Any]:
    """Outcome of every occurrence that has a rendering in the language, line by line, and forbidden renderings more."""
    forbidden = ForbiddenRenderings(by_key.values(), language)
    occurrences, flags = [], []
    for line in _aligned(text, translated):
        found = [o for o in matcher.occurrences(line.source, topics) if not o.nested and o.term.accepted(language)]
        hits = locate(line.source, line.target, [Wanted(o.term, o.span, o.plural) for o in found], language)
        for occurrence, hit in zip(found, hits, strict=True):
            place = _place(occurrence, line.source, by_key)
            occurrences.append(
                {
                    "term": place.pop("term"),
                    "line": line.number,
                    **place,
                    "outcome": hit.outcome.value,
                    "reason": "" if hit.outcome == "native" else hit.method,
                    "target": list(hit.target) if hit.target else None,
                    "form": hit.form,
                    "candidates": candidates(occurrence.term, language),
                }
            )
        for term, span in forbidden.flags(line.target, hits):
            flags.append({"term": term.source, "line": line.number, "target": list(span), "text": span.of(line.target)})
    return {"occurrences": occurrences, "flags": flags}


def _aligned(text: str, translated: str) -> list[_Line]:
    sources, targets = (t.rstrip("\r\n").split("\n") for t in (text, translated))
    if len(sources) != len(targets):
        raise RelaisError(
            "the source has %(source)s lines, the translation %(target)s", source=len(sources), target=len(targets)
        )
    pairs = zip(sources, targets, strict=True)
    return [_Line(n, source.rstrip("\r"), target.rstrip("\r")) for n, (source, target) in enumerate(pairs, start=1)]


def _print_check(result: dict[str, Any]) -> None:
    for item in result["occurrences"]:
        where = f"{item['line']}:{item['start']}" if "line" in item else str(item["start"])
        outcome = f"{item['outcome']:<9} {item['form'] or '-'}" if "outcome" in item else ""
        reason = f" ({item['reason']})" if item.get("reason") else ""
        click.echo(f"{where:<8} {item['text']}  [{item['term']}]  {outcome}{reason}".rstrip())
    for flag in result.get("flags", ()):
        click.echo(f"{flag['line']:<8} forbidden rendering: {flag['text']}  [{flag['term']}]")


@command.command("forms")
@click.argument("term")
@click.option("--language", type=_LANGUAGE, required=True)
@click.option("--gender", type=click.Choice(["m", "f", "n"]), help="Of the head word, or of the person named.")
@click.option("--number", type=click.Choice(["sg", "pl"]), help="For a rendering that has only one.")
@click.option("--indeclinable", is_flag=True)
@_FORMAT
def forms_of(term: str, language: str, gender: str | None, number: str | None, indeclinable: bool, form: str) -> None:
    """List every form of TERM: a rendering, or a French term of the glossary, whose preferred rendering is taken."""
    rendering = Rendering(language, term, gender=gender, number=number, indeclinable=indeclinable)
    if not (gender or number or indeclinable):
        rendering = _known(term, language) or rendering
    found = forms(rendering).by_tag
    if form == "json":
        listed = {tag: list(of_tag) for tag, of_tag in found.items()}
        print_json({"term": rendering.text, "language": language, "forms": listed})
        return
    for tag, of_tag in found.items():
        click.echo(f"{tag:<8} {' / '.join(of_tag)}")


def _known(text: str, language: str) -> Rendering | None:
    """The rendering of the stored glossary that TERM names, with its grammar."""
    wanted = comparable(text)
    for term in stored_terms():
        if wanted in (comparable(term.source), comparable(term.key)):
            return term.preferred(language)
        for rendering in term.accepted(language):
            if comparable(rendering.text) == wanted:
                return rendering
    return None


@command.command("import")
@click.argument("file")
@click.option(
    "--as", "layout", type=click.Choice(sorted(exchange.FORMATS)), help="Format; by default seen from the file."
)
@click.option("--to", "language", type=_LANGUAGE, help="Language of the targets, for lists of pairs.")
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@_FORMAT
def import_list(file: str, layout: str | None, language: str | None, dry_run: bool, form: str) -> None:
    """Add FILE's terms to the glossary. What the file leaves out (a column, a cell, a rendering) stays as it is."""
    from corpus.database import database
    from glossary.store import save

    entries = exchange.read(read_bytes(file), filename=file, form=layout, language=language)
    planned = exchange.plan(stored_terms(), entries)
    if not dry_run:
        with database().writing() as session:
            for term in planned.to_store:
                save(session, term, actor_id=None, action="import", reason=Path(file).name)
    if form == "json":
        print_json(_planned(planned))
        return
    for term in planned.new:
        click.echo(f"new      {term.source}: {', '.join(r.text for r in term.renderings)}")
    for change in planned.changed:
        for name, before, after in change.differences():
            click.echo(f"changed  {change.after.source}: {name}: {before or '-'} → {after or '-'}")
    click.echo(f"{len(planned.new)} new, {len(planned.changed)} changed, {planned.unchanged} unchanged", err=True)


def _planned(planned: exchange.Plan) -> dict[str, Any]:
    changed = [
        {
            "term": change.after.source,
            "key": change.after.key,
            "changes": [{"field": f, "before": b, "after": a} for f, b, a in change.differences()],
        }
        for change in planned.changed
    ]
    new = [{"term": term.source, "key": term.key} for term in planned.new]
    return {"new": new, "changed": changed, "unchanged": planned.unchanged}


@command.command()
@click.option(
    "--format", "--as", "layout", type=click.Choice(sorted(exchange.FORMATS)), default="csv", show_default=True
)
@click.option("--to", "language", type=_LANGUAGE, help="Target language, for DeepL and Google.")
@click.option("--output", default="-", show_default=True, help="File to write; - is standard output.")
def export(layout: str, language: str | None, output: str) -> None:
    """Write the glossary as a file."""
    data = exchange.write(stored_terms(), layout, language=language)
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise RelaisError("%(name)s: cannot be written: %(reason)s", name=output, reason=error.strerror) from None


@command.command()
@click.option("--language", type=_LANGUAGE, help="Only this target language.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only editions made since this day (UTC).")
@_FORMAT
def report(language: str | None, since: datetime | None, form: str) -> None:
    """How terms came out in the stored editions, most violated first; what editors left of the machine's text."""
    from corpus.database import database
    from glossary.report import OUTCOMES, report

    with database().reading() as session:
        found = report(session, language=language, since=since.replace(tzinfo=UTC) if since else None)
    if form == "json":
        print_json(found.as_dict())
        return
    click.echo(f"{'':<8} {'all':>6} " + " ".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for line in found.terms:
        click.echo(_counts(line.language, line.occurrences, line.outcomes) + f"  {line.term}")
    for code, weeks in found.weeks.items():
        for monday, outcomes in sorted(weeks.items()):
            click.echo(_counts(code, outcomes.total(), outcomes) + f"  week of {monday}")
    for code, scores in found.scores.items():
        figures = ", ".join(
            f"{name.replace('_', ' ')} {f'{value:.3f}' if isinstance(value, float) else value}"
            for name, value in scores.as_dict().items()
            if value is not None
        )
        click.echo(f"{code:<8} machine against approved: {figures}")


def _counts(code: str, total: int, outcomes: Counter[str]) -> str:
    from glossary.report import OUTCOMES

    return f"{code:<8} {total:>6} " + " ".join(f"{outcomes[outcome]:>8}" for outcome in OUTCOMES)
