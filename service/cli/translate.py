"""`relais translate`: files in, translations out, without storing anything."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from corpus.database import database
from corpus.errors import RelaisError
from corpus.exchange import Annotation, Header, Mark, State, Unit, format_named
from corpus.spans import Span
from corpus.views import new_bead_view
from glossary.catalogue import starter_terms
from glossary.store import load_starter
from service.cli._files import print_json, read_bytes
from service.cli._progress import progress
from worker.engine import packages
from worker.glossary_state import GlossaryState, glossary_state
from worker.ingest import ingest
from worker.ingest.base import Document
from worker.pipeline import Translation, translate
from worker.rendering import Target, check_format, left_as_they_are, of_blocks, render
from worker.segmentation import segment_document
from worker.sources import sources_in

FORMATS = ["text", "json", "tmx", "html", "same"]  # what a translation without a store can be written as
FEWEST_WORDS = 5  # of a sentence that may not come back as it was: shorter ones may be names
AT_ONCE = 256  # segments given to the engine together: enough for full batches, few enough for a bar that moves


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--to", "languages", multiple=True, required=True, help="Target language; may be given again.")
@click.option("--topic", default="", help="Topic, for terms that hold in some topics only.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def command(files: tuple[str, ...], languages: tuple[str, ...], topic: str, form: str) -> None:
    """Translate FILES (`-` is standard input) with the glossary enforced; JSON of several is a list.

    With --format same the file comes back as it was, a page as a page, a Word file as a Word file, in another language.
    """
    wanted = list(dict.fromkeys(languages))
    if form in ("tmx", "html", "same") and len(wanted) * len(files) > 1:
        raise RelaisError("%(form)s holds one file in one language; give one file and one --to", form=form)
    contents = [read_bytes(name) for name in files]
    documents = [ingest(data, filename=name) for data, name in zip(contents, files, strict=True)]
    if form == "same":
        check_format(documents[0])
    if not packages.installed():
        packages.ensure_starter()
        click.echo(packages.summary(), err=True)
    with database().writing() as session:
        load_starter(session, starter_terms())
        glossary = glossary_state(session)
    printed = []
    for data, document in zip(contents, documents, strict=True):
        segments = segment_document(document)
        translations = _translate(document, segments, wanted, glossary, topic, to_write_back=form == "same")
        if form == "json":
            printed.append(_view(document, segments, translations))
        elif form == "text":
            _print_text(segments, translations)
        elif form == "same":
            _print_same(data, document, segments, translations[wanted[0]])
        else:
            _print_exchange(form, document, segments, translations[wanted[0]])
    if form == "json":
        print_json(printed[0] if len(printed) == 1 else printed)


def _translate(
    document: Document,
    segments: Sequence[Sequence[Span]],
    languages: list[str],
    glossary: GlossaryState,
    topic: str,
    *,
    to_write_back: bool,
) -> dict[str, Translation]:
    """In portions, with a bar on a terminal."""
    sources = sources_in(document, segments, to_write_back=to_write_back)
    portions = [sources[i : i + AT_ONCE] for i in range(0, len(sources), AT_ONCE)]
    done: dict[str, Translation] = {}
    with progress(len(sources), "translating") as bar:
        for portion in portions:
            for language, translation in translate(portion, languages, glossary, topic=topic).items():
                if language in done:
                    done[language].beads.extend(translation.beads)
                else:
                    done[language] = translation
            bar.update(len(portion))
    return done


def _view(
    document: Document, segments: Sequence[Sequence[Span]], translations: dict[str, Translation]
) -> dict[str, Any]:
    blocks = []
    number = 0
    for block, spans in zip(document.blocks, segments, strict=True):
        of_block = []
        for span in spans:
            of_block.append({"number": number, "start": span.start, "end": span.end, "text": span.of(document.text)})
            number += 1
        start, end = block.span
        text = block.span.of(document.text)
        blocks.append({"kind": block.kind.value, "start": start, "end": end, "text": text, "segments": of_block})
    editions = {
        language: {"route": done.route, "beads": [new_bead_view(bead) for bead in done.beads]}
        for language, done in translations.items()
    }
    return {"source": {"title": document.title, "blocks": blocks}, "editions": editions}


def _print_text(segments: Sequence[Sequence[Span]], translations: dict[str, Translation]) -> None:
    for language, translation in translations.items():
        if len(translations) > 1:
            click.echo(f"[{language}]\n")
        targets = iter(bead.target for bead in translation.beads)
        click.echo("\n\n".join(" ".join(next(targets) for _ in spans) for spans in segments if spans))
        click.echo("")


def _print_same(data: bytes, document: Document, segments: Sequence[Sequence[Span]], done: Translation) -> None:
    """The upload itself, translated; refused when a sentence came back as it was."""
    for bead in done.beads:
        if any(flag["code"] == "untranslated" for flag in bead.flags) and len(bead.source.split()) >= FEWEST_WORDS:
            raise RelaisError(
                "segment %(number)s came back untranslated, no file is written: %(text)s",
                number=bead.segments[0] + 1,
                text=" ".join(bead.source.split()),
            )
    targets = [Target(bead.target, tuple(Mark.from_dict(m) for m in bead.marks)) for bead in done.beads]
    for place in left_as_they_are(document):
        click.echo(f"relais: not translated, as it was: {place}", err=True)
    sys.stdout.buffer.write(render(data, document, of_blocks(document, segments, targets), done.language))
    sys.stdout.buffer.flush()


def _print_exchange(form: str, document: Document, segments: Sequence[Sequence[Span]], done: Translation) -> None:
    """As a file of an exchange format, which holds one target language."""
    block_of = [number for number, spans in enumerate(segments) for _ in spans]
    units = []
    for bead in done.beads:
        number = block_of[bead.segments[0]]
        block = document.blocks[number]
        marks = tuple(Mark.from_dict(m) for m in bead.marks)
        hits = tuple(Annotation(hit.term, hit.outcome, hit.source, hit.target) for hit in bead.hits)
        units.append(
            Unit(
                id=str(bead.segments[0] + 1),
                source=bead.source,
                target=bead.target,
                source_language="fr",
                target_language=done.language,
                state=State.MACHINE,
                hits=hits,
                marks=marks,
                kind=block.kind.value,
                level=block.level,
                block=number,
            )
        )
    header = Header("fr", done.language, title=done.beads[0].target if done.beads else "")
    format_named(form).write(sys.stdout.buffer, header, iter(units))
    sys.stdout.buffer.flush()
