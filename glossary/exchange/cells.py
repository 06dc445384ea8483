"""Several renderings in one cell of a table: ``ceasefire|!cease-fire``.

``|`` separates, ``!`` marks a forbidden rendering, ``~`` an admitted one; the first unmarked one is preferred, the
others admitted. A backslash before one of these characters takes it literally.
"""

import re
from collections.abc import Iterable, Sequence

from corpus.errors import RelaisError
from glossary.terms import Rendering, Status

_MARKS = {"!": Status.FORBIDDEN, "~": Status.ADMITTED}
_PIECE = re.compile(r"(?:[^|\\]|\\.|\\$)+|\|")
_WORDS = re.compile(r"\s*[(\[](forbidden|interdit|заборонено|admitted|admis|preferred)[)\]]\s*$", re.IGNORECASE)
_WORD_STATUS = {"admitted": Status.ADMITTED, "admis": Status.ADMITTED, "preferred": Status.PREFERRED}


def split(cell: str) -> list[str]:
    """The parts between unescaped bars, without white space around them, escapes still in."""
    return split_parallel(cell) if cell.strip() else []


def split_parallel(cell: str) -> list[str]:
    """Like `split`, but a cell with nothing in it is one empty part."""
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def plain(part: str) -> str:
    """A part without its escapes."""
    return re.sub(r"\\([|!~\\])", r"\1", part)


def escaped(text: str) -> str:
    """A text that `plain` turns back."""
    return re.sub(r"^([!~])", r"\\\1", re.sub(r"([|\\])", r"\\\1", text))


def renderings(language: str, cell: str, grammar: str, forms: str, default: Status | None) -> tuple[Rendering, ...]:
    """Renderings of a cell. `grammar` and `forms` are cells parallel to it; `default` is the row's own status."""
    found: list[Rendering] = []
    grammars, overrides = split_parallel(grammar), split_parallel(forms)
    for n, part in enumerate(split(cell)):
        text, status = _marked(part)
        if not text:
            continue
        if status is None:
            first = not any(r.status is Status.PREFERRED for r in found)
            status = default or (Status.PREFERRED if first else Status.ADMITTED)
            if status is Status.PREFERRED and not first:
                status = Status.ADMITTED
        of_grammar = _grammar(grammars[n] if n < len(grammars) else "")
        of_forms = _forms(overrides[n] if n < len(overrides) else "")
        found.append(Rendering(language, text, status, *of_grammar, forms=of_forms))
    return tuple(found)


def _marked(part: str) -> tuple[str, Status | None]:
    """A part's text and the status its mark says: « !text », « text (forbidden) »."""
    status = _MARKS.get(part[:1])
    if status:
        return plain(part[1:].strip()), status
    if word := _WORDS.search(part):
        return plain(part[: word.start()].strip()), _WORD_STATUS.get(word.group(1).lower(), Status.FORBIDDEN)
    return plain(part), None


def _grammar(text: str) -> tuple[str | None, str | None, bool]:
    """Gender, number and whether indeclinable, of words like « f pl indecl ». Raises `RelaisError`."""
    words = text.split()
    unknown = set(words) - {"m", "f", "n", "sg", "pl", "indecl"}
    if unknown:
        raise RelaisError("grammar is written with m, f, n, sg, pl, indecl, not %(word)s", word=sorted(unknown)[0])
    gender = next((w for w in words if w in "mfn"), None)
    number = next((w for w in words if w in ("sg", "pl")), None)
    return gender, number, "indecl" in words


def _forms(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in plain(text).split(";") if "=" in pair)
    return {tag.strip(): form.strip() for tag, _, form in pairs}


def has_status(cell: str) -> bool:
    """Whether a cell marks any rendering's status."""
    return any(_marked(part)[1] is not None for part in split(cell))


def rendering_cell(found: Sequence[Rendering]) -> str:
    """The cell of renderings, so that `renderings` gives them back in order."""
    parts, preferred = [], False
    for rendering in found:
        text = escaped(rendering.text)
        if rendering.status is Status.FORBIDDEN:
            text = "!" + text
        elif rendering.status is Status.ADMITTED and not preferred:
            text = "~" + text
        preferred = preferred or rendering.status is Status.PREFERRED
        parts.append(text)
    return "|".join(parts)


def grammar_cell(found: Sequence[Rendering]) -> str:
    """Parallel cell of gender, number and indeclinability."""
    return _parallel(
        " ".join(w for w in (r.gender, r.number, "indecl" if r.indeclinable else None) if w) for r in found
    )


def forms_cell(found: Sequence[Rendering]) -> str:
    """Parallel cell of overridden forms."""
    return _parallel(escaped(";".join(f"{tag}={form}" for tag, form in r.forms.items())) for r in found)


def _parallel(parts: Iterable[str]) -> str:
    cell = "|".join(parts)
    return cell if cell.strip("|") else ""
