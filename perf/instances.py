"""Drawing planning instances with reference solutions: 10,000 in all, on two processes.

    python perf/instances.py

For each family, sizes in PlanBench's range: seconds of wall clock to draw the instances with the
plans that their worlds build, the same with every plan run by the validator as well, and the mean
length of the plans. Beside them, for a part of the instances, the seconds that Kairos takes in the
same two processes (called in process, first plan found), scaled to the whole number, and the mean
length of its plans: they show what constructing plans saves, and how much longer they are. All
times hold starting the processes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeAlias

import kairos

from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.depots import depots
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.hidden import mystery_blocksworld, random_blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.problems import validator_of
from soundly.families.planning.sokoban import sokoban

Job: TypeAlias = tuple[str, int, int]
"""A family's name, a size and a seed."""

PROCESSES = 2
CHUNK = 50
ONE_IN = 10
"""The part of the instances that Kairos solves."""

FAMILIES: dict[str, tuple[Callable[[], DrawnFamily], range, int]] = {
    "blocksworld": (blocksworld, range(3, 6), 3_000),
    "blocksworld, hard": (blocksworld, range(6, 21), 1_000),
    "mystery-blocksworld": (mystery_blocksworld, range(3, 6), 1_500),
    "random-blocksworld": (random_blocksworld, range(3, 6), 1_500),
    "logistics": (logistics, range(2, 7), 1_000),
    "depots": (depots, range(3, 7), 1_000),
    "sokoban": (sokoban, range(1, 4), 1_000),
}


def draw(job: Job) -> int:
    """Draw the instance with its plan; the plan's length."""
    name, size, seed = job
    return len(FAMILIES[name][0]().draw_solved(size=size, seed=seed).plan)


def draw_and_check(job: Job) -> int:
    """The same, and run the plan."""
    name, size, seed = job
    drawn = FAMILIES[name][0]().draw_solved(size=size, seed=seed)
    if not validator_of(drawn.problem).check(drawn.plan).accepted:
        raise SystemExit(f"{name}, size {size}, seed {seed}: the reference plan is wrong")
    return len(drawn.plan)


def search(job: Job) -> int:
    """Draw the instance and have Kairos find a plan; the plan's length."""
    name, size, seed = job
    texts = FAMILIES[name][0]().draw(size=size, seed=seed).statement
    result = kairos.solve(texts["domain"], texts["problem"], timeout=30, anytime=False)
    if result.plan is None:
        raise SystemExit(f"{name}, size {size}, seed {seed}: kairos found no plan")
    return len([line for line in result.plan.to_string().splitlines() if line.startswith("(")])


def timed(work: Callable[[Job], int], jobs: list[Job]) -> tuple[float, float]:
    """Wall-clock seconds for all jobs, and the mean length of their plans."""
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        lengths = list(pool.map(work, jobs, chunksize=CHUNK))
    return time.perf_counter() - start, sum(lengths) / len(lengths)


def main() -> None:
    """Print one line a family, and the sums."""
    print(f"{'':20} instances  drawn s  checked s  steps | kairos s  steps")
    total, sums = 0, [0.0, 0.0, 0.0]
    for name, (_, sizes, number) in FAMILIES.items():
        jobs = [(name, sizes[seed % len(sizes)], seed) for seed in range(number)]
        drawn, steps = timed(draw, jobs)
        checked, _ = timed(draw_and_check, jobs)
        searched, found = timed(search, jobs[: number // ONE_IN])
        seconds = drawn, checked, searched * ONE_IN
        total, sums = total + number, [a + b for a, b in zip(sums, seconds, strict=True)]
        print(
            f"{name:20} {number:9,} {drawn:8.2f} {checked:10.2f} {steps:6.1f} |"
            f" {seconds[2]:8.1f} {found:6.1f}"
        )
    print(f"{'all':20} {total:9,} {sums[0]:8.2f} {sums[1]:10.2f} {'':6} | {sums[2]:8.1f}")


if __name__ == "__main__":
    main()
