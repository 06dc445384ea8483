"""Stable words of the database (states, outcomes, roles…) as people read them."""

from typing import Any

from flask_babel import lazy_gettext as _

STATES = {
    "translating": _("being translated"),
    "machine": _("machine"),
    "in_review": _("in review"),
    "approved": _("approved"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
}
OUTCOMES = {
    "native": _("native"),
    "enforced": _("enforced"),
    "violated": _("violated"),
    "waived": _("waived"),
}
LETTERS = {"native": "N", "enforced": "E", "violated": "V", "waived": "W"}
JOB_STATES = {
    "queued": _("queued"),
    "running": _("running"),
    "done": _("done"),
    "failed": _("failed"),
    "cancelled": _("cancelled"),
}
ROLES = {"staff": _("staff"), "editor": _("editor"), "admin": _("admin")}
STATUSES = {"preferred": _("preferred"), "admitted": _("admitted"), "forbidden": _("forbidden")}
ORIGINS = {
    "mt": _("machine"),
    "memory": _("memory"),
    "human": _("human"),
    "kept": _("kept from the version before"),
}
TERM_KINDS = {
    "term": _("term"),
    "person": _("person"),
    "place": _("place"),
    "organisation": _("organisation"),
}
PARTS_OF_SPEECH = {
    "noun": _("noun"),
    "verb": _("verb"),
    "adjective": _("adjective"),
    "name": _("name"),
    "phrase": _("phrase"),
}
CASE_RULES = {
    "any": _("capitals do not count"),
    "name": _("a proper name"),
    "exact": _("only as written"),
}
CONFLICTS = {
    "same source": _("two entries for one French text, and nothing tells when which holds"),
    "shared form": _("an inflected or other spelling of one entry is another’s too"),
    "forbidden elsewhere": _("one entry accepts what another forbids"),
    "forbidden itself": _("the entry accepts and forbids the same text"),
    "no preferred": _("no preferred rendering in this language"),
}
ACTIONS = {
    "create": _("created"),
    "correct": _("corrected"),
    "edit": _("edited"),
    "undo": _("undone"),
    "approve": _("approved"),
    "accept proposal": _("proposal accepted"),
    "waive": _("waived"),
    "reopen": _("opened again"),
    "teach": _("taught"),
    "retranslate": _("translated again"),
    "delete": _("deleted"),
    "machine": _("translated"),
    "in_review": _("review begun"),
    "approved": _("approved"),
    "published": _("published"),
    "withdraw": _("withdrawn"),
    "withdrawn": _("withdrawn"),
}
LANGUAGE_NAMES = {"fr": _("French"), "en": _("English"), "uk": _("Ukrainian")}

_WORDS = STATES  # words that errors carry as parameters


def word(value: Any) -> Any:
    """A parameter of an error, translated where it is one of our words."""
    return str(_WORDS[value]) if isinstance(value, str) and value in _WORDS else value
