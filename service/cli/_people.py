"""Who acts, on the command line: an account that may do what the command does."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.errors import NotFound, RelaisError
from corpus.models import Role, User


def editor_id(session: Session, login: str) -> int:
    """The number of an active editor or admin. Raises `NotFound`, or `RelaisError` when the account may not."""
    user = session.scalar(select(User).where(User.login == login.lower()))
    if user is None or not user.active:
        raise NotFound("there is no account %(login)s", login=login)
    if user.role not in (Role.EDITOR, Role.ADMIN):
        raise RelaisError("%(login)s is not an editor", login=login)
    return user.id
