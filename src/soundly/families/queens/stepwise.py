"""Placements step by step: a step is a queen, and the placed ones stand before the first step."""

from __future__ import annotations

from collections.abc import Iterator

from soundly.core.stepwise import Prefix, Steps
from soundly.core.verdict import Critique
from soundly.families.queens.board import Board, Placement, Square
from soundly.families.queens.critic import check
from soundly.families.queens.draws import attack

_OF_THE_END = ("no-queen", "placed-queen-missing")
"""Codes that say no more than that the placement is not whole."""


def spell_step(words: tuple[str, ...]) -> str:
    """A row with its column, or a piece that is none as it was read."""
    return ": ".join(words)


def judge_steps(board: Board, steps: Steps) -> Prefix:
    """Dead at the first queen that cannot stand there, or where a row has no free square left.

    The state is where queens stand, in whatever order they came.
    """
    standing: list[Square] = []
    for number, step in enumerate(steps, start=1):
        faults = tuple(_faults(board, steps[:number], standing))
        if faults:
            return Prefix(steps, number - 1, _state(board, standing), faults)
        row, column = (int(word) for word in step.split(": "))
        standing.append((row, column))
    full = _full(board, standing)
    complete = len({row for row, _ in full}) == board.side
    stuck = () if complete else tuple(_stuck(board, full))
    return Prefix(steps, len(steps), _state(board, standing), stuck, complete=complete)


def tell_steps(board: Board, prefix: Prefix) -> str:
    """The queens that stand, and the squares that are free in each other row."""
    full = _full(board, _squares(prefix.steps[: prefix.reach]))
    said = ", ".join(f"{row}: {column}" for row, column in full)
    rows = {row for row, _ in full}
    free = [
        f"row {row}: columns {', '.join(map(str, _free(board, row, full)))}"
        for row in range(1, board.side + 1)
        if row not in rows
    ]
    return "\n".join((f"Queens so far: {said}", "Squares that no queen attacks:", *free))


def _faults(board: Board, steps: Steps, standing: list[Square]) -> Iterator[Critique]:
    """What the critic says of the last step beside those that stand."""
    placement: Placement = (
        *((str(row), str(column)) for row, column in _full(board, standing)),
        tuple(steps[-1].split(": ")),
    )
    for critique in check(board, placement).critiques:
        repeats = critique.code == "square-twice" and _names(board, steps[-1], standing)
        if critique.code not in _OF_THE_END and not repeats:
            step = len(steps)
            yield Critique(critique.code, critique.message, critique.where, step, critique.repair)


def _names(board: Board, step: str, standing: list[Square]) -> bool:
    """Whether a step names a queen of the start that no step before it names."""
    square = tuple(map(int, step.split(": ")))
    return square in board.placed and square not in standing


def _stuck(board: Board, full: list[Square]) -> Iterator[Critique]:
    rows = {row for row, _ in full}
    for row in range(1, board.side + 1):
        if row not in rows and not _free(board, row, full):
            yield Critique("row-attacked", "every square of it is attacked", f"row {row}")


def _free(board: Board, row: int, full: list[Square]) -> list[int]:
    columns = range(1, board.side + 1)
    return [c for c in columns if not any(attack((row, c), queen) for queen in full)]


def _squares(steps: Steps) -> list[Square]:
    pairs = (step.split(": ") for step in steps)
    return [(int(row), int(column)) for row, column in pairs]


def _full(board: Board, standing: list[Square]) -> list[Square]:
    return sorted({*board.placed, *standing})


def _state(board: Board, standing: list[Square]) -> str:
    return " ".join(f"{row}:{column}" for row, column in _full(board, standing))
