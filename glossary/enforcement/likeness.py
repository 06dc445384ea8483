"""Whether two words look like forms of one, without a dictionary."""

_LEAST = 4  # letters from the start that must be the same
_SHARE = 0.6  # and this share of the longer word


def alike(one: str, other: str) -> bool:
    """«коаліція», «коаліцією»; “defence”, “defences”; «санкційний», «санкцій»."""
    one, other = one.casefold(), other.casefold()
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= _LEAST and same >= _SHARE * max(len(one), len(other))
