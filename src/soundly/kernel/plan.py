"""The kind ``pddl-plan``: the plan is executed, step by step.

Evidence: ``{"plan": ["(pick-up a)", …]}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.formula import Atom, Binding, ground, holds, spell, unmet
from soundly.kernel.pddl import aside, read_task
from soundly.kernel.refused import Refused
from soundly.kernel.task import Action, Task, apply
from soundly.kernel.text import name, read_expression


def check_plan(statement: Mapping[str, object], evidence: object) -> str:
    """Executes the plan; refuses at the first step that does not apply, or a goal not reached."""
    task = read_task(statement)
    (plan,) = fields_of(evidence, "plan")
    steps = list_of(plan, "plan")
    state, cost = task.init, Fraction(0)
    for number, text in enumerate(steps, start=1):
        action, binding = ground_step(task, text, number)
        if not holds(action.precondition, binding, state):
            reason = unmet(action.precondition, binding, state)
            raise Refused(f"step {number} {text} does not apply: {reason}")
        cost += step_cost(task, action, binding, number)
        state = apply(action, binding, state)
    if not holds(task.goal, {}, state):
        raise Refused(f"the goal is not reached: {unmet(task.goal, {}, state)}")
    length = amount(len(steps), "step")
    return f"plan of {length} reaches the goal, cost {_decimal(cost)}{aside(statement)}"


def ground_step(task: Task, text: object, number: int) -> tuple[Action, Binding]:
    """The action that one line of a plan names, and its objects; ``number`` is for refusals."""
    what = f"step {number}"
    head, *values = (name(token, what) for token in read_expression(text, what) or [[]])
    action = task.actions.get(head)
    if action is None:
        raise Refused(f"{what} names an unknown action {head}")
    if len(values) != len(action.parameters):
        wanted = amount(len(action.parameters), "object")
        raise Refused(f"{what} {text}: {head} takes {wanted}, not {len(values)}")
    for value, (_, allowed) in zip(values, action.parameters, strict=True):
        if value not in allowed:
            raise Refused(f"{what} {text}: {value} is unknown, or of a wrong type")
    names = [variable for variable, _ in action.parameters]
    return action, dict(zip(names, values, strict=True))


def step_cost(task: Task, action: Action, binding: Binding, number: int) -> Fraction:
    """What the step costs: 1 where the task does not ask for a small total-cost.

    Refuses a step that needs a value which the problem does not state.
    """
    total = Fraction(0)
    for cost in action.costs:
        if isinstance(cost, Fraction):
            total += cost
        else:
            total += _value(task, ground(cost, binding), number)
    return total if task.minimizes_cost else Fraction(1)


def _value(task: Task, term: Atom, number: int) -> Fraction:
    if term not in task.costs:
        raise Refused(f"step {number} needs the value of {spell(term)}, which the problem lacks")
    return task.costs[term]


def _decimal(cost: Fraction) -> str:
    return str(cost.numerator) if cost.denominator == 1 else str(float(cost))
