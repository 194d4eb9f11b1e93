"""A suite: grids of cells under one budget a session, and how to take a part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import product
from random import Random

from soundly.bench.suites.cell import PLAIN, Cell, Share
from soundly.bench.suites.given import Given
from soundly.core.augmentation import Augmentation
from soundly.core.later import LATER
from soundly.core.spend import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Every combination of its axes is a cell; an axis that is left out has one plain value.

    Problems that are ``given`` come in place of sizes and of what draws; the families lend them
    their words. Raises `ValueError` for an axis without values: the grid would be empty.
    """

    families: tuple[str, ...]
    sizes: tuple[int, ...] = ()
    seeds: tuple[int, ...]
    strategies: tuple[str, ...]
    models: tuple[str, ...] = ()
    obfuscations: tuple[str, ...] = (PLAIN,)
    solvable: tuple[bool | None, ...] = (True,)
    augmentations: tuple[Augmentation, ...] = ("none",)
    share: Share = "any"
    given: tuple[Given, ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        unneeded = ("models", "share", "sizes" if self.given else "given")
        for axis in fields(self):
            values = getattr(self, axis.name)
            if axis.name not in unneeded and not values:
                raise ValueError(f"{axis.name} is empty, so the grid has no cell")
            if axis.name != "share" and len(set(values)) < len(values):
                raise ValueError(f"{axis.name} has the same value twice")


@dataclass(frozen=True, slots=True)
class Price:
    """What a model's tokens cost, stated by the user: US dollars for a million of them."""

    model: str
    input_per_million: float
    output_per_million: float

    def __post_init__(self) -> None:
        for amount in (self.input_per_million, self.output_per_million):
            if not 0 <= amount < 1e6:
                raise ValueError(
                    f"price of {self.model}: {amount} dollars for a million tokens, wanted at "
                    "least 0 and less than a million"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Grids, and the budget of each of their sessions.

    ``prices`` are pairs of a model and US dollars for a million tokens, in and out.
    """

    name: str
    grids: tuple[Grid, ...]
    budget: Budget = field(default_factory=Budget)
    prices: tuple[Price, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a suite needs a name")
        if not self.grids:
            raise ValueError(f"suite {self.name!r} has no [[grid]]")


def points(grid: Grid, budget: Budget) -> Iterator[Cell]:
    """The grid's cells, instance by instance, so that a part of them covers every system.

    A grid without models has cells without one.
    """
    instances: Iterable[int | Given] = grid.given or grid.sizes
    for family, obfuscation, instance, solvable, seed in product(
        grid.families, grid.obfuscations, instances, grid.solvable, grid.seeds
    ):
        given, size = (instance, instance.size) if isinstance(instance, Given) else (None, instance)
        for model, strategy, augmentation in product(
            grid.models or (None,), grid.strategies, grid.augmentations
        ):
            yield Cell(
                family=family,
                size=size,
                seed=seed,
                strategy=strategy,
                model=model,
                obfuscation=obfuscation,
                solvable=solvable,
                augmentation=augmentation,
                share=grid.share,
                budget=budget,
                given=given,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A part of a suite's cells: ``sample`` of them drawn by ``seed``, then the first ``limit``."""

    limit: int | None = None
    sample: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("limit", "sample"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} is {value}, wanted 1 or more")

    def of(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The part, in the order of the suite; all of them where there are fewer."""
        if self.sample is not None and self.sample < len(cells):
            rng = Random(f"sample {self.seed}")  # noqa: S311 - a sample is no secret
            cells = tuple(cells[i] for i in sorted(rng.sample(range(len(cells)), self.sample)))
        return cells[: self.limit]
