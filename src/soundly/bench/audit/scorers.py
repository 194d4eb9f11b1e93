"""reasoning-gym's scorers under attack: what they say of an answer, without our reader's help."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.config.reasoning_gym import BridgedDataSet
from soundly.core.candidate import Found
from soundly.core.errors import UsageError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Decision, Guarantee
from soundly.families.reasoninggym import gym
from soundly.families.reasoninggym.family import DataSet

SCORER = "reasoning-gym"
"""The judge's name on the command line."""


@dataclass(frozen=True, slots=True)
class DataSetScorer:
    """The scorer of the data set that a family draws from; it accepts with exactly 1.0.

    It is given the marked answer where there is one, in the data set's own form where that differs
    from ours, and else the whole text. Raises `UsageError` for a family of another kind.
    """

    family: Family
    name: str = "reasoning-gym-scorer"
    guarantee: Guarantee = Guarantee.NONE

    def __post_init__(self) -> None:
        family: object = self.family
        if not isinstance(family, BridgedDataSet | DataSet):
            raise UsageError(
                f"family {self.family.name!r} is no data set of reasoning-gym, whose scorer could "
                "judge; wanted one such as reasoning-gym:n_queens"
            )

    async def judge(self, problem: Problem, text: str) -> Decision:
        """The scorer's decision; `CriticError` where it breaks."""
        family: object = self.family
        if isinstance(family, BridgedDataSet):
            problem, answer = family.theirs(problem, text)
        else:
            reading = self.family.read(problem, text)
            answer = str(reading.solution) if isinstance(reading, Found) else text
        return Decision.ACCEPT if await gym.score(problem, answer) == 1.0 else Decision.REJECT
