"""From a step as written to a ground action, or to the reason why it names none."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from soundly.core.verdict import Critique
from soundly.families.planning.pddl import (
    GroundAction,
    Step,
    Task,
    format_atom,
    ground_action,
    ground_condition,
)
from soundly.families.planning.pddl.syntax import format_types
from soundly.families.planning.pddl.vocabulary import plural
from soundly.families.planning.templates import Literals, Template, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CACHED_STEPS = 20_000


class Resolver:
    """Grounds each distinct step once, and remembers up to `MAX_CACHED_STEPS` of them."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.goal = ground_condition(task, task.goal)
        self._known: dict[Step, GroundAction | None] = {}
        self._templates: dict[str, Template] = {}
        for name, action in task.domain.actions.items():
            template = template_of(action)
            if template is not None:
                self._templates[name] = template

    def __call__(self, step: Step) -> GroundAction | None:
        """The ground action, or None for a step that names none: see `misnomers`."""
        if step in self._known:
            return self._known[step]
        if len(self._known) >= MAX_CACHED_STEPS:
            self._known.clear()
        found = ground_action(self.task, step) if self.fits(step) else None
        self._known[step] = found
        return found

    def plain(self, step: Step) -> Literals | None:
        """The literals of a step that names a plain action and fits it; None for any other."""
        template = self._templates.get(step[0]) if step else None
        return template.instantiate(step) if template and self.fits(step) else None

    def fits(self, step: Step) -> bool:
        """Whether a step names an action, with objects that exist and fit its parameters."""
        action = self.task.domain.actions.get(step[0]) if step else None
        if action is None or action.arity != len(step) - 1:
            return False
        objects, belongs = self.task.objects, self.task.belongs
        return all(
            name in objects and belongs(name, parameter.types)
            for name, parameter in zip(step[1:], action.parameters, strict=True)
        )


def misnomers(task: Task, step: Step, number: int) -> list[Critique]:
    """Everything that keeps a step from naming a ground action; empty for one that does.

    ``number`` is the step's place in the plan, from 1.
    """
    where = f"step {number}"
    if not step:
        return [Critique("empty-action", "() names no action", where, number)]
    action = task.domain.actions.get(step[0])
    if action is None:
        repair = _nearest(step[0], task.domain.actions)
        message = f"{format_atom(step)}: there is no action {step[0]!r}"
        return [Critique("unknown-action", message, where, number, repair)]
    found: list[Critique] = []
    if action.arity != len(step) - 1:
        form = f"({' '.join((action.name, *(p.name for p in action.parameters)))})"
        took = plural(len(step) - 1, "argument")
        message = f"{format_atom(step)} has {took}, {action.name!r} takes {action.arity}"
        found.append(Critique("wrong-arity", message, where, number, f"the form is {form}"))
    for name in dict.fromkeys(step[1:]):
        if name not in task.objects:
            message = f"{format_atom(step)}: there is no object {name!r}"
            repair = _nearest(name, task.objects)
            found.append(Critique("unknown-object", message, where, number, repair))
    for name, parameter in zip(step[1:], action.parameters, strict=False):
        if name in task.objects and not task.belongs(name, parameter.types):
            wanted = format_types(parameter.types)
            message = (
                f"{format_atom(step)}: {parameter.name} must be {wanted}, "
                f"{name!r} is {task.objects[name]}"
            )
            found.append(Critique("wrong-type", message, where, number))
    return found


def _nearest(name: str, known: Iterable[str]) -> str | None:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else None
