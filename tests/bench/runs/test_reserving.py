"""Sessions handed out several at a time keep to the budget, and none waits for ever."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from soundly.bench.runs.folder import ResultsFile
from soundly.bench.runs.local import LocalEngine
from soundly.bench.runs.models import Models
from soundly.bench.runs.run import PATIENCE, Runner, Standing
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.bounds import Bound
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.file import read_suite
from soundly.core.spend import Budget, Spend
from soundly.store import Store


class InBatches(LocalEngine):
    """Takes four cells at a time, as an actor of a cluster does."""

    at_once = 4


@pytest.mark.parametrize("limit", [3, 5, 8, 13, 16, 100])
def test_batches_keep_to_a_budget_and_use_what_fits(tmp_path, write_suite, script, limit):
    suite = write_suite("single", models=(script("no answer"),), seeds="0-15")
    cells = cells_of(read_suite(suite))

    async def run():
        with (
            Store.open(tmp_path / "store.sqlite3") as store,
            ResultsFile(tmp_path) as results,
            anyio.fail_after(60),
        ):
            claims = store.claims()
            claims.take(["this"])
            ledger = store.ledger("run", claims)
            ledger.begin(Spend)
            runner = Runner(
                Standing(left=cells),
                store=store,
                claims=claims,
                results=results,
                budget=Budget(calls=limit),
                ledger=ledger,
                bounds={cell.id: Bound(1, 1_000, 0.0) for cell in cells},
                concurrency=12,
            )
            return await runner.run(partial(InBatches, Models(), store))

    end = anyio.run(run)
    assert end.progress.done == end.progress.spent.calls == min(limit, 16)
    assert end.stopped == (None if limit >= 16 else "budget")


def test_solvers_of_another_kind_of_problem_stop_no_run(tmp_path):
    suite = tmp_path / "suite.toml"
    grid = 'sizes = [3]\nstrategies = ["kairos"]\nseeds = "0-{}"\nfamilies = ["{}"]\n'
    suite.write_text(
        f"[[grid]]\n{grid.format(PATIENCE + 9, 'last-letters')}"
        f"[[grid]]\n{grid.format(4, 'blocksworld')}"
    )
    end = anyio.run(partial(run_suite, read_suite(suite), tmp_path / "run"))
    assert end.stopped is None
    assert end.progress.statuses == {"refused": PATIENCE + 10, "solved": 5}
