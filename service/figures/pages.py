"""The page of figures."""

from flask import Blueprint, render_template

from corpus.models import Role, State
from glossary.report import report
from service.accounts.sessions import requires
from service.current import database
from service.figures.counts import DAYS, counts
from service.settings import TARGETS

LINES = 30  # terms on the page; `relais glossary report` lists all
blueprint = Blueprint("figures", __name__, url_prefix="/figures")


@blueprint.get("/")
@requires(Role.STAFF)
def figures() -> str:
    """How much there is, how terms came out, how fast jobs are."""
    with database().reading() as session:
        numbers, terms = counts(session), report(session)
    return render_template(
        "figures/figures.html",
        n=numbers,
        terms=terms,
        lines=LINES,
        days=DAYS,
        targets=TARGETS,
        states=[state.value for state in State],
    )
