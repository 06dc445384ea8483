"""Train the starter packages, step by step; every step reads and writes one run folder (--run).

\b
    python -m training prepare  --run RUN --from en --to uk --dev 300 --test 600 PAIRS.tsv…
    python -m training tokenize --run RUN
    python -m training align    --run RUN
    python -m training train    --run RUN --steps 20000
    python -m training convert  --run RUN
    python -m training package  --run RUN --version 0.2
    python -m training score    --run RUN --test test=RUN/test.tsv RUN/translate-en_uk-0_2.argosmodel

A step that was stopped is simply run again: train goes on from its last checkpoint.
"""

import json
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from training import alignment, cleaning, origins, packaging, preparation, tokenizer, weights
from training.pairs import read_pairs
from training.run import Run

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
run_option = click.option("--run", "folder", required=True, type=FOLDER, help="The run's folder.")


def say(text: str) -> None:
    """Progress goes to standard error."""
    click.echo(text, err=True)


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@run_option
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--from", "source", required=True, help="Source language code.")
@click.option("--to", "target", required=True, help="Target language code.")
@click.option("--held-out", multiple=True, type=FILE, help="Text whose lines (or TSV cells) no set may hold.")
@click.option("--origins", "table", default=origins.TABLE, type=FILE, help="Weights and licences of the origins.")
@click.option("--shareable", is_flag=True, help="Only text whose licence lets the weights be given away.")
@click.option("--judge", help="Origin that the development and test sets are taken from; else from all.")
@click.option("--dev", default=300, show_default=True, help="Pairs of the development set.")
@click.option("--test", default=600, show_default=True, help="Pairs of the test set.")
@click.option("--seed", default=1, show_default=True)
def prepare(
    folder: Path,
    files: tuple[Path, ...],
    source: str,
    target: str,
    held_out: tuple[Path, ...],
    table: Path,
    shareable: bool,
    judge: str | None,
    dev: int,
    test: int,
    seed: int,
) -> None:
    """Clean the pairs of TSV FILES, take out what is held out, set development and test text apart."""
    run = Run(folder, source, target)
    known = origins.read_origins(table)
    lines = (line for path in held_out for line in path.read_text(encoding="utf-8").splitlines())
    prepared = preparation.prepare(
        (pair for path in files for pair in read_pairs(path, source, target)),
        (source, target),
        held_out=(cell for line in lines for cell in line.split("\t") if cleaning.key(cell)),
        origins=known,
        shareable_only=shareable,
        judge=judge,
        dev=dev,
        test=test,
        seed=seed,
    )
    run.create()
    preparation.store(prepared, folder, known)
    say(f"{len(prepared.train)} training, {len(prepared.dev)} development, {len(prepared.test)} test pairs")


@main.command()
@run_option
@click.option("--package", "start", type=FILE, help="Take the pieces of this package, to go on from its weights.")
@click.option("--pieces", default=tokenizer.PIECES, show_default=True, help="Pieces for both languages together.")
def tokenize(folder: Path, start: Path | None, pieces: int) -> None:
    """Learn the SentencePiece model and write the two vocabularies."""
    pairs = Run.open(folder).pairs("train")
    sources, targets = [pair.source for pair in pairs], [pair.target for pair in pairs]
    if start is None:
        tokenizer.train_pieces(sources + targets, folder / tokenizer.MODEL, pieces=pieces)
        say("{} source and {} target pieces".format(*tokenizer.write_vocabularies(folder, sources, targets)))
        return
    with TemporaryDirectory() as laid_out:
        package = packaging.unpack(start, Path(laid_out))
        shutil.copy(package / tokenizer.MODEL, folder / tokenizer.MODEL)
        for side, name in (("source", tokenizer.SOURCE_VOCABULARY), ("target", tokenizer.TARGET_VOCABULARY)):
            tokenizer.write_vocabulary(folder / name, weights.read_pieces(package / "model", side))
    say(f"the pieces of {start.name}")


@main.command()
@run_option
def align(folder: Path) -> None:
    """Align the words of the training text, for guided attention."""
    pairs = Run.open(folder).pairs("train")
    with (folder / "train.part").open("w", encoding="ascii") as out:
        for links in alignment.align([(pair.source, pair.target) for pair in pairs]):
            out.write(alignment.format_links(links) + "\n")
    (folder / "train.part").replace(folder / "train.links")
    say(f"{len(pairs)} pairs aligned")


def _deadline(until: str | None) -> datetime | None:
    if until is None:
        return None
    hour, minute = map(int, until.split(":"))
    now = datetime.now()
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > now else moment + timedelta(days=1)


@main.command()
@run_option
@click.option("--package", "start", type=FILE, help="Begin with this package's weights (else with nothing).")
@click.option("--steps", default=20_000, show_default=True, help="Length of the course.")
@click.option("--minutes", type=float, help="End the course after so many minutes of training if that is sooner.")
@click.option("--until", metavar="HH:MM", help="Stop at this time of day; the next call goes on.")
@click.option("--pieces", default=3000, show_default=True, help="Padded target pieces a step.")
@click.option("--rate", default=0.01, show_default=True, help="Peak rate of Muon.")
@click.option("--adam-rate", default=0.001, show_default=True, help="Peak rate of Adam (embeddings, biases, norms).")
@click.option("--width", default=256, show_default=True)
@click.option("--heads", default=4, show_default=True)
@click.option("--layers", nargs=2, default=(4, 2), show_default=True, help="Of the encoder and the decoder.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), help="Default: a GPU where there is one.")
@click.option("--threads", type=int, help="CPU threads.")
@click.option("--every", default=200, show_default=True, help="Steps between checkpoints.")
@click.option("--origins", "table", default=origins.TABLE, type=FILE, help="Weights and licences of the origins.")
@click.option("--seed", default=1, show_default=True)
def train(folder: Path, table: Path, until: str | None, **options: object) -> None:
    """Train, or go on training, and report the loss and the time left."""
    from training import course  # torch is needed by this step alone

    try:
        course.run(Run.open(folder), origins.read_origins(table), _deadline(until), options)
    except KeyboardInterrupt:
        say("stopped; run the same command to go on from the last checkpoint")
        sys.exit(1)


@main.command()
@run_option
def convert(folder: Path) -> None:
    """Write the newest checkpoint's mean weights as an int8 CTranslate2 model."""
    from training import conversion, course

    run = Run.open(folder)
    shutil.rmtree(run.model, ignore_errors=True)
    arrays, heads = course.stored_weights(run)
    source, target = (
        tokenizer.read_vocabulary(folder / name) for name in (tokenizer.SOURCE_VOCABULARY, tokenizer.TARGET_VOCABULARY)
    )
    conversion.convert(arrays, heads, source, target, run.model)
    say(f"{run.model}: {(run.model / 'model.bin').stat().st_size / 1e6:.1f} MB")


@main.command()
@run_option
@click.option("--version", required=True, help="Package version, such as 0.2.")
@click.option("--readme", default="A Relais starter package; see its model card.", help="README.md of the package.")
def package(folder: Path, version: str, readme: str) -> None:
    """Zip the model, the pieces and the metadata as an .argosmodel file."""
    run = Run.open(folder)
    path = packaging.package(folder, run.source, run.target, version, readme)
    say(f"{path.stat().st_size / 1e6:.1f} MB")
    click.echo(path)


@main.command()
@click.argument("packages", nargs=-1, required=True, type=FILE)
@click.option("--from", "source", required=True, help="Source language code.")
@click.option("--to", "target", required=True, help="Target language code.")
@click.option("--test", "tests", multiple=True, metavar="NAME=FILE", help="A TSV of held-out pairs.")
@click.option("--gold", type=FILE, help="A TSV of source, target, hand-made word links: alignment error rate.")
@click.option("--show", default=0, help="Print so many translations of each test.")
def score(
    packages: tuple[Path, ...], source: str, target: str, tests: tuple[str, ...], gold: Path | None, show: int
) -> None:
    """Score PACKAGES (several: one after the other, as a pivot) on held-out text; JSON on standard output."""
    from training import scoring

    results: dict[str, object] = {"packages": [path.name for path in packages]}
    with TemporaryDirectory() as folder:
        engines = [scoring.Engine(packaging.unpack(path, Path(folder))) for path in packages]
        for test in tests:
            name, _, path = test.partition("=")
            pairs = list(read_pairs(Path(path), source, target))
            hypotheses = scoring.translate_through(engines, [pair.source for pair in pairs])
            results[name] = scoring.score(hypotheses, [pair.target for pair in pairs])._asdict()
            for pair, hypothesis in list(zip(pairs, hypotheses, strict=True))[:show]:
                say(f"{pair.source}\n  {hypothesis}\n  {pair.target}")
        if gold:
            results["alignment error rate"] = scoring.alignment_error(engines[0], gold)
    click.echo(json.dumps(results, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    try:
        main(prog_name="python -m training")
    except (FileNotFoundError, ValueError) as error:
        say(f"Error: {error}")
        sys.exit(1)
