"""The glossary: list, search, one term with all its forms and its history, and editing for editors."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from corpus import history
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.models import RenderingEntry, Role, TermEntry, User
from glossary import store
from glossary.conflicts import conflicts
from glossary.inflection import forms
from glossary.terms import Rendering
from service.accounts.sessions import requires
from service.current import database
from service.errors import as_line, sentence_of
from service.glossary_pages import fields
from service.labels import CONFLICTS
from service.settings import TARGETS
from worker.reenforcing import touched
from worker.tasks import ask_to_reenforce

ON_PAGE = 60
TAGS = {
    "uk": (("nom", "gen", "dat", "acc", "ins", "loc", "voc"), ("sg", "pl")),
    "en": (("", "poss"), ("sg", "pl")),
}
blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")
Page = str | Response | tuple[str, int]


@blueprint.get("/")
@requires(Role.STAFF)
def terms() -> str:
    """The list; `?q=` searches sources, variants and renderings, `?kind=` narrows to one kind of entry."""
    words, kind = request.args.get("q", "").strip()[:200], request.args.get("kind", "")
    page = max(1, request.args.get("page", 1, type=int))
    query = select(TermEntry).order_by(TermEntry.source, TermEntry.key)
    if kind:
        query = query.where(TermEntry.kind == kind)
    for word in words.split():
        like = f"%{word.replace('%', '').replace('_', '')}%"
        rendered = exists().where(RenderingEntry.term_id == TermEntry.id, RenderingEntry.text.ilike(like))
        query = query.where(or_(TermEntry.source.ilike(like), TermEntry.domain.ilike(like), rendered))
    with database().reading() as session:
        rows = session.scalars(query.limit(ON_PAGE + 1).offset((page - 1) * ON_PAGE)).all()
        return render_template(
            "glossary/terms.html", rows=rows[:ON_PAGE], words=words, kind=kind, page=page, more=len(rows) > ON_PAGE,
            targets=TARGETS,
        )  # fmt: skip


@blueprint.get("/terms/<key>")
@requires(Role.STAFF)
def term(key: str) -> str:
    """One term: renderings with all their forms, and who changed what.

    With `?touched=1`, as after a change, also the unpublished editions it touches and what it contradicts.
    """
    with database().reading() as session:
        found = store.get(session, key)
        changes = list(reversed(history.of(session, "term", store.row_id(session, key))))
        names = {user.id: user.name for user in session.scalars(select(User))}
        asked = "touched" in request.args and current_user.may("editor")
        editions = touched(session, [found], [key]) if asked else None
        against = [c for c in conflicts(store.load(session) if asked else ()) if any(t.key == key for t in c.terms)]
    tables = [(rendering, _table(rendering)) for rendering in found.renderings if rendering.status != "forbidden"]
    return render_template(
        "glossary/term.html",
        term=found,
        tables=tables,
        changes=changes,
        names=names,
        tags=TAGS,
        targets=TARGETS,
        editions=editions,
        conflicts=against,
        kinds=CONFLICTS,
    )


@blueprint.get("/conflicts")
@requires(Role.STAFF)
def contradictions() -> str:
    """Where the glossary contradicts itself."""
    with database().reading() as session:
        found = conflicts(store.load(session))
    return render_template("glossary/conflicts.html", conflicts=found, kinds=CONFLICTS)


@blueprint.post("/terms/<key>/editions/<int:edition>")
@requires(Role.EDITOR)
def enforce_again(key: str, edition: int) -> Page:
    """Have one unpublished edition's machine sentences with this term enforced again, by a worker."""
    with database().reading() as session:
        if not touched(session, [store.get(session, key)], [key], edition_id=edition):
            raise NotFound("there is no unpublished edition %(number)s with this term", number=edition)
    ask_to_reenforce(key, edition, actor_id=current_user.id, reason=f"glossary: {key}")
    flash(_("The sentences are being translated again. What people wrote, approved or decided stays as it is."))
    return redirect(url_for("glossary.term", key=key, touched=1))


def _table(rendering: Rendering) -> dict[str, tuple[str, ...]]:
    """Forms by tag; nothing where none can be made."""
    try:
        return forms(rendering).by_tag
    except RelaisError:
        return {}


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.EDITOR)
def new() -> Page:
    """A new term."""
    if request.method == "GET":
        return _form(fields.EMPTY, None)
    return _save(None)


@blueprint.route("/terms/<key>/edit", methods=["GET", "POST"])
@requires(Role.EDITOR)
def edit(key: str) -> Page:
    """Change a term."""
    if request.method == "POST":
        return _save(key)
    with database().reading() as session:
        found, revision = store.get(session, key), _revision(session, key)
    return _form(fields.of_term(found), key, revision=revision)


def _save(key: str | None) -> Page:
    values = fields.of_form(request.form)
    try:
        with database().writing() as session:
            name = key or fields.new_key(session, values["source"])
            if key is not None and str(_current(session, key)) != request.form.get("revision"):
                raise Conflict("someone else has changed this term meanwhile")
            reason = request.form.get("reason", "").strip()[:500]
            store.save(session, fields.to_term(name, values), actor_id=current_user.id, reason=reason)
    except RelaisError as error:
        if error.status == 404:
            raise
        with database().reading() as session:
            revision = _revision(session, key) if key else None
        return _form(values, key, revision=revision, error=as_line(sentence_of(error))), error.status
    flash(_("The term is saved. It holds for what is translated from now on."))
    return redirect(url_for("glossary.term", key=name, touched=1))


def _form(values: fields.Values, key: str | None, *, revision: int | None = None, error: str = "") -> str:
    return render_template(
        "glossary/edit.html", values=values, key=key, revision=revision, error=error, targets=TARGETS
    )


def _current(session: Session, key: str) -> int:
    """The term's revision. Raises `NotFound`."""
    store.row_id(session, key)
    return _revision(session, key)


def _revision(session: Session, key: str) -> int:
    return session.scalar(select(TermEntry.revision).where(TermEntry.key == key)) or 0
