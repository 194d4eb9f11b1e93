"""A search and a SAT solver that complete boards, or prove that they cannot be completed."""

from __future__ import annotations

from dataclasses import dataclass, field

import anyio.to_thread

from soundly.core.certificate import Certificate, certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.queens.board import NAME, board_of
from soundly.families.queens.reading import format_placement
from soundly.families.queens.search import Columns, complete
from soundly.kernel.queens import MAX_CLAUSES, Queens, clauses, count_clauses, read_queens
from soundly.solvers.sat import Refuted, Sat, Satisfied, Undecided

_TRIES = 5_000


@dataclass(frozen=True, slots=True)
class QueensSolver:
    """A short backtracking search, then Glucose on the formula that the kernel derives.

    The search finds most completions, of a thousand queens too, without python-sat; it proves
    nothing. The proof is the SAT solver's, and the kernel's to check.
    """

    sat: Sat = field(default_factory=Sat)
    name: str = "n-queens-sat"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A completion, a proof that there is none, or why neither; `SolverError` as `Sat` does."""
        if problem.family != NAME:
            return SolverNotForThis(
                f"{self.name} places queens, and {problem.name!r} asks for none"
            )
        board = board_of(problem)
        found = await anyio.to_thread.run_sync(lambda: complete(board, max_tries=_TRIES))
        if isinstance(found, tuple):
            return SolverFound(spell(found))
        stated = read_queens(problem.statement)
        if count_clauses(stated) > MAX_CLAUSES:
            return SolverGaveUp(f"the formula has more than {MAX_CLAUSES} clauses")
        formula = list(clauses(stated))
        answer = Refuted("") if () in formula else await self.sat.decide(formula)
        match answer:
            case Undecided(reason):
                return SolverGaveUp(reason)
            case Refuted(proof):
                return SolverProved(_proof(problem, proof))
            case Satisfied(literals):
                return SolverFound(spell(_columns(stated, literals)))


def spell(columns: Columns) -> str:
    """The column of each row as an answer."""
    return format_placement([(str(row), str(at)) for row, at in enumerate(columns, start=1)])


def _columns(stated: Queens, literals: tuple[int, ...]) -> Columns:
    columns = dict(stated.placed)
    for literal in literals:
        if literal > 0:
            row, column = divmod(literal - 1, stated.side)
            columns[row + 1] = column + 1
    return tuple(column for _, column in sorted(columns.items()))


def _proof(problem: Problem, proof: str) -> Certificate:
    evidence = {"proof": proof}
    return certify(problem, claim="unsolvable", kind="n-queens-drat", evidence=evidence)
