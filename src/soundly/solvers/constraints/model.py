"""Constraint problems over whole numbers, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["==", "!=", "<=", ">=", "<", ">"]

OPPOSITE: Mapping[Operator, Operator] = {
    "==": "!=",
    "!=": "==",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "<": ">=",
}


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of variables, each times a number, and a constant; each variable stands once."""

    terms: tuple[tuple[str, int], ...]
    constant: int = 0

    def value(self, values: Mapping[str, int]) -> int:
        """What it is worth."""
        return self.constant + sum(factor * values[name] for name, factor in self.terms)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The expression stands so to 0."""

    left: Linear
    operator: Operator


@dataclass(frozen=True, slots=True)
class AllDifferent:
    """No two of the expressions have one value."""

    parts: tuple[Linear, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each part holds."""

    parts: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds."""

    parts: tuple[Constraint, ...]


Constraint: TypeAlias = Comparison | AllDifferent | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be as small as it can be, or as large."""

    of: Linear
    maximize: bool


@dataclass(frozen=True, slots=True)
class ConstraintModel:
    """Variables with the values that they may have, what must hold, and what would be best."""

    variables: Mapping[str, tuple[tuple[int, int], ...]] = field(hash=False)
    constraints: tuple[Constraint, ...]
    objective: Objective | None = None


def names_in(constraint: Constraint) -> Iterator[str]:
    """The variables of a constraint, each as often as it stands there."""
    match constraint:
        case Comparison(left, _):
            yield from (name for name, _ in left.terms)
        case AllDifferent(expressions):
            yield from (name for each in expressions for name, _ in each.terms)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from names_in(part)


def negated(constraint: Constraint) -> Constraint:
    """What holds exactly where the constraint does not; `ValueError` for all_different."""
    match constraint:
        case Comparison(left, operator):
            return Comparison(left, OPPOSITE[operator])
        case AllOf(parts):
            return AnyOf(tuple(map(negated, parts)))
        case AnyOf(parts):
            return AllOf(tuple(map(negated, parts)))
        case AllDifferent():
            raise ValueError("all_different cannot be negated")


def holds(constraint: Constraint, values: Mapping[str, int]) -> bool:
    """Whether the values keep a constraint, by its definition."""
    match constraint:
        case Comparison(left, operator):
            return _compared(left.value(values), operator)
        case AllDifferent(expressions):
            found = [each.value(values) for each in expressions]
            return len(set(found)) == len(found)
        case AllOf(parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values) for part in parts)


def _compared(left: int, operator: Operator) -> bool:
    return {
        "==": left == 0,
        "!=": left != 0,
        "<=": left <= 0,
        ">=": left >= 0,
        "<": left < 0,
        ">": left > 0,
    }[operator]
