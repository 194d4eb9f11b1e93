"""The stored answer of an entry."""

from __future__ import annotations

from dataclasses import dataclass

import anyio.to_thread

from soundly.core.errors import FamilyError, SolverError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis
from soundly.families.reasoninggym import gym
from soundly.families.reasoninggym.reading import spelt
from soundly.families.reasoninggym.recipe import recipe_of


@dataclass(frozen=True, slots=True)
class Key:
    """Looks the answer up: a key and no search, so it says nothing about how hard a problem is."""

    name: str = "reasoning-gym-key"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The stored answer; gives up where the data set stores none, as for graph_color."""
        try:
            made = await anyio.to_thread.run_sync(gym.entry, recipe_of(problem))
        except FamilyError as error:
            raise SolverError(str(error)) from error
        if not made.key or not made.key.strip():
            return SolverNotForThis("the data set stores no answer")
        return SolverFound(spelt(made.key))
