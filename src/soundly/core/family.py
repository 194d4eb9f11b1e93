"""What a problem family brings: words for its problems, an ear for answers, a judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, Protocol, TypeAlias, get_args, runtime_checkable

from soundly.core.augmentation import Augmentation, Template
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
    ``augmentation``: see `Augmentation`; the engine applies it, and it says itself whether
    thoughts are asked for. ``zero-shot-cot`` shows no examples, so the default of one gives way.
    ``template``: the user's own prompt, around that of the family.
    ``advice``: False leaves the session's advice out, where it has some.
    """

    language: Language = "natural"
    examples: int = 1
    thoughts: bool = False
    procedure: str | None = None
    augmentation: Augmentation = "none"
    template: Template | None = None
    advice: bool = True

    def __post_init__(self) -> None:
        if self.examples < 0:
            raise ValueError(f"examples is {self.examples}, wanted 0 or more")
        if self.augmentation not in get_args(Augmentation):
            wanted = ", ".join(get_args(Augmentation))
            raise ValueError(f"augmentation is {self.augmentation!r:.40}, wanted one of {wanted}")
        if self.augmentation != "none":
            _require_no_conflict(self)


def _require_no_conflict(style: PromptStyle) -> None:
    """Raise `ValueError` where a style asks for an augmentation and for what contradicts it."""
    name = style.augmentation
    if style.thoughts:
        raise ValueError(f"augmentation={name} and thoughts=true came, wanted one of them")
    if style.template is not None:
        raise ValueError(f"augmentation={name} and a template came, wanted one of them")
    if name == "zero-shot-cot" and style.examples > 1:
        raise ValueError(f"augmentation={name} shows no examples, and examples={style.examples}")
    if name in ("few-shot-cot", "solver-trace") and style.examples < 1:
        raise ValueError(f"augmentation={name} is made of examples, and examples=0")
    if name == "solver-trace" and style.procedure is not None:
        raise ValueError(f"augmentation={name} and a procedure came, wanted one of them")


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


@dataclass(frozen=True, slots=True)
class SolverRun:
    """A solved instance, with the solver's run in words.

    ``text`` is the run and behind it the answer, as a model would write both.
    """

    problem: Problem
    text: str


@runtime_checkable
class SolverRuns(Protocol):
    """A family that can write out how a solver of its own comes to an answer, for people to read.

    For models, this is what ``augmentation=solver-trace`` shows.
    """

    def solver_runs(
        self, problem: Problem, *, count: int, language: Language
    ) -> Sequence[SolverRun]:
        """Up to ``count`` runs on small instances, the same ones for the same problem.

        None is on the problem itself. Fewer, or none, where no run is short enough to be shown.
        """
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
