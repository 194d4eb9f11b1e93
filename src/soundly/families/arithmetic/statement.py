"""What a problem asks for: some numbers, a target, and whether all numbers have to be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

Use: TypeAlias = Literal["all", "any"]

FIELDS = ("numbers", "target", "use")
MOST_NUMBERS = 6

_NUMBERS = re.compile(r"[1-9][0-9]{0,6}(?: [1-9][0-9]{0,6})*")
_TARGET = re.compile(r"0|[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Task:
    """Numbers in the order given, and what to make of them.

    ``use`` is "all" where every number has to be used exactly once, "any" where some may be left
    over. One to six numbers, from 1 to 9,999,999; the target may be 0.
    """

    numbers: tuple[int, ...]
    target: int
    use: Use

    def __post_init__(self) -> None:
        if not 0 < len(self.numbers) <= MOST_NUMBERS:
            raise ValueError(f"{len(self.numbers)} numbers, wanted 1 to {MOST_NUMBERS}")
        if not all(0 < number < 10**7 for number in self.numbers) or not 0 <= self.target < 10**7:
            raise ValueError(f"numbers are 1 to 9999999 and the target 0 to 9999999, got {self}")
        if self.use not in ("all", "any"):
            raise ValueError(f"use is {self.use!r}, wanted 'all' or 'any'")

    def problem(self, family: str, name: str) -> Problem:
        """The task as a problem of this family."""
        numbers = " ".join(map(str, self.numbers))
        statement = {"numbers": numbers, "target": str(self.target), "use": self.use}
        return Problem(family, name, statement)


def task_of(problem: Problem) -> Task:
    """The task that a problem states.

    Raises `ProblemError` where a field is missing, unknown, or not spelt as `Task.problem` does.
    """
    fields = set(problem.statement)
    if fields != set(FIELDS):
        raise ProblemError(
            f"problem {problem.name!r} states {', '.join(sorted(fields))}; "
            f"an arithmetic problem has exactly the texts {', '.join(FIELDS)}"
        )
    return _task(*(problem.statement[field] for field in FIELDS))


@lru_cache(maxsize=256)
def _task(numbers: str, target: str, use: str) -> Task:
    if not _NUMBERS.fullmatch(numbers):
        raise ProblemError(
            f"{numbers!r:.80} are no numbers, wanted whole ones from 1 with single spaces between",
            source="numbers",
        )
    if not _TARGET.fullmatch(target):
        raise ProblemError(f"{target!r:.80} is no whole number from 0", source="target")
    if use not in ("all", "any"):
        raise ProblemError(f"{use!r:.80}, wanted 'all' or 'any'", source="use")
    values = tuple(map(int, numbers.split(" ")))
    if len(values) > MOST_NUMBERS:
        raise ProblemError(
            f"{len(values)} numbers, wanted at most {MOST_NUMBERS}", source="numbers"
        )
    return Task(values, int(target), "all" if use == "all" else "any")
