"""How many choices of objects a formula or an effect asks to look at."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl.syntax import (
    And,
    Effect,
    Exists,
    Forall,
    ForEach,
    Formula,
    Imply,
    Not,
    Or,
    Together,
    TypedName,
    When,
)

MAX_CHOICES = 1_000_000

Population: TypeAlias = Callable[[tuple[str, ...]], int]
"""How many objects belong to any of some types."""


def require_few_choices(part: Formula | Effect, population: Population) -> None:
    """Raises `ProblemError` where some literal stands for more than `MAX_CHOICES` instances.

    Quantifiers inside one another multiply; the parameters of an action do not count, for a step
    says what they are. Whoever expands quantifiers relies on this.
    """
    _bound(part, population, 1)


def _bound(part: Formula | Effect, population: Population, around: int) -> None:
    match part:
        case And(parts) | Or(parts) | Together(parts):
            for inner in parts:
                _bound(inner, population, around)
        case Not(inner):
            _bound(inner, population, around)
        case Imply(premise, conclusion) | When(premise, conclusion):
            _bound(premise, population, around)
            _bound(conclusion, population, around)
        case Exists(variables, inner) | Forall(variables, inner) | ForEach(variables, inner):
            within = around * prod(population(variable.types) for variable in variables)
            if within > MAX_CHOICES:
                raise ProblemError(_refusal(variables))
            _bound(inner, population, within)


def _refusal(variables: tuple[TypedName, ...]) -> str:
    quantified = " ".join(map(str, variables))
    return (
        f"({quantified}), with the quantifiers around it, stands for more than"
        f" {MAX_CHOICES:,} choices of objects"
    )
