"""Last answers that are wrong in kind: plans where none exist, and claims that none exists."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.bench.report.standing import Counted, counted
from soundly.bench.report.systems import Results, System, by_family, by_system


@dataclass(frozen=True, slots=True)
class Claims:
    """The last answers of a system about a family, by what the instances' labels say.

    Of solvable instances: ``wrong_plans`` are solutions known to be none, ``false_unsolvables``
    claim that there is no solution. Of unsolvable ones: ``false_plans`` give a solution,
    ``true_unsolvables`` claim that there is none, proved or not.
    """

    family: str
    system: System
    wrong_plans: Counted
    false_unsolvables: Counted
    false_plans: Counted
    true_unsolvables: Counted


def claims(results: Results) -> tuple[Claims, ...]:
    """One value for each family and system of which some session says something."""
    said = tuple(each for each in results if each.counted)
    return tuple(
        _claims(family, system, of_system)
        for family, of_family in by_family(said).items()
        for system, of_system in by_system(of_family).items()
    )


def _claims(family: str, system: System, results: Results) -> Claims:
    solvable = tuple(each for each in results if each.cell.solvable is True)
    unsolvable = tuple(each for each in results if each.cell.solvable is False)
    return Claims(
        family,
        system,
        counted(solvable, lambda each: each.wrong_solution),
        counted(solvable, lambda each: each.false_unsolvable),
        counted(unsolvable, lambda each: each.answer == "solution"),
        counted(unsolvable, lambda each: each.answer == "claim" or each.status == "unsolvable"),
    )
