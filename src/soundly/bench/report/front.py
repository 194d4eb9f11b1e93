"""The sessions of a run as arms, for the front of cost and coverage that routes are chosen on."""

from __future__ import annotations

from soundly.bench.report.systems import Results, System, by_system
from soundly.bench.runs.result import CellResult
from soundly.config import registry
from soundly.core.routing import Unit
from soundly.routing.evidence import Arm, Trial
from soundly.routing.line import Line, line_of


def front(family: str, results: Results, unit: Unit) -> Line:
    """The systems of a family's results, with those that nothing beats in coverage and cost.

    Every cell counts, those about the same instance too: the suite asked for them.
    """
    arms = [_arm(system, of_system) for system, of_system in by_system(results).items()]
    return line_of(family, arms, solvers=registry.names("solvers"), unit=unit)


def _arm(system: System, results: Results) -> Arm:
    return Arm(system.model, system.strategy, tuple(map(_trial, results)))


def _trial(result: CellResult) -> Trial:
    return Trial(
        result.problem_digest,
        result.cell.size,
        result.covered,
        result.counted,
        result.spend,
        result.unpriced_calls == 0,
        result.guarantee,
    )
