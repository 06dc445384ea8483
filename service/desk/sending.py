"""The form of a new article or a correction, the preview of what was found in it, and sending it off."""

from collections import Counter
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from corpus.articles import get_article, get_version
from corpus.errors import RelaisError
from corpus.models import Role
from service.accounts.sessions import requires
from service.current import database
from service.desk import blueprint
from service.desk.home import show_home
from service.errors import as_line, sentence_of
from service.settings import TARGETS
from service.uploads import Upload, parse_languages, parse_moment, read_upload, send, with_headline
from worker.ingest.base import Document, Kind

Page = str | Response | tuple[str, int]


@blueprint.post("/preview")
@requires(Role.STAFF)
def preview() -> Page:
    """What is found in an upload that is not sent yet: a piece of page for the form's script."""
    try:
        upload = _upload()
    except RelaisError as error:
        return render_template("desk/_preview.html", error=as_line(sentence_of(error))), error.status
    return render_template("desk/_preview.html", **found(upload, _restored()))


@blueprint.post("/articles")
@requires(Role.STAFF)
def send_new() -> Page:
    """Send a new article; without script, the first button only shows what was found."""
    return _send(None)


@blueprint.get("/articles/<int:number>/correct")
@requires(Role.STAFF)
def correct(number: int) -> Page:
    """The form of a correction."""
    return _correction(number)


@blueprint.post("/articles/<int:number>/versions")
@requires(Role.STAFF)
def send_correction(number: int) -> Page:
    """Send a correction: the article's next version."""
    return _send(number)


def _send(number: int | None) -> Page:
    form = request.form
    try:
        upload = _upload()
        stale = form.get("read") not in (None, "", upload.digest) and bool(_restored())
        if form.get("only") == "preview" or stale:
            return _again(number, **found(upload, [] if stale else _restored()))
        options: dict[str, Any] = (
            {}
            if number
            else {
                "topic": form.get("topic", "").strip()[:100],
                "byline": form.get("byline", "").strip()[:200],
                "embargo": parse_moment(form.get("embargo")),
                "sample": "sample" in form,
            }
        )
        title = " ".join(form.get("title", "").split())[:500]
        answer = send(
            with_headline(upload.with_restored(_restored()), title),
            account_id=current_user.id,
            languages=parse_languages(form.getlist("to")),
            title=title or None,
            filename=upload.filename,
            article_id=number,
            idempotency_key=f"form:{current_user.id}:{form['once']}" if form.get("once") else None,
            **options,
        )
    except RelaisError as error:
        return _again(number, error=as_line(sentence_of(error))), error.status
    flash(_("Sent. You can follow the translation here."))
    return redirect(url_for("desk.article", number=answer.article_id))


def _again(number: int | None, **values: Any) -> str:
    """The form once more, with everything that was typed."""
    return show_home(typed=request.form, **values) if number is None else _correction(number, **values)


def _correction(number: int, **values: Any) -> str:
    with database().reading() as session:
        article = get_article(session, number)
        if article.withdrawn_at:
            abort(410)
        once = request.form.get("once") or token_hex(16)
        newest = get_version(session, number)
        values["original"] = newest.text if newest.format == "text" else ""  # other formats lose markup as plain text
        return render_template(
            "desk/correct.html", article=article, typed=request.form, targets=TARGETS, once=once, **values
        )


def _upload() -> Upload:
    return read_upload(request.form.get("text", ""), request.files.get("file"))


def _restored() -> list[int]:
    return [int(n) for n in request.form.getlist("restore") if n.isdecimal()]


def found(upload: Upload, restored: list[int]) -> dict[str, Any]:
    """What the preview shows: “Found: headline, 4 headings, 31 paragraphs”, and the stretches set aside."""
    aside = upload.document.set_aside
    restored = [n for n in restored if n < len(aside)]
    document = upload.with_restored(restored)
    return {
        "title": document.title,
        "counts": counted(document),
        "set_aside": list(enumerate(aside)),
        "restored": restored,
        "warnings": document.warnings,
        "digest": upload.digest,
        "filename": upload.filename,
        "opening": [b.span.of(document.text) for b in document.blocks[:4]],
    }


def counted(document: Document) -> list[str]:
    """The kinds of blocks found, each with its number, in words."""
    numbers = Counter(block.kind for block in document.blocks)
    words: dict[Kind, Callable[[int], str]] = {
        Kind.HEADLINE: lambda _n: _("headline"),
        Kind.STANDFIRST: lambda _n: _("standfirst"),
        Kind.HEADING: lambda n: ngettext("%(num)d heading", "%(num)d headings", n),
        Kind.PARAGRAPH: lambda n: ngettext("%(num)d paragraph", "%(num)d paragraphs", n),
        Kind.QUOTE: lambda n: ngettext("%(num)d quote", "%(num)d quotes", n),
        Kind.LIST_ITEM: lambda n: ngettext("%(num)d list item", "%(num)d list items", n),
        Kind.CAPTION: lambda n: ngettext("%(num)d caption", "%(num)d captions", n),
        Kind.CREDIT: lambda n: ngettext("%(num)d credit", "%(num)d credits", n),
    }
    return [say(numbers[kind]) for kind, say in words.items() if numbers[kind]]
