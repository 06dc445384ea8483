"""`relais worker`: a Celery worker."""

import click

from corpus.database import database
from glossary.catalogue import starter_terms
from glossary.store import load_starter
from worker.app import app, check_broker
from worker.engine import packages


@click.command()
@click.option("--check", is_flag=True, help="Only tell whether queue and database can be reached.")
@click.option("--concurrency", type=int, help="Chunks at a time; by default RELAIS_WORKER_CONCURRENCY or 2.")
def command(check: bool, concurrency: int | None) -> None:
    """Translate what is queued, until stopped."""
    database()
    if check:
        check_broker()
        return
    with database().writing() as session:
        load_starter(session, starter_terms())
    packages.ensure_starter()
    click.echo(packages.summary(), err=True)
    options = ["worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    if concurrency:
        options += ["--concurrency", str(concurrency)]
    database().dispose()  # a pool of processes must not share connections
    app.worker_main(options)
