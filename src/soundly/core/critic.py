"""The judge's side of the bargain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.completion import Completion, Request
from soundly.core.problem import Problem
from soundly.core.verdict import Guarantee, Verdict

Ask: TypeAlias = Callable[[Request], Awaitable[Completion]]
"""A door to a model whose calls are booked in the session's ledger."""


class Critic(Protocol):
    """Judges a candidate and declares what its verdicts are worth.

    ``judge`` raises `CriticError` when it cannot do its work; it returns UNKNOWN only for
    candidates that it has looked at and cannot decide.
    """

    @property
    def name(self) -> str:
        """A stable name, shown in traces and bound in certificates."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever a verdict could."""
        ...

    @property
    def guarantee(self) -> Guarantee:
        """What an ACCEPT and a REJECT of this critic are worth."""
        ...

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:
        """Judge one candidate; a critic that needs a model pays for it through ``ask``."""
        ...
