"""`relais submit`: queue articles as the front end does."""

import time
from pathlib import Path
from typing import Any

import click

from corpus.articles import get_article
from corpus.database import database
from corpus.errors import RelaisError
from corpus.jobs import get_job
from corpus.models import JobState
from service.cli._files import read_bytes
from service.cli._progress import progress
from worker.engine import packages
from worker.ingest import ingest
from worker.submission import Submitted, submit


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--article", help="Number of the article that this file corrects.")
@click.option("--to", "languages", multiple=True, default=("en", "uk"), show_default=True, help="Target language.")
@click.option("--topic", default="", help="Topic of the article.")
@click.option("--number", help="The article's number in the newsroom's CMS.")
@click.option("--wait", is_flag=True, help="Stay until the translation is done.")
def command(
    files: tuple[str, ...], article: str | None, languages: tuple[str, ...], topic: str, number: str | None, wait: bool
) -> None:
    """Upload FILES (`-` is standard input), or a correction of one article, and queue their translation."""
    if article and len(files) > 1:
        raise RelaisError("a correction is one file")
    documents = [(name, ingest(read_bytes(name), filename=name)) for name in files]
    article_id = None
    if article:
        with database().reading() as session:
            article_id = get_article(session, article).id
    if not packages.installed():
        packages.ensure_starter()
        click.echo(packages.summary(), err=True)
    submitted = []
    for name, document in documents:
        details: dict[str, Any] = {} if article else {"topic": topic, "external_id": number}
        answer = submit(
            database(),
            document,
            languages=list(dict.fromkeys(languages)),
            article_id=article_id,
            filename=Path(name).name,
            **details,
        )
        click.echo(f"article {answer.article_id} version {answer.version} job {answer.job_key}")
        submitted.append(answer)
    if wait:
        for answer in submitted:
            _wait(answer)


def _wait(answer: Submitted) -> None:
    """Follow a job to its end, with a bar on a terminal. Raises `RelaisError` when it fails."""
    with progress(1, f"article {answer.article_id}") as bar:
        while True:
            with database().reading() as session:
                job = get_job(session, answer.job_key)
            if job.segments_total:
                bar.length = job.segments_total
                bar.update(job.segments_done - bar.pos)
            if job.state is JobState.DONE:
                return
            if job.state in (JobState.FAILED, JobState.CANCELLED):
                raise RelaisError(
                    "article %(number)s: %(error)s", number=answer.article_id, error=job.error or job.state
                )
            time.sleep(0.3)
