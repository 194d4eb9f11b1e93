"""Sokoban as states and operators, for solvers that write their operations down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from soundly.core.notation import Words
from soundly.families.planning.sokoban_grid import (
    DIRECTIONS,
    Cell,
    Sokoban,
    cell_before,
    next_cell,
)

HOPELESS: Final = 99
"""The estimate where some box can come to no goal: more than any plan that is written down."""

_State: TypeAlias = tuple[Cell, ...]


def cell_word(cell: Cell) -> str:
    """The word for a cell: its row and column."""
    return f"{cell[0]}-{cell[1]}"


def move_word(kind: str, worker: Cell, way: str) -> str:
    """The word for an action, which says all of it: ``walk-2-3-up`` from row 2, column 3."""
    return f"{kind}-{cell_word(worker)}-{way}"


@dataclass(frozen=True, slots=True)
class SokobanSpace:
    """A state is the worker's cell, then the boxes' in order; an operator is one action."""

    instance: Sokoban
    _pushes: dict[Cell, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _walks: dict[Cell, dict[Cell, int]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._pushes.update(_distances(self.instance.goal, self._pulled))

    @property
    def start(self) -> _State:
        """Where worker and boxes are at first."""
        return (self.instance.worker, *sorted(self.instance.boxes))

    def successors(self, state: Hashable) -> Sequence[tuple[Words, Hashable]]:
        """A step or a push in each direction in which one can be made."""
        worker, *boxes = cast("_State", state)
        found: list[tuple[Words, Hashable]] = []
        for way in DIRECTIONS:
            cell = next_cell(worker, way)
            behind = next_cell(cell, way)
            if cell not in self.instance.floor:
                continue
            if cell not in boxes:
                found.append(((move_word("walk", worker, way),), (cell, *boxes)))
            elif behind in self.instance.floor and behind not in boxes:
                pushed = sorted(behind if box == cell else box for box in boxes)
                found.append(((move_word("push", worker, way),), (cell, *pushed)))
        return found

    def estimate(self, state: Hashable) -> int:
        """The pushes that take each box to the goal nearest to it, and the way to the nearest box.

        Every other box is taken to be out of the way. `HOPELESS` where that is not enough.
        """
        worker, *boxes = cast("_State", state)
        if self.instance.goal == set(boxes):
            return 0
        ways = [self._way(worker, box) for box in boxes]
        pushes = [self._pushes.get(box, HOPELESS) for box in boxes]
        return min(sum(pushes) + min(ways) - 1, HOPELESS)

    def words(self, state: Hashable) -> Words:
        """The worker's cell, then the boxes'."""
        return tuple(map(cell_word, cast("_State", state)))

    def _way(self, worker: Cell, box: Cell) -> int:
        if box not in self._walks:
            self._walks[box] = _distances([box], self._beside)
        return self._walks[box].get(worker, HOPELESS)

    def _beside(self, cell: Cell) -> list[Cell]:
        return [
            there for way in DIRECTIONS if (there := next_cell(cell, way)) in self.instance.floor
        ]

    def _pulled(self, box: Cell) -> list[Cell]:
        """The cells from which one push brings a box here."""
        runs = ((cell_before(box, way), way) for way in DIRECTIONS)
        floor = self.instance.floor
        return [cell for cell, way in runs if {cell, cell_before(cell, way)} <= floor]


def _distances(
    sources: Iterable[Cell], neighbours: Callable[[Cell], list[Cell]]
) -> dict[Cell, int]:
    """Steps from the nearest source, for every cell that can be reached from one."""
    found = dict.fromkeys(sources, 0)
    frontier = deque(found)
    while frontier:
        cell = frontier.popleft()
        for there in neighbours(cell):
            if there not in found:
                found[there] = found[cell] + 1
                frontier.append(there)
    return found
