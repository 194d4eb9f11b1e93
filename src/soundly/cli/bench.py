"""``soundly bench``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Argument, Option

from soundly.cli import bench_reports, stored_answers
from soundly.cli.boundary import boundary
from soundly.cli.exits import Exit
from soundly.cli.fractal import fractal
from soundly.cli.suites import plan, run

bench = typer.Typer(
    name="bench",
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@bench.callback(invoke_without_command=True)
def root(context: typer.Context) -> None:
    """Measure what can be depended on."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(Exit.USAGE)


bench.command()(plan)
bench.command()(run)
bench.command("report")(bench_reports.report)
bench.command("compare")(bench_reports.compare)
bench.command("export")(bench_reports.export)
bench.command("boundary")(boundary)
bench.command("fractal")(fractal)
stored_answers.add_to(bench)


@bench.command("import-planbench")
def import_planbench(
    folder: Annotated[
        Path,
        Argument(metavar="FOLDER", help="A checkout of PlanBench's repository, or a part of it."),
    ],
    *,
    out: Annotated[Path, Option(metavar="FOLDER", help="Where the files are written.")] = Path(
        "out/planbench"
    ),
    as_json: Annotated[
        bool, Option("--json", help="Print the summary as one JSON object and nothing else.")
    ] = False,
) -> int:
    """Re-judge the answers that PlanBench stores, and compare with the labels stored beside them.

    Reads `plan-bench/` and `llm_planning_analysis/`: configurations, instances, prompts and the
    results of all ten tasks. Every answer is read with the phrases of its configuration and judged
    by our critics: a plan by the validator; a verdict on a plan, or the state after one, by what
    follows from running it. The table counts, for each file of results, the answers, those that we
    accept, those that are labelled right, and where the two agree and differ.

    Writes `problems.jsonl`, `prompts.jsonl`, `judged.jsonl`, `summary.json`, for each model
    `answers/MODEL.jsonl` (for `--model recorded:FILE`), and for each set the words of
    its configuration (for `verify --phrases`). They take the place of an earlier import's files
    all together, when everything has been read.

    A file or an entry that cannot be used is named on standard error with its field, and counted;
    the rest goes on, and the exit code is then 2. All of them stand in `oddities.jsonl`.
    """
    from soundly.cli.planbench import run_import  # noqa: PLC0415 - heavy, and --help is quick

    return run_import(folder, out, as_json=as_json)


@bench.command("import-natural-plan")
def import_natural_plan(
    files: Annotated[
        list[Path],
        Argument(metavar="FILE...", help="Natural Plan's data files, such as trip_planning.json."),
    ],
    *,
    out: Annotated[
        Path | None,
        Option(metavar="FOLDER", help="Where problems, scores and the summary are written."),
    ] = None,
    whole_windows: Annotated[
        bool,
        Option(
            "--whole-windows",
            help="Read 'between day 5 and day 9' as on each of these days, not on one of them.",
        ),
    ] = False,
    as_json: Annotated[
        bool, Option("--json", help="Print the summary as one JSON object and nothing else.")
    ] = False,
) -> int:
    """Judge the answers that Natural Plan stores, and give its own figure beside ours.

    Reads calendars, meetings and trips from their prompts. Every stored answer (`pred_5shot_pro`
    and the like) and every golden plan is judged by our critic, which accepts any right answer,
    and by the official rule, which knows one.

    With `--out` it writes `problems.jsonl`, `scores.jsonl` and `summary.json`. An item that cannot
    be read is named on standard error with file, id and field, and counted; the rest goes on, and
    the exit code is then 2.
    """
    from soundly.cli.naturalplan import run_import  # noqa: PLC0415 - heavy, and --help is quick

    windows: Literal["worded", "whole"] = "whole" if whole_windows else "worded"
    return run_import(files, out=out, windows=windows, as_json=as_json)
