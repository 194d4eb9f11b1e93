"""A Blocksworld problem as towers: where blocks are and what is wanted under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = int
TABLE = -1


@dataclass(frozen=True, slots=True)
class Towers:
    """Blocks are numbers from 0 on, and `TABLE` stands below each tower.

    ``below`` says of every block what it is on; ``wanted`` what it is to be on, for the blocks of
    which the goal says so. Raises `ValueError` where that is no arrangement of towers: two blocks
    on one, or a block above itself.
    """

    below: tuple[Block, ...]
    wanted: Mapping[Block, Block] = field(hash=False)

    def __post_init__(self) -> None:
        _require_towers(dict(enumerate(self.below)))
        _require_towers(self.wanted)

    def __len__(self) -> int:
        return len(self.below)

    def canonical_order(self) -> list[Block]:
        """The blocks in an order that does not depend on how they are numbered.

        Start and goal are two partial one-to-one maps on the blocks, so whoever begins at a block
        and always goes up and down in the same way comes to see everything that hangs together in
        one order. Of the beginnings that with the smallest report is taken; beginnings with equal
        reports differ by a symmetry of the problem.
        """
        ways = [_upward(self.below), self.below, self._wanted_above(), self._wanted_below()]
        left = set(range(len(self)))
        pieces: list[tuple[tuple[tuple[int, ...], ...], list[Block]]] = []
        while left:
            together = _walk(min(left), ways)
            pieces.append(
                min(
                    (_report(order, ways), order)
                    for order in (_walk(block, ways) for block in together)
                )
            )
            left -= set(together)
        return [block for _, order in sorted(pieces) for block in order]

    def _wanted_below(self) -> tuple[int, ...]:
        return tuple(self.wanted.get(block, _UNSAID) for block in range(len(self)))

    def _wanted_above(self) -> tuple[int, ...]:
        above = [_UNSAID] * len(self)
        for block, under in self.wanted.items():
            if under != TABLE:
                above[under] = block
        return tuple(above)


_UNSAID = -2


def _upward(below: Sequence[int]) -> tuple[int, ...]:
    above = [_UNSAID] * len(below)
    for block, under in enumerate(below):
        if under != TABLE:
            above[under] = block
    return tuple(above)


def _walk(first: Block, ways: Sequence[Sequence[int]]) -> list[Block]:
    """The blocks that hang together with the first one, in the order in which they are met."""
    order, seen = [first], {first}
    for block in order:
        for way in ways:
            there = way[block]
            if there >= 0 and there not in seen:
                seen.add(there)
                order.append(there)
    return order


def _report(order: list[Block], ways: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    place = {block: number for number, block in enumerate(order)}
    return tuple(tuple(place.get(way[b], way[b]) for way in ways) for b in order)


def _require_towers(below: Mapping[int, int]) -> None:
    carrying = [under for under in below.values() if under != TABLE]
    if len(set(carrying)) != len(carrying):
        raise ValueError("two blocks are to be on one")
    for block in below:
        under, steps = below.get(block, TABLE), 0
        while under != TABLE:
            under, steps = below.get(under, TABLE), steps + 1
            if steps > len(below):
                raise ValueError("a block is to be above itself")


def stacks(below: Mapping[Block, Block], order: Sequence[Block]) -> list[list[Block]]:
    """Chains from the bottom up, in the order in which their bottoms stand in ``order``.

    Only blocks are in them of which ``below`` says something, or that something is to be on.
    """
    above = {under: block for block, under in below.items() if under != TABLE}
    bottoms = [b for b in order if below.get(b, TABLE) == TABLE and (b in below or b in above)]
    chains: list[list[Block]] = []
    for bottom in bottoms:
        chain = [bottom]
        while chain[-1] in above:
            chain.append(above[chain[-1]])
        chains.append(chain)
    return chains
