"""How a system stands: what it covered, what it got wrong, and what a verified answer costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from soundly.bench.report.asked import Asked, asked
from soundly.bench.report.systems import Results, System, ids
from soundly.bench.runs.result import CellResult
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.cost import cost_per_verified
from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True)
class Counted:
    """A share with the results that it counts, among those that it is a share of."""

    counted: Results
    among: Results

    def __post_init__(self) -> None:
        if not {*ids(self.counted)} <= {*ids(self.among)}:
            raise ValueError("a share counts only what it is a share of")

    @property
    def share(self) -> Proportion:
        """The counts alone."""
        return Proportion(len(self.counted), len(self.among))


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the leaderboard, about sessions of one system.

    ``asked`` has every instance, also of what ``broke`` or was ``refused``.
    ``covered`` ended with a certificate; ``right`` had a last answer that is known to be right,
    certified or not. ``wrong_solutions`` gave a solution that is none; ``false_unsolvables``
    claimed of a solvable problem that it has no solution. ``contradicted`` are certified answers
    that differ from the label. What ``broke`` or was ``refused`` is in no share and in no cost.
    Costs are for one covered session, the others paid too; ``dollars`` is None where a price is not
    known, ``tokens`` where nobody counted some, ``seconds`` where stored answers were replayed.
    ``capped_calls`` were cut short and stand in them at the most that they can have cost:
    where there are any, dollars and tokens are upper bounds.
    """

    system: System
    guarantee: tuple[str, ...]
    asked: Asked
    covered: Counted
    right: Counted
    wrong_solutions: Counted
    false_unsolvables: Counted
    contradicted: Results
    broken: Results
    refused: Results
    dollars: Estimate | None
    tokens: Estimate | None
    seconds: Estimate | None
    capped_calls: int


def standing(system: System, results: Results, *, replayed: bool = False) -> Standing:
    """How a system stands by its results; raises `UsageError` without numpy.

    ``replayed`` says that the sessions put stored answers to a critic: they took no model's time.
    """
    said = tuple(each for each in results if each.counted)
    solvable = tuple(each for each in said if each.cell.solvable)
    priced = all(each.unpriced_calls == 0 for each in said)
    return Standing(
        system=system,
        guarantee=common_guarantee(results),
        asked=asked(results),
        covered=counted(said, lambda each: each.covered),
        right=counted(said, lambda each: each.right is True),
        wrong_solutions=counted(said, lambda each: each.wrong_solution),
        false_unsolvables=counted(solvable, lambda each: each.false_unsolvable),
        contradicted=tuple(each for each in said if each.covered and each.right is False),
        broken=tuple(each for each in results if each.status == "broken"),
        refused=tuple(each for each in results if each.status == "refused"),
        dollars=_cost(said, lambda each: each.spend.dollars) if priced else None,
        tokens=_cost(said, lambda each: float(each.spend.tokens)) if counted_all(said) else None,
        seconds=None if replayed else _cost(said, lambda each: each.spend.seconds),
        capped_calls=sum(each.capped_calls for each in said),
    )


def counted_all(results: Results) -> bool:
    """Whether the tokens of every call are known."""
    return all(each.uncounted_calls == 0 for each in results)


def counted(among: Results, holds: Callable[[CellResult], bool]) -> Counted:
    """Those of which something holds, among all of these."""
    return Counted(tuple(each for each in among if holds(each)), among)


def common_guarantee(results: Sequence[CellResult]) -> tuple[str, ...]:
    """What the critics of all these sessions declared, in the order of declaring it."""
    declared = [each.guarantee for each in results]
    words = dict.fromkeys(word for each in declared for word in each)
    return tuple(word for word in words if all(word in each for each in declared))


def _cost(results: Results, amount: Callable[[CellResult], float]) -> Estimate:
    return cost_per_verified([amount(each) for each in results], [each.covered for each in results])
