"""A term as the fields of its form, and back."""

import re
import unicodedata
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from corpus.errors import RelaisError
from corpus.models import TermEntry
from glossary.terms import CaseRule, Rendering, Status, Term
from service.settings import TARGETS

Values = dict[str, Any]
TEXTS = ("source", "kind", "part_of_speech", "case", "domain", "note", "definition")
EMPTY: Values = {
    **dict.fromkeys(TEXTS, ""),
    "kind": "term",
    "part_of_speech": "noun",
    "case": "any",
    "variants": "",
    "topics": "",
    "active": True,
    "renderings": [{"language": language, "text": "", "status": "preferred"} for language in TARGETS],
}
SPARE_ROWS = 3


def of_term(term: Term) -> Values:
    """The fields of a term."""
    values: Values = {name: str(getattr(term, name)) for name in TEXTS}
    values |= {"variants": "\n".join(term.variants), "topics": ", ".join(term.topics), "active": term.active}
    values["renderings"] = [
        {
            "language": r.language,
            "text": r.text,
            "status": r.status.value,
            "gender": r.gender or "",
            "number": r.number or "",
            "indeclinable": r.indeclinable,
            "forms": "; ".join(f"{tag}={form}" for tag, form in r.forms.items()),
        }
        for r in term.renderings
    ]
    return values


def of_form(form: MultiDict[str, str]) -> Values:
    """The fields as they were typed."""
    values: Values = {name: form.get(name, "").strip() for name in (*TEXTS, "variants", "topics")}
    values["active"] = "active" in form
    columns = ("language", "text", "status", "gender", "number", "forms")
    rows = zip(*(form.getlist(f"r_{name}") for name in columns), strict=False)
    uninflected = set(form.getlist("r_indeclinable"))
    values["renderings"] = [
        {**dict(zip(columns, row, strict=True)), "indeclinable": str(i) in uninflected} for i, row in enumerate(rows)
    ]
    return values


def to_term(key: str, values: Values) -> Term:
    """The term these fields describe. Raises `RelaisError` for what does not go together."""
    if not values["source"]:
        raise RelaisError("a term needs its French text")
    renderings = tuple(_rendering(row) for row in values["renderings"] if row["text"].strip())
    if not any(r.status is Status.PREFERRED for r in renderings):
        raise RelaisError("a term needs a preferred rendering in at least one language")
    for language in TARGETS:
        texts = [r.text for r in renderings if r.language == language]
        if sum(r.language == language and r.status is Status.PREFERRED for r in renderings) > 1:
            raise RelaisError("a term has one preferred rendering in each language")
        if len(texts) != len(set(texts)):
            raise RelaisError("the same rendering stands there twice")
    try:
        case = CaseRule(values["case"])
    except ValueError:
        raise RelaisError("the request cannot be understood") from None
    return Term(
        key=key,
        source=values["source"],
        renderings=renderings,
        part_of_speech=values["part_of_speech"] or "noun",
        case=case,
        variants=tuple(line.strip() for line in values["variants"].splitlines() if line.strip()),
        kind=values["kind"] or "term",
        domain=values["domain"],
        note=values["note"],
        definition=values["definition"],
        active=values["active"],
        topics=tuple(t.strip() for t in values["topics"].split(",") if t.strip()),
    )


def _rendering(row: dict[str, Any]) -> Rendering:
    if row["language"] not in TARGETS:
        raise RelaisError("Relais does not translate into “%(language)s”", language=row["language"])
    try:
        status = Status(row["status"])
    except ValueError:
        raise RelaisError("the request cannot be understood") from None
    return Rendering(
        language=row["language"],
        text=row["text"].strip(),
        status=status,
        gender=row["gender"] if row["gender"] in ("m", "f", "n") else None,
        number=row["number"] if row["number"] in ("sg", "pl") else None,
        indeclinable=row["indeclinable"],
        forms=_forms(row["forms"]),
    )


def _forms(typed: str) -> dict[str, str]:
    """Overrides typed as “gen.sg=коаліції; dat.sg=коаліції”."""
    forms: dict[str, str] = {}
    for part in typed.split(";"):
        if part.strip():
            tag, equals, form = part.partition("=")
            if not equals or not tag.strip() or not form.strip():
                raise RelaisError("write forms as “gen.sg=…; dat.sg=…”")
            forms[tag.strip()] = form.strip()
    return forms


def new_key(session: Session, source: str) -> str:
    """A key from the French text that no term has."""
    plain = unicodedata.normalize("NFKD", source.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "term"
    taken = set(session.scalars(select(TermEntry.key).where(TermEntry.key.startswith(base))))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
