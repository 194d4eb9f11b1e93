"""A run of a suite on the screen: how far it is, and what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import anyio

from soundly.bench.runs.folder import RESULTS, STORE
from soundly.bench.runs.progress import Progress
from soundly.bench.runs.result import CellResult
from soundly.bench.runs.run import RunEnd
from soundly.bench.runs.running import EngineName, run_suite
from soundly.bench.suites.suite import Selection
from soundly.cli.amounts import duration, plural, purchase
from soundly.cli.display.console import open_console
from soundly.cli.display.run_progress import RunDisplay
from soundly.cli.exits import Exit
from soundly.cli.suite_plan import read_priced
from soundly.cli.visible import one_line
from soundly.config.budget import parse_budget
from soundly.core.codec import to_json
from soundly.store.address import parse_address, shown

_STOPPED = {
    "budget": "no further session fits into the budget of the run: --resume with a larger one goes "
    "on",
    "seconds": "the time of the run is over: --resume goes on",
    "broken": "stopped, because every session broke or was refused; when it is mended: "
    "--resume --retry-broken",
}
_EXITS = {"budget": Exit.BUDGET_SPENT, "seconds": Exit.BUDGET_SPENT, "broken": Exit.PART_BROKE}


def run_and_show(
    path: Path,
    out: Path,
    *,
    resume: bool,
    retry_broken: bool,
    store: str | None,
    engine: EngineName,
    concurrency: int,
    limit: int | None,
    sample: int | None,
    sample_seed: int,
    prices: Sequence[str],
    budget: str,
    as_json: bool,
) -> Exit:
    """Run the suite and say how it went; returns the exit code of how it ended."""
    suite = read_priced(path, prices)
    limits = parse_budget(budget)
    display = RunDisplay(open_console(sys.stderr if as_json else None), suite.name)
    run = partial(
        run_suite,
        suite,
        out,
        selection=Selection(limit=limit, sample=sample, seed=sample_seed),
        store=store,
        resume=resume,
        retry_broken=retry_broken,
        budget=limits,
        engine=engine,
        concurrency=concurrency,
        watch=display.show,
    )
    try:
        with display:
            end = anyio.run(run)
    except KeyboardInterrupt:
        print(f"soundly: interrupted; --resume goes on with {out}", file=sys.stderr)
        return Exit.INTERRUPTED
    if as_json:
        print(json.dumps(_document(end, out)))
    else:
        _show(suite.name, end, out, store)
    return _exit(end)


def _exit(end: RunEnd) -> Exit:
    if end.stopped is not None:
        return _EXITS[end.stopped]
    usable = any(status not in ("broken", "refused") for status in end.progress.statuses)
    return Exit.OK if usable else Exit.PART_BROKE


def _show(name: str, end: RunEnd, out: Path, store: str | None) -> None:
    console = open_console()
    progress = end.progress
    earlier = f", {progress.earlier:,} of them before" if progress.earlier else ""
    done = f"{progress.done:,} of {plural(progress.cells, 'cell')} done{earlier}"
    for line in (
        f"{name}  {done}, in {duration(progress.seconds)}",
        f"  {counts(progress)}",
        f"  {purchase(progress.spent)}" if progress.spent.calls else "  no model call",
        *(f"  {one_line(told(result))}" for result in progress.broken),
        *_more(progress),
        *([_STOPPED[end.stopped]] if end.stopped else []),
        f"results  {out / RESULTS}",
        f"traces   {out / STORE if store is None else shown(parse_address(store))}",
    ):
        console.print(line, soft_wrap=True)


def _more(progress: Progress) -> list[str]:
    ended = sum(progress.statuses.get(status, 0) for status in ("broken", "refused"))
    left = ended - len(progress.broken)
    return [f"  and {left:,} more that broke or were refused: see {RESULTS}"] if left > 0 else []


def counts(progress: Progress) -> str:
    """How many cells ended how, in words."""
    said = [f"{status} {count:,}" for status, count in sorted(progress.statuses.items())]
    return " · ".join(said) or "nothing has ended"


def told(result: CellResult) -> str:
    """A broken or refused session in one line."""
    cell = result.cell
    asked = cell.strategy if cell.model is None else f"{cell.model} · {cell.strategy}"
    return (
        f"{result.status}: {cell.family_name} {cell.instance_name}, {asked}: "
        f"{result.reason} (session {result.session_id})"
    )


def _document(end: RunEnd, out: Path) -> dict[str, object]:
    progress = end.progress
    return {
        "run": str(out),
        "stopped": end.stopped,
        "cells": progress.cells,
        "done": progress.done,
        "earlier": progress.earlier,
        "statuses": dict(sorted(progress.statuses.items())),
        "right": progress.right,
        "spent": to_json(progress.spent),
        "seconds": progress.seconds,
        "broken": [to_json(result) for result in progress.broken],
    }
