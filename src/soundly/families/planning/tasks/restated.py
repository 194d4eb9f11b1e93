"""A problem stated again, from another state or with another goal."""

from __future__ import annotations

from dataclasses import replace

from soundly.core.problem import Problem
from soundly.families.planning.pddl import And, Atom, Formula, GroundAtom, Task, format_problem
from soundly.families.planning.problems import texts_of
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.shown import Shown, with_shown
from soundly.families.planning.walks import walk_examples

SHOWN_NAME = "shown"


def restated(task: Task, like: Problem, *, family: str, name: str) -> Problem:
    """A task in the domain of another problem, as a problem of that name."""
    text = format_problem(replace(task, name=name))
    return Problem(family, name, {"domain": texts_of(like)[0], "problem": text})


def shown_as(example: WorkedExample, *, carried_out: int | None = None) -> Shown:
    """A solved problem as one that is shown."""
    return Shown(texts_of(example.problem)[1], example.plan, carried_out)


def goal_of(atoms: list[GroundAtom]) -> Formula:
    """The goal that all of these atoms hold."""
    return And(tuple(Atom(atom[0], atom[1:]) for atom in atoms))


def goals_of(task: Task) -> list[Formula]:
    """The parts of a task's goal."""
    return list(task.goal.operands) if isinstance(task.goal, And) else [task.goal]


def beside_a_walk(problem: Problem, *, family: str) -> Problem:
    """The problem beside a solved one from the same initial state, where a step can be taken."""
    renamed = Problem(family, problem.name, problem.statement)
    return with_shown(renamed, [shown_as(example) for example in walk_examples(renamed, 1)])
