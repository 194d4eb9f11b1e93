"""From a problem to its puzzle, by what it states."""

from __future__ import annotations

from functools import lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.embers import cipher, product
from soundly.families.embers.puzzle import Puzzle


@lru_cache(maxsize=256)
def puzzle_of(problem: Problem) -> Puzzle:
    """The puzzle that a problem states; raises `ProblemError` where it states none."""
    if "factors" in problem.statement:
        return product.parse(problem.statement)
    if "shift" in problem.statement:
        return cipher.parse(problem.statement)
    came = ", ".join(sorted(problem.statement))
    raise ProblemError(f"{problem.name!r:.60} states {came}, wanted text and shift, or factors")
