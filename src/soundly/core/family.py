"""What a problem family brings: words for its problems, an ear for answers, a judge."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.critic import Critic
from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.core.solver import Solver

Language: TypeAlias = Literal["natural", "formal"]


@dataclass(frozen=True, slots=True)
class PromptStyle:
    """How a problem is put to a model.

    ``language``: plain English, or the family's formal language (PDDL for planning).
    ``examples``: worked examples shown first: 0 is zero-shot, 1 is one-shot.
    ``thoughts``: the model is asked to think step by step, and worked examples show how where the
    family has it written out (chain of thought, arXiv:2201.11903 and 2205.11916).
    ``procedure``: one of the family's own `Procedures` is taught first; None teaches none.
    """

    language: Language = "natural"
    examples: int = 1
    thoughts: bool = False
    procedure: str | None = None

    def __post_init__(self) -> None:
        if self.examples < 0:
            raise ValueError(f"examples is {self.examples}, wanted 0 or more")


class Family(Protocol):
    """A problem family. Its solutions are its own values; the engine never looks inside."""

    @property
    def name(self) -> str:
        """The name that its problems carry."""
        ...

    @property
    def critic(self) -> Critic:
        """The family's own hard critic."""
        ...

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The conversation that puts the problem to a model; `ProblemError` if unreadable."""
        ...

    def read(self, problem: Problem, text: str) -> Reading:
        """What an answer proposes; lenient about prose, and it judges nothing."""
        ...

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """Evidence for an accepted candidate, for the kernel to re-check."""
        ...


STEP_BY_STEP = "Let's think step by step."
"""What is added to a prompt that asks for thoughts (Kojima et al., arXiv:2205.11916)."""


@runtime_checkable
class Procedures(Protocol):
    """A family with procedures of its own to teach: the rungs of a prompt ladder."""

    @property
    def procedures(self) -> tuple[str, ...]:
        """What `PromptStyle.procedure` may name, from the general to the special."""
        ...


@runtime_checkable
class Draws(Protocol):
    """A family that draws its own instances."""

    @property
    def dial(self) -> Dial:
        """The sizes that it draws."""
        ...

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        ...


@runtime_checkable
class DrawsUnsolvable(Protocol):
    """A family that also draws instances without a solution."""

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that has no solution: the same one every time."""
        ...


@runtime_checkable
class Solves(Protocol):
    """A family that brings its own reference solvers, for the end of the default cascade."""

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """Solvers and provers in the order in which they should be asked."""
        ...


@runtime_checkable
class Audited(Protocol):
    """A family whose critic can be put to the test, with answers that are almost right.

    The twin decides slowly and shares no code with the critic.
    """

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A right answer with one or two edits, in the form in which answers are read."""
        ...

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the candidate is right, by brute force or the textbook; for small instances."""
        ...
