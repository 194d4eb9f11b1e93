"""The entry point: runs a command and turns however it ends into an exit code.

Failures end as one line on standard error. Heavy imports stay inside the commands, so that
``soundly --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from soundly._version import __version__
from soundly.cli.audit import audit
from soundly.cli.bench import bench
from soundly.cli.doctor import doctor
from soundly.cli.exits import Exit, for_error
from soundly.cli.explain import explain
from soundly.cli.frontier import frontier
from soundly.cli.known_families import families
from soundly.cli.known_models import models
from soundly.cli.recheck import recheck
from soundly.cli.solve import solve
from soundly.cli.trace import trace
from soundly.cli.train import train
from soundly.cli.verify import verify
from soundly.cli.visible import one_line
from soundly.core.errors import SoundlyError

app = typer.Typer(
    name="soundly",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 solved, 10 proved unsolvable, 11 not solved, 20 budget spent, "
    "30 a part broke, 2 usage, 130 interrupted.",
)
app.command()(solve)
app.command()(verify)
app.command()(explain)
app.command()(recheck)
app.command()(trace)
app.command()(frontier)
app.command()(models)
app.command()(families)
app.command()(audit)
app.command()(doctor)
app.add_typer(bench)
app.add_typer(train)


@dataclass
class Settings:
    """What the options before the command say."""

    traceback: bool = False


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_traceback: Annotated[
        bool,
        typer.Option(
            "--traceback",
            envvar="SOUNDLY_TRACEBACK",
            help="Show where a failure came from, for developers.",
        ),
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Answers you can depend on: any model proposes, sound critics decide."""
    context.obj.traceback = show_traceback
    if version:
        print(f"soundly {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(Exit.USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``arguments`` are the process's own by default."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a terminal that cannot show a character gets a "?", not a crash
            stream.reconfigure(errors="replace")
    settings = Settings()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments), settings)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_standard_output()
        return Exit.READER_GONE
    except TyperException as error:
        hint = _help_hint(error)
        print(f"soundly: error: {one_line(error.format_message())}{hint}", file=sys.stderr)
        return Exit.USAGE
    except KeyboardInterrupt:
        print("soundly: interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody reads a traceback
        if settings.traceback:
            traceback.print_exception(error)
        print(f"soundly: error: {describe(error)}", file=sys.stderr)
        return for_error(error)
    return code


def describe(error: BaseException) -> str:
    """A failure in one line; one that is not in our own tree asks for a report."""
    if isinstance(error, SoundlyError):
        return one_line(str(error))
    leaf = error
    while isinstance(leaf, BaseExceptionGroup):
        leaf = leaf.exceptions[0]
    return one_line(
        f"unexpected {type(leaf).__name__}: {leaf}; this is a bug in soundly, please report it "
        "with what `soundly --traceback …` shows"
    )


def _run(arguments: list[str], settings: Settings) -> int:
    # not `app()`, which turns an interrupt and a closed pipe into exit codes of its own
    command = get_command(app)
    try:
        with command.make_context("soundly", arguments, obj=settings) as context:
            result = command.invoke(context)
    except typer.Exit as exit_:
        return exit_.exit_code
    return result if isinstance(result, int) else Exit.OK


def _help_hint(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context is not None else ""


def _forget_standard_output() -> None:
    """Standard output to nowhere, so that Python does not complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
