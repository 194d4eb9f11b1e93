"""Runs of suites beside what they cannot be faster than; prints ratios.

``python perf/bench.py`` measures on one machine, ``python perf/bench.py --ray`` two Ray workers
beside one (``pip install ray``; the workers are not made nicer than this process).
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import anyio

from soundly.bench.report.write import write_report
from soundly.bench.runs.folder import ResultsFile
from soundly.bench.runs.local import LocalEngine, run_session
from soundly.bench.runs.models import Models
from soundly.bench.runs.run import Runner, Standing
from soundly.bench.runs.running import run_suite
from soundly.bench.runs.works import Work
from soundly.bench.suites.asked import problem_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.suite import Grid, Suite
from soundly.core.completion import Generator
from soundly.generators.scripted import ScriptedBy
from soundly.store import Store

ANSWER = "[PLAN]\n(pick-up a)\n(stack a b)\n[PLAN END]"
SESSIONS = 10_000
CALLS = 2_000
LATENCY_SECONDS = 0.2
CONCURRENCY = 200
ROUNDS = 3


class Answering(Models):
    """Every cell's model says the same after the same time."""

    def __init__(self, latency_seconds: float) -> None:
        super().__init__()
        self._model = ScriptedBy(lambda _: ANSWER, latency_seconds=latency_seconds)

    def of(self, cell: Cell) -> Generator | None:  # noqa: ARG002 - one for all
        return self._model


def suite(
    model: str | None,
    *,
    sessions: int,
    sizes: tuple[int, ...],
    strategy: str,
    family: str = "blocksworld",
) -> Suite:
    grid = Grid(
        families=(family,),
        sizes=sizes,
        seeds=tuple(range(sessions // len(sizes))),
        strategies=(strategy,),
        models=() if model is None else (model,),
    )
    return Suite(name="perf", grids=(grid,))


def answered(sessions: int) -> tuple[Cell, ...]:
    asked = suite(
        "scripted:any", sessions=sessions, sizes=(4,), strategy="single", family="last-letters"
    )
    cells = cells_of(asked)
    for cell in cells:
        problem_of(cell)
    return cells


async def run_cells(cells: tuple[Cell, ...], models: Models, *, concurrency: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "store.sqlite3") as store, ResultsFile(folder) as results:
            standing = Standing(left=cells)
            runner = Runner(
                standing,
                store=store,
                claims=store.claims(),
                results=results,
                concurrency=concurrency,
            )
            start = time.perf_counter()
            await runner.run(partial(LocalEngine, models, store))
            return time.perf_counter() - start


async def run_bare_sessions(cells: tuple[Cell, ...], models: Models) -> float:
    start = time.perf_counter()
    for cell in cells:
        await run_session(Work(cell, 1), models, [])
    return time.perf_counter() - start


async def run_bare_calls() -> float:
    limit = asyncio.Semaphore(CONCURRENCY)

    async def call() -> None:
        async with limit:
            await asyncio.sleep(LATENCY_SECONDS)

    start = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(CALLS)))
    return time.perf_counter() - start


def measure_calls() -> None:
    cells, models = answered(CALLS), Answering(LATENCY_SECONDS)
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(anyio.run(run_bare_calls))
        ours.append(anyio.run(partial(run_cells, cells, models, concurrency=CONCURRENCY)))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"{CALLS:,} calls of {LATENCY_SECONDS} s, {CONCURRENCY} at a time")
    print(f"  bare asyncio {statistics.median(bare):.2f} s")
    print(f"  a run        {statistics.median(ours):.2f} s   {ratio:.2f} x bare")


def measure_overhead() -> None:
    count = 500
    cells, models = answered(count), Answering(0.0)
    bare, ours = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        anyio.run(run_bare_sessions, cells, models)
        bare.append(time.process_time() - start)
        start = time.process_time()
        anyio.run(partial(run_cells, cells, models, concurrency=16))
        ours.append(time.process_time() - start)
    session, own = (statistics.median(each) / count * 1000 for each in (bare, ours))
    print("own time of a session")
    print(f"  the engine alone {session:.2f} ms")
    print(
        f"  in a run         {own:.2f} ms   of which the runner and the store {own - session:.2f}"
    )


def measure_whole() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "replies.jsonl"
        script.write_text(f"{json.dumps(ANSWER)}\n")
        asked = suite(
            f"scripted:{script}", sessions=SESSIONS, sizes=(3, 4, 5, 6), strategy="single"
        )
        steps: dict[str, Callable[[], object]] = {
            "drawn, judged, stored": lambda: anyio.run(partial(run_suite, asked, folder / "run")),
            "reported": lambda: write_report(folder / "run", folder / "report"),
        }
        print(f"{SESSIONS:,} sessions of Blocksworld")
        for what, work in steps.items():
            wall, own = time.perf_counter(), time.process_time()
            work()
            wall, own = time.perf_counter() - wall, time.process_time() - own
            print(f"  {what:22} {wall:5.1f} s, {own:5.1f} s of a processor")


async def ray_seconds(workers: int, cells: tuple[Cell, ...]) -> float:
    """The time of all cells on warm workers."""
    from soundly.bench.runs.on_ray import BATCH, RayEngine

    with tempfile.TemporaryDirectory() as name, Store.open(Path(name) / "s.sqlite3") as store:
        engine = RayEngine(Models(), store, lambda _: None, concurrency=workers * BATCH)
        batches = [
            [Work(cell, 1) for cell in cells[start : start + BATCH]]
            for start in range(0, len(cells), BATCH)
        ]

        async def take(some: list[list[Work]]) -> None:
            while some:
                await engine.run(some.pop())

        for _ in range(workers):
            await engine.run(batches.pop())
        start = time.perf_counter()
        async with anyio.create_task_group() as group:
            for _ in range(workers):
                group.start_soon(take, batches)
        seconds = time.perf_counter() - start
        engine.flush()
    return seconds


def measure_ray() -> None:
    os.environ.setdefault("RAY_worker_niceness", "0")
    count = 320
    cells = cells_of(suite(None, sessions=count, sizes=(150,), strategy="blocksworld-towers"))
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(anyio.run(ray_seconds, 1, cells))
        two.append(anyio.run(ray_seconds, 2, cells))
    ratio = statistics.median(one) / statistics.median(two)
    print(f"{count} problems of 150 blocks, judged and re-checked on Ray")
    print(f"  one worker  {statistics.median(one):.2f} s")
    print(f"  two workers {statistics.median(two):.2f} s   {ratio:.2f} x as fast")


def main() -> None:
    load = os.getloadavg()[0]
    print(f"load {load:.1f} on {os.cpu_count()} processors")
    if "--ray" in sys.argv[1:]:
        measure_ray()
        return
    measure_overhead()
    measure_calls()
    measure_whole()


if __name__ == "__main__":
    main()
