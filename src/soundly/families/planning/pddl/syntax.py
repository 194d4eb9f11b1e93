"""What a PDDL text says, as frozen values: formulas, effects, actions, declarations.

Terms are plain strings: a variable begins with ``?``, anything else names an object. ``str()`` of
a formula or an effect is PDDL text again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

GroundAtom: TypeAlias = tuple[str, ...]
"""A predicate's name and its objects: ``("on", "a", "b")``."""


@dataclass(frozen=True, slots=True)
class TypedName:
    """A variable or object with its type: more than one name in ``types`` is ``either``."""

    name: str
    types: tuple[str, ...] = ("object",)

    def __post_init__(self) -> None:
        if not self.name or not self.types:
            raise ValueError("a typed name needs a name and at least one type")

    def __str__(self) -> str:
        return f"{self.name} - {format_types(self.types)}"


@dataclass(frozen=True, slots=True)
class Atom:
    """``(predicate term …)``."""

    predicate: str
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return format_atom((self.predicate, *self.terms))


@dataclass(frozen=True, slots=True)
class Equal:
    """``(= left right)``: both terms are the same object."""

    left: str
    right: str

    def __str__(self) -> str:
        return f"(= {self.left} {self.right})"


@dataclass(frozen=True, slots=True)
class Not:
    """``(not formula)``."""

    operand: Formula

    def __str__(self) -> str:
        return f"(not {self.operand})"


@dataclass(frozen=True, slots=True)
class And:
    """``(and formula …)``; without operands it is true."""

    operands: tuple[Formula, ...] = ()

    def __str__(self) -> str:
        return f"({' '.join(('and', *map(str, self.operands)))})"


@dataclass(frozen=True, slots=True)
class Or:
    """``(or formula …)``; without operands it is false."""

    operands: tuple[Formula, ...] = ()

    def __str__(self) -> str:
        return f"({' '.join(('or', *map(str, self.operands)))})"


@dataclass(frozen=True, slots=True)
class Imply:
    """``(imply antecedent consequent)``."""

    antecedent: Formula
    consequent: Formula

    def __str__(self) -> str:
        return f"(imply {self.antecedent} {self.consequent})"


@dataclass(frozen=True, slots=True)
class Exists:
    """``(exists (variable …) body)``; an inner variable hides an outer one of the same name."""

    variables: tuple[TypedName, ...]
    body: Formula

    def __str__(self) -> str:
        return f"(exists ({format_names(self.variables)}) {self.body})"


@dataclass(frozen=True, slots=True)
class Forall:
    """``(forall (variable …) body)``; an inner variable hides an outer one of the same name."""

    variables: tuple[TypedName, ...]
    body: Formula

    def __str__(self) -> str:
        return f"(forall ({format_names(self.variables)}) {self.body})"


Formula: TypeAlias = Atom | Equal | Not | And | Or | Imply | Exists | Forall


@dataclass(frozen=True, slots=True)
class Add:
    """The atom becomes true."""

    atom: Atom

    def __str__(self) -> str:
        return str(self.atom)


@dataclass(frozen=True, slots=True)
class Delete:
    """The atom becomes false, unless the same action also adds it."""

    atom: Atom

    def __str__(self) -> str:
        return f"(not {self.atom})"


@dataclass(frozen=True, slots=True)
class Increase:
    """``(increase (total-cost) amount)``: a number, or a function that the problem values."""

    amount: Fraction | Atom

    def __str__(self) -> str:
        amount = self.amount
        text = format_number(amount) if isinstance(amount, Fraction) else str(amount)
        return f"(increase (total-cost) {text})"


@dataclass(frozen=True, slots=True)
class Together:
    """``(and effect …)``: all at once; without operands nothing happens."""

    operands: tuple[Effect, ...] = ()

    def __str__(self) -> str:
        return f"({' '.join(('and', *map(str, self.operands)))})"


@dataclass(frozen=True, slots=True)
class When:
    """``(when condition effect)``: the condition is judged in the state before the action.

    The effect is literals alone, as the grammar of PDDL has it.
    """

    condition: Formula
    effect: Effect

    def __post_init__(self) -> None:
        parts: list[Effect] = [self.effect]
        while parts:
            part = parts.pop()
            if isinstance(part, Together):
                parts.extend(part.operands)
            elif not isinstance(part, Add | Delete):
                raise ValueError(f"below 'when' stand only literals, not {part}")

    def __str__(self) -> str:
        return f"(when {self.condition} {self.effect})"


@dataclass(frozen=True, slots=True)
class ForEach:
    """``(forall (variable …) effect)``."""

    variables: tuple[TypedName, ...]
    effect: Effect

    def __str__(self) -> str:
        return f"(forall ({format_names(self.variables)}) {self.effect})"


Effect: TypeAlias = Add | Delete | Increase | Together | When | ForEach


@dataclass(frozen=True, slots=True)
class Signature:
    """A declared predicate or numeric function: its name and its typed parameters."""

    name: str
    parameters: tuple[TypedName, ...] = ()

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters)

    def __str__(self) -> str:
        return f"({' '.join((self.name, *map(str, self.parameters)))})"


@dataclass(frozen=True, slots=True)
class Action:
    """An action schema."""

    name: str
    parameters: tuple[TypedName, ...]
    precondition: Formula
    effect: Effect

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters)


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain as stated. The mappings keep the order of the text and are not to be changed.

    ``types`` maps each type to its direct supertypes; ``object`` is always there, above all.
    ``functions`` holds what action costs are computed from, ``total-cost`` itself included.
    """

    name: str
    requirements: frozenset[str]
    types: Mapping[str, tuple[str, ...]] = field(hash=False)
    constants: tuple[TypedName, ...]
    predicates: Mapping[str, Signature] = field(hash=False)
    functions: Mapping[str, Signature] = field(hash=False)
    actions: Mapping[str, Action] = field(hash=False)

    def supertypes(self, name: str) -> frozenset[str]:
        """The type itself and everything above it."""
        found = {name}
        frontier = [name]
        while frontier:
            above = [t for t in self.types[frontier.pop()] if t not in found]
            found.update(above)
            frontier.extend(above)
        return frozenset(found)


def format_atom(atom: GroundAtom) -> str:
    """``("on", "a", "b")`` as ``(on a b)``."""
    return f"({' '.join(atom)})"


def format_types(types: tuple[str, ...]) -> str:
    """``block``, or ``(either block table)``."""
    return types[0] if len(types) == 1 else f"(either {' '.join(types)})"


def format_names(names: tuple[TypedName, ...]) -> str:
    """``?x - block ?y - block``."""
    return " ".join(map(str, names))


def format_number(number: Fraction) -> str:
    """A non-negative decimal number, exactly: ``3``, ``2.5``."""
    if number.denominator == 1:
        return str(number.numerator)
    digits = 1
    while (number * 10**digits).denominator != 1:
        digits += 1
    whole, part = divmod(int(number * 10**digits), 10**digits)
    return f"{whole}.{part:0{digits}d}"
