"""Rounds to success: what was solved within one attempt, two, and so on."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.bench.report.standing import Counted, counted
from soundly.bench.report.systems import Results, System, by_system


@dataclass(frozen=True, slots=True)
class RoundsRate:
    """What a system had solved after so many attempts, the accepted one counted."""

    system: System
    rounds: int
    solved: Counted


def rounds_rates(results: Results) -> tuple[RoundsRate, ...]:
    """Cumulative rates of each system that asks a model, up to the most rounds that any took.

    Sessions about instances that are not known to be unsolvable count, and stay in the
    denominator where they were not solved. Empty where every solved one was solved at the first
    attempt.
    """
    asking = tuple(
        each
        for each in results
        if each.counted and each.cell.solvable is not False and each.cell.model is not None
    )
    most = max((each.rounds or 0 for each in asking), default=0)
    if most < 2:
        return ()
    return tuple(
        RoundsRate(system, rounds, _solved_within(of_system, rounds))
        for system, of_system in by_system(asking).items()
        for rounds in range(1, most + 1)
    )


def _solved_within(results: Results, rounds: int) -> Counted:
    return counted(results, lambda each: each.rounds is not None and each.rounds <= rounds)
