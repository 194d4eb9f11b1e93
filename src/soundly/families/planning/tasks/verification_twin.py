"""Verdicts by the textbook: the naive validator step by step, formulas taken apart anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from soundly.core.problem import Problem
from soundly.families.planning import naive
from soundly.families.planning.pddl import And, Atom, Exists, Forall, Formula, Imply, Not, Or, Task
from soundly.families.planning.problems import task_of


@lru_cache(maxsize=64)
def right_answer(problem: Problem) -> tuple[str, frozenset[str]]:
    """The head of the right verdict and the unmet literals."""
    task = task_of(problem)
    state = task.init
    for number, line in enumerate(problem.statement["plan"].splitlines(), start=1):
        step = tuple(line[1:-1].split())
        if not naive.can_run(task, state, step):
            condition = task.domain.actions[step[0]].precondition
            lacking = _lacking(task, state, condition, naive.bind(task, step), wanted=True)
            return f"invalid: step {number}", frozenset(lacking)
        state = naive.successor(task, state, step)
    if naive.holds(task, state, task.goal, {}):
        return "valid", frozenset()
    return "invalid: goal", frozenset(_lacking(task, state, task.goal, {}, wanted=True))


def _lacking(
    task: Task, state: naive.State, formula: Formula, binding: naive.Binding, *, wanted: bool
) -> Iterator[str]:
    """The literals that all have to become so for the formula to be ``wanted``, and are not."""
    match formula:
        case Atom():
            atom = naive.ground(formula, binding)
            if (atom in state) != wanted:
                text = "(" + " ".join(atom) + ")"
                yield text if wanted else f"(not {text})"
        case Not(operand):
            yield from _lacking(task, state, operand, binding, wanted=not wanted)
        case And(parts) if wanted:
            for part in parts:
                yield from _lacking(task, state, part, binding, wanted=True)
        case Or(parts) if not wanted:
            for part in parts:
                yield from _lacking(task, state, part, binding, wanted=False)
        case Imply(before, after) if not wanted:
            yield from _lacking(task, state, before, binding, wanted=True)
            yield from _lacking(task, state, after, binding, wanted=False)
        case Forall(variables, body) if wanted:
            for inner in naive.extend(task, variables, binding):
                yield from _lacking(task, state, body, inner, wanted=True)
        case Exists(variables, body) if not wanted:
            for inner in naive.extend(task, variables, binding):
                yield from _lacking(task, state, body, inner, wanted=False)
