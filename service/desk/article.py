"""One article on the desk: versions, editions, jobs; trying again, and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from corpus.articles import get_article
from corpus.errors import RelaisError
from corpus.jobs import get_job, retry_job
from corpus.keeping import withdraw_article
from corpus.models import Change, Edition, Job, Role, User, Version
from service.accounts.sessions import requires
from service.current import database
from service.desk import blueprint
from service.desk.lists import progress_of, segment_totals, to_check
from worker.tasks import announce

SHOWN_CHANGES = 40


@blueprint.get("/articles/<int:number>")
@requires(Role.STAFF)
def article(number: int) -> str:
    """Versions, newest first, with their editions and jobs, and what happened to them."""
    with database().reading() as session:
        found = get_article(session, number)
        query = select(Version).where(Version.article_id == number).order_by(Version.number.desc())
        versions = session.scalars(query.options(selectinload(Version.blocks))).all()
        ids = [version.id for version in versions]
        of_versions = select(Edition).where(Edition.version_id.in_(ids)).order_by(Edition.language)
        editions = session.scalars(of_versions).all()
        numbers = [edition.id for edition in editions]
        changes = session.scalars(
            select(Change)
            .where(Change.article_id == number, Change.subject.in_(("article", "edition")))
            .order_by(Change.id.desc())
            .limit(SHOWN_CHANGES)
        ).all()
        return render_template(
            "desk/article.html",
            article=found,
            versions=versions,
            editions={v: [e for e in editions if e.version_id == v] for v in ids},
            jobs=session.scalars(select(Job).where(Job.version_id.in_(ids)).order_by(Job.id.desc())).all(),
            done=progress_of(session, numbers),
            totals=segment_totals(session, set(ids)),
            to_check=to_check(session, numbers),
            changes=changes,
            names={user.id: user.name for user in session.scalars(select(User))},
            languages={edition.id: edition.language for edition in editions},
        )


@blueprint.post("/jobs/<key>/retry")
@requires(Role.STAFF)
def retry(key: str) -> Response:
    """Take a failed job up again where it stopped."""
    with database().writing() as session:
        job = get_job(session, key)
        retry_job(job)
        number = job.version.article_id
    announce(key)
    flash(_("The translation goes on."))
    return redirect(url_for("desk.article", number=number))


@blueprint.post("/articles/<int:number>/withdraw")
@requires(Role.EDITOR)
def withdraw(number: int) -> Response:
    """Take an article back for good: readers get 410 at once, in every language."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise RelaisError("say why the article is withdrawn")
    with database().writing() as session:
        if get_article(session, number).withdrawn_at is None:
            withdraw_article(session, number, actor_id=current_user.id, reason=reason)
    flash(_("The article is withdrawn."))
    return redirect(url_for("desk.article", number=number))
