"""A family's own way to continue answers, for one session: its failures are attributed to it."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.continuing import Continues, Joined, Keep, Rest
from soundly.core.errors import FamilyError
from soundly.core.problem import Problem
from soundly.engine.attributed import attributed


@dataclass(frozen=True, slots=True)
class FamilyContinuing:
    """Keeps steps of answers to one problem, and joins a solver's to them."""

    name: str
    family: Continues
    problem: Problem

    def rest(self, solution: object, *, keep: Keep, most: int | None = None) -> Rest:
        """What is left after the steps that are kept."""
        with attributed(FamilyError, f"family {self.name}"):
            return self.family.rest(self.problem, solution, keep=keep, most=most)

    def joined(self, rest: Rest, text: str) -> Joined:
        """The kept steps with those of a solver behind them."""
        with attributed(FamilyError, f"family {self.name}"):
            return self.family.joined(self.problem, rest, text)
