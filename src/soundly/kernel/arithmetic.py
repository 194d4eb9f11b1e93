"""The kind ``arithmetic-expression``: an expression of the given numbers that makes the target.

Statement: ``{"numbers": "3 3 8 8", "target": "24", "use": "all"}``; with ``"use": "any"`` numbers
may be left over. Evidence: ``{"expression": "8 / (3 - 8 / 3)"}``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from soundly.kernel.evidence import fields_of
from soundly.kernel.refused import Refused

MAX_NUMBERS = 6
MAX_LENGTH = 1_000
MAX_NESTING = 50

_NUMBERS = re.compile(r"[1-9][0-9]{0,6}(?: [1-9][0-9]{0,6})*")
_TARGET = re.compile(r"0|[1-9][0-9]{0,6}")
_TOKEN = re.compile(r" *(?:([1-9][0-9]{0,6}(?![0-9]))|([-+*/()])) *")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement asks for: ``numbers`` in ascending order, and whether all must be used."""

    numbers: tuple[int, ...]
    target: int
    use_all: bool


def read_stated(statement: Mapping[str, object]) -> Stated:
    """The statement as values; refuses any other fields or spellings."""
    if set(statement) != {"numbers", "target", "use"}:
        raise Refused("the statement has to have the fields numbers, target, use")
    numbers, target, use = (statement[name] for name in ("numbers", "target", "use"))
    if not isinstance(numbers, str) or not _NUMBERS.fullmatch(numbers):
        raise Refused(f"{numbers!r:.80} are no positive whole numbers with single spaces")
    if not isinstance(target, str) or not _TARGET.fullmatch(target):
        raise Refused(f"{target!r:.80} is no target: a whole number of at most seven digits")
    if use not in ("all", "any"):
        raise Refused(f"use is {use!r:.80}, and has to be 'all' or 'any'")
    values = tuple(sorted(map(int, numbers.split(" "))))
    if len(values) > MAX_NUMBERS:
        raise Refused(f"there are {len(values)} numbers; at most {MAX_NUMBERS} are read")
    return Stated(values, int(target), use == "all")


def check_expression(statement: Mapping[str, object], evidence: object) -> str:
    """Works the expression out; refuses a number not given, one left over, or another value."""
    stated = read_stated(statement)
    (text,) = fields_of(evidence, "expression")
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        raise Refused(f"the expression has to be a string of at most {MAX_LENGTH} characters")
    reader = _Reader(_tokens(text))
    value = reader.whole()
    given = Counter(stated.numbers)
    if too_many := reader.used - given:
        raise Refused(f"{min(too_many)} is used more often than it is given")
    if stated.use_all and (left := given - reader.used):
        raise Refused(f"{min(left)} is left over, and all numbers have to be used")
    if value != stated.target:
        raise Refused(f"the expression makes {value}, not {stated.target}")
    return f"{text} = {stated.target}"


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise Refused(f"{text[position]!r} is no part of an expression")
        tokens.append(match[1] or match[2])
        position = match.end()
    return tokens


class _Reader:
    """Works an expression out from left to right; ``used`` counts its numbers."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._next = 0
        self.used: Counter[int] = Counter()

    def whole(self) -> Fraction:
        value = self._sum(0)
        if self._tokens[self._next]:
            raise Refused(f"{self._tokens[self._next]!r} follows a whole expression")
        return value

    def _sum(self, depth: int) -> Fraction:
        value = self._product(depth)
        while (sign := self._tokens[self._next]) in ("+", "-"):
            self._next += 1
            term = self._product(depth)
            value = value + term if sign == "+" else value - term
        return value

    def _product(self, depth: int) -> Fraction:
        value = self._operand(depth)
        while (sign := self._tokens[self._next]) in ("*", "/"):
            self._next += 1
            factor = self._operand(depth)
            if sign == "/" and factor == 0:
                raise Refused("the expression divides by zero")
            value = value * factor if sign == "*" else value / factor
        return value

    def _operand(self, depth: int) -> Fraction:
        token = self._tokens[self._next]
        self._next += 1
        if token == "(":
            if depth == MAX_NESTING:
                raise Refused(f"the expression is nested deeper than {MAX_NESTING} levels")
            value = self._sum(depth + 1)
            if self._tokens[self._next] != ")":
                raise Refused("the expression leaves a parenthesis open")
            self._next += 1
            return value
        if not token.isdigit():
            raise Refused(f"{token or 'the end'!r} stands where a number has to be")
        self.used[int(token)] += 1
        return Fraction(int(token))
