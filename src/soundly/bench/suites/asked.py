"""From a cell to what is asked: the problem, the strategy and the model, by their names."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, Final

from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Price
from soundly.config import registry
from soundly.config.families import draw, draw_unsolvable, make_family
from soundly.config.strategies import DEFAULT, needs_model, parse_strategy
from soundly.core.errors import UsageError
from soundly.core.family import DrawsUnsolvable, PromptStyle
from soundly.core.problem import Problem
from soundly.core.session import Strategy
from soundly.core.splits import Split, Splits, draw_from, is_held_out

_PATIENCE: Final = 2_000


@lru_cache(maxsize=1024)
def problem_of(cell: Cell) -> Problem:
    """The cell's instance: the same one for the same coordinates.

    Raises `UsageError` for what the family does not draw, and where the texts of a problem from
    files are not here.
    """
    if cell.given is not None:
        return cell.given.stated(cell.family)
    name = cell.family_name
    if cell.share == "any":
        drawn = draw if cell.solvable else draw_unsolvable
        return drawn(name, size=cell.size, seed=cell.seed)
    family: object = make_family(name)
    if not isinstance(family, Splits):
        raise UsageError(f"family {name!r} does not tell trained instances from unseen ones")
    if not cell.solvable:
        return _unsolvable(cell, family)
    split: Split = "train"
    if cell.share == "unseen":
        split = "held-out" if cell.size <= family.dial.trained else "beyond"
    return replace(draw_from(family, split, size=cell.size, seed=cell.seed), size=cell.size)


def strategy_of(cell: Cell) -> Strategy:
    """The cell's strategy, with its augmentation; raises `UsageError` for one that is none."""
    return _strategy(spelled(cell.strategy, cell.augmentation), cell.family_name)


@cache
def _strategy(text: str, family: str) -> Strategy:
    return parse_strategy(text, make_family(family))


def spelled(strategy: str, augmentation: str) -> str:
    """The strategy as it is typed with the augmentation, which every stage that prompts gets.

    Raises `UsageError` where no stage takes one.
    """
    if augmentation == "none":
        return strategy
    if strategy.strip() == DEFAULT:
        raise UsageError(
            f"strategy {DEFAULT!r} takes no augmentation: spell its stages, as in refine+kairos"
        )
    stages = [stage.strip() for stage in strategy.split("+")]
    taking = [_takes_augmentation(stage) for stage in stages]
    if not any(taking):
        raise UsageError(f"strategy {strategy!r} takes no augmentation, and {augmentation} came")
    return "+".join(
        f"{stage}{',' if ':' in stage else ':'}augmentation={augmentation}" if takes else stage
        for stage, takes in zip(stages, taking, strict=True)
    )


def _takes_augmentation(stage: str) -> bool:
    name = stage.partition(":")[0]
    if name not in registry.names("strategies"):
        return False
    function: Callable[..., Any] = registry.load("strategies", name)
    return any(
        isinstance(parameter.default, PromptStyle)
        for parameter in inspect.signature(function).parameters.values()
    )


def plain(cell: Cell) -> Cell:
    """The cell without what its strategy does not use: a solver asks no model and has no prompt."""
    if needs_model(cell.strategy):
        return cell
    return replace(cell, model=None, augmentation="none")


def distinct(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Each cell once, where it came first."""
    seen: set[Cell] = set()
    for cell in cells:
        if cell not in seen:
            seen.add(cell)
            yield cell


def priced(model: str, prices: Iterable[Price]) -> str:
    """The model as it is opened: with the price that was stated for it, if one was."""
    for price in prices:
        if price.model == model:
            stated = (
                f"input_price={price.input_per_million},output_price={price.output_per_million}"
            )
            return f"{model}{',' if '?' in model else '?'}{stated}"
    return model


def _unsolvable(cell: Cell, family: Splits) -> Problem:
    """An unsolvable instance of the share: seeds are tried in a fixed order until one comes up."""
    if not isinstance(family, DrawsUnsolvable):
        raise UsageError(f"family {family.name!r} draws no unsolvable instances")
    for attempt in range(_PATIENCE):
        problem = family.draw_unsolvable(size=cell.size, seed=cell.seed + attempt * 1_000_003)
        form = f"{family.name}\n{family.canonical_form(problem)}"
        beyond = cell.size > family.dial.trained
        if (beyond or is_held_out(form)) == (cell.share == "unseen"):
            return replace(problem, size=cell.size)
    raise UsageError(
        f"{family.name}: no unsolvable instance of size {cell.size} came up for {cell.share!r}"
    )
