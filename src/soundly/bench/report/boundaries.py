"""The competence boundary that a run's sessions show, in the order of their seeds."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.answers import Answer, Said
from soundly.bench.boundary.finding import Finding
from soundly.bench.boundary.search import Search
from soundly.bench.report.systems import Results, System, by_family, by_system
from soundly.bench.runs.result import CellResult


@dataclass(frozen=True, slots=True)
class Boundary:
    """What the sessions of a system say of its boundary in a family."""

    family: str
    system: System
    finding: Finding
    among: Results


def boundaries(results: Results, aim: Aim | None = None) -> tuple[Boundary, ...]:
    """One for each family and system that was asked at several sizes.

    Instances that are known to be unsolvable are left out. Those without a label are taken for
    solvable, which can only understate a system.

    ``aim`` is 90% at a confidence of 95% by default. The order is fixed before any answer is
    known, as the statement's confidence wants it. It holds for each system alone.
    """
    solvable = tuple(each for each in results if each.cell.solvable is not False)
    return tuple(
        Boundary(family, system, _finding(of_system, aim or Aim()), of_system)
        for family, of_family in by_family(solvable).items()
        for system, of_system in by_system(of_family).items()
        if len({each.cell.size for each in of_system}) > 1
        and any(each.counted for each in of_system)
    )


def _finding(results: Results, aim: Aim) -> Finding:
    search = Search(sorted({each.cell.size for each in results}), aim)
    for each in sorted(results, key=lambda each: (each.cell.seed, each.cell.size)):
        search.learn(Answer(each.cell.size, each.cell.seed, _said(each)))
    return search.finding("answers")


def _said(result: CellResult) -> Said:
    if not result.counted:
        return "broken"
    return "right" if result.right is True else "wrong"
