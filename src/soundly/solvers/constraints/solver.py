"""CP-SAT on constraint models that are stated in JSON, in a worker process."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib.util import find_spec

from soundly.core.errors import ProblemError, SolverError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
)
from soundly.solvers.constraints.model import (
    AllDifferent,
    AllOf,
    AnyOf,
    Comparison,
    Constraint,
    ConstraintModel,
    Linear,
    holds,
)
from soundly.solvers.constraints.reader import read_model
from soundly.solvers.process import run_worker

STATEMENT = "model"
"""The field of a problem's statement that holds the JSON."""


@dataclass(frozen=True, slots=True)
class ConstraintSolver:
    """Solves problems whose statement has a constraint model under "model".

    It finds a JSON object with a number for each variable, which keeps every constraint; where the
    model has an objective, the best that is found in time. It searches on one thread, so that the
    same problem gives the same answer unless time runs out. Gives up where ortools (extra
    ``scheduling``) is not installed.
    """

    max_seconds: float = 30.0
    max_memory_mb: int = 4096
    name: str = "cp-sat"

    def __post_init__(self) -> None:
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")
        if self.max_memory_mb < 1:
            raise ValueError(f"max_memory_mb is {self.max_memory_mb}, wanted at least 1")

    async def solve(self, problem: Problem) -> SolverAnswer:
        """Values as JSON, an assertion that there are none, or why it gave up.

        Raises `ProblemError` for a model that cannot be read.
        """
        if STATEMENT not in problem.statement:
            return SolverNotForThis(f"{problem.name!r} states no constraint model")
        model = read_model(problem.statement[STATEMENT])
        if not isinstance(model, ConstraintModel):
            raise ProblemError(str(model[0]), source=STATEMENT)
        if find_spec("ortools") is None:
            return SolverGaveUp("ortools is not installed: pip install 'soundly[scheduling]'")
        answer = await run_worker(
            "soundly.solvers.constraints.worker",
            _payload(model),
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )
        match answer:
            case {"values": dict(values)}:
                return SolverFound(json.dumps(_kept(model, values)))
            case {"infeasible": True}:
                return SolverAsserted("no values keep all constraints")
            case {"undecided": str(reason)}:
                return SolverGaveUp(reason)
        raise SolverError(f"CP-SAT answered with {sorted(answer)}")


def _kept(model: ConstraintModel, values: dict[str, int]) -> dict[str, int]:
    """The values, once they are seen to keep every constraint."""
    if set(values) != set(model.variables):
        raise SolverError("CP-SAT gave values to other variables than it was asked for")
    for constraint in model.constraints:
        if not holds(constraint, values):
            raise SolverError(f"CP-SAT gave values that break a constraint: {constraint}")
    return values


def _payload(model: ConstraintModel) -> dict[str, object]:
    objective = model.objective
    return {
        "variables": {name: list(map(list, ranges)) for name, ranges in model.variables.items()},
        "constraints": [_encoded(each) for each in model.constraints],
        "objective": objective and _sum(objective.of),
        "maximize": objective is not None and objective.maximize,
    }


def _encoded(constraint: Constraint) -> list[object]:
    match constraint:
        case Comparison(left, operator):
            return ["compare", _sum(left), operator]
        case AllDifferent(parts):
            return ["different", [_sum(each) for each in parts]]
        case AllOf(parts):
            return ["all", [_encoded(each) for each in parts]]
        case AnyOf(parts):
            return ["any", [_encoded(each) for each in parts]]


def _sum(linear: Linear) -> list[object]:
    return [list(map(list, linear.terms)), linear.constant]
