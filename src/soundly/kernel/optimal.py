"""The kind ``pddl-optimal-plan``: a plan, and all states that could have been reached for less.

Evidence: ``{"plan": ["(pick-up a)", …], "facts": ["(on a b)", …],
"layers": [["0", ["1f", …]], …]}``.
A layer is a cost, such as ``3`` or ``7/2``, and states written as in ``pddl-closed-set``. The cost
is a lower bound on what it takes to reach them, which need not be the exact distance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from soundly.kernel.amount import amount
from soundly.kernel.closed_set import applicable, read_state
from soundly.kernel.evidence import fields_of, list_of, read_facts
from soundly.kernel.formula import Atom, Binding, ground, holds
from soundly.kernel.pddl import read_task
from soundly.kernel.plan import ground_step, step_cost
from soundly.kernel.refused import Refused
from soundly.kernel.task import Action, Task, apply, by_predicate, required_atoms, step

MAX_STEPS = 2_000_000
"""Steps that are looked at, over all states; so many take a minute or so."""

_COST = re.compile(r"([0-9]{1,60})(?:/([1-9][0-9]{0,59}))?")


def check_optimal_plan(statement: Mapping[str, object], evidence: object) -> str:
    """Executes the plan, then refuses unless the layers leave no room for a cheaper one.

    Why that is enough: costs are at least 0. If the start is in the layers at cost 0, and each
    action that applies in a state listed at cost d leads to a state listed at no more than d plus
    its own cost, or at least to the plan's cost, then every state within reach for less than the
    plan costs is listed. None of them meets the goal.
    """
    if set(statement) != {"domain", "problem", "objective"}:
        raise Refused('the statement has to have the fields "domain", "problem" and "objective"')
    if statement["objective"] != "optimal":
        raise Refused(f'the objective has to be "optimal", not {statement["objective"]!r:.40}')
    task = read_task({key: statement[key] for key in ("domain", "problem")})
    plan, fact_texts, layers = fields_of(evidence, "plan", "facts", "layers")
    cost = _run(task, list_of(plan, "plan"))
    facts = [literal.atom for literal in read_facts(fact_texts, task)]
    bounds = _read_layers(layers, facts, task, cost)
    if cost > 0 and bounds.get(task.init) != 0:
        raise Refused("the initial state is not listed at cost 0")
    _require_no_shortcut(task, bounds, cost)
    nearer = amount(len(bounds), "state")
    return f"plan of cost {cost}; no goal is among the {nearer} within less"


def _run(task: Task, steps: list[object]) -> Fraction:
    state, cost = task.init, Fraction(0)
    for number, text in enumerate(steps, start=1):
        action, binding = ground_step(task, text, number)
        if not holds(action.precondition, binding, state):
            raise Refused(f"step {number} {text} does not apply")
        cost += step_cost(task, action, binding, number)
        state = apply(action, binding, state)
    if not holds(task.goal, {}, state):
        raise Refused("the goal is not reached")
    return cost


def _read_layers(
    layers: object, facts: list[Atom], task: Task, cost: Fraction
) -> dict[frozenset[Atom], Fraction]:
    unchanging = frozenset(atom for atom in task.init if atom[0] not in task.fluents)
    bounds: dict[frozenset[Atom], Fraction] = {}
    for layer in list_of(layers, "layers"):
        if not isinstance(layer, list) or len(layer) != 2:
            raise Refused("a layer has to be a cost and a list of states")
        bound = _read_cost(layer[0])
        if bound >= cost:
            raise Refused(f"the layer {layer[0]} is not below the plan's cost {cost}")
        for text in list_of(layer[1], "states"):
            state = unchanging | read_state(text, facts)
            if state in bounds:
                raise Refused(f"the state {text!r:.80} is listed twice")
            bounds[state] = bound
    return bounds


def _require_no_shortcut(
    task: Task, bounds: Mapping[frozenset[Atom], Fraction], cost: Fraction
) -> None:
    required = {action.name: required_atoms(action) for action in task.actions.values()}
    looked_at = 0
    for state, bound in bounds.items():
        if holds(task.goal, {}, state):
            raise Refused(f"the goal holds in a state listed at cost {bound}")
        index = by_predicate(state, task)
        for action in task.actions.values():
            for binding in applicable(action, required[action.name], state, index):
                looked_at += 1
                if looked_at > MAX_STEPS:
                    raise Refused(f"more than {MAX_STEPS:,} steps lead out of the states listed")
                if not _has_cost(task, action, binding):
                    continue
                reached = bound + step_cost(task, action, binding, 1)
                if reached < cost:
                    listed = bounds.get(apply(action, binding, state))
                    if listed is None or listed > reached:
                        raise Refused(
                            f"{step(action, binding)} leads for {reached} to a state that "
                            "is not listed at that cost or less"
                        )


def _has_cost(task: Task, action: Action, binding: Binding) -> bool:
    """Whether the problem states what the step costs; a step without a cost is in no plan."""
    return all(
        isinstance(cost, Fraction) or ground(cost, binding) in task.costs for cost in action.costs
    )


def _read_cost(text: object) -> Fraction:
    match = _COST.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused(f"{text!r:.80} is no cost")
    return Fraction(int(match[1]), int(match[2] or 1))
