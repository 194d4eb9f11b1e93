"""A suite's plan on the screen and as JSON, and what its options have in common with a run's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import anyio
from rich.table import Table

from soundly.bench.runs.beginning import selected
from soundly.bench.runs.models import Models
from soundly.bench.runs.plan import TRIES, SystemPlan, plan_of, require_bounds, total
from soundly.bench.suites.file import parse_price, read_suite
from soundly.bench.suites.suite import Selection, Suite
from soundly.charts.amounts import dollars
from soundly.cli.amounts import limits, plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line
from soundly.config.budget import parse_budget
from soundly.core.codec import to_json
from soundly.core.errors import UsageError
from soundly.core.spend import Budget

_UNKNOWN = "not known"


def show_plan(
    path: Path,
    *,
    limit: int | None,
    sample: int | None,
    sample_seed: int,
    prices: Sequence[str],
    budget: str,
    as_json: bool,
) -> Exit:
    """Print what the suite can cost at most; spends nothing."""
    suite = read_priced(path, prices)
    part = Selection(limit=limit, sample=sample, seed=sample_seed)
    plans, problems = anyio.run(_plans, suite, part, parse_budget(budget))
    if as_json:
        print(json.dumps(_document(suite, plans, problems)))
    else:
        _print(suite, plans, problems, limited=budget)
    return Exit.OK


def read_priced(path: Path, prices: Sequence[str]) -> Suite:
    """The suite in the file, with prices from the command line before those that it states.

    Raises `UsageError` for a price of a model that the suite does not ask.
    """
    suite = read_suite(path)
    stated = tuple(parse_price(text) for text in prices)
    asked = {model for grid in suite.grids for model in grid.models}
    for price in (*stated, *suite.prices):
        if price.model not in asked:
            raise UsageError(f"a price is stated for {price.model!r}, which the suite does not ask")
    return replace(suite, prices=(*stated, *suite.prices))


async def _plans(
    suite: Suite, part: Selection, budget: Budget
) -> tuple[tuple[SystemPlan, ...], int]:
    cells = selected(suite, part)
    async with Models(suite.prices) as models:
        models.open_all(cells)
        models.require_prices(cells, dollars=budget.dollars)
        require_bounds(cells, models, budget)
        return plan_of(cells, models), len({cell.instance for cell in cells})


def _print(suite: Suite, plans: Sequence[SystemPlan], problems: int, *, limited: str) -> None:
    console = open_console()
    sessions = sum(each.sessions for each in plans)
    console.print(
        f"{suite.name}  {plural(sessions, 'session')} on {plural(problems, 'problem')}, at most:",
        soft_wrap=True,
    )
    console.print(_table(plans, sessions))
    console.print(f"each session: {limits(suite.budget)}", style="quiet")
    if limited:
        console.print(f"the whole run: {limits(parse_budget(limited))}", style="quiet")
    if any(each.model is not None for each in plans):
        console.print(
            f"a call that fails in passing is tried up to {TRIES} times; tries that may have been "
            "billed come on top, within the budgets",
            style="quiet",
        )
    refused = sum(each.unaskable for each in plans)
    if refused:
        why = next(each.why for each in plans if each.why)
        console.print(
            f"{plural(refused, 'session')} cannot be put to the model and will end as refused, for "
            f"nothing; the first: {one_line(why)}"
        )


def _table(plans: Sequence[SystemPlan], sessions: int) -> Table:
    table = Table(box=None, pad_edge=False, header_style="label")
    for name in ("model", "strategy"):
        table.add_column(name, overflow="fold")
    for name in ("sessions", "calls", "tokens", "dollars"):
        table.add_column(name, justify="right")
    for each in plans:
        table.add_row(each.model or "", each.strategy, f"{each.sessions:,}", *_amounts(each))
    if len(plans) > 1:
        every = replace(plans[0], sessions=sessions, most=total(each.most for each in plans))
        table.add_row("all", "", f"{sessions:,}", *_amounts(every))
    return table


def _amounts(plan: SystemPlan) -> tuple[str, str, str]:
    most = plan.most
    return (
        _UNKNOWN if most.calls is None else f"{most.calls:,}",
        _UNKNOWN if most.tokens is None else f"{most.tokens:,}",
        _UNKNOWN if most.dollars is None else dollars(most.dollars),
    )


def _document(suite: Suite, plans: Sequence[SystemPlan], problems: int) -> dict[str, object]:
    return {
        "suite": suite.name,
        "sessions": sum(each.sessions for each in plans),
        "problems": problems,
        "most": to_json(total(each.most for each in plans)),
        "tries": TRIES,
        "systems": [to_json(each) for each in plans],
    }
