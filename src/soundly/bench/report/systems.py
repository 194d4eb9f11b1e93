"""Results by what is compared: a model with a strategy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from soundly.bench.runs.result import CellResult
from soundly.bench.suites.asked import spelled
from soundly.bench.suites.cell import Cell

Key = TypeVar("Key")
Results = tuple[CellResult, ...]


@dataclass(frozen=True, slots=True)
class System:
    """What answers: ``model`` is None where the strategy asks none.

    ``strategy`` is spelled with its augmentation.
    """

    model: str | None
    strategy: str

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.model, self.strategy)))


def system_of(cell: Cell) -> System:
    """The system that a cell asks."""
    return System(cell.model, _spelled(cell.strategy, cell.augmentation))


_spelled = cache(spelled)


def grouped(results: Iterable[CellResult], key: Callable[[Cell], Key]) -> dict[Key, Results]:
    """The results by a key of their cells, in the order in which keys came."""
    found: dict[Key, list[CellResult]] = {}
    for each in results:
        found.setdefault(key(each.cell), []).append(each)
    return {name: tuple(each) for name, each in found.items()}


def by_system(results: Iterable[CellResult]) -> dict[System, Results]:
    """The results of each system, in the order in which systems came."""
    return grouped(results, system_of)


def by_family(results: Iterable[CellResult]) -> dict[str, Results]:
    """The results about each family, by the name under which it is registered."""
    return grouped(results, lambda cell: cell.family_name)


def ids(results: Iterable[CellResult]) -> tuple[str, ...]:
    """The sessions behind the results."""
    return tuple(each.session_id for each in results)
