"""Families as people type them: ``blocksworld``, ``reasoning-gym:leg_counting``."""

from __future__ import annotations

import inspect
from dataclasses import replace
from functools import cache

from soundly.config import registry
from soundly.core.errors import UsageError
from soundly.core.family import Draws, DrawsUnsolvable, Family
from soundly.core.problem import Problem


@cache
def make_family(name: str) -> Family:
    """The family that the text names, made once.

    What follows a colon goes to the family's factory: one of many data sets, say. Raises
    `UnknownNameError` for a family that nobody registered, and `UsageError` for a family that
    takes nothing behind a colon.
    """
    registered, colon, argument = name.partition(":")
    factory = registry.load("families", registered)
    if colon and not (argument and takes_text(factory)):
        wanted = f"{registered}:NAME" if takes_text(factory) else f"{registered} alone"
        raise UsageError(f"family {name!r}: wanted {wanted}")
    family: Family = factory(argument) if colon else factory()
    return family


def draw(name: str, *, size: int, seed: int) -> Problem:
    """An instance that the family draws itself, the same one for the same size and seed.

    It says at which size it was drawn. Raises `UsageError` for a family that draws none.
    """
    family = make_family(name)
    if not isinstance(family, Draws):
        if ":" not in name and takes_text(registry.load("families", name)):
            raise UsageError(f"family {name!r} is many: wanted {name}:NAME")
        raise UsageError(f"family {name!r} draws no instances of its own; give it a problem")
    return replace(family.draw(size=size, seed=seed), size=size)


def draw_unsolvable(name: str, *, size: int, seed: int) -> Problem:
    """An instance without a solution, the same one for the same size and seed.

    Raises `UsageError` for a family that draws none.
    """
    family = make_family(name)
    if not isinstance(family, DrawsUnsolvable):
        raise UsageError(f"family {name!r} draws no unsolvable instances")
    return replace(family.draw_unsolvable(size=size, seed=seed), size=size)


def takes_text(factory: object) -> bool:
    """Whether a factory has a parameter for what follows a colon: a first one that is a text."""
    if not callable(factory) or inspect.isclass(factory):
        return False
    parameters = list(inspect.signature(factory).parameters.values())
    return bool(parameters) and "str" in str(parameters[0].annotation)
