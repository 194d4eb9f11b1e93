"""Tasks as texts, certificates from evidence, and the truth about small tasks by brute force."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from soundly.families.planning import naive
from soundly.families.planning.pddl import GroundAtom, Task
from soundly.families.planning.pddl.syntax import format_atom, format_names, format_number
from soundly.families.planning.proofs import Evidence
from soundly.kernel import seal

State = frozenset[GroundAtom]


def domain_text(task: Task) -> str:
    domain = task.domain
    types = [
        f"{name} - {above[0] if len(above) == 1 else '(either ' + ' '.join(above) + ')'}"
        for name, above in domain.types.items()
        if above
    ]
    actions = [
        f"(:action {action.name} :parameters ({format_names(action.parameters)})\n"
        f"  :precondition {action.precondition}\n  :effect {action.effect})"
        for action in domain.actions.values()
    ]
    return "\n".join(
        [
            f"(define (domain {domain.name})",
            f"(:requirements {' '.join(sorted(domain.requirements))})",
            f"(:types {' '.join(types)})",
            f"(:constants {format_names(domain.constants)})",
            f"(:predicates {' '.join(map(str, domain.predicates.values()))})",
            f"(:functions {' '.join(map(str, domain.functions.values()))})",
            *actions,
            ")",
        ]
    )


def problem_text(task: Task) -> str:
    constants = {constant.name for constant in task.domain.constants}
    objects = [f"{n} - {t}" for n, t in task.objects.items() if n not in constants]
    values = [f"(= {format_atom(k)} {format_number(v)})" for k, v in task.values.items()]
    metric = "(:metric minimize (total-cost))" if task.minimizes_cost else ""
    return "\n".join(
        [
            f"(define (problem {task.name}) (:domain {task.domain.name})",
            f"(:objects {' '.join(objects)})",
            f"(:init {' '.join(map(format_atom, sorted(task.init)))} {' '.join(values)})",
            f"(:goal {task.goal}) {metric})",
        ]
    )


def explore(task: Task, limit: int, *, costs_matter: bool) -> set[State] | None:
    """Every reachable state by the textbook; None beyond the limit."""
    steps = [
        (action.name, *names)
        for action in task.domain.actions.values()
        for names in product(*(naive.members(task, each) for each in action.parameters))
    ]
    found, queue = {task.init}, [task.init]
    for state in queue:
        for step in steps:
            precondition = task.domain.actions[step[0]].precondition
            runs = (
                naive.can_run(task, state, step)
                if costs_matter
                else naive.holds(task, state, precondition, naive.bind(task, step))
            )
            if runs and (after := naive.successor(task, state, step)) not in found:
                found.add(after)
                queue.append(after)
        if len(found) > limit:
            return None
    return found


@pytest.fixture(scope="session")
def texts() -> Callable[[Task], tuple[str, str]]:
    """A function from a task to its domain and problem as PDDL."""
    return lambda task: (domain_text(task), problem_text(task))


@pytest.fixture(scope="session")
def reachable() -> Callable[..., set[State] | None]:
    """A function to all reachable states of a small task, or None where there are too many."""
    return explore


@pytest.fixture(scope="session")
def certificate() -> Callable[[tuple[str, str], Evidence], dict]:
    """A function from the texts of a task and evidence to a sealed certificate."""
    return lambda texts, evidence: seal(
        "unsolvable",
        evidence.kind,
        "planning",
        {"domain": texts[0], "problem": texts[1]},
        evidence.content,
    )
