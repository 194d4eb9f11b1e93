"""One spelling for boards that turning and mirroring make equal."""

from __future__ import annotations

from soundly.families.queens.board import Board


def canonical_form(board: Board) -> str:
    """The side, and the placed queens in that of the board's eight symmetries that comes first.

    Boards share it exactly if one is the other, turned or mirrored. Boards whose placed queens
    differ are different, even where they have the same completions.
    """
    end = board.side + 1
    views = []
    for swap in (False, True):
        for down in (False, True):
            for across in (False, True):
                view = [
                    (end - row if down else row, end - column if across else column)
                    for row, column in board.placed
                ]
                views.append(sorted((c, r) if swap else (r, c) for r, c in view))
    return f"{board.side} " + " ".join(f"{row}:{column}" for row, column in min(views))
