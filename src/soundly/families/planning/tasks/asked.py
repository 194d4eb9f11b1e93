"""The tasks whose answer is a plan, as families: for Blocksworld, and for any family that draws."""

from __future__ import annotations

from dataclasses import replace

from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.drawn import DrawnFamily, World
from soundly.families.planning.tasks.generalisation import Generalisation
from soundly.families.planning.tasks.goals import (
    Reformulated,
    full_to_partial,
    partial_to_full,
    shuffled,
)
from soundly.families.planning.tasks.patterns import PatternedBlocks
from soundly.families.planning.tasks.replanning import Replanning
from soundly.families.planning.tasks.reuse import Reuse


def reuse_of(family: DrawnFamily) -> DrawnFamily:
    """Plan reuse with the instances of a family; it is called ``NAME-reuse``."""
    name = f"{family.name}-reuse"
    return _asked(family, name, Reuse(family.world, name))


def generalisation_of(family: DrawnFamily, *, world: World | None = None) -> DrawnFamily:
    """Plan generalisation; ``NAME-generalisation``.

    ``world`` draws by patterns; without one, the family's own world does, whose plans follow the
    one way in which it builds them.
    """
    name = f"{family.name}-generalisation"
    return _asked(family, name, Generalisation(world or family.world, name))


def replanning_of(family: DrawnFamily) -> DrawnFamily:
    """Replanning after an unexpected change; ``NAME-replanning``."""
    name = f"{family.name}-replanning"
    return _asked(family, name, Replanning(family.world, name))


def shuffled_goals_of(family: DrawnFamily) -> DrawnFamily:
    """Goals in another order; ``NAME-shuffled-goals``."""
    name = f"{family.name}-shuffled-goals"
    return _asked(family, name, Reformulated(family.world, name, shuffled))


def full_to_partial_of(family: DrawnFamily) -> DrawnFamily:
    """A whole state as the shown goal, some of it as the goal; ``NAME-full-to-partial``."""
    name = f"{family.name}-full-to-partial"
    return _asked(family, name, Reformulated(family.world, name, full_to_partial))


def partial_to_full_of(family: DrawnFamily) -> DrawnFamily:
    """A part as the shown goal, the whole state as the goal; ``NAME-partial-to-full``."""
    name = f"{family.name}-partial-to-full"
    return _asked(family, name, Reformulated(family.world, name, partial_to_full))


def blocksworld_reuse() -> DrawnFamily:
    """Blocksworld beside a solved problem, a part of whose plan is the answer."""
    return reuse_of(blocksworld())


def blocksworld_generalisation() -> DrawnFamily:
    """Blocksworld by a pattern: smaller instances are shown solved, a larger one is asked.

    The patterns are those of `PatternedBlocks`.
    """
    return generalisation_of(blocksworld(), world=PatternedBlocks())


def blocksworld_replanning() -> DrawnFamily:
    """Blocksworld after a change that the shown plan did not foresee."""
    return replanning_of(blocksworld())


def blocksworld_shuffled_goals() -> DrawnFamily:
    """Blocksworld with the goals of a solved problem in another order."""
    return shuffled_goals_of(blocksworld())


def blocksworld_full_to_partial() -> DrawnFamily:
    """Blocksworld with a part of the goal of a solved problem."""
    return full_to_partial_of(blocksworld())


def blocksworld_partial_to_full() -> DrawnFamily:
    """Blocksworld with the whole of a goal of which a part is shown solved."""
    return partial_to_full_of(blocksworld())


def _asked(family: DrawnFamily, name: str, world: World) -> DrawnFamily:
    return DrawnFamily(replace(family.planning, name=name), world)
