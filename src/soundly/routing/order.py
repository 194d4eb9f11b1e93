"""The cheapest order of a cascade's stages at a wanted coverage, learned from what each stage did.

An order is learned on some instances and measured on others: on those that it was learned on, the
best of many orders looks better than it is.

The mean cost of an order is that of pipelined set cover (Munagala et al., "The Pipelined Set Cover
Problem", ICDT 2005). Which instances are still open depends on the stages that ran and not on
their order, so a table over sets of stages finds the best order exactly; it has 2^n entries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from soundly.core.errors import UsageError
from soundly.statistics.intervals import Proportion

MOST_STAGES: Final = 12
"""Stages that an order is learned over at most: 4,096 sets."""


@dataclass(frozen=True, slots=True)
class StageOutcome:
    """What one stage did alone with one instance: whether its answer was accepted, and its cost."""

    accepted: bool
    cost: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.cost) and self.cost >= 0):
            raise ValueError(f"cost is {self.cost!r}, wanted a number of at least 0")


Instance: TypeAlias = Mapping[str, StageOutcome]
"""One instance: every stage by its name."""


@dataclass(frozen=True, slots=True)
class CascadeFigures:
    """What a cascade does with some instances: how many it covers, at which mean cost."""

    covered: Proportion
    mean_cost: float


def measure(order: Sequence[str], instances: Sequence[Instance]) -> CascadeFigures:
    """The cascade's figures: each instance pays its stages up to the first that is accepted.

    What a stage does is taken to be the same behind others as alone. Raises `UsageError` where
    there is no instance, or one that a stage has not met.
    """
    _require_met(order, instances)
    covered, cost = 0, 0.0
    for instance in instances:
        for name in order:
            cost += instance[name].cost
            if instance[name].accepted:
                covered += 1
                break
    return CascadeFigures(Proportion(covered, len(instances)), cost / len(instances))


def learn_order(
    stages: Sequence[str], instances: Sequence[Instance], *, coverage: float
) -> tuple[str, ...]:
    """The order of some of the stages that has the least mean cost at the wanted coverage.

    ``coverage`` is the share of these instances that has to be covered. Where all stages together
    do not reach it, they are ordered for the coverage that they do reach. Of orders of one cost
    the shortest wins, and of those the first by the order in which the stages are given.

    Raises `UsageError` for no stage, one that is named twice or more than 12 of them, a coverage
    outside 0 to 1, no instance, or an instance that a stage has not met.
    """
    if not 0 < len(stages) <= MOST_STAGES or len(set(stages)) != len(stages):
        raise UsageError(
            f"an order: got {len(stages)} stages, wanted 1 to {MOST_STAGES} different ones"
        )
    if not 0 <= coverage <= 1:
        raise UsageError(f"an order: coverage is {coverage:g}, wanted a number from 0 to 1")
    _require_met(stages, instances)
    table = _Table(stages, instances)
    wanted = min(math.ceil(coverage * len(instances) - 1e-9), table.covered_by_all)
    return table.cheapest(wanted)


_Ordered: TypeAlias = tuple[float, int, tuple[int, ...]]
"""Total cost, number of stages, and the stages by their numbers: the less the better."""


class _Table:
    """The best order of every set of stages. Sets of stages and of instances are bit masks."""

    def __init__(self, stages: Sequence[str], instances: Sequence[Instance]) -> None:
        self._stages = tuple(stages)
        self._all = (1 << len(instances)) - 1
        self._costs = [[instance[name].cost for instance in instances] for name in stages]
        self._accepts = [
            sum(1 << row for row, instance in enumerate(instances) if instance[name].accepted)
            for name in stages
        ]

    @property
    def covered_by_all(self) -> int:
        """How many instances all stages cover together."""
        return len(self._rows(self._all & ~self._open((1 << len(self._stages)) - 1)))

    def cheapest(self, wanted: int) -> tuple[str, ...]:
        """The best order that covers so many instances, which all stages together do."""
        best: dict[int, _Ordered] = {0: (0.0, 0, ())}
        found: list[_Ordered] = []
        for chosen in range(1, 1 << len(self._stages)):
            best[chosen] = min(self._extended(best, chosen))
            if len(self._rows(self._all & ~self._open(chosen))) >= wanted:
                found.append(best[chosen])
        if wanted == 0:
            # covering nothing is free, but an order has a stage
            found = [best[1 << number] for number in range(len(self._stages))]
        return tuple(self._stages[number] for number in min(found)[2])

    def _extended(self, best: Mapping[int, _Ordered], chosen: int) -> list[_Ordered]:
        """The best orders of a set by the stage that comes last."""
        orders: list[_Ordered] = []
        for last in range(len(self._stages)):
            if chosen >> last & 1:
                cost, length, order = best[chosen & ~(1 << last)]
                open_rows = self._rows(self._open(chosen & ~(1 << last)))
                more = sum(self._costs[last][row] for row in open_rows)
                orders.append((round(cost + more, 9), length + 1, (*order, last)))
        return orders

    def _open(self, chosen: int) -> int:
        """The instances that no stage of the set covers."""
        rest = self._all
        for number, accepted in enumerate(self._accepts):
            if chosen >> number & 1:
                rest &= ~accepted
        return rest

    @staticmethod
    def _rows(mask: int) -> list[int]:
        return [row for row in range(mask.bit_length()) if mask >> row & 1]


def _require_met(stages: Sequence[str], instances: Sequence[Instance]) -> None:
    if not instances:
        raise UsageError("an order: there is no instance, wanted at least one")
    for instance in instances:
        for name in stages:
            if name not in instance:
                raise UsageError(f"an order: stage {name!r} has not met every instance")
