"""How terms came out in the newsroom's translations: by term and language, week by week, most violated first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from corpus.models import Bead, Edition, Hit
from glossary.enforcement.base import Outcome
from glossary.metrics import Scores, TermPair, score

OUTCOMES = tuple(outcome.value for outcome in Outcome)
SCORED = 200  # newest approved sentences that the metrics look at: term-biased TER takes some milliseconds each

Weeks = dict[date, Counter[str]]  # the Monday a week begins with → how often each outcome


@dataclass
class TermLine:
    """A term in one language: how often it occurred and how that ended."""

    key: str
    term: str
    language: str
    outcomes: Counter[str] = field(default_factory=Counter)
    weeks: Weeks = field(default_factory=dict)

    @property
    def occurrences(self) -> int:
        """All outcomes together."""
        return self.outcomes.total()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "term": self.term,
            "key": self.key,
            "language": self.language,
            "occurrences": self.occurrences,
            **_every(self.outcomes),
            "weeks": _weeks(self.weeks),
        }


@dataclass(frozen=True)
class Report:
    """Terms, most violated first; the weeks of each language; what editors left of the machine's text, by language."""

    terms: list[TermLine]
    weeks: dict[str, Weeks]
    scores: dict[str, Scores]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "terms": [line.as_dict() for line in self.terms],
            "weeks": {language: _weeks(weeks) for language, weeks in self.weeks.items()},
            "scores": {language: scores.as_dict() for language, scores in self.scores.items()},
        }


def report(session: Session, *, language: str | None = None, since: datetime | None = None) -> Report:
    """Over the hits of all editions made since then.

    A sentence that a correction took over from the version before counts once, where it was translated.
    """
    lines: dict[tuple[str, str], TermLine] = {}
    weeks: dict[str, Weeks] = {}
    for key, term, code, day, outcome, number in _counted(session, language, since):
        line = lines.setdefault((key, code), TermLine(key, term, code))
        line.outcomes[outcome] += number
        monday = _monday(day)
        for of_weeks in (line.weeks, weeks.setdefault(code, {})):
            of_weeks.setdefault(monday, Counter())[outcome] += number
    ordered = sorted(lines.values(), key=lambda x: (-x.outcomes["violated"], -x.occurrences, x.term, x.language))
    found = {code: score_of_machine(session, code, since) for code in sorted(weeks)}
    return Report(ordered, weeks, {code: scores for code, scores in found.items() if scores})


def score_of_machine(session: Session, language: str, since: datetime | None = None) -> Scores | None:
    """The machine's text against what editors approved, for the newest sentences they approved; None before the first.

    The terms are those of the approved text, in the form it has them.
    """
    query = (
        select(Bead)
        .join(Edition)
        .where(
            Edition.language == language,
            Bead.machine.is_not(None),
            or_(Bead.approved_at.is_not(None), Edition.approved_at.is_not(None)),
            *_since(since),
        )
        .order_by(Bead.id.desc())
        .limit(SCORED)
    )
    beads = session.scalars(query).all()
    hypotheses = [bead.machine or "" for bead in beads]
    return score(hypotheses, [bead.target for bead in beads], [_pairs(bead) for bead in beads], language)


def _pairs(bead: Bead) -> list[TermPair]:
    return [
        TermPair(hit.term, (bead.target[hit.target_start : hit.target_end],))
        for hit in bead.hits
        if hit.target_start is not None and hit.outcome in (Outcome.NATIVE, Outcome.ENFORCED)
    ]


def _counted(
    session: Session, language: str | None, since: datetime | None
) -> Iterable[tuple[str, str, str, Any, str, int]]:
    """Key, term, language, day, outcome and number of hits."""
    day = func.date(Edition.created_at)
    query = (
        select(Hit.term_key, func.max(Hit.term), Edition.language, day, Hit.outcome, func.count())
        .join(Bead, Hit.bead_id == Bead.id)
        .join(Edition, Hit.edition_id == Edition.id)
        .where(Bead.carried_from_id.is_(None), *_since(since))
        .group_by(Hit.term_key, Edition.language, day, Hit.outcome)
        .order_by(Edition.language, day)
    )
    if language:
        query = query.where(Edition.language == language)
    return session.execute(query).tuples()


def _since(since: datetime | None) -> list[Any]:
    return [Edition.created_at >= since] if since else []


def _monday(day: Any) -> date:
    """PostgreSQL gives a date, SQLite its text."""
    found = date.fromisoformat(str(day))
    return found - timedelta(days=found.weekday())


def _every(outcomes: Counter[str]) -> dict[str, int]:
    return {outcome: outcomes[outcome] for outcome in OUTCOMES}


def _weeks(weeks: Weeks) -> list[dict[str, Any]]:
    return [{"week": monday.isoformat(), **_every(outcomes)} for monday, outcomes in sorted(weeks.items())]
