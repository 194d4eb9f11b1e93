"""``soundly bench plan`` and ``soundly bench run``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Argument, Option

from soundly.cli.shared_options import AsJson

SuiteFile: TypeAlias = Annotated[
    Path, Argument(metavar="SUITE", help="A suite: grids of cells in a TOML file.")
]
Limit: TypeAlias = Annotated[
    int | None, Option(min=1, metavar="N", help="Only the first N cells.", show_default="all")
]
Sample: TypeAlias = Annotated[
    int | None,
    Option(min=1, metavar="N", help="Only N cells, drawn at random.", show_default="all"),
]
SampleSeed: TypeAlias = Annotated[int, Option(metavar="SEED", help="What draws the sample.")]
Prices: TypeAlias = Annotated[
    list[str] | None,
    Option(
        "--price",
        metavar="MODEL=IN,OUT",
        help="What a model costs, in dollars for a million tokens in and out. Can be repeated.",
        show_default=False,
    ),
]
TotalBudget: TypeAlias = Annotated[
    str,
    Option(
        metavar="LIMITS",
        help="Limits of the whole run: calls=1000,tokens=1000000,usd=5,seconds=3600.",
        show_default="no limit",
    ),
]


def plan(
    suite: SuiteFile,
    *,
    limit: Limit = None,
    sample: Sample = None,
    sample_seed: SampleSeed = 0,
    price: Prices = None,
    budget: TotalBudget = "",
    as_json: AsJson = False,
) -> int:
    """Say how many sessions a suite has and the most that they can cost, and spend nothing.

    For each model and strategy: sessions, problems, and the highest number of calls, tokens and
    dollars, from the model's own quotes and what the strategy and the suite's budget allow. Where
    neither limits something, it says that it is not known.
    """
    from soundly.cli.suite_plan import show_plan  # noqa: PLC0415 - heavy, and --help is quick

    return show_plan(
        suite,
        limit=limit,
        sample=sample,
        sample_seed=sample_seed,
        prices=price or [],
        budget=budget,
        as_json=as_json,
    )


def run(
    suite: SuiteFile,
    *,
    out: Annotated[Path, Option(metavar="RUN", help="The run's folder.")],
    resume: Annotated[
        bool, Option("--resume", help="Go on with the run that the folder holds.")
    ] = False,
    retry_broken: Annotated[
        bool,
        Option("--retry-broken", help="Run cells once more that broke or were refused."),
    ] = False,
    store: Annotated[
        str | None,
        Option(
            metavar="FILE|URL",
            help="Where traces go: an SQLite file, or postgresql://… for several machines.",
            show_default="a file in RUN",
        ),
    ] = None,
    engine: Annotated[
        Literal["local", "ray"], Option(help="This process, or a Ray cluster.")
    ] = "local",
    concurrency: Annotated[int, Option(min=1, help="Sessions at a time.")] = 16,
    limit: Limit = None,
    sample: Sample = None,
    sample_seed: SampleSeed = 0,
    price: Prices = None,
    budget: TotalBudget = "",
    as_json: AsJson = False,
) -> int:
    """Run every cell of a suite once.

    Results go to `RUN/results.jsonl`, traces to the store. What is done is never run again: after
    an interruption, even by `kill -9`, `--resume` goes on with what is left. Several processes and
    machines may run one suite on one store, and share its cells.

    A part that breaks and a call that is refused are counted apart and stop nothing, unless
    nothing else happens. `--budget` stops the run before a session that could break it; what is
    left waits for `--resume` with a larger one.

    Ends with 0 when all cells are done, 20 when the budget stopped it, 30 when everything broke.
    """
    from soundly.cli.suite_run import run_and_show  # noqa: PLC0415 - heavy, and --help is quick

    return run_and_show(
        suite,
        out,
        resume=resume,
        retry_broken=retry_broken,
        store=store,
        engine=engine,
        concurrency=concurrency,
        limit=limit,
        sample=sample,
        sample_seed=sample_seed,
        prices=price or [],
        budget=budget,
        as_json=as_json,
    )
