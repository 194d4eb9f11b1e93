"""The ground actions that could ever run, found by forgetting what actions delete.

The relaxed reachability of Hoffmann and Nebel (2001): a fact once made true stays true. A ground
action is found when the last of the facts that its precondition certainly needs is reached, so
the facts themselves, rather than all combinations of objects, drive the search.
"""

from __future__ import annotations

from collections.abc import Iterator

from soundly.families.planning.pddl import (
    Action,
    And,
    Atom,
    Formula,
    GroundAction,
    GroundAtom,
    Step,
    Task,
    ground_action,
)
from soundly.families.planning.proofs.evidence import Deadline, OutOfReachError

MAX_ACTIONS = 200_000


def reachable_actions(task: Task, deadline: Deadline) -> dict[Step, GroundAction]:
    """By step, each ground action whose necessary facts can all be reached, deletes forgotten.

    More actions than can really run, never fewer. Raises `OutOfReachError` at the deadline, or
    beyond `MAX_ACTIONS`.
    """
    return _Exploration(task, deadline).explore()


class _Exploration:
    """``_reached`` finds the facts that hold an object at a place of a predicate."""

    def __init__(self, task: Task, deadline: Deadline) -> None:
        self._task = task
        self._deadline = deadline
        self._needs = {
            name: tuple(_needed_atoms(action.precondition))
            for name, action in task.domain.actions.items()
        }
        self._types = {
            name: {parameter.name: parameter.types for parameter in action.parameters}
            for name, action in task.domain.actions.items()
        }
        self._reached: dict[tuple[str, int, str], list[GroundAtom]] = {}
        self._queued = set(task.init)
        self._found: dict[Step, GroundAction] = {}

    def explore(self) -> dict[Step, GroundAction]:
        static = sorted(atom for atom in self._task.init if self._task.is_static(atom[0]))
        queue = sorted(self._task.init.difference(static))
        for fact in static:
            self._reach(fact)
        for name, needs in self._needs.items():
            if all(self._task.is_static(atom.predicate) for atom in needs):
                queue += self._take(self._task.domain.actions[name], needs, {})
        for fact in queue:  # grows while it is walked
            self._reach(fact)
            for name, needs in self._needs.items():
                for index, atom in enumerate(needs):
                    binding = self._match(name, atom, fact, {})
                    if binding is not None:
                        rest = needs[:index] + needs[index + 1 :]
                        queue += self._take(self._task.domain.actions[name], rest, binding)
        return self._found

    def _reach(self, fact: GroundAtom) -> None:
        for place, value in enumerate(fact):
            self._reached.setdefault((fact[0], place, value), []).append(fact)

    def _take(
        self, action: Action, needs: tuple[Atom, ...], binding: dict[str, str]
    ) -> list[GroundAtom]:
        """Grounds the action under each extension of the binding whose needs are reached.

        Returns the facts that this adds for the first time.
        """
        new: set[GroundAtom] = set()
        for full in self._join(action, needs, binding):
            self._deadline.check()
            step = (action.name, *(full[parameter.name] for parameter in action.parameters))
            if step in self._found:
                continue
            ground = ground_action(self._task, step)
            if ground.precondition.impossible:
                continue
            if len(self._found) == MAX_ACTIONS:
                raise OutOfReachError(f"more than {MAX_ACTIONS} ground actions could run")
            self._found[step] = ground
            new.update(*(effect.adds for effect in ground.effects))
        new -= self._queued
        self._queued |= new
        return sorted(new)

    def _join(
        self, action: Action, needs: tuple[Atom, ...], binding: dict[str, str]
    ) -> Iterator[dict[str, str]]:
        if not needs:
            free = next((p for p in action.parameters if p.name not in binding), None)
            if free is None:
                yield binding
                return
            for value in self._task.objects_of(free.types):
                yield from self._join(action, (), {**binding, free.name: value})
            return
        self._deadline.check()
        candidates = [self._candidates(atom, binding) for atom in needs]
        fewest = min(range(len(needs)), key=lambda index: len(candidates[index]))
        for fact in candidates[fewest]:
            extended = self._match(action.name, needs[fewest], fact, binding)
            if extended is not None:
                yield from self._join(action, needs[:fewest] + needs[fewest + 1 :], extended)

    def _candidates(self, atom: Atom, binding: dict[str, str]) -> list[GroundAtom]:
        """The reached facts that the atom could be: the shortest list for one of its terms."""
        keys = [(atom.predicate, 0, atom.predicate)]
        for place, term in enumerate(atom.terms, start=1):
            value = binding.get(term, term)
            if not value.startswith("?"):
                keys.append((atom.predicate, place, value))
        return min((self._reached.get(key, []) for key in keys), key=len)

    def _match(
        self, action: str, atom: Atom, fact: GroundAtom, binding: dict[str, str]
    ) -> dict[str, str] | None:
        """The binding under which the atom is the fact, or None where there is none."""
        if atom.predicate != fact[0]:
            return None
        types = self._types[action]
        extended = dict(binding)
        for term, value in zip(atom.terms, fact[1:], strict=True):
            if term in types:
                if extended.setdefault(term, value) != value:
                    return None
                if not self._task.belongs(value, types[term]):
                    return None
            elif term != value:
                return None
        return extended


def _needed_atoms(formula: Formula) -> Iterator[Atom]:
    match formula:
        case Atom():
            yield formula
        case And(operands):
            for part in operands:
                yield from _needed_atoms(part)
        case _:
            return
