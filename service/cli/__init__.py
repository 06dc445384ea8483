"""The `relais` command: one module a command, found by its name and loaded when it is asked for."""

import importlib
import pkgutil
import sys

import click

from corpus.errors import RelaisError


class Commands(click.Group):
    """A group whose commands are the modules of this package; each has a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="relais", message="relais %(version)s")
def relais() -> None:
    """Relais, a newsroom's translation desk."""


def main() -> None:
    """Run a command. Bad input is one line on standard error and exit status 2."""
    try:
        relais.main(prog_name="relais", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" ({context.command_path} --help explains)" if context else ""
        click.echo(f"relais: {' '.join(error.format_message().split())}{hint}", err=True)
        sys.exit(2)
    except RelaisError as error:
        click.echo(f"relais: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
