"""Plain actions, ground by position: the shortest way from a step to its atoms.

An action is plain if its precondition is a conjunction of literals and its effect a list of
literals, costs aside. Most are. Everything else goes through `pddl.grounding`.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from soundly.families.planning.pddl import (
    Action,
    Add,
    And,
    Atom,
    Delete,
    Effect,
    Formula,
    GroundAtom,
    Increase,
    Not,
    Step,
    Together,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Picker: TypeAlias = "Callable[[tuple[str, ...]], GroundAtom]"
"""Picks an atom's predicate and objects out of a row of words."""


class Literals(NamedTuple):
    """The atoms of one plain ground action."""

    true: list[GroundAtom]
    false: list[GroundAtom]
    deletes: list[GroundAtom]
    adds: list[GroundAtom]


@dataclass(frozen=True, slots=True)
class Template:
    """A plain action: ``words`` are what follows the step's own words in the row to pick from."""

    words: tuple[str, ...]
    true: tuple[Picker, ...]
    false: tuple[Picker, ...]
    adds: tuple[Picker, ...]
    deletes: tuple[Picker, ...]

    def instantiate(self, step: Step) -> Literals:
        """The literals of a step, which must name this action with the right number of objects."""
        row = step + self.words
        return Literals(
            [pick(row) for pick in self.true],
            [pick(row) for pick in self.false],
            [pick(row) for pick in self.deletes],
            [pick(row) for pick in self.adds],
        )


def template_of(action: Action) -> Template | None:
    """The template of a plain action; None for any other."""
    condition = list(_condition_literals(action.precondition, wanted=True))
    effect = list(_effect_literals(action.effect))
    if None in condition or None in effect:
        return None
    needs = [literal for literal in condition if literal is not None]
    brings = [literal for literal in effect if literal is not None]
    row = [action.name, *(parameter.name for parameter in action.parameters)]
    fixed = dict.fromkeys(
        word for atom, _ in (*needs, *brings) for word in (atom.predicate, *atom.terms)
    )
    words = tuple(word for word in fixed if not word.startswith("?"))
    # a fixed word is looked up behind the step's own, which may spell the same
    place = {**{word: len(row) + i for i, word in enumerate(words)}}
    place.update((name, i) for i, name in enumerate(row) if i > 0)

    def pickers(literals: Sequence[tuple[Atom, bool]], *, positive: bool) -> tuple[Picker, ...]:
        return tuple(_picker(atom, place) for atom, sign in literals if sign is positive)

    return Template(
        words=words,
        true=pickers(needs, positive=True),
        false=pickers(needs, positive=False),
        adds=pickers(brings, positive=True),
        deletes=pickers(brings, positive=False),
    )


def _picker(atom: Atom, place: dict[str, int]) -> Picker:
    first, *rest = (place[word] for word in (atom.predicate, *atom.terms))
    if rest:
        return itemgetter(first, *rest)
    return itemgetter(slice(first, first + 1))


def _condition_literals(formula: Formula, *, wanted: bool) -> Iterator[tuple[Atom, bool] | None]:
    """The literals of a conjunction; None among them says that it is more than that."""
    if isinstance(formula, Atom):
        yield formula, wanted
    elif isinstance(formula, Not):
        yield from _condition_literals(formula.operand, wanted=not wanted)
    elif isinstance(formula, And) and (wanted or len(formula.operands) == 1):
        for part in formula.operands:
            yield from _condition_literals(part, wanted=wanted)
    else:
        yield None


def _effect_literals(effect: Effect) -> Iterator[tuple[Atom, bool] | None]:
    """The literals of an unconditional effect; None among them says that it is more than that.

    A number of a cost is nothing to a plan's validity; a function's value may be undefined.
    """
    if isinstance(effect, Add | Delete):
        yield effect.atom, isinstance(effect, Add)
    elif isinstance(effect, Together):
        for part in effect.operands:
            yield from _effect_literals(part)
    elif not isinstance(effect, Increase) or isinstance(effect.amount, Atom):
        yield None
