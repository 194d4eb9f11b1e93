"""What a trace says of its session: how it stands, what it spent, what its open calls could cost.

A pure function of the records and of nothing else. While it reads it checks the order that every
trace keeps, so a trace that was cut, joined or reordered does not pass for a session.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from soundly.core.events import (
    CallFailed,
    CallHeld,
    CallSettled,
    Certified,
    Event,
    SessionEnded,
    SessionStarted,
    TraceRecord,
)
from soundly.core.outcome import Status
from soundly.core.spend import Quote, Spend

UNFINISHED: Final = "unfinished"
"""The status of a session without a `SessionEnded`: it still runs, or it was killed."""

_CERTIFIED: Final = (Status.SOLVED.value, Status.UNSOLVABLE.value)


class TraceError(ValueError):
    """Records that are not the trace of one session, in order."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a session spent, and what its open calls could still cost.

    ``spent`` adds up the calls that ended; its ``seconds`` are the session's wall-clock time up to
    the last record, not the sum over calls. ``held`` adds up the calls that did not end, each at
    its upper bound, and has no seconds. ``unpriced_calls`` counts calls that used tokens, or may
    have, at a price nobody knows: where it is not zero, the dollars are too low.
    """

    spent: Spend = Spend()
    held: Spend = Spend()
    unpriced_calls: int = 0


class Replay:
    """The state of one session, record by record.

    A refused record changes nothing.
    """

    def __init__(self) -> None:
        self._next = 0
        self._seconds = 0.0
        self._spent = Spend()
        self._open: dict[int, Quote] = {}
        self._calls: set[int] = set()
        self._unpriced = 0
        self._capped = 0
        self._started: SessionStarted | None = None
        self._certified: Certified | None = None
        self._ended: SessionEnded | None = None

    @property
    def started(self) -> SessionStarted:
        """The session as it was asked for; raises `TraceError` before the first record."""
        if self._started is None:
            raise TraceError("the trace is empty")
        return self._started

    @property
    def ended(self) -> SessionEnded | None:
        """The end, or None while there is none."""
        return self._ended

    @property
    def status(self) -> str:
        """The status the session ended with, or `UNFINISHED`."""
        return UNFINISHED if self._ended is None else self._ended.status

    @property
    def account(self) -> Account:
        """Spent and held up to here."""
        holds = self._open.values()
        return Account(
            spent=replace(self._spent, seconds=self._seconds),
            held=Spend(
                calls=len(holds),
                input_tokens=sum(quote.input_tokens for quote in holds),
                output_tokens=sum(quote.output_tokens for quote in holds),
                # finite bounds can add up to an infinite one, and a spend is always finite
                dollars=min(
                    sum((quote.dollars or 0.0 for quote in holds), 0.0), sys.float_info.max
                ),
            ),
            unpriced_calls=self._unpriced + sum(quote.dollars is None for quote in holds),
        )

    @property
    def capped_calls(self) -> int:
        """How many calls stand in the account at the most that they can have cost.

        Those that failed or were cancelled after something may have been billed, and the open ones:
        where this is not zero, what was spent is an upper bound.
        """
        return self._capped + sum(
            quote.input_tokens + quote.output_tokens > 0 for quote in self._open.values()
        )

    def take(self, record: TraceRecord) -> None:
        """Go one record further; raises `TraceError` when it cannot stand in this place."""
        self._require_place(record)
        match record.event:
            case SessionStarted() as event:
                self._started = event
            case Certified() as event:
                self._certified = event
            case SessionEnded() as event:
                self._require_evidence(record, event)
                self._ended = event
            case CallHeld(call=call, quote=quote):
                if call in self._calls:
                    raise TraceError(f"record {record.sequence}: call {call} was held before")
                self._calls.add(call)
                self._open[call] = quote
            case CallSettled(call=call, completion=completion, spend=spend):
                total = self._spent + spend
                self._close(record, call)
                self._spent = total
                self._unpriced += completion.dollars is None
            case CallFailed(call=call, spend=spend):
                total = self._spent + spend
                quote = self._close(record, call)
                self._spent = total
                self._unpriced += quote.dollars is None and spend.tokens > 0
                self._capped += spend.tokens > 0
            case _:
                pass
        self._next += 1
        self._seconds = record.seconds

    def _require_place(self, record: TraceRecord) -> None:
        if record.sequence != self._next:
            raise TraceError(f"record {record.sequence} came, wanted record {self._next}")
        if not math.isfinite(record.seconds) or record.seconds < 0:
            raise TraceError(f"record {record.sequence}: {record.seconds} is no time in seconds")
        if self._ended is not None:
            raise TraceError(f"record {record.sequence} follows the end of the session")
        if isinstance(record.event, SessionStarted) != (self._started is None):
            raise TraceError(f"record {record.sequence}: {_misplaced(record.event)}")

    def _require_evidence(self, record: TraceRecord, end: SessionEnded) -> None:
        """An end that claims something follows the certificate of just that claim."""
        found = self._certified
        known = (found.claim, found.sha256) if found is not None else None
        if end.certificate_sha256 is not None and known != (end.status, end.certificate_sha256):
            raise TraceError(
                f"record {record.sequence}: the end names certificate {end.certificate_sha256:.80} "
                f"as {end.status:.20}, and no such certificate came before it"
            )
        if end.certificate_sha256 is None and end.status in _CERTIFIED:
            raise TraceError(f"record {record.sequence}: the end is {end.status} without evidence")

    def _close(self, record: TraceRecord, call: int) -> Quote:
        quote = self._open.pop(call, None)
        if quote is None:
            raise TraceError(f"record {record.sequence}: call {call} ended and was not open")
        return quote


def replay(trace: Iterable[TraceRecord]) -> Replay:
    """The state after all records; raises `TraceError` where they are no session's trace."""
    state = Replay()
    for record in trace:
        state.take(record)
    return state


def _misplaced(event: Event) -> str:
    if isinstance(event, SessionStarted):
        return "the session starts a second time"
    return f"{type(event).__name__} came before SessionStarted"
