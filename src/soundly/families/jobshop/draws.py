"""Shops to schedule by a deadline: one that a hidden schedule keeps, or one that none can."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.jobshop.bounds import best_bound
from soundly.families.jobshop.schedule import Starts, active_schedule, makespan
from soundly.families.jobshop.shop import Shop
from soundly.families.jobshop.taillard import taillard

DIAL = Dial(smallest=3, trained=6)
"""A size is a number of jobs, and as many machines."""

MAX_SIZE = 100
_SCHEDULES = 12
_SEEDS = 2**31 - 2


def draw_schedulable(*, size: int, seed: int) -> tuple[Shop, Starts]:
    """A shop of Taillard's with so many jobs and machines, a deadline, and a schedule for it.

    The deadline is the makespan of the best of twelve random active schedules: a schedule made
    without care misses it, and it is not always the least possible. Raises `UsageError` for less
    than three jobs or more than a hundred.
    """
    shop, rng = _shop("schedulable", size, seed)
    schedules = [active_schedule(shop, rng) for _ in range(_SCHEDULES)]
    best = min(schedules, key=lambda starts: makespan(shop, starts))
    return replace(shop, deadline=makespan(shop, best)), best


def draw_unschedulable(*, size: int, seed: int) -> Shop:
    """A shop whose deadline lies a little below its best one-machine bound: none can keep it."""
    shop, rng = _shop("unschedulable", size, seed)
    least = best_bound(shop).value
    return replace(shop, deadline=least - rng.randint(1, max(1, least // 20)))


def _shop(kind: str, size: int, seed: int) -> tuple[Shop, Random]:
    if not DIAL.smallest <= size <= MAX_SIZE:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {MAX_SIZE} jobs")
    rng = Random(f"job-shop {kind} {size} {seed}")  # noqa: S311 - instances are not secrets
    time_seed, machine_seed = rng.randint(1, _SEEDS), rng.randint(1, _SEEDS)
    shop = taillard(jobs=size, machines=size, time_seed=time_seed, machine_seed=machine_seed)
    return shop, rng
