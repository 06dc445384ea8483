"""`relais align`: which sentences of a translation made elsewhere render which of the source."""

from collections.abc import Sequence

import click
from sentencex import get_sentence_boundaries

from corpus.alignment import Bead, Side, align
from corpus.errors import RelaisError
from service.cli._files import print_json, read_bytes
from service.cli._lines import read_lines
from service.cli._progress import progress
from worker.engine.routes import Route, route
from worker.engine.translator import translator_for
from worker.ingest import ingest
from worker.segmentation import segment

AT_ONCE = 256  # sentences given to the engine together


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("--from", "from_code", default="fr", show_default=True, help="Language of SOURCE.")
@click.option("--to", "to_code", required=True, help="Language of TARGET.")
@click.option("--sentences", is_flag=True, help="A line is a sentence; otherwise the texts are cut into sentences.")
@click.option("--translation", help="A rough translation of SOURCE, line by line; then no package is used.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    source: str, target: str, from_code: str, to_code: str, sentences: bool, translation: str | None, form: str
) -> None:
    """Align SOURCE with TARGET. Numbers of sentences count from 0.

    Without --translation the packages installed for the pair, if any, give a rough one.
    """
    sides = [_side(name, language, sentences) for name, language in ((source, from_code), (target, to_code))]
    rough = read_lines(translation) if translation else _translated(sides[0].sentences, from_code, to_code)
    beads = align(sides[0], sides[1], translation=rough)
    if form == "json":
        found = {"beads": [{"source": b.source, "target": b.target, "score": b.score} for b in beads]}
        texts = {} if sentences else {"source": list(sides[0].sentences), "target": list(sides[1].sentences)}
        print_json(found | texts)
        return
    for bead in beads:
        click.echo(_row(bead, *sides))


def _side(name: str, language: str, sentences: bool) -> Side:
    if sentences:
        return Side(read_lines(name))
    document = ingest(read_bytes(name), filename=None if name == "-" else name)
    return Side.of_paragraphs([_cut(block.span.of(document.text), language) for block in document.blocks])


def _cut(text: str, language: str) -> list[str]:
    """Sentences of one paragraph, white space inside them evened out."""
    if language == "fr":
        found = [span.of(text) for span in segment(text)]
    else:
        found = [boundary["text"] for boundary in get_sentence_boundaries(language, text)]
    return [" ".join(sentence.split()) for sentence in found if sentence.strip()]


def _translated(sentences: Sequence[str], from_code: str, to_code: str) -> list[str] | None:
    """A rough translation by the installed packages, or None where no route is installed."""
    try:
        legs = route(from_code, to_code)
    except RelaisError:
        click.echo(f"relais: no package leads from {from_code} to {to_code}; aligning without a translation", err=True)
        return None
    rough: list[str] = []
    with progress(len(sentences), "translating roughly") as bar:
        for begin in range(0, len(sentences), AT_ONCE):
            portion = sentences[begin : begin + AT_ONCE]
            rough += _through(portion, legs)
            bar.update(len(portion))
    return rough


def _through(sentences: Sequence[str], legs: Route) -> list[str]:
    lines = list(sentences)
    for leg in legs.legs:
        lines = [hypotheses[0].text for hypotheses in translator_for(leg).translate(lines)]
    return lines


def _row(bead: Bead, source: Side, target: Side) -> str:
    """Score, source and target of a bead, between tabs."""
    texts = (
        " ".join(source.sentences[i] for i in bead.source),
        " ".join(target.sentences[j] for j in bead.target),
    )
    return "\t".join([f"{bead.score:.2f}", *(" ".join(text.split()) for text in texts)])
