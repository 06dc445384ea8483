"""`relais corpus`: keep the corpus, search it, take editions and memories out and in."""

import csv
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.database import database
from corpus.errors import RelaisError
from service.cli._files import print_json
from service.cli._people import editor_id

_FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_AS = click.option("--as", "login", required=True, help="Login of the editor who does this.")
_REASON = click.option("--reason", required=True, help="Why; kept for the audit.")


class _Commands(click.Group):
    """`export` and `import` have a module of their own, and are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "export", "import"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ("export", "import"):
            from service.cli import _exchange

            return _exchange.export_command if cmd_name == "export" else _exchange.import_command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands)
def command() -> None:
    """Keep the corpus: backup, check, search, exchange."""


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the whole database to PATH while Relais goes on working; an earlier backup there is replaced."""
    from corpus.keeping import backup as copy

    size = copy(database(), path)
    click.echo(f"{path}: {size / 1e6:.1f} MB, checked", err=True)


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Although the database holds articles, which are lost.")
def restore(path: Path, replace: bool) -> None:
    """Put the backup PATH in the place of the database. Stop the workers before."""
    from corpus.keeping import restore as load

    load(database(), path, replace=replace)
    click.echo(f"{path}: restored", err=True)


@command.command()
@_FORMAT
def check(form: str) -> None:
    """Test every rule that must hold; exit status 1 and a list when one is broken."""
    from corpus.keeping import RULES
    from corpus.keeping import check as broken
    from glossary.integrity import check as without_hits

    with database().reading() as session:
        violations = [*broken(session), *without_hits(session)]
    if form == "json":
        rows = [vars(violation) for violation in violations]
        print_json({"rules": list(RULES), "violations": rows})
    for violation in violations if form == "text" else ():
        click.echo(f"{violation.rule}: {violation.subject} {violation.subject_id}: {violation.detail}")
    if violations:
        sys.exit(1)
    click.echo(f"{len(RULES)} rules hold", err=True)


@command.command()
@click.argument("article")
@_AS
@_REASON
def withdraw(article: str, login: str, reason: str) -> None:
    """Take ARTICLE with all its editions from readers and workers."""
    from corpus.articles import get_article
    from corpus.keeping import withdraw_article

    with database().writing() as session:
        found = get_article(session, article)
        withdraw_article(session, found.id, actor_id=editor_id(session, login), reason=reason)
    click.echo(f"article {found.id} is withdrawn", err=True)


@command.command()
@click.argument("article")
@_AS
@_REASON
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(article: str, login: str, reason: str, yes: bool) -> None:
    """Remove the texts of a withdrawn ARTICLE for good; who did what and when stays on record."""
    from corpus.articles import get_article
    from corpus.keeping import compact
    from corpus.keeping import purge as remove

    with database().reading() as session:
        found = get_article(session, article)
    if not yes:
        click.confirm(f"Remove all texts of article {found.id} for good?", abort=True, err=True)
    with database().writing() as session:
        remove(session, found.id, actor_id=editor_id(session, login), reason=reason)
    compact(database())
    click.echo(f"article {found.id} is purged; backups made before still hold its texts", err=True)


@command.command()
@click.argument("query")
@click.option("--beads", is_flag=True, help="Sentences with their translations instead of articles.")
@click.option("--edition", "language", help="With --beads: of this target language.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@_FORMAT
def search(query: str, beads: bool, language: str | None, limit: int, form: str) -> None:
    """Find articles, or beads, by words of any language, typed halfway, without case and accents."""
    from corpus.search import search_articles, search_beads

    with database().reading() as session:
        if beads:
            found = [
                {
                    "article": f.bead.edition.version.article_id,
                    "version": f.bead.edition.version.number,
                    "language": f.bead.edition.language,
                    "bead": f.bead.id,
                    "source": f.bead.source,
                    "target": f.bead.target,
                    "side": f.side,
                    "spans": [list(span) for span in f.spans],
                }
                for f in search_beads(session, query, language=language, limit=limit)
            ]
        else:
            found = [
                {
                    "article": f.article.id,
                    "title": f.article.title,
                    "language": f.language,
                    "text": f.text,
                    "spans": [list(span) for span in f.spans],
                }
                for f in search_articles(session, query, limit=limit)
            ]
    if form == "json":
        print_json(found)
        return
    for row in found:
        texts = (row["source"], row["target"]) if beads else dict.fromkeys((row["title"], row["text"]))
        click.echo(f"{row['article']:>6}  {row['language']}  " + "\n            ".join(map(str, texts)))


@command.command()
@click.option("--article", help="Of one article alone.")
@click.option("--subject", type=click.Choice(["article", "edition", "bead", "hit", "term"]))
@click.option("--since", type=click.DateTime(), help="UTC, included.")
@click.option("--until", type=click.DateTime(), help="UTC, left out.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
def audit(article: str | None, subject: str | None, since: datetime | None, until: datetime | None, form: str) -> None:
    """Print the audit trail, oldest first: who changed what, when, from what to what, and why."""
    from corpus.articles import get_article
    from corpus.audit import FIELDS, trail
    from corpus.exchange.csv_table import defused

    with database().reading() as session:
        lines = trail(
            session,
            article_id=get_article(session, article).id if article else None,
            subject=subject,
            since=since and since.replace(tzinfo=UTC),
            until=until and until.replace(tzinfo=UTC),
        )
        if form == "csv":
            click.echo(",".join(FIELDS), nl=False)
            click.echo("\r")
        for line in lines:
            if form == "jsonl":
                click.echo(json.dumps(line, ensure_ascii=False))
                continue
            buffer = io.StringIO(newline="")
            cells = (json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else v for v in line.values())
            csv.writer(buffer).writerow(defused(str(cell)) if cell is not None else "" for cell in cells)
            click.echo(buffer.getvalue(), nl=False)


@command.command("forget-memory")
@click.argument("name")
def forget_memory(name: str) -> None:
    """Remove from the memory what was imported from the file NAME; approved beads stay."""
    from corpus.memory import forget

    with database().writing() as session:
        count = forget(session, name)
    if not count:
        raise RelaisError("the memory holds nothing from %(name)s", name=name)
    click.echo(f"{count} unit(s) removed", err=True)
