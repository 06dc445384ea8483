"""Accounts and their passwords."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from corpus.errors import Conflict, RelaisError
from corpus.models import Role, User

SHORTEST = 10
LONGEST = 1000
METHOD = "scrypt:32768:8:1"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter or digit that is taken for another
_NOBODY = generate_password_hash(secrets.token_hex(), method=METHOD)


def random_password() -> str:
    """16 characters in four groups, 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def add_user(session: Session, *, login: str, name: str, role: Role, language: str, password: str) -> User:
    """A new account. Raises `Conflict` when the login is taken, `RelaisError` for a login or password that won't do."""
    login = login.strip().lower()
    if not login or len(login) > 64 or any(c.isspace() for c in login) or ":" in login:
        raise RelaisError("a login has 1 to 64 characters, without spaces or colons")
    if session.scalar(select(User.id).where(User.login == login)):
        raise Conflict("the login %(login)s is taken", login=login)
    user = User(login=login, name=name.strip() or login, role=role, language=language, password_hash="", session_key="")
    set_password(user, password)
    session.add(user)
    session.flush()
    return user


def set_password(user: User, password: str) -> None:
    """Change the password, which ends every session of the account. Raises `RelaisError` for one that won't do."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RelaisError("a password has at least %(count)s characters", count=SHORTEST)
    user.password_hash = generate_password_hash(password, method=METHOD)
    user.session_key = secrets.token_urlsafe(16)


def verify(session: Session, login: str, password: str) -> User | None:
    """The active account with this login and password. Takes the same time whether or not there is one."""
    user = session.scalar(select(User).where(User.login == login.strip().lower()))
    right = check_password_hash(user.password_hash if user else _NOBODY, password[:LONGEST])
    return user if user and user.active and right else None
