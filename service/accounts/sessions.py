"""Who is asking: the account of the session cookie or of the bearer token."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user

from corpus.models import Role, User
from service.current import database

RANKS = {Role.STAFF: 0, Role.EDITOR: 1, Role.ADMIN: 2}
View = TypeVar("View", bound=Callable[..., Any])

login_manager = LoginManager()
login_manager.login_view = "accounts.sign_in"
login_manager.session_protection = "basic"


@dataclass(frozen=True)
class Account(UserMixin):
    """The account of this request, detached from the database."""

    id: int
    login: str
    name: str
    role: Role
    language: str
    session_key: str

    def get_id(self) -> str:
        """What the cookie holds; it is worth nothing once the password has changed."""
        return f"{self.id}:{self.session_key}"

    def may(self, role: str) -> bool:
        """Whether the account has at least this role."""
        return RANKS[self.role] >= RANKS[Role(role)]


class Visitor(AnonymousUserMixin):
    """Nobody in particular."""

    def may(self, role: str) -> bool:  # noqa: ARG002 - the same question as of an account
        """Nothing that needs an account."""
        return False


login_manager.anonymous_user = Visitor


def account_of(user: User) -> Account:
    """The account of a row."""
    return Account(user.id, user.login, user.name, user.role, user.language, user.session_key)


@login_manager.user_loader
def load_account(identity: str) -> Account | None:
    """The account a cookie names, if its session has not ended."""
    number, _, key = identity.partition(":")
    if not number.isdecimal() or not key:
        return None
    with database().reading() as session:
        user = session.get(User, int(number))
        return account_of(user) if user and user.active and user.session_key == key else None


def requires(role: Role) -> Callable[[View], View]:
    """Only for accounts with at least this role: others are asked to sign in, or get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not current_user.may(role):
                abort(403)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
