"""The process in which CP-SAT searches: ``python -m soundly.families.travel.search_worker``."""

from __future__ import annotations

from soundly.core.problem import Problem
from soundly.families.travel.plan import format_plan
from soundly.families.travel.search import TripModel
from soundly.families.travel.statement import NAME, trip_of
from soundly.solvers.process import read_payload, write_answer


def main() -> None:
    """Read a statement, search, print a plan or the solver's status."""
    payload = read_payload()
    trip = trip_of(Problem(NAME, "sent", payload["statement"]))
    found = TripModel(trip).solve(max_seconds=float(payload["max_seconds"]))
    write_answer({"status": found} if isinstance(found, str) else {"plan": format_plan(found)})


if __name__ == "__main__":
    main()
