"""`relais show`: one edition of an article."""

import click

from corpus.articles import get_article, get_version
from corpus.database import database
from corpus.editions import beads_of, get_edition
from corpus.views import edition_view, source_view
from service.cli._files import print_json


@click.command()
@click.argument("article")
@click.option("--edition", "language", required=True, help="Target language.")
@click.option("--version", "number", type=int, help="Version of the article, by default the newest.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
def command(article: str, language: str, number: int | None, form: str) -> None:
    """Print an edition of ARTICLE: its text, or its beads with hits and flags as JSON."""
    with database().reading() as session:
        found = get_article(session, article)
        version = get_version(session, found.id, number)
        edition = get_edition(session, version.id, language)
        beads = beads_of(session, edition.id)
        if form == "json":
            view = {"article": found.id, "version": version.number, "source": source_view(version)}
            print_json(view | {"edition": edition_view(edition, beads)})
            return
        blocks: dict[int, list[str]] = {}
        for bead in beads:
            blocks.setdefault(bead.segments[0].block_id, []).append(bead.target)
    click.echo("\n\n".join(" ".join(sentences) for sentences in blocks.values()))
