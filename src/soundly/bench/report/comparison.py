"""Two systems on the same instances: what differs, by how much, and on which.

A problem from a file may be asked several times. Such sessions are not independent of each other:
intervals are over instances (a cluster bootstrap; Davison and Hinkley, 1997, section 3.8), and
McNemar's test is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from soundly.bench.report.asked import Instance
from soundly.bench.report.systems import Results, System
from soundly.bench.runs.result import CellResult
from soundly.statistics.bootstrap import Estimate, bootstrap_interval
from soundly.statistics.corrections import holm
from soundly.statistics.paired import Paired


@dataclass(frozen=True, slots=True)
class Pair:
    """One instance, as both systems met it with one seed."""

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

    ``coverage`` is the difference of shares; ``dollars`` and ``tokens`` are for one session, and
    None where a price is not known or nobody counted. Their intervals are over instances; a single
    instance bounds nothing. ``p_value`` is McNemar's, exact, and None where several pairs are about
    one instance. ``adjusted`` is Holm's over the families that have one, None for all families
    together.
    """

    family: str | None
    pairs: tuple[Pair, ...]
    counts: Paired
    coverage: Estimate
    dollars: Estimate | None
    tokens: Estimate | None
    p_value: float | None
    adjusted: float | None

    @property
    def instances(self) -> int:
        """How many different instances the pairs are about."""
        return len({pair.first.cell.instance for pair in self.pairs})

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The pairs that one alone covered."""
        return tuple(pair for pair in self.pairs if pair.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems, on all instances that both met, and family by family.

    ``left_out`` are pairs in which either broke or was refused, ``alone``
    sessions about what only one met, ``unlike`` pairs whose problems differ under the same
    coordinates. ``capped_calls`` of each were cut short, and count at the most that they can have
    cost.
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
    families = _adjusted([_compared(name, group) for name, group in groups.items()])
    return Comparison(
        first[0],
        second[0],
        _compared(None, pairs),
        families,
        left_out=len(alike) - len(pairs),
        alone=len(ours.keys() ^ theirs.keys()),
        unlike=len(both) - len(alike),
        capped_calls=(
            sum(pair.first.capped_calls for pair in pairs),
            sum(pair.second.capped_calls for pair in pairs),
        ),
    )


def _adjusted(families: Sequence[Compared]) -> tuple[Compared, ...]:
    """The same with Holm's correction of those p-values that there are."""
    known = {number: each.p_value for number, each in enumerate(families)}
    tested = {number: value for number, value in known.items() if value is not None}
    corrected = dict(zip(tested, holm(list(tested.values())), strict=True))
    return tuple(
        replace(each, adjusted=corrected.get(number)) for number, each in enumerate(families)
    )


def _compared(family: str | None, pairs: Sequence[Pair]) -> Compared:
    counts = Paired.of(
        [pair.first.covered for pair in pairs], [pair.second.covered for pair in pairs]
    )
    priced = all(p.first.unpriced_calls == p.second.unpriced_calls == 0 for p in pairs)
    counted = all(p.first.uncounted_calls == p.second.uncounted_calls == 0 for p in pairs)
    repeated = len({pair.first.cell.instance for pair in pairs}) < len(pairs)
    return Compared(
        family,
        tuple(pairs),
        counts,
        _difference(pairs, lambda each: float(each.covered), most=1.0),
        _difference(pairs, lambda each: each.spend.dollars) if priced else None,
        _difference(pairs, lambda each: float(each.spend.tokens)) if counted else None,
        p_value=None if repeated else counts.mcnemar(),
        adjusted=None,
    )


def _difference(
    pairs: Sequence[Pair], amount: Callable[[CellResult], float], *, most: float = math.inf
) -> Estimate:
    """The mean paired difference, with the percentile bootstrap's interval over instances.

    ``most`` is how large a difference can be: all that is known without a second instance.
    """
    of_instance: dict[Instance, list[float]] = {}
    for pair in pairs:
        difference = amount(pair.first) - amount(pair.second)
        of_instance.setdefault(pair.first.cell.instance, []).append(difference)
    if not pairs:
        return Estimate(None, -most, most)
    # sums with their numbers, so that the estimate is the mean of all pairs
    rows = [[math.fsum(found), float(len(found))] for found in of_instance.values()]
    value = math.fsum(total for total, _ in rows) / len(pairs)
    if len(rows) < 2:
        return Estimate(value, -most, most)
    return Estimate(value, *bootstrap_interval(rows, lambda means: means[0] / means[1]))
