"""From a plan that fails to critiques that say where, why, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soundly.core.verdict import Critique
from soundly.families.planning.execution import Execution, finish
from soundly.families.planning.pddl import Add, Delete, Plan, Task, format_atom
from soundly.families.planning.pddl.task import literals
from soundly.families.planning.resolve import Resolver, misnomers
from soundly.families.planning.unmet import Unmet, unmet_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from soundly.families.planning.pddl import Action, GroundAtom


def explain(resolver: Resolver, plan: Plan, execution: Execution) -> list[Critique]:
    """Every reason why the plan fails where ``execution`` ended; none only if it does not fail.

    Either the step there names no action, or some of its precondition is unmet, or its cost is
    undefined, or all steps ran and some of the goal is unmet.
    """
    task = resolver.task
    if execution.done == len(plan):
        parts = unmet_parts(task, execution.state, task.goal, {})
        repairs = _repairs(resolver, plan, parts)
        return [
            Critique("goal-unmet", f"the goal needs {part}", "goal", None, hint)
            for part, hint in zip(parts, repairs, strict=True)
        ]
    step, number = plan[execution.done], execution.done + 1
    named = misnomers(task, step, number)
    if named:
        return named
    action = task.domain.actions[step[0]]
    binding = dict(zip((p.name for p in action.parameters), step[1:], strict=True))
    parts = unmet_parts(task, execution.state, action.precondition, binding)
    text = format_atom(step)
    ground = resolver(step)
    if not parts and ground is not None and ground.cost is None:
        message = f"{text} has no cost: the problem leaves a value undefined that it adds up"
        return [Critique("cost-undefined", message, f"step {number}", number)]
    repairs = _repairs(resolver, plan[: execution.done], parts)
    return [
        Critique(
            "precondition-unmet",
            f"{text} needs {part}",
            f"step {number}",
            number,
            hint,
        )
        for part, hint in zip(parts, repairs, strict=True)
    ]


def _repairs(resolver: Resolver, ran: Plan, parts: list[Unmet]) -> list[str | None]:
    """A hint for each unmet part: what last changed the literal, and what could change it back."""
    watched = [part.literal[0] for part in parts if part.literal]
    execution = finish(resolver, ran, watched=watched)
    return [
        _repair(resolver.task, ran, part.literal, execution.changed_at) if part.literal else None
        for part in parts
    ]


def _repair(
    task: Task, ran: Plan, literal: tuple[GroundAtom, bool], changed_at: Mapping[GroundAtom, int]
) -> str:
    atom, wanted = literal
    text, truth = format_atom(atom), "true" if wanted else "false"
    changers = [
        action.name
        for action in task.domain.actions.values()
        if can_make(task, action, atom, wanted=wanted)
    ]
    if not changers:
        return f"no action can make {text} {truth}"
    able = f"{' or '.join(changers)} can make it {truth}"
    number = changed_at.get(atom)
    if number is None:
        start = "was false from the start" if wanted else "was true from the start"
        return f"{text} {start}; {able}"
    step = format_atom(ran[number - 1])
    return f"step {number} {step} made {text} {'false' if wanted else 'true'}; {able}"


def can_make(task: Task, action: Action, atom: GroundAtom, *, wanted: bool) -> bool:
    """Whether some instance of the action could make the atom true (or false), going by types."""
    for effect, types in literals(action):
        if not isinstance(effect, Add if wanted else Delete):
            continue
        terms = effect.atom.terms
        if effect.atom.predicate == atom[0] and all(
            task.belongs(name, types[term]) if term in types else name == term
            for name, term in zip(atom[1:], terms, strict=True)
        ):
            return True
    return False
