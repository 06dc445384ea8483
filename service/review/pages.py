"""The review page, and the pieces of it that its script asks for."""

from flask import abort, render_template, request
from flask_babel import format_percent
from sqlalchemy.orm import Session

from corpus.articles import get_article, get_version
from corpus.beads import get_bead
from corpus.editions import get_edition
from corpus.memory import fuzzy
from corpus.models import Edition, Role
from service.accounts.sessions import requires
from service.current import database
from service.review import blueprint, view
from service.settings import TARGETS


@blueprint.get("/<int:number>/<language>")
@requires(Role.STAFF)
def page(number: int, language: str) -> str:
    """An edition; `?version=` another than the newest, `?bead=` the one whose card is open."""
    if language not in TARGETS:
        abort(404)
    with database().reading() as session:
        edition = find(session, number, language)
        return render_template(
            "review/page.html", **view.page_values(session, edition, request.args.get("bead", type=int))
        )


def find(session: Session, number: int, language: str) -> Edition:
    """The edition an address names. Raises `NotFound`."""
    article = get_article(session, number)
    version = get_version(session, article.id, request.args.get("version", type=int))
    return get_edition(session, version.id, language)


@blueprint.get("/beads/<int:number>")
@requires(Role.STAFF)
def bead(number: int) -> str:
    """One row, with its card where `?open=1`."""
    with database().reading() as session:
        return view.row(session, number, opened="open" in request.args)


@blueprint.get("/beads/<int:number>/history")
@requires(Role.STAFF)
def history(number: int) -> str:
    """A bead's changes, newest first; a page of its own without script."""
    with database().reading() as session:
        found = get_bead(session, number)
        lines = view.history_of(session, number)
        whole = request.headers.get("X-Requested-With") != "fetch"
        template = "review/history.html" if whole else "review/_history.html"
        return render_template(template, bead=found, lines=lines, edition=found.edition)


@blueprint.get("/beads/<int:number>/offers")
@requires(Role.EDITOR)
def offers(number: int) -> str:
    """What the translation memory offers for a sentence, best first; a piece of the bead's card."""
    with database().reading() as session:
        found = get_bead(session, number)
        language, original = found.edition.language, found.edition.version.article.source_language
        like = fuzzy(session, language, found.source, source_language=original)
        others = [offer for offer in like if offer.bead_id != number]
        return render_template(
            "review/_offers.html", offers=others, language=language, source_language=original, percent=format_percent
        )
