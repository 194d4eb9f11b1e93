"""Boards as prompts: sentences or pictures, with or without worked examples."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.queens.board import Board, board_of
from soundly.families.queens.draws import attack, draw_completable
from soundly.families.queens.search import Columns
from soundly.families.queens.solver import spell

_TASK = (
    "Place queens on a square board so that each row has exactly one queen and no two queens share "
    "a column or a diagonal, of whatever length. Queens that stand on the board already stay where "
    "they are. Rows are numbered from 1 at the top, columns from 1 at the left."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: one line for each row, also for "
    "rows whose queen stands already, with the number of the row, a colon and the column of its "
    "queen, as in 3: 5. Write nothing else between these lines. If you are sure that it cannot be "
    "done, write [NO SOLUTION] instead."
)
_PICTURE = "In the picture, Q is a queen and a dot is an empty square; the first line is row 1."
_EXAMPLE_SIZE = 6


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples have another side than the problem, so that none can answer it. Raises `ProblemError`
    for a board that cannot be read.
    """
    asked = board_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_PICTURE] if formal else []), _FORM]
    size = _EXAMPLE_SIZE + (asked.side == _EXAMPLE_SIZE)
    for seed in range(style.examples):
        board, columns = draw_completable(size=size, seed=seed)
        thoughts = f"{_thoughts(board, columns)}\n\n" if style.thoughts else ""
        stated = f"Example problem:\n\n{_stated(board, formal=formal)}"
        parts.append(f"{stated}\n\nAnswer:\n\n{thoughts}{spell(columns)}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def picture(board: Board) -> str:
    """The board with its placed queens, a line for each row."""
    return "\n".join(
        " ".join("Q" if (row, column) in board.placed else "." for column in _numbers(board))
        for row in _numbers(board)
    )


def _stated(board: Board, *, formal: bool) -> str:
    if formal:
        return picture(board)
    placed = "\n".join(f"- row {row}, column {column}" for row, column in board.placed)
    queens = f"Queens that stand already:\n{placed}" if placed else "The board is empty."
    return f"The board has {board.side} rows and {board.side} columns.\n{queens}"


def _thoughts(board: Board, columns: Columns) -> str:
    """How a worked example finds its queens: row by row, with what is still free in each."""
    standing, said = list(board.placed), []
    filled = {row for row, _ in standing}
    for row in _numbers(board):
        if row in filled:
            continue
        free = [c for c in _numbers(board) if not any(attack((row, c), q) for q in standing)]
        shown = ", ".join(map(str, free))
        taken = columns[row - 1]
        said.append(f"In row {row} no queen attacks column {shown}; I take column {taken}.")
        standing.append((row, taken))
    return "\n".join(said)


def _numbers(board: Board) -> range:
    return range(1, board.side + 1)
