"""``soundly train``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option
from typer.core import TyperGroup

from soundly.cli.exits import Exit
from soundly.cli.shared_options import SessionStore

_HELP = ["-h", "--help"]
_RUN = "run"


class _RecipeOrCommand(TyperGroup):
    """A group whose command ``run`` need not be named: what is no command is a recipe.

    A recipe in a file called ``report`` is still reached, as ``./report`` or behind ``run``.
    """

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and args[0] not in {*self.commands, *_HELP}:
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


train = typer.Typer(
    name="train",
    cls=_RecipeOrCommand,
    rich_markup_mode="markdown",
    subcommand_metavar="RECIPE | COMMAND [ARGS]...",
    context_settings={"help_option_names": _HELP},
)


@train.callback(invoke_without_command=True)
def root(context: typer.Context) -> None:
    """Train a proposer by a recipe, and report how it went.

    `soundly train RECIPE` is short for `soundly train run RECIPE`.
    """
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(Exit.USAGE)


@train.command(_RUN)
def by_recipe(
    recipe: Annotated[Path, Argument(metavar="RECIPE", help="A recipe: a TOML file.")],
    *,
    out: Annotated[
        Path | None,
        Option(
            metavar="RUN",
            help="The run's folder: events, checkpoints and the model.",
            show_default="out/train/ and the recipe's name",
        ),
    ] = None,
    resume: Annotated[
        bool, Option("--resume", help="Go on where the run in this folder stopped.")
    ] = False,
) -> int:
    """Train by a recipe: draw the data, train, reward, measure, and export the model.

    The word `run` may be left out: `soundly train RECIPE`.

    Shows the stage, the step, its loss and reward, the speed, and the time left as far as the
    recipe fixes it; without a terminal, a line now and then. Ctrl-C saves before it stops, and
    `--resume` goes on from there, as it does after a kill.
    """
    from soundly.cli.training import run_training  # noqa: PLC0415 - heavy, and --help is quick

    return run_training(recipe, out=out, resume=resume)


@train.command("report")
def report(
    run: Annotated[
        Path, Argument(metavar="RUN", help="A run's folder, during the run or after it.")
    ],
    *,
    out: Annotated[
        Path | None,
        Option(
            metavar="FOLDER", help="Where the report is written.", show_default="report/ in RUN"
        ),
    ] = None,
) -> int:
    """Draw what a run logged: losses, rewards, rates by size, ablations, with 95% intervals.

    Writes `index.html`, a page that needs nothing else; `report.md`, with the same tables; and
    every picture as SVG and PNG. Figures are counted from answers that were judged; those that a
    critic broke on are counted apart.
    """
    from soundly.cli.reporting import run_report  # noqa: PLC0415 - heavy, and --help is quick

    return run_report(run, out=out)


@train.command("outcomes")
def outcomes(
    out: Annotated[Path, Argument(metavar="FILE", help="Where the JSON Lines are written.")],
    *,
    store: SessionStore = None,
) -> int:
    """Make training data of the verified answers in the store, with their provenance.

    Every solved session's certificate goes through the kernel once more, and its answer is read
    and certified anew. A line is a chat, as Hugging Face's trainers read them, and says where it
    comes from. Left out, with the reason, are problems held out from training, problems that came
    before under other names, and whatever does not hold.
    """
    from soundly.cli.outcomes import write_outcomes  # noqa: PLC0415 - heavy, and --help is quick

    return write_outcomes(out, location=store)
