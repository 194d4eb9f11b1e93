"""The process in which CP-SAT searches: ``python -m soundly.solvers.cpsat_worker``."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ortools.sat.python import cp_model

from soundly.solvers.process import read_payload, write_answer


def main() -> None:
    """Read chains of tasks, search, print starts, that there are none, or why neither."""
    payload = read_payload()
    chains: list[list[list[int]]] = payload["chains"]
    deadline: int | None = payload["deadline"]
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(payload["max_seconds"])
    solver.parameters.num_workers = 1
    model, starts = _model(chains, deadline)
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        bound = 0 if deadline is not None else math.ceil(solver.best_objective_bound - 1e-6)
        rows = [[solver.value(start) for start in row] for row in starts]
        write_answer({"starts": rows, "bound": bound})
    elif status == cp_model.INFEASIBLE:
        write_answer({"infeasible": True})
    else:
        seconds = float(payload["max_seconds"])
        write_answer({"undecided": f"{solver.status_name(status)} within {seconds:g} s"})


def _model(
    chains: Sequence[Sequence[Sequence[int]]], deadline: int | None
) -> tuple[cp_model.CpModel, list[list[cp_model.IntVar]]]:
    model = cp_model.CpModel()
    horizon = sum(duration for chain in chains for _, duration in chain)
    end = model.new_int_var(0, horizon if deadline is None else deadline, "end")
    on_machine: dict[int, list[cp_model.IntervalVar]] = {}
    starts = []
    for number, chain in enumerate(chains):
        row: list[cp_model.IntVar] = []
        for place, (machine, duration) in enumerate(chain):
            start = model.new_int_var(0, horizon, f"start {number} {place}")
            interval = model.new_fixed_size_interval_var(start, duration, f"task {number} {place}")
            on_machine.setdefault(machine, []).append(interval)
            if place:
                model.add(start >= row[-1] + chain[place - 1][1])
            row.append(start)
        model.add(row[-1] + chain[-1][1] <= end)
        starts.append(row)
    for intervals in on_machine.values():
        model.add_no_overlap(intervals)
    if deadline is None:
        model.minimize(end)
    return model, starts


if __name__ == "__main__":
    main()
