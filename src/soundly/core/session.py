"""A strategy's only door to generator, critics, solvers and budget, for one problem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Protocol, TypeAlias

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Completion, Message, Request
from soundly.core.continuing import Continuing
from soundly.core.critic import Critic
from soundly.core.events import StrategyEvent
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverAnswer
from soundly.core.stepwise import Prefixes
from soundly.core.verdict import Critique, Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """One propose-and-check.

    ``candidate`` and ``verdict`` are None where no solution could be read; ``critiques`` then
    holds the reason, so that a strategy can show it to the model. ``claims_unsolvable`` marks an
    answer that says there is no solution. ``remark`` is what the strategy says of it in the end,
    where no SOUND critic accepted it.
    """

    number: int
    candidate: Candidate | None
    verdict: Verdict | None
    critiques: tuple[Critique, ...]
    claims_unsolvable: bool = False
    remark: str = ""

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise ValueError(f"number is {self.number!r:.80}, wanted a whole number from 1 on")
        if not isinstance(self.candidate, Candidate | None):
            raise ValueError(f"candidate is a {type(self.candidate).__name__}, wanted a Candidate")
        if not isinstance(self.verdict, Verdict | None):
            raise ValueError(f"verdict is a {type(self.verdict).__name__}, wanted a Verdict")

    @property
    def accepted(self) -> bool:
        """True when the session's critic accepted; whether it is SOUND, the engine asks."""
        return self.verdict is not None and self.verdict.accepted


@dataclass(frozen=True, slots=True)
class Unsolvable:
    """There is no solution: the certificate that says so, and the part that wrote it."""

    certificate: Certificate
    part: str


Result: TypeAlias = Attempt | Unsolvable | None
"""What a strategy stands behind when it stops. None: nothing."""


class Session(Protocol):
    """Everything a strategy may do. Each call here is traced, and each model call is booked.

    Any method raises `BudgetExhausted` instead of breaking a limit, and `PartError` when the
    part behind it breaks.
    """

    @property
    def problem(self) -> Problem:
        """The problem to solve."""
        ...

    @property
    def rng(self) -> Random:
        """The session's own random generator, seeded by the caller."""
        ...

    @property
    def prefixes(self) -> Prefixes | None:
        """The problem step by step; None where its family does not judge partial solutions."""
        ...

    @property
    def continuing(self) -> Continuing | None:
        """Keeps a part of a broken answer; None where the family's answers are no steps."""
        ...

    def render(self, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as a conversation, worded by its family."""
        ...

    async def generate(self, request: Request) -> Completion:
        """One completion; failed tries are retried and booked one by one."""
        ...

    def read(self, completion: Completion) -> Reading:
        """What a completion proposes, judged by nobody: no attempt, and no event of the trace."""
        ...

    async def check(self, completion: Completion) -> Attempt:
        """Read a candidate from a completion and have the critic judge it."""
        ...

    async def check_text(self, text: str) -> Attempt:
        """The same for a text that the strategy put together; its candidate has no completion."""
        ...

    async def consult(self, solver: Solver) -> Result:
        """Run a reference solver; a solution that it finds is read and judged like any other."""
        ...

    async def ask_solver(self, solver: Solver, problem: Problem) -> SolverAnswer:
        """What a solver says of another problem; nothing of it counts for the session's own."""
        ...

    async def advise(self, critic: Critic, candidate: Candidate) -> Verdict:
        """A critic's verdict on a candidate, as advice: no outcome rests on it.

        What the critic asks a model is credited to ``critic:NAME``.
        """
        ...

    def note(self, event: StrategyEvent) -> None:
        """Put into the trace what only the strategy knows; its ``part`` is filled in here."""
        ...

    def part(self, name: str) -> Session:
        """The same session with everything below credited to a named part."""
        ...


Strategy: TypeAlias = Callable[[Session], Awaitable[Result]]
"""An algorithm that spends a budget in search of an accepted candidate."""
