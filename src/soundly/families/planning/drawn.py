"""A planning family that draws its own instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.critic import PlanCritic
from soundly.families.planning.family import PlanningFamily


class Drawer(Protocol):
    """Draws an instance: the same one for the same size and seed, every time."""

    def __call__(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed."""
        ...


@dataclass(frozen=True, slots=True)
class DrawnFamily:
    """A planning family with a drawer; everything else is the planning family's."""

    planning: PlanningFamily
    drawer: Drawer

    @property
    def name(self) -> str:
        """The name that its problems carry."""
        return self.planning.name

    @property
    def critic(self) -> PlanCritic:
        """The validator."""
        return self.planning.critic

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        return self.drawer(size=size, seed=seed)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The conversation that puts the problem to a model."""
        return self.planning.render(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """The plan that an answer proposes."""
        return self.planning.read(problem, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence."""
        return self.planning.certify(problem, candidate)
