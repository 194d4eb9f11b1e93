"""Hands out the cells that are left to do, to this process and to no other one."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import anyio
import anyio.to_thread

from soundly.bench.runs.result import ENDED
from soundly.bench.suites.cell import Cell
from soundly.core.spend import Spend
from soundly.store import SessionSummary, Store
from soundly.store.claims import Claims

POLL_SECONDS: Final = 1.0
"""How often it is looked whether what another process works on is done."""


@dataclass(frozen=True, slots=True)
class Work:
    """A cell to run. ``number`` counts its sessions from 1: those before were cut short."""

    cell: Cell
    number: int

    @property
    def session_id(self) -> str:
        """The id of the session: the cell's, and its number."""
        return f"{self.cell.id}.{self.number}"


@dataclass(frozen=True, slots=True)
class Past:
    """The sessions of one cell that a store holds, in their order."""

    cell: Cell
    sessions: tuple[SessionSummary, ...]

    @property
    def done(self) -> SessionSummary | None:
        """The session with which the cell is done, if it is."""
        last = self.sessions[-1] if self.sessions else None
        return last if last is not None and last.status in ENDED else None

    @property
    def spent(self) -> Spend:
        """What all of them spent; what was open when one was cut short, at its upper bound."""
        return sum((each.spent + each.held for each in self.sessions), Spend())


def past_of(store: Store, cells: Sequence[Cell]) -> tuple[Past, ...]:
    """What the store holds of each cell."""
    found: dict[str, list[SessionSummary]] = {cell.id: [] for cell in cells}
    asked = list(found)
    number = 1
    while asked:
        known = store.known([f"{cell_id}.{number}" for cell_id in asked])
        asked = [cell_id for cell_id in asked if f"{cell_id}.{number}" in known]
        for cell_id in asked:
            found[cell_id].append(known[f"{cell_id}.{number}"])
        number += 1
    return tuple(Past(cell, tuple(found[cell.id])) for cell in cells)


class Works:
    """The cells that are left, claimed some at a time and ahead of who asks for them.

    A cell that another process holds is asked for again, until it is done there or that process
    has let go of it or is gone. ``again`` are sessions that do not count as an end of their cells.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        *,
        store: Store,
        claims: Claims,
        at_once: int,
        again: Collection[str] = (),
    ) -> None:
        self._left = deque(cells)
        self._elsewhere: deque[Cell] = deque()
        self._store = store
        self._claims = claims
        self._at_once = at_once
        self._again = again
        self._ready, self._wanted = anyio.create_memory_object_stream[Work](at_once // 2)
        self.done_elsewhere: list[tuple[Cell, SessionSummary]] = []

    def close(self) -> None:
        """Nobody claims or asks any more."""
        self._ready.close()
        self._wanted.close()

    async def claim(self) -> None:
        """Claim cells for `next` until all are done, here or elsewhere; one task does it.

        The next ones are claimed when half of ``at_once`` are left, so nobody waits for a claim
        who need not. Raises `StoreError`.
        """
        with self._ready:
            while self._left or self._elsewhere:
                if not self._left:
                    await anyio.sleep(POLL_SECONDS)
                    self._left, self._elsewhere = self._elsewhere, self._left
                for work in await self._claim():
                    await self._ready.send(work)

    async def next(self) -> Work | None:
        """A cell that is this process's to run; None when all are done, here or elsewhere."""
        try:
            return await self._wanted.receive()
        except anyio.EndOfStream:
            return None

    @property
    def dry(self) -> bool:
        """Whether nothing is claimed that could be run at once."""
        return self._wanted.statistics().current_buffer_used == 0

    async def _claim(self) -> list[Work]:
        some = [self._left.popleft() for _ in range(min(self._at_once, len(self._left)))]
        mine = await anyio.to_thread.run_sync(
            partial(self._claims.take, [cell.id for cell in some])
        )
        ready: list[Work] = []
        # looked at after the claim: what another one finished before it let go is seen
        for past in await anyio.to_thread.run_sync(past_of, self._store, some):
            done = past.done
            if done is not None and done.session_id not in self._again:
                self.done_elsewhere.append((past.cell, done))
            elif past.cell.id in mine:
                ready.append(Work(past.cell, len(past.sessions) + 1))
            else:
                self._elsewhere.append(past.cell)
        return ready
