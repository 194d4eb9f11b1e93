"""A line of an answer: an expression, and what it is said to make.

An answer is one line, ``(8 - 4) * (7 - 1) = 24``, or step after step, where a step may use what an
earlier one has made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from soundly.families.arithmetic.expression import (
    Expression,
    Number,
    Operation,
    parse,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Line:
    """``expression`` uses up numbers; ``said`` is what stands on the other sides of ``=``."""

    expression: Expression
    said: tuple[Expression, ...]


def read_line(text: str) -> Line:
    """The line that a text spells.

    Of several sides the first that works something out uses the numbers, whether the result
    stands to its right or to its left. Raises `Malformed`.
    """
    sides = [parse(side) for side in text.split("=")]
    worked = (place for place, side in enumerate(sides) if isinstance(side, Operation))
    place = next(worked, 0)
    return Line(sides[place], (*sides[:place], *sides[place + 1 :]))


class Stock:
    """The numbers at hand: those given, less those used, and what steps have made.

    A made fraction may be written as a division: after ``8 / 3 = 8/3`` the next step's ``3 - 8/3``
    uses what was made. Two numbers of one value are as good as each other, so the made one goes
    first.
    """

    def __init__(self, given: Sequence[int]) -> None:
        self._left = Counter(map(Fraction, given))
        self._made: dict[Fraction, list[Expression]] = {}

    def use(self, expression: Expression) -> tuple[Expression, tuple[Fraction, ...]]:
        """The expression with made numbers written out, and the numbers that were not at hand."""
        missing: list[Fraction] = []
        return self._use(expression, missing), tuple(missing)

    def add(self, value: Fraction, expression: Expression) -> None:
        """Puts what a step has made to the numbers at hand."""
        self._left[value] += 1
        self._made.setdefault(value, []).append(expression)

    def left(self) -> Iterator[Fraction]:
        """The numbers still at hand, in ascending order."""
        return iter(sorted(self._left.elements()))

    def has(self, values: Iterable[Fraction]) -> bool:
        """Whether all of these are at hand together."""
        return not Counter(values) - self._left

    def become(self, values: Iterable[Fraction]) -> None:
        """Puts exactly these at hand.

        What is among them and was made stays made. One that takes the place of another is made as
        that one was.
        """
        before, self._left = self._left, Counter(values)
        gone, new = (list(each.elements()) for each in (before - self._left, self._left - before))
        if len(gone) == len(new) == 1 and self._made.get(gone[0]):
            self._made.setdefault(new[0], []).append(self._made[gone[0]].pop())

    def made(self, value: Fraction) -> bool:
        """Whether a step has made this number and none has used it."""
        return bool(self._left[value] and self._made.get(value))

    def _use(self, expression: Expression, missing: list[Fraction]) -> Expression:
        if isinstance(expression, Number):
            return self._take(expression, missing)
        if self._is_made_fraction(expression):
            return self._take(Number(value_of(expression)), missing)
        left = self._use(expression.left, missing)
        return Operation(expression.sign, left, self._use(expression.right, missing))

    def _is_made_fraction(self, expression: Operation) -> bool:
        if expression.sign != "/" or not isinstance(expression.right, Number):
            return False
        if not isinstance(expression.left, Number) or not expression.right.value:
            return False
        value = value_of(expression)
        return value.denominator > 1 and bool(self._made.get(value))

    def _take(self, number: Number, missing: list[Fraction]) -> Expression:
        value = number.value
        if not self._left[value]:
            missing.append(value)
            return number
        self._left[value] -= 1
        made = self._made.get(value)
        return made.pop() if made else number
