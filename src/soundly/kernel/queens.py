"""The kinds ``n-queens`` and ``n-queens-drat``: a board completed, and one that cannot be.

A statement has ``n``, the number of queens and of the board's rows and columns, and may have
``placed``, the queens that stand already: ``"1:3 5:2"``, row and column, counted from 1. Evidence
of a completion is ``{"queens": [["1", "3"], …]}``, the placed ones included. Evidence that there is
none is ``{"proof": "…"}``: the proof, in DRAT, refutes `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from soundly.kernel.amount import amount
from soundly.kernel.drat import check_refutation
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

MAX_SIDE = 1000
MAX_CLAUSES = 1_000_000
"""So many clauses are written out and checked in seconds."""

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_WORD = re.compile(r"([1-9][0-9]{0,3}):([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Queens:
    """Rows and columns are 1 to ``side``; ``placed`` are squares, row first."""

    side: int
    placed: frozenset[tuple[int, int]]


def check_queens(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless each row has a queen, all placed ones stand, and none attacks another."""
    stated = read_queens(statement)
    (listed,) = fields_of(evidence, "queens")
    queens: set[tuple[int, int]] = set()
    taken: dict[tuple[str, int], tuple[int, int]] = {}
    for pair in list_of(listed, "queens"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise Refused(f"{pair!r:.80} is no pair of a row and a column")
        queen = _number(pair[0], stated.side), _number(pair[1], stated.side)
        for line in _lines(*queen):
            if line in taken:
                raise Refused(f"the queens on {taken[line]} and {queen} are on one {line[0]}")
            taken[line] = queen
        queens.add(queen)
    if len(queens) != stated.side:
        raise Refused(f"{len(queens)} of {stated.side} queens are placed")
    if not stated.placed <= queens:
        raise Refused(f"the queen on {min(stated.placed - queens)} has gone")
    return f"{amount(stated.side, 'queen')}, and none attacks another"


def check_no_queens(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the proof refutes the formula of the board."""
    stated = read_queens(statement)
    (proof,) = fields_of(evidence, "proof")
    if not isinstance(proof, str):
        raise Refused(f"the proof has to be a string, not {type(proof).__name__}")
    if count_clauses(stated) > MAX_CLAUSES:
        raise Refused(f"the formula has more than {MAX_CLAUSES} clauses")
    steps = check_refutation(stated.side**2, clauses(stated), proof)
    queens = f"{amount(len(stated.placed), 'queen')} placed" if stated.placed else "no queens"
    board = f"{amount(stated.side, 'queen')} with {queens}"
    return f"{board} cannot be completed: refuted in {amount(steps, 'step')}"


def clauses(stated: Queens) -> Iterator[tuple[int, ...]]:
    """The formula, satisfiable exactly if the board can be completed.

    Variable ``(row - 1) * side + column`` says that a queen is added on this square. Only squares
    that no placed queen attacks come up: each row and column without a queen has one of them, and
    no two of them on one line do. Placed queens that attack each other give the empty clause.
    """
    taken = [line for queen in sorted(stated.placed) for line in _lines(*queen)]
    attacked = set(taken)
    if len(attacked) < len(taken):
        yield ()
    free = _free(stated)
    for kind in ("row", "column"):
        for number in range(1, stated.side + 1):
            if (kind, number) not in attacked:
                yield tuple(free.get((kind, number), ()))
    for variables in free.values():
        for first, second in combinations(variables, 2):
            yield -first, -second


def count_clauses(stated: Queens) -> int:
    """At most so many clauses has the formula: cheaper than to write them out."""
    on_lines = (len(variables) for variables in _free(stated).values())
    return 2 * stated.side + 1 + sum(count * (count - 1) // 2 for count in on_lines)


def _free(stated: Queens) -> dict[tuple[str, int], list[int]]:
    """The variables of the squares that no placed queen attacks, on each line."""
    taken = {line for queen in stated.placed for line in _lines(*queen)}
    free: dict[tuple[str, int], list[int]] = {}
    for row in range(1, stated.side + 1):
        for column in range(1, stated.side + 1):
            through = _lines(row, column)
            if taken.isdisjoint(through):
                for line in through:
                    free.setdefault(line, []).append((row - 1) * stated.side + column)
    return free


def _lines(row: int, column: int) -> tuple[tuple[str, int], ...]:
    falling, rising = row - column, row + column
    return ("row", row), ("column", column), ("diagonal", falling), ("antidiagonal", rising)


def read_queens(statement: Mapping[str, object]) -> Queens:
    """The side and the placed queens that a statement spells."""
    placed = statement.get("placed", "")
    if set(statement) - {"placed"} != {"n"} or not isinstance(placed, str):
        raise Refused("the statement has to have the texts n and placed")
    side = _number(statement["n"], MAX_SIDE)
    queens: set[tuple[int, int]] = set()
    for word in placed.split():
        match = _WORD.fullmatch(word)
        if match is None:
            raise Refused(f"{word!r:.40} is no square: row:column is wanted")
        queen = _number(match[1], side), _number(match[2], side)
        if queen in queens:
            raise Refused(f"a queen is placed on {queen} twice")
        queens.add(queen)
    return Queens(side, frozenset(queens))


def _number(text: object, highest: int) -> int:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text) or int(text) > highest:
        raise Refused(f"{text!r:.40} is no number from 1 to {highest}")
    return int(text)
