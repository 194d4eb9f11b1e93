"""Least cost, proved: all states within less of the start, none of them a goal."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import lcm

from soundly.families.planning.pddl import (
    GroundAtom,
    Plan,
    Step,
    Task,
    format_atom,
    ground_condition,
    parse_task,
)
from soundly.families.planning.proofs.evidence import Deadline, OutOfReachError
from soundly.families.planning.proofs.masks import (
    MaskedAction,
    mask,
    masked_action,
    masked_condition,
)
from soundly.families.planning.proofs.reachable import reachable_actions


@dataclass(frozen=True, slots=True)
class Optimum:
    """A plan of least cost. ``bound`` is what the kernel reads beside a plan of that cost."""

    plan: Plan
    cost: Fraction
    bound: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NoOptimum:
    """No least cost is known, and why; ``exhausted`` says that there is no plan at all."""

    reason: str
    exhausted: bool = False


def prove_optimum(
    domain: str, problem: str, *, max_states: int, max_seconds: float
) -> Optimum | NoOptimum:
    """Searches by uniform cost (Dijkstra, 1959) until the first goal comes up.

    Cheap or dear, every state nearer than the goal is taken up, so that the search is its own
    proof; the price is that only tasks with at most ``max_states`` such states are in reach.
    Actions whose cost the problem leaves undefined are in no plan.

    Raises:
        ProblemError: the texts cannot be read.
    """
    if max_states < 1:
        raise ValueError(f"max_states has to be at least 1, got {max_states}")
    task = parse_task(domain, problem)
    try:
        return _Search(task, Deadline(max_seconds)).run(max_states)
    except OutOfReachError as limit:
        return NoOptimum(str(limit))


class _Search:
    """Costs are whole numbers of a unit that divides all of them: fractions would be slow."""

    def __init__(self, task: Task, deadline: Deadline) -> None:
        self._numbers: defaultdict[GroundAtom, int] = defaultdict(lambda: len(self._numbers))
        number = self._numbers.__getitem__
        self._deadline = deadline
        actions = reachable_actions(task, deadline)
        prices = {
            step: action.cost if task.minimizes_cost else Fraction(1)
            for step, action in actions.items()
            if action.cost is not None
        }
        self._units = lcm(*(price.denominator for price in prices.values()))
        self._actions: list[tuple[MaskedAction, int]] = [
            (masked_action(actions[step], number), int(price * self._units))
            for step, price in prices.items()
        ]
        self._goal = masked_condition(ground_condition(task, task.goal), number)
        self._start = mask((a for a in task.init if not task.is_static(a[0])), number)

    def run(self, max_states: int) -> Optimum | NoOptimum:
        """The least cost, or why it was not found."""
        distance = {self._start: 0}
        came_from: dict[int, tuple[int, Step]] = {}
        settled: dict[int, int] = {}
        order = count()
        queue = [(0, next(order), self._start)]
        while queue:
            cost, _, state = heapq.heappop(queue)
            if state in settled:
                continue
            self._deadline.check()
            if self._goal.holds(state):
                plan = _plan(came_from, state)
                return Optimum(plan, Fraction(cost, self._units), self._bound(settled, cost))
            if len(settled) == max_states:
                raise OutOfReachError(f"more than {max_states} states are nearer than the goal")
            settled[state] = cost
            for action, price in self._actions:
                if action.condition.holds(state):
                    successor, reached = action.successor(state), cost + price
                    if reached < distance.get(successor, reached + 1):
                        distance[successor] = reached
                        came_from[successor] = (state, action.step)
                        heapq.heappush(queue, (reached, next(order), successor))
        reason = f"no plan exists: none of the {len(settled)} reachable states is a goal"
        return NoOptimum(reason, exhausted=True)

    def _bound(self, settled: Mapping[int, int], cost: int) -> Mapping[str, object]:
        """The states nearer than the goal, by cost, over the facts that are true in one of them."""
        nearer = {state: distance for state, distance in settled.items() if distance < cost}
        seen = 0
        for state in nearer:
            seen |= state
        facts = [(bit, atom) for atom, bit in self._numbers.items() if seen >> bit & 1]
        layers: dict[int, list[int]] = {}
        for state, distance in nearer.items():
            packed = sum((state >> bit & 1) << place for place, (bit, _) in enumerate(facts))
            layers.setdefault(distance, []).append(packed)
        return {
            "facts": [format_atom(atom) for _, atom in facts],
            "layers": [
                [str(Fraction(distance, self._units)), [f"{state:x}" for state in sorted(states)]]
                for distance, states in sorted(layers.items())
            ],
        }


def _plan(came_from: Mapping[int, tuple[int, Step]], state: int) -> Plan:
    steps: list[Step] = []
    while state in came_from:
        state, step = came_from[state]
        steps.append(step)
    return tuple(reversed(steps))
