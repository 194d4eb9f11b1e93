"""Families by name."""

from __future__ import annotations

from functools import cache

from soundly.config import registry
from soundly.core.errors import UsageError
from soundly.core.family import Draws, Family
from soundly.core.problem import Problem


@cache
def make_family(name: str) -> Family:
    """The family registered under a name, made once."""
    family: Family = registry.load("families", name)()
    return family


def draw(name: str, *, size: int, seed: int) -> Problem:
    """An instance that the family draws itself, the same one for the same size and seed.

    Raises `UsageError` for a family that draws none.
    """
    family = make_family(name)
    if not isinstance(family, Draws):
        raise UsageError(f"family {name!r} draws no instances of its own; give it a problem")
    return family.draw(size=size, seed=seed)
