"""Labels that a run's own certificates give to instances that came without one."""

from __future__ import annotations

from dataclasses import replace

from soundly.bench.report.systems import Results
from soundly.bench.runs.result import CellResult


def labelled(results: Results) -> Results:
    """The results, with what a certificate in any of them shows of an instance as its label.

    A label that was stated stays. Where one is learned, claims that there is no solution become
    right or wrong, and so do solutions that nobody could decide.
    """
    shown = {each.problem_digest: each.status == "solved" for each in results if each.covered}
    return tuple(_with_label(each, shown.get(each.problem_digest)) for each in results)


def _with_label(result: CellResult, solvable: bool | None) -> CellResult:
    if result.cell.solvable is not None or solvable is None:
        return result
    right = result.right
    if result.counted and result.answer == "claim":
        right = not solvable
    elif result.counted and result.answer == "solution" and not solvable:
        right = False
    return replace(result, cell=replace(result.cell, solvable=solvable), right=right)
