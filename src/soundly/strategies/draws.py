"""Completions of several requests, some at a time, kept in the order of the requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import anyio

from soundly.core.completion import Completion, Request
from soundly.core.errors import BudgetExhausted
from soundly.core.session import Attempt, Session


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came back. ``by_request`` holds None for each request that the budget did not afford.

    ``refused`` is the budget's signal, for whoever finds nothing in what was paid for.
    """

    by_request: tuple[Completion | None, ...]
    refused: BudgetExhausted | None

    @property
    def completions(self) -> list[Completion]:
        """Those that were drawn, in the order of the requests, whoever answered first."""
        return [completion for completion in self.by_request if completion is not None]

    def require_affordable(self, result: Attempt | None) -> None:
        """Raise the budget's signal, unless what was drawn held an accepted answer."""
        if self.refused is not None and not (result is not None and result.accepted):
            raise self.refused


async def draw(session: Session, requests: Sequence[Request], *, concurrency: int) -> Drawn:
    """One completion a request, ``concurrency`` at a time; a refusal takes one from those."""
    drawing = _Drawing(session, requests)
    async with anyio.create_task_group() as group:
        for _ in range(min(len(requests), concurrency)):
            group.start_soon(drawing.run)
    drawn = tuple(drawing.completions.get(number) for number in range(len(requests)))
    return Drawn(drawn, drawing.refused)


class _Drawing:
    """The requests still to make and what was drawn, by the request's place."""

    def __init__(self, session: Session, requests: Sequence[Request]) -> None:
        self._session = session
        self._requests = iter(enumerate(requests))
        self.completions: dict[int, Completion] = {}
        self.refused: BudgetExhausted | None = None

    async def run(self) -> None:
        """Draw until nothing is left, or the budget refuses.

        Others go on: a call that was refused beside open holds can be affordable once they settle.
        """
        for number, request in self._requests:
            try:
                self.completions[number] = await self._session.generate(request)
            except BudgetExhausted as signal:
                self.refused = signal
                return
