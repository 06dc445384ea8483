"""`relais users`: accounts."""

import click
from sqlalchemy import select

from corpus.database import database
from corpus.models import Role, User


@click.group()
def command() -> None:
    """Keep accounts."""


@command.command()
@click.argument("login")
@click.option("--name", help="Name shown to others; by default the login.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.STAFF.value, show_default=True)
@click.option("--language", type=click.Choice(["fr", "en", "uk"]), default="fr", show_default=True)
@click.option("--password", help="By default a random one is made and printed.")
def add(login: str, name: str | None, role: str, language: str, password: str | None) -> None:
    """Make an account for LOGIN."""
    from service.accounts.passwords import add_user, random_password

    secret = password or random_password()
    with database().writing() as session:
        add_user(session, login=login, name=name or login, role=Role(role), language=language, password=secret)
    click.echo(f"{login} ({role})" + ("" if password else f" password {secret}"))


@command.command("list")
def list_users() -> None:
    """List the accounts."""
    with database().reading() as session:
        for user in session.scalars(select(User).order_by(User.login)):
            click.echo(f"{user.login:<20} {user.role.value:<8} {'' if user.active else 'closed':<8} {user.name}")
