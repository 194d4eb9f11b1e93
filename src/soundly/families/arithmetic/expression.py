"""Expressions: read strictly, worked out exactly, spelt in one way.

The grammar, in which operators of equal rank go from left to right and spaces do not matter::

    sum     = product { ("+" | "-") product }
    product = operand { ("*" | "/") operand }
    operand = ["-"] number | "(" sum ")"
    number  = digits without a leading zero, with or without decimals: 12, 0.5

Nothing is evaluated but by this module, and always as fractions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

MAX_LENGTH = 500
MAX_NESTING = 50

_TOKEN = re.compile(r"\s*(?:((?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,20})?(?![0-9.]))|([-+*/()]))\s*")
_APPLY: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_LEAF_RANK = 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: below zero, or a fraction, where it is a result that is used again."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on two expressions; ``sign`` is one of ``+ - * /``."""

    sign: str
    left: Expression
    right: Expression


Expression: TypeAlias = Number | Operation


class Malformed(Exception):  # noqa: N818 - a finding about an answer, not a failure
    """A text that is no expression; the message says what stands where."""


def parse(text: str) -> Expression:
    """The expression that a text spells, all of it.

    Raises `Malformed`, also for more than 500 characters or 50 levels of parentheses.
    """
    if len(text) > MAX_LENGTH:
        raise Malformed(f"it is {len(text)} characters long; at most {MAX_LENGTH} are read")
    reader = _Reader(list(_tokens(text)))
    expression = reader.sum(0)
    if reader.ahead:
        raise Malformed(f"{reader.ahead!r} follows where an operator or the end has to be")
    return expression


def apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    """The result of one operation; raises `ZeroDivisionError`."""
    return _APPLY[sign](left, right)


def value_of(expression: Expression) -> Fraction:
    """What an expression makes, exactly; raises `ZeroDivisionError`."""
    if isinstance(expression, Number):
        return expression.value
    return apply(expression.sign, value_of(expression.left), value_of(expression.right))


def spell(expression: Expression) -> str:
    """An expression with no more parentheses than it needs: ``8 / (3 - 8 / 3)``."""
    if isinstance(expression, Number):
        return str(expression.value)
    rank = _RANK[expression.sign]
    left, right = spell(expression.left), spell(expression.right)
    if _rank(expression.left) < rank:
        left = f"({left})"
    if _rank(expression.right) <= rank:
        right = f"({right})"
    return f"{left} {expression.sign} {right}"


def _rank(expression: Expression) -> int:
    if isinstance(expression, Operation):
        return _RANK[expression.sign]
    return _LEAF_RANK if expression.value.denominator == 1 else _RANK["/"]


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            piece = text[position:].split()
            raise Malformed(f"{piece[0] if piece else ' '!r:.40} is no number, operator or bracket")
        yield match[1] or match[2]
        position = match.end()


class _Reader:
    """Recursive descent; ``ahead`` is the next token, empty at the end."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._next = 0

    @property
    def ahead(self) -> str:
        return self._tokens[self._next]

    def _take(self) -> str:
        token = self.ahead
        self._next += 1
        return token

    def sum(self, depth: int) -> Expression:
        left = self._product(depth)
        while self.ahead in ("+", "-"):
            left = Operation(self._take(), left, self._product(depth))
        return left

    def _product(self, depth: int) -> Expression:
        left = self._operand(depth)
        while self.ahead in ("*", "/"):
            left = Operation(self._take(), left, self._operand(depth))
        return left

    def _operand(self, depth: int) -> Expression:
        token = self._take()
        if token == "(":
            if depth == MAX_NESTING:
                raise Malformed(f"it is nested deeper than {MAX_NESTING} levels")
            inner = self.sum(depth + 1)
            if self._take() != ")":
                raise Malformed("a parenthesis is left open")
            return inner
        negative = token == "-"
        if negative:
            token = self._take()
        if not token[:1].isdigit():
            what = f"{token!r} stands" if token else "it ends"
            raise Malformed(f"{what} where a number or '(' has to be")
        return Number(-Fraction(token) if negative else Fraction(token))
