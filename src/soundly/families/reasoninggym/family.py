"""Any data set of reasoning-gym as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import FamilyError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.reasoninggym import gym
from soundly.families.reasoninggym.critic import ScorerCritic
from soundly.families.reasoninggym.prompts import conversation
from soundly.families.reasoninggym.reading import read_answer, spelt
from soundly.families.reasoninggym.recipe import FAMILY, Recipe
from soundly.families.reasoninggym.solver import Key

_NO_ANSWER = "None of this can be answered with a number of elephants."


@dataclass(frozen=True, slots=True)
class StatedEntries:
    """Problems that state their data set themselves; it draws none, having none of its own."""

    name: str = FAMILY
    critic: ScorerCritic = field(default_factory=ScorerCritic)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The question as one user message; raises `ProblemError` for an unreadable statement."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The text that an answer marks as its answer, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:  # noqa: ARG002
        """Never a certificate: a score is nobody's evidence. Raises `FamilyError`."""
        _refuse(self.name)


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set, drawn and scored in the sandbox; a size is a level of its curriculum, from 1.

    A data set without a curriculum has one level, its default configuration. ``trained`` is half of
    the levels, so that the upper ones are beyond. Everything but the prompt needs bubblewrap and
    the extra ``reasoning-gym``; `FamilyError` or `CriticError` says which is missing.
    """

    dataset: str
    critic: ScorerCritic = field(default_factory=ScorerCritic)

    @property
    def name(self) -> str:
        """The name that its problems carry: ``reasoning-gym:leg_counting``."""
        return f"{FAMILY}:{self.dataset}"

    @property
    def dial(self) -> Dial:
        """The levels of the curriculum."""
        return Dial(1, (gym.levels(self.dataset) + 1) // 2)

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The key: what the data set stores as the answer, looked up and not solved."""
        return (Key(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The first entry of this level with this seed: the same one every time.

        Raises `UsageError` for a level that the curriculum does not have and `FamilyError` where
        the data set breaks.
        """
        recipe = Recipe(self.dataset, gym.configuration(self.dataset, size), seed)
        question = gym.entry(recipe).question
        return recipe.problem(f"{self.name}-{size}-{seed}", question)

    def canonical_form(self, problem: Problem) -> str:
        """The question without differences of spacing; nothing is known of what it means."""
        return " ".join(problem.statement["question"].split())

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The question as one user message; raises `ProblemError` for an unreadable statement."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The text that an answer marks as its answer, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:  # noqa: ARG002
        """Never a certificate: a score is nobody's evidence. Raises `FamilyError`."""
        _refuse(self.name)

    def wrong_answer(self, problem: Problem) -> str:  # noqa: ARG002 - wrong for every question
        """A text that answers no question of any data set, in the form of an answer."""
        return spelt(_NO_ANSWER)


def reasoning_gym(dataset: str | None = None) -> StatedEntries | DataSet:
    """The data set of this name, or, without a name, the family of problems that state theirs.

    Raises `UnknownNameError` with the nearest right names for what is no data set.
    """
    if dataset is None:
        return StatedEntries()
    gym.levels(dataset)
    return DataSet(dataset)


def _refuse(name: str) -> NoReturn:
    raise FamilyError(
        f"{name} has no certificates: its scorer guarantees nothing, and the kernel has no checker "
        "for it"
    )
