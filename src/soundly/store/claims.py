"""Claims: who works on what, for processes and machines that share a store."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Final

from sqlalchemy import Connection, Table, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from soundly.store.database import Database
from soundly.store.process_name import is_gone, own_name
from soundly.store.schema import CLAIMS

LEASE_SECONDS: Final = 60.0
"""How long a claim holds that is not renewed."""

_INSERT: Final[dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Claims:
    """The names that this object holds; no other one gets them until it lets go.

    A claim lapses ``lease_seconds`` after it was taken or renewed last, and at once where its
    process ran on this machine and is gone. Machines' clocks (``now``, in seconds since 1970) have
    to agree to within half of that.
    """

    def __init__(
        self,
        database: Database,
        *,
        lease_seconds: float = LEASE_SECONDS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.owner = own_name()
        self._database = database
        self._lease_seconds = lease_seconds
        self._now = now

    def take(self, names: Collection[str]) -> frozenset[str]:
        """Those of the names that are this object's now; the others are somebody else's."""
        if not names:
            return frozenset()
        now = self._now()
        with self._database.writing() as connection:
            holders = connection.scalars(
                select(CLAIMS.c.owner).where(CLAIMS.c.name.in_(names)).distinct()
            )
            gone = [holder for holder in holders if holder != self.owner and is_gone(holder)]
            # in one order, because two processes that take the same two must not wait for each
            # other; the condition is checked under the row's lock
            rows = [
                {"name": name, "owner": self.owner, "renewed_at": now} for name in sorted(names)
            ]
            statement = _INSERT[connection.dialect.name](CLAIMS).values(rows)
            free = or_(
                CLAIMS.c.owner.in_([self.owner, *gone]),
                CLAIMS.c.renewed_at < now - self._lease_seconds,
            )
            statement = statement.on_conflict_do_update(
                index_elements=[CLAIMS.c.name],
                set_={"owner": self.owner, "renewed_at": now},
                where=free,
            )
            return frozenset(connection.scalars(statement.returning(CLAIMS.c.name)))

    def alive(self, connection: Connection, owners: Collection[str]) -> frozenset[str]:
        """Those of the owners that still hold something; this one is always there."""
        renewed = connection.execute(
            select(CLAIMS.c.owner, func.max(CLAIMS.c.renewed_at))
            .where(CLAIMS.c.owner.in_(owners))
            .group_by(CLAIMS.c.owner)
        )
        oldest = self._now() - self._lease_seconds
        return frozenset(owner for owner, at in renewed if at >= oldest and not is_gone(owner)) | {
            self.owner
        }

    def renew(self) -> None:
        """Hold everything for another lease."""
        with self._database.writing() as connection:
            connection.execute(
                update(CLAIMS).where(CLAIMS.c.owner == self.owner).values(renewed_at=self._now())
            )

    def release(self, names: Collection[str] | None = None) -> None:
        """Let go of the names, or of everything."""
        statement = delete(CLAIMS).where(CLAIMS.c.owner == self.owner)
        if names is not None:
            statement = statement.where(CLAIMS.c.name.in_(names))
        with self._database.writing() as connection:
            connection.execute(statement)
