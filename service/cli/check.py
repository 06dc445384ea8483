"""`relais check`: the checks run on any two line-aligned files, human translations too."""

import sys
from typing import Any

import click

from corpus.errors import RelaisError
from corpus.spans import Span
from service.cli._files import print_json, read_text
from worker.checks import Flag, Severity, check


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("--from", "from_code", type=click.Choice(["fr"]), default="fr", show_default=True, help="Of SOURCE.")
@click.option("--to", "to_code", type=click.Choice(["en", "uk"]), required=True, help="Of TARGET.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["fr", "en", "uk"]), default="en", show_default=True, help="Of the messages.")
def command(source: str, target: str, from_code: str, to_code: str, form: str, lang: str) -> None:  # noqa: ARG001
    """Check line by line that TARGET translates SOURCE (one of them may be `-`: standard input).

    Exit status 1 when an error is among the flags; warnings and remarks leave it 0.
    """
    flagged = [check(*pair, to_code) for pair in _pairs(source, target)]
    if form == "json":
        print_json({"pairs": [_as_dict(number, flags, lang) for number, flags in enumerate(flagged, 1)]})
    else:
        for number, flags in enumerate(flagged, 1):
            for flag in flags:
                click.echo(f"{number}: {flag.severity.value}: {flag.sentence(lang)} [{flag.code}]")
    if any(flag.severity is Severity.ERROR for flags in flagged for flag in flags):
        sys.exit(1)


def _pairs(source: str, target: str) -> list[tuple[str, str]]:
    """The files' lines side by side. Raises `RelaisError` unless there are as many of both."""
    if source == target == "-":
        raise RelaisError("only one of the two files can be standard input")
    sources, targets = (_lines(read_text(name)) for name in (source, target))
    if len(sources) != len(targets):
        raise RelaisError(
            "%(source)s has %(sources)s lines, %(target)s has %(targets)s: the files are not aligned line by line",
            source=source, sources=len(sources), target=target, targets=len(targets),
        )  # fmt: skip
    return list(zip(sources, targets, strict=True))


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them: a form feed or U+2028 ends none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _as_dict(line: int, flags: list[Flag], language: str) -> dict[str, Any]:
    return {
        "line": line,
        "flags": [
            {
                "code": flag.code,
                "severity": flag.severity.value,
                "source": _pair(flag.source),
                "target": _pair(flag.span),
                "message": flag.sentence(language),
            }
            for flag in flags
        ],
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
