"""`relais articles`: what is in the store."""

from typing import Any

import click
from sqlalchemy import select

from corpus.articles import get_version, newest_articles
from corpus.database import database
from corpus.models import Article, Edition
from service.cli._files import print_json


@click.command()
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(limit: int, form: str) -> None:
    """List the newest articles with the state of their editions."""
    with database().reading() as session:
        rows: list[dict[str, Any]] = []
        for article in newest_articles(session, limit=limit):
            version = get_version(session, article.id)
            editions = session.scalars(
                select(Edition).where(Edition.version_id == version.id).order_by(Edition.language)
            )
            states = {edition.language: edition.state.value for edition in editions}
            rows.append(_row(article, version.number, states))
    if form == "json":
        print_json({"articles": rows})
        return
    for row in rows:
        line = " ".join(f"{language}:{state}" for language, state in row["editions"].items())
        click.echo(f"{row['article']:>6}  v{row['version']:<3} {line:<30} {row['title']}")


def _row(article: Article, version: int, editions: dict[str, str]) -> dict[str, Any]:
    return {
        "article": article.id,
        "number": article.external_id,
        "version": version,
        "title": article.title,
        "sample": article.sample,
        "created": article.created_at.isoformat(),
        "editions": editions,
    }
