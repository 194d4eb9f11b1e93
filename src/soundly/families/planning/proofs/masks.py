"""Ground actions on states that are written as the bits of an integer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from soundly.families.planning.pddl import Condition, GroundAction, GroundAtom, Step

Number: TypeAlias = Callable[[GroundAtom], int]
"""The bit that stands for an atom."""


@dataclass(frozen=True, slots=True)
class MaskedCondition:
    """A condition on bits: all of ``true``, none of ``false``, one alternative of each choice."""

    true: int
    false: int
    choices: tuple[tuple[MaskedCondition, ...], ...]

    def holds(self, state: int) -> bool:
        """Whether a state meets the condition."""
        return (
            state & self.true == self.true
            and not state & self.false
            and all(any(part.holds(state) for part in group) for group in self.choices)
        )


@dataclass(frozen=True, slots=True)
class MaskedAction:
    """A ground action on bits; ``effects`` are conditions with the bits they set and clear."""

    step: Step
    condition: MaskedCondition
    effects: tuple[tuple[MaskedCondition, int, int], ...]

    def successor(self, state: int) -> int:
        """The state after the action; what is both set and cleared is set."""
        added = deleted = 0
        for condition, adds, deletes in self.effects:
            if condition.holds(state):
                added |= adds
                deleted |= deletes
        return state & ~deleted | added


def mask(atoms: Iterable[GroundAtom], number: Number) -> int:
    """The atoms as bits."""
    # sorted, so that facts get the same numbers, and a proof the same text, in every process
    return sum(1 << number(atom) for atom in sorted(set(atoms)))


def masked_condition(condition: Condition, number: Number) -> MaskedCondition:
    """The condition on bits."""
    return MaskedCondition(
        mask(condition.true, number),
        mask(condition.false, number),
        tuple(
            tuple(masked_condition(part, number) for part in group) for group in condition.choices
        ),
    )


def masked_action(action: GroundAction, number: Number) -> MaskedAction:
    """The action on bits."""
    return MaskedAction(
        action.step,
        masked_condition(action.precondition, number),
        tuple(
            (
                masked_condition(effect.condition, number),
                mask(effect.adds, number),
                mask(effect.deletes, number),
            )
            for effect in action.effects
        ),
    )
