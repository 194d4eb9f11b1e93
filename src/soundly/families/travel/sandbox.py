"""The world in SQLite, with the queries that an agent's tools make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from soundly.core.problem import Problem
from soundly.families.travel.statement import HEADERS, trip_of
from soundly.families.travel.world import Query

_NUMBERS = frozenset({"day", "price", "minutes", "kilometres", "self-driving", "taxi", "cost"})
_NUMBERS |= {"minimum nights", "maximum occupancy"}


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The tables of one problem, in a database; each search gives rows under a header, as CSV.

    The database is a copy: nothing written to it changes the problem or its judge. Close it, or
    use it in a ``with`` block.
    """

    connection: sqlite3.Connection
    query: Query

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def cities(self, region: str) -> str:
        """The cities of a region."""
        return self._rows("SELECT city FROM cities WHERE region = ?", region)

    def flights(self, start: str, end: str, day: int) -> str:
        """The flights from one city to another on a day."""
        return self._rows(
            "SELECT number, departs, arrives, price FROM flights"
            ' WHERE "from" = ? AND "to" = ? AND day = ?',
            start,
            end,
            day,
        )

    def distance(self, start: str, end: str) -> str:
        """The road between two cities, in whichever direction."""
        return self._rows(
            'SELECT minutes, kilometres, "self-driving", taxi FROM roads'
            ' WHERE ("between" = ?1 AND "and" = ?2) OR ("between" = ?2 AND "and" = ?1)',
            start,
            end,
        )

    def lodgings(self, city: str) -> str:
        """The lodgings of a city, the cheapest room first."""
        return self._rows("SELECT * FROM lodgings WHERE city = ? ORDER BY price, name", city)

    def restaurants(self, city: str, cuisine: str = "") -> str:
        """The restaurants of a city, or those that serve a cuisine, the cheapest first."""
        return self._rows(
            "SELECT * FROM restaurants WHERE city = ?1"
            " AND (?2 = '' OR instr('; ' || cuisines || '; ', '; ' || ?2 || '; ') > 0)"
            " ORDER BY cost, name",
            city,
            cuisine,
        )

    def attractions(self, city: str) -> str:
        """The attractions of a city."""
        return self._rows("SELECT * FROM attractions WHERE city = ? ORDER BY name", city)

    def _rows(self, sql: str, *values: str | int) -> str:
        with closing(self.connection.execute(sql, values)) as cursor:
            header = ",".join(column[0] for column in cursor.description)
            return "\n".join([header, *(",".join(map(str, row)) for row in cursor)]) + "\n"


def open_sandbox(problem: Problem, path: str = ":memory:") -> Sandbox:
    """The world of a problem as a database: the same content for the same statement.

    ``path`` is a file that does not hold these tables yet. Raises `ProblemError` for a statement
    that is no trip, and `sqlite3.Error` where the file cannot be written.
    """
    query = trip_of(problem).query
    connection = sqlite3.connect(path)
    with connection:
        for table, header in HEADERS.items():
            names = header.split(",")
            columns = ", ".join(
                f'"{name}" {"INTEGER" if name in _NUMBERS else "TEXT"} NOT NULL' for name in names
            )
            connection.execute(f'CREATE TABLE "{table}" ({columns}) STRICT')
            rows = problem.statement[table].removesuffix("\n").split("\n")[1:]
            marks = ", ".join("?" * len(names))
            connection.executemany(
                f'INSERT INTO "{table}" VALUES ({marks})',  # noqa: S608
                (row.split(",") for row in rows),
            )
    return Sandbox(connection, query)
