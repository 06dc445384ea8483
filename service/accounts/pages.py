"""Signing in and out, one's own account, and the list of accounts."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from corpus.errors import NotFound, RelaisError
from corpus.models import Role, Token, User, now
from service.accounts import throttling
from service.accounts.passwords import add_user, random_password, set_password, verify
from service.accounts.sessions import account_of, requires
from service.accounts.tokens import issue_token, revoke_token
from service.current import database
from service.errors import as_line, sentence_of
from service.languages import COOKIE
from service.security import safe_next
from service.settings import LANGUAGES

blueprint = Blueprint("accounts", __name__)
Page = str | Response | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """The form, and the answer to it."""
    target = safe_next(request.values.get("next"), url_for("desk.home"))
    if request.method == "GET":
        return redirect(target) if current_user.is_authenticated else render_template("accounts/sign_in.html")
    login = request.form.get("login", "").strip().lower()[:64]
    try:
        user = _verified(login, request.form.get("password", ""))
    except RelaisError as error:
        page = render_template("accounts/sign_in.html", error=as_line(sentence_of(error)), login=login)
        return page, error.status
    session.clear()
    session.permanent = True
    login_user(account_of(user))
    return redirect(target)


def _verified(login: str, password: str) -> User:
    """Raises `RelaisError` (with the status of the answer) for a wrong password or too many of them."""
    with database().reading() as unit:
        throttling.check(unit, address=request.remote_addr, login=login)
        user = verify(unit, login, password)
    with database().writing() as unit:
        if user is None:
            throttling.note(unit, address=request.remote_addr, login=login)
        else:
            throttling.forget(unit, login)
            unit.get_one(User, user.id).last_seen_at = now()
    if user is None:
        raise RelaisError("this login and password do not go together")
    return user


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/language")
def choose_language() -> Response:
    """The language of the interface: kept with the account, or in a cookie."""
    language = request.form.get("language", "")
    response = redirect(safe_next(request.form.get("next"), url_for("desk.home")))
    if language in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=31_536_000, httponly=True, samesite="Lax")
        if current_user.is_authenticated:
            with database().writing() as unit:
                unit.get_one(User, current_user.id).language = language
    return response


@blueprint.get("/account")
@requires(Role.STAFF)
def own() -> Page:
    """Password, language and tokens."""
    return _own()


def _own(**values: Any) -> str:
    with database().reading() as unit:
        query = select(Token).where(Token.user_id == current_user.id, Token.revoked_at.is_(None)).order_by(Token.id)
        tokens = unit.scalars(query).all()
    return render_template("accounts/own.html", tokens=tokens, **values)


@blueprint.post("/account/password")
@requires(Role.STAFF)
def change_password() -> Page:
    """Ends every other session of the account; this one goes on under a new identity."""
    try:
        user = _verified(current_user.login, request.form.get("current", ""))
        if request.form.get("new") != request.form.get("again"):
            raise RelaisError("the two new passwords are not the same")
        with database().writing() as unit:
            user = unit.get_one(User, user.id)
            set_password(user, request.form.get("new", ""))
    except RelaisError as error:
        return _own(error=as_line(sentence_of(error))), error.status
    session.clear()
    session.permanent = True
    login_user(account_of(user))
    flash(_("The password is changed. Everywhere else you are signed out."))
    return redirect(url_for("accounts.own"))


@blueprint.post("/account/tokens")
@requires(Role.STAFF)
def add_token() -> Page:
    """A new token; its secret is shown on this answer and never again."""
    days = request.form.get("days", "")
    try:
        with database().writing() as unit:
            user = unit.get_one(User, current_user.id)
            name = request.form.get("name", "")
            _token, secret = issue_token(unit, user, name=name, days=int(days) if days.isdecimal() else None)
    except RelaisError as error:
        return _own(token_error=as_line(sentence_of(error))), error.status
    return _own(secret=secret)


@blueprint.post("/account/tokens/<int:number>/revoke")
@requires(Role.STAFF)
def end_token(number: int) -> Page:
    """End one of one's own tokens."""
    with database().writing() as unit:
        revoke_token(unit, number, user_id=current_user.id)
    flash(_("The token is ended."))
    return redirect(url_for("accounts.own"))


@blueprint.get("/accounts")
@requires(Role.ADMIN)
def everyone() -> Page:
    """All accounts, and the form for a new one."""
    return _everyone()


def _everyone(**values: Any) -> str:
    with database().reading() as unit:
        users = unit.scalars(select(User).order_by(User.active.desc(), User.login)).all()
    return render_template("accounts/everyone.html", users=users, **values)


@blueprint.post("/accounts")
@requires(Role.ADMIN)
def add() -> Page:
    """A new account with a random password, shown once."""
    form, password = request.form, random_password()
    try:
        with database().writing() as unit:
            user = add_user(
                unit,
                login=form.get("login", ""),
                name=form.get("name", ""),
                role=_role(form.get("role", "")),
                language=form["language"] if form.get("language") in LANGUAGES else "fr",
                password=password,
            )
    except RelaisError as error:
        return _everyone(error=as_line(sentence_of(error)), typed=form), error.status
    return _everyone(made=user, password=password)


@blueprint.post("/accounts/<int:number>")
@requires(Role.ADMIN)
def change(number: int) -> Page:
    """Role, closing and opening, or a new password of somebody's account."""
    action, password = request.form.get("action", ""), ""
    with database().writing() as unit:
        user = unit.get(User, number)
        if user is None:
            raise NotFound("there is no account %(number)s", number=number)
        if action == "password":
            password = random_password()
            set_password(user, password)
        elif action == "role":
            _keep_an_admin(unit, user)
            user.role = _role(request.form.get("role", ""))
        elif action == "close":
            _keep_an_admin(unit, user)
            user.active = False
        elif action == "open":
            user.active = True
        else:
            raise RelaisError("the request cannot be understood")
    if password:
        return _everyone(made=user, password=password)
    flash(_("The account is changed."))
    return redirect(url_for("accounts.everyone"))


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise RelaisError("there is no role %(role)s", role=word) from None


def _keep_an_admin(unit: Session, user: User) -> None:
    """Raises `RelaisError` when nobody would be left to keep the accounts."""
    others = select(User.id).where(User.role == Role.ADMIN, User.active, User.id != user.id).limit(1)
    if user.role is Role.ADMIN and unit.scalar(others) is None:
        raise RelaisError("the last administrator cannot be changed")
