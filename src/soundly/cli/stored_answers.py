"""``soundly bench rejudge``, ``cascade`` and ``rounds``: what PlanBench's stored answers show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from typer import Argument, Option

Folder: TypeAlias = Annotated[
    Path, Argument(metavar="FOLDER", help="A checkout of PlanBench's repository, or a part of it.")
]
AsJson: TypeAlias = Annotated[
    bool, Option("--json", help="Print one JSON object and nothing else.")
]


def add_to(bench: typer.Typer) -> None:
    """Add the commands to ``soundly bench``."""
    bench.command("rejudge")(rejudge)


def rejudge(
    folder: Folder,
    *,
    by_task: Annotated[
        bool, Option("--by-task", help="A row for each task, such as zero-shot, of a model.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Re-judge every answer that PlanBench stores: our accuracy beside the stored label.

    A row for each domain and model says how many answers our critics accept, with an exact 95%
    interval, how many are labelled right, and below it, class by class, why the two differ; the
    classes stand in `docs/planbench-agreement.md`. Of a conversation the last answer counts.
    Nothing is written; `soundly bench import-planbench` writes every verdict down.

    What cannot be used is named on standard error, and counted; the rest goes on, and the exit
    code is then 2.
    """
    from soundly.cli.rejudging import show_rejudged  # noqa: PLC0415 - heavy, and --help is quick

    return show_rejudged(folder, by_task=by_task, as_json=as_json)
