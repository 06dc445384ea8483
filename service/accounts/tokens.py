"""API tokens: 256 random bits, shown once, kept only as SHA-256."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.errors import NotFound, RelaisError
from corpus.models import Token, User, now

PREFIX = "relais_"
USE_NOTED_EVERY = timedelta(minutes=1)


def issue_token(session: Session, user: User, *, name: str, days: int | None = None) -> tuple[Token, str]:
    """A new token and its secret, which cannot be had again. ``days`` None: it does not expire."""
    if not name.strip():
        raise RelaisError("give the token a name")
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = now() + timedelta(days=days) if days else None
    token = Token(user_id=user.id, name=name.strip()[:100], sha256=_sha256(secret), expires_at=expires)
    session.add(token)
    session.flush()
    return token, secret


def revoke_token(session: Session, token_id: int, *, user_id: int | None = None) -> None:
    """End a token; with ``user_id`` only one of that account. Raises `NotFound`."""
    token = session.get(Token, token_id)
    if token is None or user_id not in (None, token.user_id):
        raise NotFound("there is no token %(number)s", number=token_id)
    token.revoked_at = token.revoked_at or now()


def find_token(session: Session, secret: str) -> Token | None:
    """The token with this secret, if it is valid now and its account active."""
    token = session.scalar(select(Token).where(Token.sha256 == _sha256(secret)))
    if token is None or token.revoked_at or (token.expires_at and token.expires_at <= now()) or not token.user.active:
        return None
    return token


def use_is_news(token: Token) -> bool:
    """Whether the time of the last use is old enough to be written again."""
    return token.last_used_at is None or token.last_used_at < now() - USE_NOTED_EVERY


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
