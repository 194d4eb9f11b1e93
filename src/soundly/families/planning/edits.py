"""Near misses: a plan with one or two small edits, for trying out whoever judges plans.

Random plans are wrong in obvious ways. A right plan with one step dropped, two steps swapped or
one argument exchanged is what a model's mistake looks like, and what an off-by-one lets through.
An edited plan may still be right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from soundly.families.planning.pddl import Plan, Step, Task


def near_miss(plan: Plan, task: Task, random: Random, *, edits: int = 1) -> Plan:
    """The plan after some random edits, each drawn evenly from those that apply to it.

    The same generator state gives the same edits. The empty plan can only gain a step.
    """
    for _ in range(edits):
        possible = [edit for name, edit in EDITS.items() if plan or name == "insert"]
        plan = random.choice(possible)(plan, task, random)
    return plan


def drop(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """Without one step."""
    at = random.randrange(len(plan))
    return plan[:at] + plan[at + 1 :]


def duplicate(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With one step twice in a row."""
    at = random.randrange(len(plan))
    return plan[: at + 1] + plan[at:]


def swap(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With two steps, anywhere, in each other's place."""
    first, second = random.randrange(len(plan)), random.randrange(len(plan))
    steps = list(plan)
    steps[first], steps[second] = steps[second], steps[first]
    return tuple(steps)


def reverse_neighbours(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With two neighbouring steps in the other order; one step alone stays as it is."""
    at = random.randrange(max(1, len(plan) - 1))
    return plan[:at] + plan[at : at + 2][::-1] + plan[at + 2 :]


def replace_argument(plan: Plan, task: Task, random: Random) -> Plan:
    """With one argument of one step replaced by some object of the task."""

    def edit(step: Step) -> Step:
        if len(step) < 2 or not task.objects:
            return step
        at = random.randrange(1, len(step))
        return (*step[:at], random.choice(list(task.objects)), *step[at + 1 :])

    return _edit_step(plan, random, edit)


def swap_arguments(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With the arguments of one step in the other order."""
    return _edit_step(plan, random, lambda step: step[:1] + step[:0:-1])


def extra_argument(plan: Plan, task: Task, random: Random) -> Plan:
    """With one argument too many in one step."""
    names = list(task.objects) or ["a"]
    return _edit_step(plan, random, lambda step: (*step, random.choice(names)))


def missing_argument(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With one argument too few in one step; a step without arguments becomes the empty action."""
    return _edit_step(plan, random, lambda step: step[:-1])


def rename_action(plan: Plan, task: Task, random: Random) -> Plan:
    """With another action's name, or one that no action has, on one step."""
    names = [*task.domain.actions, "no-such-action"]
    return _edit_step(plan, random, lambda step: (random.choice(names), *step[1:]))


def rename_object(plan: Plan, task: Task, random: Random) -> Plan:  # noqa: ARG001
    """With the last argument of one step misspelt."""
    return _edit_step(
        plan, random, lambda step: (*step[:-1], f"{step[-1]}x") if len(step) > 1 else step
    )


def insert(plan: Plan, task: Task, random: Random) -> Plan:
    """With one more step of some action, its objects drawn by type where there are any."""
    if not task.domain.actions:
        return plan
    action = random.choice(list(task.domain.actions.values()))
    pools = [task.objects_of(p.types) or tuple(task.objects) for p in action.parameters]
    step = (action.name, *(random.choice(pool) for pool in pools if pool))
    at = random.randrange(len(plan) + 1)
    return (*plan[:at], step, *plan[at:])


def _edit_step(plan: Plan, random: Random, edit: Callable[[Step], Step]) -> Plan:
    at = random.randrange(len(plan))
    return (*plan[:at], edit(plan[at]), *plan[at + 1 :])


EDITS: Final[Mapping[str, Callable[[Plan, Task, Random], Plan]]] = {
    "drop": drop,
    "duplicate": duplicate,
    "swap": swap,
    "reverse-neighbours": reverse_neighbours,
    "replace-argument": replace_argument,
    "swap-arguments": swap_arguments,
    "extra-argument": extra_argument,
    "missing-argument": missing_argument,
    "rename-action": rename_action,
    "rename-object": rename_object,
    "insert": insert,
}
"""Every edit by its name. All but "insert" want a plan of at least one step."""
