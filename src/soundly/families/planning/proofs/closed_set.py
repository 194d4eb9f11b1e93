"""Proof by exhaustion: all states that can be reached, none of which is a goal."""

from __future__ import annotations

from collections import defaultdict

from soundly.families.planning.pddl import Plan, Step, format_atom, ground_condition, parse_task
from soundly.families.planning.pddl.task import Task
from soundly.families.planning.proofs.evidence import (
    Deadline,
    Evidence,
    NotProved,
    OutOfReachError,
)
from soundly.families.planning.proofs.masks import mask, masked_action, masked_condition
from soundly.families.planning.proofs.reachable import reachable_actions


def prove_by_closed_set(
    domain: str, problem: str, *, max_states: int, max_seconds: float
) -> Evidence | NotProved:
    """Searches breadth-first until there is nothing new to reach.

    Arguments are PDDL texts, so that a worker process can be handed them. Where a goal state comes
    up, the result is `NotProved` with a shortest plan. Actions whose cost the problem leaves
    undefined are taken to run, as the kernel takes them; a plan with such an action is not
    returned.

    Raises:
        ProblemError: the texts cannot be read.
    """
    if max_states < 1:
        raise ValueError(f"max_states has to be at least 1, got {max_states}")
    task = parse_task(domain, problem)
    try:
        return _exhaust(task, max_states, Deadline(max_seconds))
    except OutOfReachError as limit:
        return NotProved(str(limit))


def _exhaust(task: Task, max_states: int, deadline: Deadline) -> Evidence | NotProved:
    numbers: defaultdict[tuple[str, ...], int] = defaultdict(lambda: len(numbers))
    number = numbers.__getitem__
    ground = reachable_actions(task, deadline)
    actions = [masked_action(action, number) for action in ground.values()]
    goal = masked_condition(ground_condition(task, task.goal), number)
    start = mask((atom for atom in task.init if not task.is_static(atom[0])), number)
    came_from: dict[int, tuple[int, Step] | None] = {start: None}
    states = [start]
    for state in states:  # grows while it is walked
        deadline.check()
        if goal.holds(state):
            plan = _plan(came_from, state)
            runs = all(ground[step].cost is not None for step in plan)
            return NotProved("solvable: a goal state can be reached", plan if runs else None)
        for action in actions:
            if action.condition.holds(state):
                successor = action.successor(state)
                if successor not in came_from:
                    if len(states) == max_states:
                        raise OutOfReachError(f"more than {max_states} states can be reached")
                    came_from[successor] = (state, action.step)
                    states.append(successor)
    return _evidence(states, numbers)


def _evidence(states: list[int], numbers: dict[tuple[str, ...], int]) -> Evidence:
    """The states over the facts that are true in one of them; the others need no listing."""
    seen = 0
    for state in states:
        seen |= state
    facts = [(bit, atom) for atom, bit in numbers.items() if seen >> bit & 1]
    packed = sorted(
        sum((state >> bit & 1) << place for place, (bit, _) in enumerate(facts)) for state in states
    )
    content = {
        "facts": [format_atom(atom) for _, atom in facts],
        "states": [f"{state:x}" for state in packed],
    }
    return Evidence("pddl-closed-set", content)


def _plan(came_from: dict[int, tuple[int, Step] | None], state: int) -> Plan:
    steps: list[Step] = []
    arrival = came_from[state]
    while arrival is not None:
        state, step = arrival
        steps.append(step)
        arrival = came_from[state]
    return tuple(reversed(steps))
