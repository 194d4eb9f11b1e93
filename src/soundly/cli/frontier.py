"""``soundly frontier``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from soundly.cli.shared_options import AsJson, SessionStore


def frontier(
    family: Annotated[
        str, Argument(metavar="FAMILY", help="A family of problems; see `soundly families`.")
    ],
    *,
    sizes: Annotated[
        str | None,
        Option(help="Only sessions of these sizes: 5, or 3-8.", show_default="all"),
    ] = None,
    prefer: Annotated[
        Literal["dollars", "tokens", "seconds"] | None,
        Option(
            help="What costs are compared in. Seconds are on the clock, and compare only where "
            "nothing ran beside the sessions.",
            show_default="dollars where all are priced, else tokens",
        ),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        Option(metavar="FILE", help="Draw the curve: a name that ends in .svg or .png."),
    ] = None,
    store: SessionStore = None,
) -> int:
    """Show what each model and strategy covered and cost, from general to special.

    A reasoning model, a model, a model with a critic, a formaliser with a solver, a solver: what
    the store's sessions say of each, with 95% intervals. Covered is what ended solved or proved
    unsolvable. Costs are for one covered problem, those that were not covered paid too; a call that
    was cut short, as in a race, counts at the most that it can have cost. Marked are those on the
    Pareto front: nothing covers as much for less. `soundly solve --route` chooses among them.
    """
    from soundly.cli.frontier_table import show_frontier  # noqa: PLC0415 - not for --help

    return show_frontier(
        family, sizes=sizes, prefer=prefer, as_json=as_json, out=out, location=store
    )
