"""Plans for towers without search: direct moves where they are possible, or by way of the table.

Optimal plans are NP-hard to find; these are at most twice as long (Gupta and Nau, 1992; Slaney and
Thiébaux, 2001, who call the two strategies GN1 and US).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from soundly.families.planning.notation.roles import PICK_UP, PUT_DOWN, STACK, UNSTACK
from soundly.families.planning.notation.towers import TABLE, Block, Towers

Move: TypeAlias = tuple[Block, Block]
"""A block and what it goes onto."""

Action: TypeAlias = tuple[str, Block] | tuple[str, Block, Block]


def direct_moves(towers: Towers, order: Sequence[Block]) -> Iterator[Move]:
    """Each block goes where it is wanted as soon as it can; while none can, one goes to the table.

    Of several blocks the first in ``order`` moves.
    """
    standing = _Standing(towers)
    while moving := [block for block in order if standing.has_to_move(block)]:
        yield standing.move(
            next(standing.final_moves(moving), None) or standing.out_of_the_way(moving)
        )


def table_moves(towers: Towers, order: Sequence[Block]) -> Iterator[Move]:
    """Every block that has to move goes to the table, then the towers are built from there."""
    standing = _Standing(towers)
    for bottom in [block for block in order if towers.below[block] == TABLE]:
        for block in reversed(standing.tower(bottom)):
            if standing.has_to_move(block) and standing.below[block] != TABLE:
                yield standing.move((block, TABLE))
    while moving := [block for block in order if standing.has_to_move(block)]:
        yield standing.move(next(standing.final_moves(moving)))


def actions(towers: Towers, moves: Iterator[Move]) -> Iterator[Action]:
    """The hand's actions: two for each move."""
    below = list(towers.below)
    for block, to in moves:
        yield (PICK_UP, block) if below[block] == TABLE else (UNSTACK, block, below[block])
        yield (PUT_DOWN, block) if to == TABLE else (STACK, block, to)
        below[block] = to


class _Standing:
    """Where the blocks are by now."""

    def __init__(self, towers: Towers) -> None:
        self.below = list(towers.below)
        self._wanted = towers.wanted
        self._wanted_on = {under: block for block, under in towers.wanted.items() if under != TABLE}

    def has_to_move(self, block: Block) -> bool:
        """Whether it, or one below it, is where something else is wanted."""
        while block != TABLE:
            under = self.below[block]
            if self._wanted.get(block, under) != under:
                return True
            if under != TABLE and self._wanted_on.get(under, block) != block:
                return True
            block = under
        return False

    def final_moves(self, moving: Sequence[Block]) -> Iterator[Move]:
        """Moves to where a block can stay."""
        for block in moving:
            to = self._wanted.get(block, TABLE)
            if not self._is_clear(block) or to == self.below[block] == TABLE:
                continue
            if to == TABLE or (self._is_clear(to) and not self.has_to_move(to)):
                yield block, to

    def out_of_the_way(self, moving: Sequence[Block]) -> Move:
        """The first block that can be put on the table, and is not there yet."""
        return next((b, TABLE) for b in moving if self._is_clear(b) and self.below[b] != TABLE)

    def tower(self, bottom: Block) -> list[Block]:
        """From the bottom up."""
        tower = [bottom]
        while tower[-1] in self.below:
            tower.append(self.below.index(tower[-1]))
        return tower

    def move(self, move: Move) -> Move:
        """Make the move, and say which."""
        block, to = move
        self.below[block] = to
        return move

    def _is_clear(self, block: Block) -> bool:
        return block not in self.below
