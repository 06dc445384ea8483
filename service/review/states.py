"""The moves an editor can make with an edition, by the word in the address."""

from corpus.models import State

MOVES = {
    "approve": State.APPROVED,
    "publish": State.PUBLISHED,
    "withdraw": State.WITHDRAWN,
    "reopen": State.IN_REVIEW,
}


def possible(state: State) -> list[str]:
    """The moves offered in a state, the usual one first."""
    return {
        State.TRANSLATING: [],
        State.MACHINE: ["approve"],
        State.IN_REVIEW: ["approve"],
        State.APPROVED: ["publish", "reopen"],
        State.PUBLISHED: ["withdraw"],
        State.WITHDRAWN: ["reopen"],
    }[state]
