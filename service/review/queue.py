"""What an editor should look at in an edition, in the order in which it should be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.models import Bead
from service.languages import interface_language
from worker.checks import sentence

ORDER = {"violated": 0, "flag": 1, "enforced": 2, "waived": 3}


@dataclass
class Item:
    """A line of the queue: beads that have the same thing to look at. ``kind`` is an outcome, or `flag`."""

    kind: str
    label: str
    beads: list[int] = field(default_factory=list)


def queue(beads: Sequence[Bead]) -> list[Item]:
    """Violated terms one by one, then flags of sentences not yet approved, enforced and waived terms by term."""
    items: dict[tuple[str, str], Item] = {}
    for bead in beads:
        for hit in bead.hits:
            if hit.outcome in ORDER:
                name = f"{hit.id}" if hit.outcome == "violated" else hit.term
                _add(items, hit.outcome, name, hit.term, bead)
        if bead.approved_at is None:
            for flag in bead.flags:
                _add(items, "flag", flag["code"], _short(flag["code"], flag.get("params") or {}), bead)
    return sorted(items.values(), key=lambda item: ORDER[item.kind])  # stable: in the article's order within a kind


def _add(items: dict[tuple[str, str], Item], kind: str, name: str, label: str, bead: Bead) -> None:
    item = items.setdefault((kind, name), Item(kind, label))
    if bead.id not in item.beads:
        item.beads.append(bead.id)


def _short(code: str, params: dict[str, str]) -> str:
    """The flag's sentence without what it says of the single place."""
    general = sentence(code, dict.fromkeys(params, "…"), interface_language())
    return general.replace(" (…)", "").split(":")[0].rstrip(". \u00a0\u202f")
