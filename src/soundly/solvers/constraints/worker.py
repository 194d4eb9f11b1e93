"""The process in which CP-SAT searches: ``python -m soundly.solvers.constraints.worker``."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from soundly.solvers.process import read_payload, write_answer


def main() -> None:
    """Read a model, search, print values, that there are none, or why neither."""
    payload = read_payload()
    seconds = float(payload["max_seconds"])
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    built = _Built(payload["variables"])
    for constraint in payload["constraints"]:
        built.post(constraint, [])
    if payload["objective"] is not None:
        best = built.model.maximize if payload["maximize"] else built.model.minimize
        best(built.sum(payload["objective"]))
    status = solver.solve(built.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        write_answer({"values": {name: solver.value(v) for name, v in built.variables.items()}})
    elif status == cp_model.INFEASIBLE:
        write_answer({"infeasible": True})
    elif status == cp_model.UNKNOWN:
        write_answer({"undecided": f"no answer within {seconds:g} s"})
    else:
        raise SystemExit(f"{solver.status_name(status)}: {built.model.validate():.200}")


class _Built:
    """The model as CP-SAT has it."""

    def __init__(self, variables: dict[str, list[list[int]]]) -> None:
        self.model = cp_model.CpModel()
        self.variables = {
            name: self.model.new_int_var_from_domain(cp_model.Domain.from_intervals(ranges), name)
            for name, ranges in variables.items()
        }

    def sum(self, linear: Any) -> Any:  # noqa: ANN401 - ortools has no types
        """A sum of variables."""
        terms, constant = linear
        names = [self.variables[name] for name, _ in terms]
        factors = [factor for _, factor in terms]
        return cp_model.LinearExpr.weighted_sum(names, factors) + constant

    def post(self, constraint: Any, when: list[Any]) -> None:  # noqa: ANN401 - ortools has no types
        """Demand a constraint where all of the literals ``when`` are true."""
        match constraint:
            case ["compare", linear, operator]:
                self._compare(self.sum(linear), operator, when)
            case ["different", linears] if not when:
                self.model.add_all_different([self.sum(each) for each in linears])
            case ["different", linears]:
                for first, second in combinations([self.sum(each) for each in linears], 2):
                    self._compare(first - second, "!=", when)
            case ["all", parts]:
                for part in parts:
                    self.post(part, when)
            case ["any", parts]:
                chosen = [self.model.new_bool_var("") for _ in parts]
                self.model.add_bool_or(chosen).only_enforce_if(when)
                for literal, part in zip(chosen, parts, strict=True):
                    self.post(part, [literal])

    def _compare(self, left: Any, operator: str, when: list[Any]) -> None:  # noqa: ANN401
        stands = {
            "==": lambda: left == 0,
            "!=": lambda: left != 0,
            "<=": lambda: left <= 0,
            ">=": lambda: left >= 0,
            "<": lambda: left < 0,
            ">": lambda: left > 0,
        }
        self.model.add(stands[operator]()).only_enforce_if(when)


if __name__ == "__main__":
    main()
