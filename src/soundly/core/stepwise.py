"""Partial solutions: what a family, and through it a session, can say of the first steps.

A search over partial solutions needs to know which of them are dead before they are whole, which
are one and the same, and how to ask a model to go on from one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from soundly.core.completion import Completion, Message
from soundly.core.family import PromptStyle
from soundly.core.notation import Words
from soundly.core.problem import Problem
from soundly.core.verdict import Critique

Steps: TypeAlias = tuple[str, ...]
"""Steps of a solution from the first one on, each in its family's one spelling."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """What the first steps of a solution are worth.

    ``reach`` is how many of them stand. ``state`` is the one spelling of where those lead: what
    can follow depends on nothing else. ``critiques`` say why the step behind them cannot stand, or
    why nothing can follow: the prefix is dead. ``complete``: all steps stand and are a solution, as
    far as the family can tell; only the critic decides. ``distance`` is the family's estimate of
    the steps still missing behind those that stand, None where it has none; 0 says nothing more
    than that the estimate is 0.
    """

    steps: Steps
    reach: int
    state: str
    critiques: tuple[Critique, ...] = ()
    complete: bool = False
    distance: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.reach <= len(self.steps):
            raise ValueError(f"{self.reach} of {len(self.steps)} steps cannot stand")
        if self.reach < len(self.steps) and not self.critiques:
            raise ValueError(f"step {self.reach + 1} does not stand, and no critique says why")
        if self.complete and self.critiques:
            raise ValueError("a complete prefix carries no critiques")
        if self.distance is not None and self.distance < 0:
            raise ValueError(f"distance is {self.distance}, wanted 0 or more")

    @property
    def dead(self) -> bool:
        """Whether no solution begins with these steps."""
        return bool(self.critiques)


@runtime_checkable
class Stepwise(Protocol):
    """A family whose solutions are made step by step, and whose first steps can be judged.

    A prefix that it calls dead begins no solution; one that it does not may be hopeless all the
    same.
    """

    def read_steps(self, problem: Problem, text: str) -> Steps:
        """The steps that a text proposes, lenient about prose; none where it holds none."""
        ...

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """What these steps are worth as the first ones of a solution."""
        ...

    def spell_steps(self, problem: Problem, steps: Steps) -> str:
        """The answer that consists of these steps, as `Family.read` reads answers."""
        ...

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:
        """The steps that stand and where they lead, in words for a model."""
        ...


@runtime_checkable
class NotatesSteps(Protocol):
    """A notation that writes first steps in a way of its own, not as `Notation.solution` does."""

    def first_steps(self, problem: Problem, steps: Steps) -> Words:
        """Steps that stand, numbered as `Notation.state` numbers; without `PLAN` and `END`.

        Raises `UsageError` for steps that the notation cannot say.
        """
        ...


class Prefixes(Protocol):
    """A session's problem, step by step. Nothing here asks a model or is booked.

    Any method raises `PartError` when the family behind it breaks.
    """

    def judge(self, steps: Steps) -> Prefix:
        """What these steps are worth as the first ones of a solution."""
        ...

    def go_on(
        self,
        prefix: Prefix,
        style: PromptStyle,
        *,
        limit: int | None = None,
        critiques: Sequence[Critique] = (),
    ) -> tuple[Message, ...]:
        """A conversation that asks for the steps behind those that stand.

        ``limit`` is how many steps are asked for, None for all that are missing. ``critiques`` are
        of steps that were tried here and failed. A model that reads a notation gets its own words
        as an assistant's message to go on from, and neither a limit nor critiques.
        """
        ...

    def read(self, completion: Completion, prefix: Prefix) -> Steps:
        """The steps that an answer to `go_on` adds, without those that it only repeats."""
        ...

    def answer(self, steps: Steps, completion: Completion) -> Completion:
        """The whole answer, for `Session.check`: ``completion`` with all the steps for its text."""
        ...


def ask_to_go_on(
    messages: Sequence[Message],
    told: str | None,
    *,
    limit: int | None,
    critiques: Sequence[Critique],
) -> tuple[Message, ...]:
    """The problem's conversation with ``told``, the steps that stand, and what is asked for.

    All of it goes to the end of the last message, which is the user's. ``told`` is None where no
    step stands yet.
    """
    parts = [messages[-1].content]
    if told is not None:
        parts.append(
            f"The first steps of an answer stand already, and each of them is right.\n\n{told}"
        )
    if critiques:
        listed = "\n".join(f"- {critique}" for critique in critiques)
        parts.append(f"Steps that were tried next and cannot be:\n{listed}")
    where = "the first step" if told is None else "the next step"
    if limit is None:
        rest = "all steps" if told is None else "all steps that are missing"
    else:
        rest = f"{where} alone" if limit == 1 else f"{where} and at most {limit - 1} behind it"
    again = "" if told is None else " Do not write again those that stand."
    parts.append(f"Now write {rest}, in the form that was asked for.{again}")
    return (*messages[:-1], Message("user", "\n\n".join(parts)))
