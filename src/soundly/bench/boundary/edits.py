"""Neighbours of problems that are not stated in PDDL: a number or a word is another one."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.statement import FIELDS, Task, task_of
from soundly.families.symbolic.words import WORDS

_LARGEST_STEP = 10


class NumberChanged:
    """The same target from the same numbers but for one, changed as little as can be.

    For Countdown and the Game of 24. The target can still be made of the numbers, and is not one
    of them where it would be enough to name it.
    """

    name: Final = "number-changed"

    def neighbour(self, problem: Problem, rng: Random) -> Problem | None:
        """One number one more or one less, or else two, up to ten; None where that does not do."""
        if set(problem.statement) != set(FIELDS):
            raise UsageError(f"family {problem.family} does not ask for a target from numbers")
        task = task_of(problem)
        for step in range(1, _LARGEST_STEP + 1):
            if found := [each for each in _changed(task, step) if _can_be_asked(each)]:
                return rng.choice(found).problem(problem.family, problem.name)
        return None


class WordExchanged:
    """The same letters asked of the same words but for one, which is another common word."""

    name: Final = "word-exchanged"

    def neighbour(self, problem: Problem, rng: Random) -> Problem | None:
        """One word exchanged for one that is not there; None where all common words are there."""
        if set(problem.statement) != {"words", "take"}:
            raise UsageError(f"family {problem.family} does not ask for letters of words")
        words = problem.statement["words"].split(" ")
        others = sorted(set(WORDS) - set(words))
        if not others:
            return None
        words[rng.randrange(len(words))] = rng.choice(others)
        return replace(problem, statement={**problem.statement, "words": " ".join(words)})


def _changed(task: Task, step: int) -> list[Task]:
    return [
        Task((*task.numbers[:at], number + change, *task.numbers[at + 1 :]), task.target, task.use)
        for at, number in enumerate(task.numbers)
        for change in (-step, step)
        if number + change > 0
    ]


def _can_be_asked(task: Task) -> bool:
    named = task.use == "any" and task.target in task.numbers
    return not named and not isinstance(search(task), dict)
