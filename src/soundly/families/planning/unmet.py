"""Why a formula does not hold, part by part, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soundly.families.planning.pddl import (
    And,
    Atom,
    Equal,
    Exists,
    Forall,
    Formula,
    GroundAtom,
    Imply,
    Not,
    Or,
    Task,
    TypedName,
    format_atom,
)
from soundly.families.planning.pddl.grounding import Binding, bindings

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

MAX_LISTED = 8


@dataclass(frozen=True, slots=True)
class Unmet:
    """One part of a formula that does not hold.

    ``need`` is what was asked for and ``found`` what is the case: "(clear b)", "(clear b) is
    false". ``literal`` is the atom and its wanted truth, where the part is one literal: then
    making it so is what it takes.
    """

    need: str
    found: str
    literal: tuple[GroundAtom, bool] | None = None

    def __str__(self) -> str:
        if self.literal and self.literal[1]:
            return f"{self.need}, which is false"
        return f"{self.need}, but {self.found}"


def unmet_parts(
    task: Task, state: Container[GroundAtom], formula: Formula, binding: Binding
) -> list[Unmet]:
    """Every part that must change for the formula to hold; empty where it holds.

    A conjunction, written or quantified, falls into its parts; a disjunction is one part, whose
    ``found`` tells of each disjunct (of the first `MAX_LISTED`) why it fails.
    """
    return list(dict.fromkeys(_Reasons(task, state).of(formula, binding, wanted=True)))


class _Reasons:
    def __init__(self, task: Task, state: Container[GroundAtom]) -> None:
        self._task = task
        self._state = state

    def of(self, formula: Formula, binding: Binding, *, wanted: bool) -> Iterator[Unmet]:
        """Reasons why the formula is not ``wanted``."""
        match formula:
            case Atom():
                yield from self._of_atom(formula, binding, wanted=wanted)
            case Equal(left, right):
                yield from _of_equal(_name(left, binding), _name(right, binding), wanted=wanted)
            case Not(operand):
                yield from self.of(operand, binding, wanted=not wanted)
            case Imply(antecedent, consequent):
                either = Or((Not(antecedent), consequent))
                yield from self.of(either, binding, wanted=wanted)
            case And(operands) | Or(operands):
                parts = iter([(part, binding, "") for part in operands])
                every = isinstance(formula, And) is wanted
                yield from self._of_many(formula, parts, binding, wanted=wanted, every=every)
            case Exists(variables, body) | Forall(variables, body):
                parts = self._instances(variables, body, binding)
                every = isinstance(formula, Forall) is wanted
                yield from self._of_many(formula, parts, binding, wanted=wanted, every=every)

    def _of_many(
        self,
        formula: Formula,
        parts: Iterator[tuple[Formula, Binding, str]],
        binding: Binding,
        *,
        wanted: bool,
        every: bool,
    ) -> Iterator[Unmet]:
        if every:
            for part, bound, _ in parts:
                yield from self.of(part, bound, wanted=wanted)
            return
        whole = formula if wanted else Not(formula)
        failures: list[str] = []
        for part, bound, prefix in parts:
            reasons = list(self.of(part, bound, wanted=wanted))
            if not reasons:
                return
            failures.append(prefix + " and ".join(reason.found for reason in reasons))
        yield Unmet(bound_text(whole, binding), _listed(failures))

    def _instances(
        self, variables: tuple[TypedName, ...], body: Formula, binding: Binding
    ) -> Iterator[tuple[Formula, Binding, str]]:
        for bound in bindings(self._task, variables, binding):
            chosen = ", ".join(f"{v.name} = {bound[v.name]}" for v in variables)
            yield body, bound, f"with {chosen}, "

    def _of_atom(self, atom: Atom, binding: Binding, *, wanted: bool) -> Iterator[Unmet]:
        ground = (atom.predicate, *(_name(term, binding) for term in atom.terms))
        if (ground in self._state) is not wanted:
            text = format_atom(ground)
            need = text if wanted else f"(not {text})"
            yield Unmet(need, f"{text} is {'false' if wanted else 'true'}", (ground, wanted))


def _of_equal(left: str, right: str, *, wanted: bool) -> Iterator[Unmet]:
    if (left == right) is wanted:
        return
    if wanted:
        yield Unmet(f"(= {left} {right})", f"{left} and {right} are different objects")
    else:
        yield Unmet(f"(not (= {left} {right}))", f"both are {left}")


def bound_text(formula: Formula, binding: Binding) -> str:
    """The formula as PDDL with the bound variables replaced, where they are free in it."""
    return str(_substitute(formula, binding))


def _substitute(formula: Formula, binding: Binding) -> Formula:
    match formula:
        case Atom(predicate, terms):
            return Atom(predicate, tuple(_name(term, binding) for term in terms))
        case Equal(left, right):
            return Equal(_name(left, binding), _name(right, binding))
        case Not(operand):
            return Not(_substitute(operand, binding))
        case And(operands) | Or(operands):
            return type(formula)(tuple(_substitute(part, binding) for part in operands))
        case Imply(antecedent, consequent):
            return Imply(_substitute(antecedent, binding), _substitute(consequent, binding))
        case Exists(variables, body) | Forall(variables, body):
            return type(formula)(variables, _substitute(body, _without(binding, variables)))


def _without(binding: Binding, variables: tuple[TypedName, ...]) -> Binding:
    hidden = {variable.name for variable in variables}
    return {name: value for name, value in binding.items() if name not in hidden}


def _name(term: str, binding: Binding) -> str:
    return binding.get(term, term)


def _listed(failures: list[str]) -> str:
    if not failures:
        return "there is nothing to choose from"
    shown = "; ".join(failures[:MAX_LISTED])
    more = len(failures) - MAX_LISTED
    return f"{shown}; and {more} more" if more > 0 else shown
