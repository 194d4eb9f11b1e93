"""From a plan that fails to critiques that say where, why, and what would help."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from soundly.core.verdict import Critique
from soundly.families.planning.pddl import Add, Plan, Step, format_atom
from soundly.families.planning.pddl.task import literals
from soundly.families.planning.resolve import Resolver, misnomers
from soundly.families.planning.unmet import Unmet, unmet_parts

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from soundly.families.planning.executor import Executor
    from soundly.families.planning.pddl import GroundAtom

    _Changer = tuple[str, tuple[str, ...], Mapping[str, tuple[str, ...]]]

MAX_CACHED_LITERALS = 4_096


class Explainer:
    """Explains failing plans of one task."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._task = resolver.task
        self._changers: dict[tuple[str, bool], list[_Changer]] = {}
        for action in self._task.domain.actions.values():
            for effect, types in literals(action):
                atom, adds = effect.atom, isinstance(effect, Add)
                changers = self._changers.setdefault((atom.predicate, adds), [])
                changers.append((action.name, atom.terms, types))
        self._able = lru_cache(MAX_CACHED_LITERALS)(self._find_able)

    def explain(self, executor: Executor, plan: Plan) -> list[Critique]:
        """Every reason why the plan fails; none only if it does not fail.

        Either the first step that cannot run names no action, or some of its precondition is
        unmet, or its cost is undefined; or all steps run and some of the goal is unmet.
        """
        done, state = executor.run(plan)
        if done < len(plan):
            return self._explain_step(executor, plan[:done], plan[done], state)
        parts = unmet_parts(self._task, state, self._task.goal, {})
        repairs = self._repairs(executor, plan, parts)
        return [
            Critique("goal-unmet", f"the goal needs {part}", "goal", None, repair)
            for part, repair in zip(parts, repairs, strict=True)
        ]

    def _explain_step(
        self, executor: Executor, ran: Plan, step: Step, state: Container[GroundAtom]
    ) -> list[Critique]:
        number = len(ran) + 1
        ground = self._resolver(step)
        if ground is None:
            return misnomers(self._task, step, number)
        action, where, text = (
            self._task.domain.actions[step[0]],
            f"step {number}",
            format_atom(step),
        )
        binding = dict(zip((p.name for p in action.parameters), step[1:], strict=True))
        parts = unmet_parts(self._task, state, action.precondition, binding)
        if not parts and ground.cost is None:
            message = f"{text} has no cost: the problem leaves a value undefined that it adds up"
            return [Critique("cost-undefined", message, where, number)]
        repairs = self._repairs(executor, ran, parts)
        return [
            Critique("precondition-unmet", f"{text} needs {part}", where, number, repair)
            for part, repair in zip(parts, repairs, strict=True)
        ]

    def _repairs(self, executor: Executor, ran: Plan, parts: list[Unmet]) -> list[str | None]:
        """A hint for each unmet part that is a literal: what undid it, and what could mend it."""
        watched = [part.literal[0] for part in parts if part.literal]
        last = executor.changes(ran, watched) if watched else {}
        return [self._repair(ran, *part.literal, last) if part.literal else None for part in parts]

    def _repair(
        self, ran: Plan, atom: GroundAtom, wanted: bool, last: Mapping[GroundAtom, int]
    ) -> str:
        text, truth, now = format_atom(atom), *(("true", "false") if wanted else ("false", "true"))
        able = self._able(atom, wanted)
        if not able:
            return f"no action can make {text} {truth}"
        mend = f"{' or '.join(able)} can make it {truth}"
        number = last.get(atom)
        if number is None:
            return f"{text} was {now} from the start; {mend}"
        return f"step {number} {format_atom(ran[number - 1])} made {text} {now}; {mend}"

    def _find_able(self, atom: GroundAtom, wanted: bool) -> tuple[str, ...]:
        """The actions of which some instance could make the atom so, going by types."""
        belongs = self._task.belongs
        names = (
            name
            for name, terms, types in self._changers.get((atom[0], wanted), ())
            if all(
                belongs(held, types[term]) if term in types else held == term
                for held, term in zip(atom[1:], terms, strict=True)
            )
        )
        return tuple(dict.fromkeys(names))
