"""Who calls the API."""

from flask import abort, g, request
from flask_login import current_user

from corpus.errors import RelaisError
from corpus.models import Token, now
from service.accounts import throttling
from service.accounts.sessions import Account, account_of
from service.accounts.tokens import find_token, use_is_news
from service.api import blueprint
from service.current import database


class Unauthorized(RelaisError):
    """No account, or a token that is not valid."""

    status = 401
    code = "unauthorized"


@blueprint.before_request
def _identify() -> None:
    """Put the caller's account in ``g.account``. A token, where one is sent, counts alone."""
    header = request.headers.get("Authorization")
    if header:
        g.account = _of_token(header)
    elif current_user.is_authenticated:
        g.account = current_user
    else:
        raise Unauthorized("sign in, or send a valid token")


def caller(role: str = "staff") -> Account:
    """The calling account, if it has the role; else 403."""
    account: Account = g.account
    if not account.may(role):
        abort(403)
    return account


def _of_token(header: str) -> Account:
    scheme, _, secret = header.partition(" ")
    with database().reading() as session:
        throttling.check(session, address=request.remote_addr)
        token = find_token(session, secret.strip()) if scheme.lower() == "bearer" else None
        found = (account_of(token.user), token.id, use_is_news(token)) if token else None
    if found is None:
        with database().writing() as session:
            throttling.note(session, address=request.remote_addr)
        raise Unauthorized("sign in, or send a valid token")
    account, number, news = found
    if news:
        with database().writing() as session:
            session.get_one(Token, number).last_used_at = now()
    return account
