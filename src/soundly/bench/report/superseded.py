"""Sessions of a run that were cut short and asked once more: paid for, and in no result."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.bench.report.systems import Results
from soundly.bench.runs.works import past_of
from soundly.charts.amounts import dollars
from soundly.core.spend import Spend
from soundly.store import Store


@dataclass(frozen=True, slots=True)
class Superseded:
    """How many sessions came before those that count, and what they cost at most."""

    sessions: int
    spent: Spend

    def __str__(self) -> str:
        """One sentence."""
        count = "1 session was" if self.sessions == 1 else f"{self.sessions:,} sessions were"
        money = f" and {dollars(self.spent.dollars)}" if self.spent.dollars else ""
        return (
            f"Beside these, {count} cut short or run again: at most {self.spent.tokens:,} more "
            f"tokens{money}, which no other number counts."
        )


def superseded(results: Results, store: Store) -> Superseded:
    """What the store holds of the results' cells beside the sessions that they came from.

    The cells are to be as they were run: their ids name the sessions.
    """
    counted = {each.session_id for each in results}
    before = [
        session
        for past in past_of(store, [each.cell for each in results])
        for session in past.sessions
        if session.session_id not in counted
    ]
    return Superseded(len(before), sum((each.spent + each.held for each in before), Spend()))
