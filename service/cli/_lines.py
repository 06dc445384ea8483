"""Files of one sentence a line."""

from service.cli._files import read_text


def read_lines(name: str) -> list[str]:
    """Lines of a file (`-`: standard input), cut at line feeds alone, as tools that count sentences do."""
    lines = [line.removesuffix("\r") for line in read_text(name).split("\n")]
    return lines[:-1] if lines[-1] == "" else lines
