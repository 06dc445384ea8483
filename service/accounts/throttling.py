"""Against guessing: failed sign-ins are counted for the login and for the address they come from."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from corpus.errors import RelaisError
from corpus.models import SignInFailure, now

WINDOW = timedelta(minutes=15)
OF_LOGIN = 5
OF_ADDRESS = 30  # a newsroom may sit behind one address


class TooManyFailures(RelaisError):
    """Wait before the next try. ``retry_after`` is in seconds."""

    status = 429
    code = "too_many_requests"
    retry_after = int(WINDOW.total_seconds())


def check(session: Session, *, address: str | None, login: str | None = None) -> None:
    """Raises `TooManyFailures`."""
    full = _count(session, _address(address)) >= OF_ADDRESS
    if full or (login is not None and _count(session, login) >= OF_LOGIN):
        raise TooManyFailures("too many failed attempts; try again in 15 minutes")


def note(session: Session, *, address: str | None, login: str | None = None) -> None:
    """Count a failure, and forget those that count no more."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < now() - WINDOW))
    session.add(SignInFailure(login=_address(address)))
    if login is not None:
        session.add(SignInFailure(login=login))


def forget(session: Session, login: str) -> None:
    """The right password was given: the failures before it were typing errors."""
    session.execute(delete(SignInFailure).where(SignInFailure.login == login))


def _address(address: str | None) -> str:
    return f"address:{address}"  # no login has a colon in it


def _count(session: Session, key: str) -> int:
    since = now() - WINDOW
    query = select(func.count()).where(SignInFailure.login == key, SignInFailure.at >= since)
    return session.scalar(query) or 0
