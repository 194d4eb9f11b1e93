"""Answers that nobody goes on asking for where one after the other breaks."""

from __future__ import annotations

from typing import Final

from soundly.bench.boundary.answers import Said
from soundly.bench.boundary.fractal_map import Answered
from soundly.core.problem import Problem

BROKEN_IN_A_ROW: Final = 10
"""After so many a search or a map ends: the model cannot be reached, or a part never works."""


class GivingUp:
    """The same answers until so many in a row broke, and then none, as where a budget is spent."""

    def __init__(self, answered: Answered) -> None:
        self._answered = answered
        self._in_a_row = 0

    @property
    def gave_up(self) -> bool:
        """Whether nothing more is asked."""
        return self._in_a_row >= BROKEN_IN_A_ROW

    async def answer(self, problem: Problem, seed: int) -> Said | None:
        """The answer; None where nothing more is asked."""
        if self.gave_up:
            return None
        said = await self._answered(problem, seed)
        self._in_a_row = self._in_a_row + 1 if said == "broken" else 0
        return said
