"""The h² fixpoint: which literals, and which pairs of literals, can be reached.

Haslum and Geffner, "Admissible heuristics for optimal planning" (AIPS 2000), as reachability of
pairs: a pair is reached if an action makes both, or makes one and leaves the other, and all pairs
among what that takes are reached. A pair that is not reached never holds in any state.
"""

from __future__ import annotations

from collections.abc import Iterable

from soundly.families.planning.proofs.evidence import Deadline
from soundly.families.planning.proofs.transitions import Literal, Transition


class Reached:
    """Reached literals and pairs. Row *i* holds a bit for each literal reached together with *i*.

    A literal is reached if its own bit stands in its row.
    """

    def __init__(self, literals: Iterable[Literal], start: Iterable[Literal]) -> None:
        self._numbers = {literal: number for number, literal in enumerate(literals)}
        self._rows = [0] * len(self._numbers)
        together = [self._numbers[literal] for literal in start]
        bits = sum(1 << number for number in together)
        for number in together:
            self._rows[number] = bits
        self._alone = bits

    def may_hold(self, literal: Literal) -> bool:
        """Whether the literal is reached. An atom that no row stands for is never true."""
        return self.may_hold_together(literal, literal)

    def may_hold_together(self, first: Literal, second: Literal) -> bool:
        """Whether the two are reached together."""
        numbers = self._numbers
        if first in numbers and second in numbers:
            return bool(self._rows[numbers[first]] >> numbers[second] & 1)
        return all(literal in numbers or not literal[1] for literal in (first, second))

    def saturate(self, transitions: Iterable[Transition], deadline: Deadline) -> None:
        """Follows the transitions until no new pair is reached."""
        compiled = [
            (
                [self._numbers[literal] for literal in transition.needs],
                self._bits(transition.needs),
                [self._numbers[literal] for literal in transition.makes],
                self._bits(transition.makes),
                ~self._bits(transition.undoes),
            )
            for transition in transitions
            if self._numbers.keys() >= transition.needs
        ]
        changed = -1
        while changed:
            recent, changed = changed, 0
            for needs, need_bits, makes, make_bits, left in compiled:
                if need_bits and not need_bits & recent:
                    continue
                deadline.check()
                changed |= self._follow(needs, need_bits, makes, make_bits, left)

    def _follow(
        self, needs: list[int], need_bits: int, makes: list[int], make_bits: int, left: int
    ) -> int:
        """Reaches what one transition reaches; the literals whose rows grew, as bits."""
        rows = self._rows
        beside = self._alone
        for number in needs:
            beside &= rows[number]
        if beside & need_bits != need_bits:
            return 0
        beside = beside & left | make_bits
        grown = 0
        for number in makes:
            new = beside & ~rows[number]
            if not new:
                continue
            rows[number] |= new
            grown |= 1 << number | new
            self._alone |= 1 << number
            bit = 1 << number
            while new:
                lowest = new & -new
                rows[lowest.bit_length() - 1] |= bit
                new ^= lowest
        return grown

    def _bits(self, literals: Iterable[Literal]) -> int:
        return sum(1 << self._numbers[literal] for literal in literals if literal in self._numbers)
