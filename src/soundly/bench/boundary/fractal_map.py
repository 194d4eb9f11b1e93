"""The fractal map: how rugged success is at each size, measured on neighbours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from typing import TypeAlias

from soundly.bench.boundary.answers import Said
from soundly.bench.boundary.neighbours import Neighbours
from soundly.bench.boundary.ruggedness import Cluster, Ruggedness, ruggedness
from soundly.core.problem import Problem
from soundly.statistics.tally import Tally

Answered: TypeAlias = Callable[[Problem, int], Awaitable[Said | None]]
"""How a problem is answered with a seed; None where nothing is left to spend."""

_SEEDS_APART = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked: instances of a size, neighbours of each, samples of all of them."""

    instances: int = 30
    around: int = 2
    samples: int = 4

    def __post_init__(self) -> None:
        for name, least in (("instances", 2), ("around", 1), ("samples", 2)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted {least} or more")

    @property
    def answers(self) -> int:
        """How many answers a size takes."""
        return self.instances * (1 + self.around) * self.samples


@dataclass(frozen=True, slots=True)
class SizeMap:
    """One size: all answers by their end, and how rugged success is.

    ``ruggedness`` is None where fewer than two clusters were answered. ``left_out`` counts clusters
    without a neighbour, or with too few samples that did not break.
    """

    size: int
    tally: Tally
    ruggedness: Ruggedness | None
    left_out: int


async def map_size(
    answered: Answered,
    draw: Callable[[int, int], Problem],
    neighbours: Neighbours,
    *,
    size: int,
    plan: Plan,
    confidence: float = 0.95,
    seed: int = 0,
) -> SizeMap:
    """Ask everything that the plan wants at a size, one answer after the other.

    Where the budget ends, what is whole counts. Samples of one instance differ in their seeds
    alone. The answers of a size have seeds that follow on each other, so the same plan gives each
    answer the same seed every time, also where more instances are asked for.
    """
    clusters: list[Cluster] = []
    tally, left_out = Tally(), 0
    seeds = count(seed * _SEEDS_APART)
    for number in range(plan.instances):
        instance = draw(size, number)
        rng = Random(f"{seed}/{size}/{number}")  # noqa: S311 - a draw, not a secret
        near = [neighbours.neighbour(instance, rng) for _ in range(plan.around)]
        tallies: list[Tally] = []
        for problem in (instance, *filter(None, near)):
            found = await _sampled(answered, problem, islice(seeds, plan.samples))
            if found is None:
                return SizeMap(size, tally, _of(clusters, confidence, seed), left_out)
            tally += found
            tallies.append(found)
        first, *others = [each.accuracy for each in tallies]
        enough = tuple(each for each in others if each.of > 1)
        if first.of > 1 and enough:
            clusters.append(Cluster(first, enough))
        else:
            left_out += 1
    return SizeMap(size, tally, _of(clusters, confidence, seed), left_out)


async def _sampled(answered: Answered, problem: Problem, seeds: Iterator[int]) -> Tally | None:
    found = Tally()
    for seed in seeds:
        said = await answered(problem, seed)
        if said is None:
            return None
        found += Tally(**{said: 1})
    return found


def _of(clusters: list[Cluster], confidence: float, seed: int) -> Ruggedness | None:
    if len(clusters) < 2:
        return None
    return ruggedness(clusters, confidence=confidence, seed=seed)
