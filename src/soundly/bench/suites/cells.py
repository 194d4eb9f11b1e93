"""The cells of a suite, with everything refused that could be refused later."""

from __future__ import annotations

from collections.abc import Iterable

from soundly.bench.suites.asked import distinct, plain, problem_of, strategy_of
from soundly.bench.suites.cell import PLAIN, Cell
from soundly.bench.suites.suite import Grid, Suite, points
from soundly.config import registry
from soundly.config.families import make_family
from soundly.config.strategies import needs_model, parse_strategy
from soundly.core.errors import SoundlyError, UnknownNameError, UsageError
from soundly.core.spend import Budget


def cells_of(suite: Suite) -> tuple[Cell, ...]:
    """Every cell once, in the order of the grids.

    A solver asks no model and has no prompt, so its cells are the same under all models and
    augmentations. Raises `UsageError`, with the grid, for names that nobody registered, for a
    strategy without the model that it asks, and for sizes that a family does not draw.
    """
    found: list[Cell] = []
    for number, grid in enumerate(suite.grids, 1):
        try:
            found += _grid_cells(grid, suite.budget)
        except (SoundlyError, ValueError) as error:
            raise UsageError(f"suite {suite.name!r}, grid {number}: {error}") from error
    return tuple(distinct(found))


def _grid_cells(grid: Grid, budget: Budget) -> tuple[Cell, ...]:
    _require_families(grid)
    for strategy in grid.strategies:
        parse_strategy(strategy)
        if not grid.models and needs_model(strategy):
            raise UsageError(f"models is missing, and strategy {strategy!r} asks one")
    cells = tuple(distinct(plain(cell) for cell in points(grid, budget)))
    _require_drawn(cells)
    return cells


def _require_families(grid: Grid) -> None:
    for family in grid.families:
        make_family(family)
        known = tuple(_obfuscations(family))
        for obfuscation in grid.obfuscations:
            if obfuscation not in known:
                raise UnknownNameError(f"obfuscation of family {family!r}", obfuscation, known)


def _obfuscations(family: str) -> Iterable[str]:
    """What stands before the family's name in the names of its obfuscated forms."""
    yield PLAIN
    for name in registry.names("families"):
        if name.endswith(f"-{family}"):
            yield name.removesuffix(f"-{family}")


def _require_drawn(cells: Iterable[Cell]) -> None:
    """Draw one instance of each kind, and spell each strategy for each family."""
    drawn: set[tuple[object, ...]] = set()
    spelled: set[tuple[str, str, str]] = set()
    for cell in cells:
        kind = (cell.family_name, cell.size, cell.solvable, cell.share, cell.given)
        if kind not in drawn:
            drawn.add(kind)
            problem_of(cell)
        system = (cell.family_name, cell.strategy, cell.augmentation)
        if system not in spelled:
            spelled.add(system)
            strategy_of(cell)
