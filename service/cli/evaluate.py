"""`relais evaluate`: translations against a reference, and packages against each other."""

from collections.abc import Sequence
from typing import Any

import click

from corpus.errors import RelaisError
from service.cli._files import print_json
from service.cli._lines import read_lines
from service.cli._progress import progress

AT_ONCE = 256  # sentences given to the engine together


@click.command()
@click.option("--reference", required=True, help="File with a right translation a line.")
@click.option("--hypothesis", "hypotheses", multiple=True, help="File with a translation to be judged; repeatable.")
@click.option("--package", "packages", multiple=True, help="Installed package (fr-en) to be judged on --source.")
@click.option("--source", help="File with a sentence a line, for --package.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    reference: str, hypotheses: tuple[str, ...], packages: tuple[str, ...], source: str | None, form: str
) -> None:
    """BLEU, chrF++ and TER with their signatures; the first system is compared with every other one."""
    from corpus.evaluation import compare, evaluate  # takes a second to load

    if packages and not source:
        raise RelaisError("--package needs --source, the sentences to be translated")
    references = read_lines(reference)
    systems = [(name, read_lines(name)) for name in hypotheses]
    if source:
        systems += _translated(packages, read_lines(source))
    if not systems:
        raise RelaisError("nothing to evaluate: give --hypothesis or --package")
    found: dict[str, Any] = {
        "segments": len(references),
        "systems": [
            {"name": name, "scores": [score.as_dict() for score in evaluate(lines, references)]}
            for name, lines in systems
        ],
        "comparisons": [
            {
                "first": systems[0][0],
                "second": name,
                "metrics": [result.as_dict() for result in compare(systems[0][1], lines, references)],
            }
            for name, lines in systems[1:]
        ],
    }
    if form == "json":
        print_json(found)
    else:
        _print(found)


def _translated(names: Sequence[str], sources: Sequence[str]) -> list[tuple[str, list[str]]]:
    """What each package makes of the sources."""
    from worker.engine.packages import named
    from worker.engine.translator import translator_for

    systems = []
    for package in named(names):
        translator = translator_for(package)
        lines: list[str] = []
        with progress(len(sources), f"{package.label} {package.version}") as bar:
            for begin in range(0, len(sources), AT_ONCE):
                portion = sources[begin : begin + AT_ONCE]
                lines += [best[0].text for best in translator.translate(portion)]
                bar.update(len(portion))
        systems.append((f"{package.label} {package.version}", lines))
    return systems


def _print(found: dict[str, Any]) -> None:
    for system in found["systems"]:
        click.echo(f"{system['name']} ({found['segments']} segments)")
        for score in system["scores"]:
            click.echo(f"  {score['metric']:7}{score['score']:7.2f}   {score['signature']}")
    for comparison in found["comparisons"]:
        click.echo(f"{comparison['first']} against {comparison['second']}")
        for metric in comparison["metrics"]:
            verdict = "significant" if metric["significant"] else "may be chance"
            click.echo(f"  {metric['metric']:7}{metric['difference']:+7.2f}   p = {metric['p']:.4f}, {verdict}")
