"""Sample n answers at once; the first that the critic accepts wins and the rest are cancelled."""

from __future__ import annotations

from collections.abc import Iterator

import anyio

from soundly.core.completion import Request
from soundly.core.errors import BudgetExhausted, UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.sampling import Sampling


async def best_of(
    session: Session,
    *,
    n: int = 8,
    concurrency: int = 8,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt of ``n``, or None.

    Losers are cancelled and paid for at their upper bound. When the budget affords no further
    sample, those in flight are still awaited; only if none is accepted does the budget stop the
    strategy. Costs at most ``n`` calls.
    """
    if n < 1 or concurrency < 1:
        raise UsageError(f"best_of: n={n}, concurrency={concurrency}; wanted at least 1 of each")
    messages = session.render(style)
    requests = iter([sampling.request(messages, session.rng) for _ in range(n)])
    race = _Race(session, requests)
    async with anyio.create_task_group() as group:
        for _ in range(min(n, concurrency)):
            group.start_soon(race.run, group.cancel_scope)
    if race.winner is None and race.refused is not None:
        raise race.refused
    return race.winner


class _Race:
    """The samples still to draw and the first accepted attempt."""

    def __init__(self, session: Session, requests: Iterator[Request]) -> None:
        self._session = session
        self._requests = requests
        self.winner: Attempt | None = None
        self.refused: BudgetExhausted | None = None

    async def run(self, scope: anyio.CancelScope) -> None:
        """Draw samples until one wins, none is left, or the budget refuses one."""
        for request in self._requests:
            try:
                attempt = await self._session.check(await self._session.generate(request))
            except BudgetExhausted as signal:
                self.refused = signal
                return
            if attempt.accepted:
                self.winner = self.winner or attempt
                scope.cancel()
                return
