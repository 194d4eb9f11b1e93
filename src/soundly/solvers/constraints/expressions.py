"""Sums and comparisons as text: ``x + 2*y <= z - 1``."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

from soundly.solvers.constraints.model import Comparison, Linear, Operator

MAX_NUMBER = 1_000_000
MAX_CHARACTERS = 2_000

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,18})(?!\w)|(?P<name>[A-Za-z_]\w{0,60})"
    r"|(?P<sign>==|!=|<=|>=|[=<>+*-])|(?P<other>\S))",
    re.ASCII,
)
NAME = re.compile(r"[A-Za-z_]\w{0,60}", re.ASCII)


class ExpressionError(ValueError):
    """A text that is no sum or no comparison: what was wrong, where, and what was wanted."""


def read_comparison(text: str) -> Comparison:
    """``sum operator sum`` as one sum compared with 0; raises `ExpressionError`.

    The operators are ``== != <= >= < >``, and ``=`` for ``==``. A comparison in which no variable
    is left is refused: it would say nothing of the problem, or that it has no solution.
    """
    tokens = _Tokens(text)
    left = tokens.linear()
    sign = tokens.take("sign")
    if sign == "=":
        sign = "=="
    operator = next((each for each in get_args(Operator) if each == sign), None)
    if operator is None:
        raise tokens.error("wanted one of == != <= >= < > between two sums")
    right = tokens.linear()
    tokens.end()
    both = _sum([(1, left), (-1, right)])
    if not both.terms:
        raise ExpressionError(f"{text!r:.80} compares no variable")
    return Comparison(both, operator)


def read_linear(text: str) -> Linear:
    """``2*x - y + 3``; raises `ExpressionError`."""
    tokens = _Tokens(text)
    found = tokens.linear()
    tokens.end()
    return found


class _Tokens:
    """The tokens of one text, and where the next one stands."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise ExpressionError(f"{text[:40]!r}… has more than {MAX_CHARACTERS:,} characters")
        self._text = text
        self._tokens = [m for m in _TOKEN.finditer(text) if m.lastgroup]
        self._next = 0

    def linear(self) -> Linear:
        """A sum of terms."""
        parts: list[tuple[int, Linear]] = []
        sign = self.take("sign", "+", "-") or "+"
        while sign:
            parts.append((-1 if sign == "-" else 1, self._term()))
            sign = self.take("sign", "+", "-") or ""
        return _sum(parts)

    def _term(self) -> Linear:
        """A number, a variable, or one times the other."""
        number, name = self._number(), None
        if number is None or self.take("sign", "*"):
            name = self.take("name")
            if name is None:
                raise self.error("wanted a variable or a number")
            if number is None and self.take("sign", "*"):
                number = self._number()
                if number is None:
                    raise self.error("wanted a number: variables cannot be multiplied")
        if name is None:
            return Linear((), number or 0)
        return Linear(((name, 1 if number is None else number),))

    def _number(self) -> int | None:
        digits = self.take("number")
        if digits is None:
            return None
        if int(digits) > MAX_NUMBER:
            raise ExpressionError(f"{digits} is more than {MAX_NUMBER:,}")
        return int(digits)

    def take(self, kind: str, *wanted: str) -> str | None:
        """The next token where it is of this kind and among those wanted, else None."""
        if self._next == len(self._tokens):
            return None
        token = self._tokens[self._next]
        text = token[token.lastgroup or 0]
        if token.lastgroup != kind or (wanted and text not in wanted):
            return None
        self._next += 1
        return str(text)

    def end(self) -> None:
        """Refuse whatever is left."""
        if self._next < len(self._tokens):
            raise self.error("wanted the end")

    def error(self, wanted: str) -> ExpressionError:
        """What came in place of what was wanted."""
        text = self._text.strip()
        if self._next == len(self._tokens):
            return ExpressionError(f"{text!r:.80} ends too early: {wanted}")
        token = self._tokens[self._next]
        column = token.start(token.lastgroup or 0) + 1
        found = token[token.lastgroup or 0]
        return ExpressionError(f"{text!r:.80}, character {column}: found {found!r}, {wanted}")


def _sum(parts: list[tuple[int, Linear]]) -> Linear:
    factors: Counter[str] = Counter()
    constant = 0
    for sign, part in parts:
        constant += sign * part.constant
        for name, factor in part.terms:
            factors[name] += sign * factor
    return Linear(tuple((name, factor) for name, factor in factors.items() if factor), constant)
