"""From a problem to its puzzle, by what it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.symbolic import chain, coin, letters
from soundly.families.symbolic.puzzle import Puzzle

_BY_FIELD: Mapping[str, Callable[[Mapping[str, str]], Puzzle]] = {
    "take": letters.parse,
    "flips": coin.parse,
    "expression": chain.parse,
}


@lru_cache(maxsize=256)
def puzzle_of(problem: Problem) -> Puzzle:
    """The puzzle that a problem states; raises `ProblemError` where it states none."""
    for name, parse in _BY_FIELD.items():
        if name in problem.statement:
            return parse(problem.statement)
    came = ", ".join(sorted(problem.statement))
    raise ProblemError(f"{problem.name!r:.60} states {came}, which is no symbolic task")
