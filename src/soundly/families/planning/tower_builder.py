"""Blocksworld solved without search, as a solver and as the teacher of models that are trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis
from soundly.families.planning.notation.blocksworld import read_towers
from soundly.families.planning.notation.builder import actions, direct_moves, table_moves
from soundly.families.planning.pddl import format_plan

Way: TypeAlias = Literal["direct", "table"]


@dataclass(frozen=True, slots=True)
class TowerBuilder:
    """Solves every problem that the notation of towers can say; plans are near the shortest.

    ``way``: blocks go straight to their places where they can, or all of them by way of the table.
    """

    way: Way = "direct"
    name: str = "blocksworld-towers"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A plan, in linear time for each of its moves; gives up on everything else."""
        try:
            reading = read_towers(problem)
        except UsageError as error:
            return SolverNotForThis(str(error))
        moves = direct_moves if self.way == "direct" else table_moves
        steps = actions(reading.towers, moves(reading.towers, reading.order))
        named = (
            (reading.roles.actions[action], *(reading.names[block] for block in blocks))
            for action, *blocks in steps
        )
        return SolverFound(format_plan(tuple(named)) or "[PLAN]\n[PLAN END]")
