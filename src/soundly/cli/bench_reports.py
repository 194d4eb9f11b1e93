"""``soundly bench report``, ``compare`` and ``export``: what is made of a run's results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from soundly.cli.shared_options import AsJson

RunFolder = Annotated[Path, Argument(metavar="RUN", help="The folder of a run.")]


def report(
    run: RunFolder,
    *,
    out: Annotated[
        Path | None,
        Option(
            metavar="FOLDER", help="Where the report is written.", show_default="report/ in RUN"
        ),
    ] = None,
    trained: Annotated[
        str | None,
        Option(
            metavar="SIZES",
            help="The sizes that the models were trained on, as in 3-20; others are shaded.",
            show_default="what a model of ours says, else what its family keeps for training",
        ),
    ] = None,
) -> int:
    """Draw the report of a run: a page, Markdown, pictures, and the numbers as data.

    A leaderboard with guarantees and costs, coverage against cost, accuracy against size, rounds to
    success, false plans and false unsolvables, what critics decided and what was wrong. Every
    number leads to the sessions behind it, for `soundly trace`.

    Writes `index.html`, a page that needs nothing else; `report.md`, with the same tables; every
    picture as SVG and PNG; and every table as CSV and Parquet, with one line a session in
    `sessions.csv`. Can be drawn while the run goes on. Files in FOLDER that Soundly did not write
    are never overwritten.
    """
    from soundly.cli.bench_reporting import run_report  # noqa: PLC0415 - heavy, --help is quick

    return run_report(run, out=out, trained=trained)


def compare(
    first: Annotated[Path, Argument(metavar="RUN", help="The folder of a run.")],
    second: Annotated[
        Path | None, Argument(metavar="RUN", help="Another run; none compares within the first.")
    ] = None,
    *,
    system: Annotated[
        str | None,
        Option(help="A system of the first run, as its report names it, or words of the name."),
    ] = None,
    with_system: Annotated[
        str | None, Option(help="The system that it is compared with, of the second run.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Compare two systems on the same instances: coverage, cost, and what changed.

    Two runs: each system that both have, or those named. One run: the two systems named. Only
    instances that both met count, without those on which a part broke or a call was refused.

    Differences are first minus second, with the bootstrap's 95% intervals over instances; p-values
    are McNemar's, exact, and Holm's correction is over families.
    """
    from soundly.cli.comparison import run_compare  # noqa: PLC0415 - heavy, --help is quick

    return run_compare(first, second, system=system, with_system=with_system, as_json=as_json)


def export(
    run: RunFolder,
    *,
    to: Annotated[
        Literal["inspect", "huggingface", "lm-eval"], Option(help="Whose format is written.")
    ],
    out: Annotated[Path, Option(metavar="FOLDER", help="Where the files are written.")],
) -> int:
    """Write a run's sessions for other tools.

    `inspect`: a log for each system and family, for `inspect view` and `inspect score` (needs
    `soundly[inspect]`). `huggingface`: a data set of JSON Lines with its card, for
    `datasets.load_dataset`. `lm-eval`: results and samples as the LM Evaluation Harness writes
    them.
    """
    from soundly.cli.exporting import run_export  # noqa: PLC0415 - heavy, --help is quick

    return run_export(run, to=to, out=out)
