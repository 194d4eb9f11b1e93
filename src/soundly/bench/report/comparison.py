"""Two systems on the same instances: what differs, by how much, and on which."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from soundly.bench.report.systems import Results, System
from soundly.bench.runs.result import CellResult
from soundly.statistics.bootstrap import Estimate, bootstrap_interval
from soundly.statistics.corrections import holm
from soundly.statistics.paired import Paired


@dataclass(frozen=True, slots=True)
class Pair:
    """One instance, as both systems met it."""

    first: CellResult
    second: CellResult

    def __post_init__(self) -> None:
        if self.first.problem_digest != self.second.problem_digest:
            raise ValueError(f"the pair {self.first.cell.instance} is about two problems")

    @property
    def changed(self) -> bool:
        """Whether one of the two covered the instance, and the other did not."""
        return self.first.covered != self.second.covered


@dataclass(frozen=True, slots=True)
class Compared:
    """The difference on some pairs: first minus second, so that above 0 the first has more.

    ``coverage`` is the difference of shares; ``dollars`` and ``tokens`` are for one instance, and
    None where a price is not known or nobody counted. ``p_value`` is McNemar's, exact;
    ``adjusted`` is Holm's over the families, None for all families together.
    """

    family: str | None
    pairs: tuple[Pair, ...]
    counts: Paired
    coverage: Estimate
    dollars: Estimate | None
    tokens: Estimate | None
    p_value: float
    adjusted: float | None

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The pairs that one alone covered."""
        return tuple(pair for pair in self.pairs if pair.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems, on all instances that both met, and family by family.

    ``left_out`` are instances on which a part of either broke or a call was refused, ``alone``
    those that only one met, ``unlike`` those whose problems differ under the same coordinates.
    ``capped_calls`` of each were cut short, and count at the most that they can have cost.
    """

    first: System
    second: System
    overall: Compared
    families: tuple[Compared, ...]
    left_out: int
    alone: int
    unlike: int
    capped_calls: tuple[int, int] = (0, 0)


def compare(first: tuple[System, Results], second: tuple[System, Results]) -> Comparison:
    """Compare two systems by their results; one without any pair compares nothing with nothing.

    Raises `UsageError` where numpy is not installed.
    """
    ours = {(each.cell.instance, each.cell.seed): each for each in first[1]}
    theirs = {(each.cell.instance, each.cell.seed): each for each in second[1]}
    both = [(ours[at], theirs[at]) for at in ours if at in theirs]
    alike = [pair for pair in both if pair[0].problem_digest == pair[1].problem_digest]
    pairs = [Pair(*pair) for pair in alike if pair[0].counted and pair[1].counted]
    names = dict.fromkeys(pair.first.cell.family_name for pair in pairs)
    groups = {
        name: [pair for pair in pairs if pair.first.cell.family_name == name] for name in names
    }
    adjusted = holm([_counts(group).mcnemar() for group in groups.values()])
    return Comparison(
        first[0],
        second[0],
        _compared(None, pairs, None),
        tuple(
            _compared(name, group, value)
            for (name, group), value in zip(groups.items(), adjusted, strict=True)
        ),
        left_out=len(alike) - len(pairs),
        alone=len(ours.keys() ^ theirs.keys()),
        unlike=len(both) - len(alike),
        capped_calls=(
            sum(pair.first.capped_calls for pair in pairs),
            sum(pair.second.capped_calls for pair in pairs),
        ),
    )


def _compared(family: str | None, pairs: Sequence[Pair], adjusted: float | None) -> Compared:
    counts = _counts(pairs)
    priced = all(p.first.unpriced_calls == p.second.unpriced_calls == 0 for p in pairs)
    counted = all(p.first.uncounted_calls == p.second.uncounted_calls == 0 for p in pairs)
    return Compared(
        family,
        tuple(pairs),
        counts,
        counts.difference_estimate(),
        _difference(pairs, lambda each: each.spend.dollars) if priced else None,
        _difference(pairs, lambda each: float(each.spend.tokens)) if counted else None,
        counts.mcnemar(),
        adjusted,
    )


def _counts(pairs: Sequence[Pair]) -> Paired:
    return Paired.of(
        [pair.first.covered for pair in pairs], [pair.second.covered for pair in pairs]
    )


def _difference(pairs: Sequence[Pair], amount: Callable[[CellResult], float]) -> Estimate:
    """The mean paired difference, with the percentile bootstrap's interval over instances."""
    rows = [[amount(pair.first) - amount(pair.second)] for pair in pairs]
    if not rows:
        return Estimate(None, -math.inf, math.inf)
    low, high = bootstrap_interval(rows, lambda means: means[0])
    return Estimate(math.fsum(row[0] for row in rows) / len(rows), low, high)
