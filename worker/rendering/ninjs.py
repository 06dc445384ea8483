"""A ninjs item in another language: fields that were read and those parallel to them; every other field as it was."""

import html as escaping
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpus.spans import Span
from worker.ingest.base import Block, Document
from worker.ingest.building import Layout
from worker.ingest.lines import paragraphs
from worker.ingest.ninjs import BODIES, LEADS, Field, field_named, fields_of, item_of, pieces_of
from worker.rendering import html
from worker.rendering.base import Target, cut_off, within
from worker.rendering.splicing import encoded, spliced

name = "ninjs"
_WORDS = ("title", "slugline", "keywords", "usageterms", "copyrightnotice", "ednote")  # fields with words, not read
Pairs = Sequence[tuple[Block, Target | None]]


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:
    """See `worker.rendering.base`; `language` is set, and parallel fields say the same."""
    item = item_of(data)
    by_field: dict[int | None, list[tuple[Block, Target | None]]] = {}
    for block, target in zip(document.blocks, translated, strict=True):
        by_field.setdefault(block.node, []).append((block, target))
    made: list[tuple[Field, str]] = []
    for number, field in enumerate(fields_of(item, [])):
        pairs = by_field.get(number, [])
        if pairs:
            made.append((field, _value(field, document, pairs)))
            made += [(other, _parallel(other, field, document, pairs)) for other in _parallels(field)]
    for field, value in made:
        field.holder[field.key] = value
    item["language"] = language
    return _written(data, item)


def left_as_they_are(document: Document) -> list[str]:
    """Fields with words that are not translated: custom ones, keywords, notices."""
    item = json.loads(document.metadata["ninjs"])
    found = [key for key in _WORDS if item.get(key)]
    extra = item.get("extra")
    if isinstance(extra, dict):
        found += [f"extra.{k}" for k, v in extra.items() if isinstance(v, str) and any(c.islower() for c in v)]
    return found


def _value(field: Field, document: Document, pairs: Pairs) -> str:
    """A field's text with its blocks replaced; what was set aside from it stays."""
    value: str = field.holder[field.key]
    blocks = [block for block, _ in pairs]
    places = within(document, blocks)
    if field.html:
        part = replace(document, blocks=tuple(blocks), places=places)
        return html.render_text(value, part, [target for _, target in pairs])
    stretches = {span.start: span for span in paragraphs(value)}
    edits: list[tuple[Span, str]] = []
    for block, target in pairs:
        place = next(place for span, place in places if span.start <= block.span.start < span.end)
        if target is not None:
            edits.append((stretches[place], target.text + cut_off(document, block)))
    return spliced(value, edits)


def _parallels(field: Field) -> list[Field]:
    """Fields beside this one that say the same in another form."""
    group = next((names for names in (LEADS, BODIES) if field.key in names), ())
    if field.key == "value":
        return []
    others = (field_named(field.holder, key, field.kind) for key in group if key != field.key)
    return [other for other in others if other]


def _parallel(field: Field, read: Field, document: Document, pairs: Pairs) -> str:
    """The field block by block, where its blocks are those of the field that was read; else all of the text anew."""
    if field.html == read.html and field.holder[field.key] == read.holder[read.key]:
        return _value(read, document, pairs)
    layout = Layout()
    for piece in pieces_of(field):
        piece.lay(layout)
    own = layout.document(name)
    targets = {_plain(block, document): target for block, target in pairs}
    if all(_plain(block, own) in targets for block in own.blocks):
        return _value(field, own, [(block, targets[_plain(block, own)]) for block in own.blocks])
    texts = [target.text for _, target in pairs if target]
    if field.html:
        return "".join(f"<p>{escaping.escape(text, quote=False)}</p>" for text in texts)
    return ("\n\n" if "\n\n" in field.holder[field.key] else "\n").join(texts)


def _plain(block: Block, document: Document) -> str:
    return " ".join(block.span.of(document.text).split())


def _written(data: bytes, item: dict[str, Any]) -> bytes:
    """JSON, indented and spelt as the upload was, in UTF-8."""
    indent = re.match(rb"\s*\{\r?\n([ \t]+)", data)
    compact = indent is None and b'": ' not in data
    text = json.dumps(
        item,
        ensure_ascii=data.isascii() and b"\\u" in data,
        indent=indent[1].decode() if indent else None,
        separators=(",", ":") if compact else None,
    )
    tail = data[len(data.rstrip()) :].decode("ascii", "ignore")
    return encoded(text + tail, "utf-8")
