"""The competence boundary that a run's sessions show, in the order of their seeds."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.answers import Answer, Said
from soundly.bench.boundary.finding import Finding
from soundly.bench.boundary.search import Search
from soundly.bench.report.asked import Instance
from soundly.bench.report.by_size import About, by_kind
from soundly.bench.report.systems import Results, System, by_system
from soundly.bench.runs.result import CellResult


@dataclass(frozen=True, slots=True)
class Boundary:
    """What the sessions of a system say of its boundary; ``among`` are those that count."""

    about: About
    system: System
    finding: Finding
    among: Results


def boundaries(results: Results, aim: Aim | None = None) -> tuple[Boundary, ...]:
    """One for each family and system that was asked at several sizes.

    Instances that are known to be unsolvable are left out. Those without a label are taken for
    solvable, which can only understate a system. Problems from files are apart, and of several
    sessions about one instance the first seed's counts: the others are not independent of it.

    ``aim`` is 90% at a confidence of 95% by default. The order is fixed before any answer is
    known, as the statement's confidence wants it. It holds for each system alone.
    """
    found = (
        (about, system, _independent(of_system))
        for about, of_kind in by_kind(results).items()
        if not about.unsolvable
        for system, of_system in by_system(of_kind).items()
    )
    return tuple(
        Boundary(about, system, _finding(among, aim or Aim()), among)
        for about, system, among in found
        if len({each.cell.size for each in among}) > 1 and any(each.counted for each in among)
    )


def _independent(results: Results) -> Results:
    """The session with the smallest seed about each instance, in the order of seeds and sizes."""
    first: dict[Instance, CellResult] = {}
    for each in sorted(results, key=lambda each: (each.cell.seed, each.cell.size)):
        first.setdefault(each.cell.instance, each)
    return tuple(first.values())


def _finding(results: Results, aim: Aim) -> Finding:
    search = Search(sorted({each.cell.size for each in results}), aim)
    for each in results:
        search.learn(Answer(each.cell.size, each.cell.seed, _said(each)))
    return search.finding("answers")


def _said(result: CellResult) -> Said:
    if not result.counted:
        return "broken"
    return "right" if result.right is True else "wrong"
