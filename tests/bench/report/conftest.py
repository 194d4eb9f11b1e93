"""A run on disk with everything that a report can show: real sessions of models of paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import anyio
import pytest

from soundly.bench.runs.folder import STORE, Manifest, write_manifest, write_results
from soundly.bench.runs.result import CellResult, result_of
from soundly.bench.suites.asked import problem_of, strategy_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Grid, Suite, points
from soundly.config.families import make_family
from soundly.config.strategies import needs_model, parse_strategy
from soundly.core.completion import Completion
from soundly.core.errors import CriticError, GeneratorError, SoundlyError
from soundly.core.spend import Quote, Usage
from soundly.engine import solve
from soundly.store import Store

SIZES = (3, 5, 8)
CLAIM = "This problem has no solution: the goal cannot be reached."


class Paper:
    """Knows the plan, and says it with a chance that falls with size; a judge that likes all."""

    def __init__(self, name: str, plan: str | None, chance: float, dollars: float, seed: int):
        self.name = name
        self._plan, self._chance, self._dollars = plan, chance, dollars
        self._rng = Random(f"{name} {seed}")

    def quote(self, request):
        return Quote(1_000, 1_000, self._dollars)

    async def complete(self, request):
        await anyio.lowlevel.checkpoint()
        text = self._said(request)
        usage = Usage(90 + self._rng.randrange(20), 20 + self._rng.randrange(9))
        return Completion(text, self.name, usage=usage, dollars=self._dollars)

    def _said(self, request):
        if "VERDICT" in request.messages[-1].content:
            return "VERDICT: RIGHT"
        if self._plan is None:
            return self._rng.choice(["(pick-up a)\n(put-down a)", CLAIM])
        if self._rng.random() < self._chance:
            return self._plan
        wrong = ["(pick-up nothing)", "\n".join(self._plan.splitlines()[:-1]), "Hm.", CLAIM]
        return self._rng.choice(wrong)


class Failing(Paper):
    """Never answers."""

    async def complete(self, request):
        await anyio.lowlevel.checkpoint()
        raise GeneratorError("no answer today")


class BrokenCritic:
    """Breaks on everything."""

    def __init__(self, critic):
        self.name, self.version, self.guarantee = critic.name, critic.version, critic.guarantee

    async def judge(self, problem, candidate, ask):
        raise CriticError("the critic has a day off")


DOLLARS = {"cheap": 0.001, "dear": 0.02, "failing": 0.0, None: 0.0}


def _model(cell: Cell, plan: str | None) -> Paper | None:
    if cell.model is None or not needs_model(cell.strategy):
        return None
    chance = (0.7 if cell.model == "cheap" else 0.95) * (1 if cell.size <= 5 else 0.4)
    kind = Failing if cell.model == "failing" else Paper
    return kind(cell.model, plan, chance, DOLLARS[cell.model], cell.seed)


async def _plan(cell: Cell) -> str | None:
    if not cell.solvable:
        return None
    family = make_family(cell.family_name)
    strategy = parse_strategy("blocksworld-towers", family)
    outcome = await solve(problem_of(cell), family=family, strategy=strategy)
    return outcome.candidate.canonical


async def _run(cell: Cell, store: Store, *, broken: bool) -> CellResult:
    family = make_family(cell.family_name)
    with suppress(SoundlyError):
        await solve(
            problem_of(cell),
            family=family,
            strategy=strategy_of(cell),
            generator=_model(cell, await _plan(cell)),
            critic=BrokenCritic(family.critic) if broken else None,
            budget=cell.budget,
            seed=cell.seed,
            sinks=(store,),
            session_id=cell.id,
        )
    return result_of(cell, store.trace(cell.id))


def make_run(
    folder: Path, suite: Suite, *, keep: Callable[[Cell], bool] = lambda cell: True
) -> Path:
    """Runs the suite's cells, or some of them, and leaves a run's folder."""
    cells = list(dict.fromkeys(c for grid in suite.grids for c in points(grid, suite.budget)))
    write_manifest(folder, Manifest(suite=suite, cells=len(cells)))

    async def everything() -> list[CellResult]:
        with Store.open(folder / STORE) as store:
            return [
                await _run(cell, store, broken=(number % 29 == 28 and cell.strategy == "single"))
                for number, cell in enumerate(cells)
                if keep(cell)
            ]

    write_results(folder, anyio.run(everything))
    return folder


def suite(
    *, seeds: Sequence[int] = range(4), sizes: Sequence[int] = SIZES, name: str = "paper"
) -> Suite:
    """Two models and a solver on blocks, a failing one, instances without a solution."""
    grid = Grid(
        families=("blocksworld",),
        sizes=tuple(sizes),
        seeds=tuple(seeds),
        models=("cheap", "dear"),
        strategies=("single", "refine:rounds=4", "self-critique"),
    )
    solver = replace(grid, models=(), strategies=("blocksworld-towers",))
    hidden = replace(
        grid,
        obfuscations=("mystery",),
        sizes=tuple(sizes[:2]),
        solvable=(True, False),
        strategies=("single", "refine:rounds=4"),
    )
    failing = replace(grid, models=("failing",), sizes=tuple(sizes[:1]), strategies=("single",))
    return Suite(name=name, grids=(grid, solver, hidden, failing))


@pytest.fixture(scope="session")
def bench_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with everything; a test that changes it takes a copy."""
    return make_run(tmp_path_factory.mktemp("runs") / "a-run", suite())
