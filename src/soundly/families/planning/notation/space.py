"""Blocksworld as states and operators, for solvers that write their operations down."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from soundly.core.notation import Words
from soundly.families.planning.notation.roles import PICK_UP, PUT_DOWN, STACK, UNSTACK
from soundly.families.planning.notation.towers import TABLE, stacks

HELD = -3
NEXT, HOLD = "/", "hold"
_State: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BlocksworldSpace:
    """A state says of every block what it is on; the block in the hand is on `HELD`."""

    start: _State
    wanted: Mapping[int, int] = field(hash=False)

    def successors(self, state: Hashable) -> Sequence[tuple[Words, Hashable]]:
        """With a free hand: take a clear block; with a block in it: put it down or onto another."""
        below = cast(_State, state)
        tops = [block for block in range(len(below)) if block not in below]
        if HELD in below:
            held = below.index(HELD)
            return [
                ((PUT_DOWN, f"#{held}"), _moved(below, held, TABLE)),
                *(
                    ((STACK, f"#{held}", f"#{top}"), _moved(below, held, top))
                    for top in tops
                    if top != held
                ),
            ]
        return [
            (
                (PICK_UP, f"#{top}")
                if below[top] == TABLE
                else (UNSTACK, f"#{top}", f"#{below[top]}"),
                _moved(below, top, HELD),
            )
            for top in tops
        ]

    def estimate(self, state: Hashable) -> int:
        """Two steps for each block that has to move, one for the block in the hand.

        A block has to move when it is not where it is wanted, or when one below it has to.
        """
        below = cast(_State, state)
        steps = 1 if HELD in below else 0
        return steps + 2 * sum(
            below[block] != HELD and self._has_to_move(below, block) for block in range(len(below))
        )

    def words(self, state: Hashable) -> Words:
        """Towers from the bottom up, in the order of their lowest blocks; ``hold #3`` last."""
        below = cast(_State, state)
        standing = {block: under for block, under in enumerate(below) if under != HELD}
        words: list[str] = []
        for place, tower in enumerate(stacks(standing, range(len(below)))):
            words += [NEXT] if place else []
            words += [f"#{block}" for block in tower]
        return (*words, HOLD, f"#{below.index(HELD)}") if HELD in below else tuple(words)

    def _has_to_move(self, below: _State, block: int) -> bool:
        while block >= 0:
            if self.wanted.get(block, below[block]) != below[block]:
                return True
            block = below[block]
        return False


def _moved(below: _State, block: int, to: int) -> _State:
    return (*below[:block], to, *below[block + 1 :])
