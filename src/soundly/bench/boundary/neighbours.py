"""Instances that differ in little from an instance."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Final, Protocol

from soundly.bench.boundary.edits import NumberChanged, WordExchanged
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.planning.problems import task_of

_WORD = re.compile(r"(?<=\s)[^\s()]+")
_FACT = re.compile(r"\(([^\s()]+)((?:\s+[^\s()]+)+)\s*\)")


class Neighbours(Protocol):
    """One way in which two instances are neighbours."""

    @property
    def name(self) -> str:
        """How it is called on the command line."""
        ...

    def neighbour(self, problem: Problem, rng: Random) -> Problem | None:
        """A neighbour of the same size; None where the problem has none.

        Raises `UsageError` for a problem that is not stated in the form that this kind changes.
        """
        ...


class Renamed:
    """The same problem with the names of its objects dealt out anew, types kept.

    Nothing about the problem changes but what its objects are called.
    """

    name: Final = "renamed"

    def neighbour(self, problem: Problem, rng: Random) -> Problem | None:
        """Its objects renamed in initial state and goal; None where no two are of one type."""
        alike = [names for names in _by_type(problem).values() if len(names) > 1]
        if not alike:
            return None
        renaming: dict[str, str] = {}
        while all(old == new for old, new in renaming.items()):
            for names in alike:
                renaming |= dict(zip(names, rng.sample(names, len(names)), strict=True))
        return _rewritten(problem, "(:init", renaming)


class GoalSwapped:
    """The same problem with two objects of its goal in each other's places: one edit.

    The two are of one type and stand at the same place of the same predicate somewhere in the
    goal, so that the new goal can be reached where any arrangement of these objects can.
    """

    name: Final = "goal-swapped"

    def neighbour(self, problem: Problem, rng: Random) -> Problem | None:
        """Two objects of the goal exchanged; None where that would leave every goal as it is."""
        alike = list(_by_type(problem).values())
        text = problem.statement["problem"]
        goal = text[_begin(text, "(:goal") :]
        places: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for predicate, arguments in _FACT.findall(goal):
            for place, name in enumerate(arguments.split()):
                places[name.lower()].add((predicate.lower(), place))
        pairs = [
            pair
            for names in alike
            for pair in combinations(names, 2)
            if places[pair[0]] & places[pair[1]]
        ]
        changed = [_rewritten(problem, "(:goal", {a: b, b: a}) for a, b in sorted(pairs)]
        different = [each for each in changed if _goal(each) != _goal(problem)]
        return rng.choice(different) if different else None


NEIGHBOURS: Final[dict[str, Neighbours]] = {
    each.name: each for each in (Renamed(), GoalSwapped(), NumberChanged(), WordExchanged())
}
"""The kinds of neighbours by name; each raises `UsageError` for problems that it cannot change."""


def _by_type(problem: Problem) -> dict[str, list[str]]:
    """The names of the objects that the problem itself declares, by their declared type.

    Raises `UsageError` for a problem that is not stated in PDDL.
    """
    if set(problem.statement) != {"domain", "problem"}:
        raise UsageError(f"family {problem.family} does not state its problems in PDDL")
    found: dict[str, list[str]] = defaultdict(list)
    task = task_of(problem)
    constants = {each.name for each in task.domain.constants}
    for name, type_name in task.objects.items():
        if name not in constants:
            found[type_name].append(name)
    return found


def _begin(text: str, section: str) -> int:
    found = re.search(re.escape(section), text, re.IGNORECASE)
    if found is None:
        raise UsageError(f"a problem has no section {section})")
    return found.start()


def _rewritten(problem: Problem, section: str, renaming: dict[str, str]) -> Problem:
    """The problem with words replaced from a section on to the end."""
    text = problem.statement["problem"]
    begin = _begin(text, section)
    rest = _WORD.sub(lambda word: renaming.get(word[0].lower(), word[0]), text[begin:])
    statement = {**problem.statement, "problem": text[:begin] + rest}
    return replace(problem, statement=statement)


def _goal(problem: Problem) -> frozenset[tuple[str, ...]]:
    text = problem.statement["problem"]
    goal = text[_begin(text, "(:goal") :]
    return frozenset(
        (predicate, *arguments.split()) for predicate, arguments in _FACT.findall(goal.lower())
    )
