"""One budget for many sessions, whichever processes and machines run them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final, Literal, Self, TypeAlias

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, text, update

from soundly.core.errors import StoreError
from soundly.core.replay import UNFINISHED
from soundly.core.spend import Budget, Spend
from soundly.store.claims import Claims
from soundly.store.database import Database
from soundly.store.schema import RESERVATIONS, SESSIONS

Reply: TypeAlias = Literal["granted", "wait", "refused"]
"""``wait``: what open sessions leave unspent may be enough. ``refused``: none is open."""

_SETTLED: Final = ""
"""Stands for a session's id in the row that adds up what settled sessions spent."""
_COMMITTED: Final = "*"
"""And in the row that adds to this what is set aside for all others."""

_held_tokens = SESSIONS.c.held_input_tokens + SESSIONS.c.held_output_tokens
_tokens = SESSIONS.c.input_tokens + SESSIONS.c.output_tokens + _held_tokens
_ROWS: Final = (
    select(
        RESERVATIONS,
        SESSIONS.c.status,
        func.coalesce(SESSIONS.c.calls + SESSIONS.c.held_calls, 0).label("spent_calls"),
        func.coalesce(_tokens, 0).label("spent_tokens"),
        func.coalesce(SESSIONS.c.dollars + SESSIONS.c.held_dollars, 0.0).label("spent_dollars"),
    )
    .outerjoin(SESSIONS, SESSIONS.c.id == RESERVATIONS.c.session_id)
    .where(RESERVATIONS.c.run == bindparam("run"))
)
_THIS: Final = and_(
    RESERVATIONS.c.run == bindparam("of_run"), RESERVATIONS.c.session_id == bindparam("of_session")
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Model calls, tokens in and out together, and US dollars."""

    calls: int = 0
    tokens: int = 0
    dollars: float = 0.0

    @classmethod
    def of(cls, spend: Spend) -> Self:
        """What was spent, as a budget counts it."""
        return cls(spend.calls, spend.tokens, spend.dollars)

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            self.calls + other.calls, self.tokens + other.tokens, self.dollars + other.dollars
        )

    def within(self, budget: Budget) -> bool:
        """Whether it breaks no limit."""
        limits = (budget.calls, budget.tokens, budget.dollars)
        amounts = (self.calls, self.tokens, self.dollars)
        return all(
            limit is None or amount <= limit for amount, limit in zip(amounts, limits, strict=True)
        )


class Ledger:
    """What the sessions of a run spent, and what those that are open could still spend.

    A session that could break a limit is not begun, so limits hold whatever the sessions do. What
    is set aside for a session gives way to what it spent when it has ended in the store, or when
    whoever opened it is gone; this is looked for when a limit would break otherwise. Each method is
    one transaction, and those about one run follow each other on all machines. They raise
    `StoreError`.
    """

    def __init__(self, database: Database, run: str, claims: Claims) -> None:
        self._database = database
        self._run = run
        self._claims = claims

    def begin(self, spent: Callable[[], Spend]) -> None:
        """Begin with what was ``spent`` before, or join others who have sessions open.

        ``spent`` is asked within the transaction, so that it misses nothing that ends meanwhile.
        """
        with self._exclusive() as connection:
            _, still_open = self._settle(connection)
            if not still_open:
                connection.execute(delete(RESERVATIONS).where(RESERVATIONS.c.run == self._run))
                before = Amount.of(spent())
                for name in (_SETTLED, _COMMITTED):
                    self._insert(connection, name, before)

    def reserve(self, session_id: str, most: Amount, budget: Budget) -> Reply:
        """Set aside the most that a session can spend, if it fits into the budget.

        Who reserves once more for a session that it has reserved for is granted it.
        """
        with self._exclusive() as connection:
            if self._find(connection, session_id) is not None:
                self._settle(connection)  # whoever had it may be gone
                if self._find(connection, session_id) is not None:
                    return "granted"
            together = self._committed(connection) + most
            if not together.within(budget):
                settled, still_open = self._settle(connection)
                together = settled + most
                if not together.within(budget):
                    return "wait" if still_open else "refused"
            self._insert(connection, session_id, most)
            self._update(connection, _COMMITTED, together)
            return "granted"

    def _committed(self, connection: Connection) -> Amount:
        found = self._find(connection, _COMMITTED)
        if found is None:
            raise StoreError("a run reserves before it has begun its ledger")
        return found

    def _find(self, connection: Connection, name: str) -> Amount | None:
        which = {"of_run": self._run, "of_session": name}
        row = connection.execute(select(RESERVATIONS).where(_THIS), which).one_or_none()
        return None if row is None else Amount(row.calls, row.tokens, row.dollars)

    def _settle(self, connection: Connection) -> tuple[Amount, bool]:
        """Let what sessions spent that have ended stand for what was set aside for them.

        Gives the most that all together can spend, and whether some are open.
        """
        rows = connection.execute(_ROWS, {"run": self._run}).all()
        alive = self._claims.alive(connection, {row.owner for row in rows})
        spent, held, ended = Amount(), [], []
        for row in rows:
            reserved = Amount(row.calls, row.tokens, row.dollars)
            if row.session_id == _SETTLED:
                spent += reserved
            elif row.session_id != _COMMITTED:
                if row.status in (None, UNFINISHED) and row.owner in alive:
                    held.append(reserved)
                else:
                    spent += Amount(row.spent_calls, row.spent_tokens, row.spent_dollars)
                    ended.append(row.session_id)
        most = sum(held, spent)
        if ended:
            which = [{"of_run": self._run, "of_session": name} for name in ended]
            connection.execute(delete(RESERVATIONS).where(_THIS), which)
            self._update(connection, _SETTLED, spent)
            self._update(connection, _COMMITTED, most)
        return most, bool(held)

    def _insert(self, connection: Connection, session_id: str, amount: Amount) -> None:
        row = {"run": self._run, "session_id": session_id, "owner": self._claims.owner}
        connection.execute(insert(RESERVATIONS), row | asdict(amount))

    def _update(self, connection: Connection, name: str, amount: Amount) -> None:
        which = {"of_run": self._run, "of_session": name}
        connection.execute(update(RESERVATIONS).where(_THIS), which | asdict(amount))

    @contextmanager
    def _exclusive(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":  # a writer on SQLite is alone anyhow
                lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:run, 0))")
                connection.execute(lock, {"run": self._run})
            yield connection
