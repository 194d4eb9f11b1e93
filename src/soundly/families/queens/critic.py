"""The critic of queens: every fault at once, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.queens.board import Board, Placement, Square, board_of

MAX_PAIRS = 1_000
"""Attacking pairs that a rejection lists; it says how many more there are."""

_FAR = 4
"""Digits beyond which a number lies on no board, and is not turned into one."""


@dataclass(frozen=True, slots=True)
class QueensCritic:
    """Accepts exactly one queen in each row, the placed ones among them, and no attack.

    A rejection lists every piece that is no square, every square that is off the board or named
    twice, every row without a queen, every placed queen that is missing, and every pair that
    attack each other (the first thousand, and the number of the others).
    """

    name: str = "n-queens"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no placement."""
        return check(board_of(problem), placement_of(candidate))


def placement_of(candidate: Candidate) -> Placement:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"a placement is a tuple of pairs, not a {type(solution).__name__}")
    for line in solution:
        if not (isinstance(line, tuple) and line and all(isinstance(word, str) for word in line)):
            raise CriticError(f"a placement has pairs of words, not {line!r:.80}")
    return solution


def check(board: Board, placement: Placement) -> Verdict:
    """The verdict on a placement on this board."""
    queens: dict[Square, None] = {}
    critiques: list[Critique] = []
    for line in placement:
        row, column = (_number(word, board.side) for word in (line[0], line[-1]))
        if len(line) != 2:
            message = f"{' '.join(line)!r:.80} is no row with its column, as in 3: 5"
            critiques.append(Critique("unclear-line", message))
        elif row is None or column is None:
            message = f"row {line[0]:.20}, column {line[1]:.20} is no square: "
            message += f"rows and columns are 1 to {board.side}"
            critiques.append(Critique("unknown-square", message))
        elif (row, column) in queens:
            message = "the square is named more than once"
            critiques.append(Critique("square-twice", message, where=_name((row, column))))
        else:
            queens[row, column] = None
    lines = _Lines(board, list(queens))
    critiques += _missing(board, lines)
    critiques += _attacks(lines)
    return reject(*critiques) if critiques else ACCEPT


class _Lines:
    """How many queens stand on each row, column and diagonal."""

    def __init__(self, board: Board, queens: Sequence[Square]) -> None:
        self.board, self.queens = board, sorted(queens)
        self.count = Counter(line for queen in queens for line in _lines_through(queen))

    def free_column(self, row: int, *, without: Square | None = None) -> int | None:
        """The first column of a row where no other queen attacks; None where there is none.

        The queen that is to move is left out of account.
        """
        own = set(_lines_through(without)) if without else set()
        for column in range(1, self.board.side + 1):
            through = _lines_through((row, column))
            if all(self.count[line] == (line in own) for line in through):
                return column
        return None


def _missing(board: Board, lines: _Lines) -> Iterator[Critique]:
    standing = set(lines.queens)
    for queen in board.placed:
        if queen not in standing:
            message = "a queen stands here from the start, and the answer has none"
            yield Critique("placed-queen-missing", message, where=_name(queen))
    rows = {row for row, _ in lines.queens}
    for row in range(1, board.side + 1):
        if row not in rows:
            free = lines.free_column(row)
            repair = f"column {free} is free" if free else None
            yield Critique("no-queen", "it has no queen", where=f"row {row}", repair=repair)


def _attacks(lines: _Lines) -> Iterator[Critique]:
    """One critique for each attacking pair, with a square to which one of them could go."""
    on_line: dict[tuple[str, int], list[Square]] = {}
    for queen in lines.queens:
        for line in _lines_through(queen):
            on_line.setdefault(line, []).append(queen)
    pairs = sum(len(queens) * (len(queens) - 1) // 2 for queens in on_line.values())
    fixed, moves, listed = set(lines.board.placed), dict[Square, str | None](), 0
    for (kind, _), queens in sorted(on_line.items(), key=lambda item: item[1]):
        for first, second in combinations(queens, 2):
            if listed == MAX_PAIRS:
                message = f"{pairs - listed} more pairs attack each other"
                yield Critique("more-attacks", message)
                return
            listed += 1
            for queen in (second, first):
                if queen not in fixed and queen not in moves:
                    moves[queen] = _move(lines, queen)
            repair = moves.get(second) or moves.get(first)
            message = f"they attack each other, on one {kind}"
            where = f"squares {first[0]}:{first[1]} and {second[0]}:{second[1]}"
            yield Critique("attack", message, where=where, repair=repair)


def _move(lines: _Lines, queen: Square) -> str | None:
    free = lines.free_column(queen[0], without=queen)
    return f"column {free} of row {queen[0]} is safe" if free else None


def _lines_through(square: Square) -> tuple[tuple[str, int], ...]:
    row, column = square
    return (
        ("row", row),
        ("column", column),
        ("diagonal", row - column),
        ("antidiagonal", row + column),
    )


def _name(square: Square) -> str:
    return f"square {square[0]}:{square[1]}"


def _number(word: str, highest: int) -> int | None:
    """The number that a word spells, from 1; None for any other, and for other spellings."""
    if not (word.isascii() and word.isdigit()) or word[0] == "0" or len(word) > _FAR:
        return None
    return int(word) if int(word) <= highest else None
