"""`relais run`: everything on this machine, in the foreground."""

import threading

import click

from corpus.database import database
from corpus.settings import settings
from glossary.catalogue import starter_terms
from glossary.store import load_starter
from service.demo import demo_accounts, upload_samples
from service.launcher import Launcher, check_port, sole_run
from worker.engine import packages


@click.command()
@click.option("--port", envvar="RELAIS_PORT", default=8000, show_default=True, help="Port of the pages and the API.")
@click.option("--samples", is_flag=True, help="Upload the sample articles, once.")
def command(port: int, samples: bool) -> None:
    """Start web and worker on the embedded defaults; Ctrl-C stops both."""
    data = settings().data
    with sole_run(data):
        check_port(port)
        _prepare()
        accounts = demo_accounts(database(), data)

        def greet(url: str) -> None:
            click.echo(f"\nRelais answers at {url}")
            for login, password in accounts.items():
                click.echo(f"  sign in as {login:<8} password {password}")
            click.echo(f"  data, accounts and logs are in {data}\n  Ctrl-C stops everything\n")
            if samples:
                threading.Thread(target=_upload, args=(url,), daemon=True).start()

        Launcher(data, port).run(greet)
    click.echo("Relais has stopped.")


def _prepare() -> None:
    """Tables, the first glossary and packages, each only where it is missing."""
    with database().writing() as session:
        terms = load_starter(session, starter_terms())
    if terms:
        click.echo(f"The glossary starts with {terms} terms and names.")
    packages.ensure_starter()
    click.echo(packages.summary())


def _upload(url: str) -> None:
    new = upload_samples(database(), url)
    if new:
        click.echo(f"{new} fictional sample articles are being translated; watch them at {url}")
