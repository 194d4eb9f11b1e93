"""Strategies as people type them: ``refine:rounds=3+kairos+h2``.

A name is a strategy or a solver, options follow a colon, and ``+`` makes a cascade.
"""

from __future__ import annotations

from functools import partial

from soundly.config import registry
from soundly.config.options import bind, parse_pairs
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.family import Family, Procedures, PromptStyle, SolverRuns, Solves
from soundly.core.session import Strategy
from soundly.core.solver import Solver
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult

DEFAULT = "cascade"


def parse_strategy(text: str, family: Family | None = None) -> Strategy:
    """The strategy that the text spells, for problems of a family.

    ``cascade`` alone stands for the default: the model with back-prompting, then the family's own
    solvers and provers in their order; without a family that brings some, the model alone.

    Raises `UsageError` for text that spells none, and with a family also for a procedure that it
    does not teach.
    """
    if text.strip() == DEFAULT:
        stages = [_stage("refine", family), *_own_solvers(family)]
    else:
        stages = [_stage(piece.strip(), family) for piece in text.split("+")]
    return stages[0] if len(stages) == 1 else partial(cascade, stages=tuple(stages))


def needs_model(text: str) -> bool:
    """Whether any stage is more than a solver."""
    solvers = registry.names("solvers")
    return any(piece.strip().partition(":")[0] not in solvers for piece in text.split("+"))


def make_solver(name: str, options: str = "") -> Solver:
    """A solver by name, with its options as text."""
    factory = registry.load("solvers", name)
    arguments = bind(factory, parse_pairs(options, what=name), what=name)
    try:
        solver: Solver = factory(**arguments)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error
    return solver


def _own_solvers(family: object) -> list[Strategy]:
    brought = family.solvers if isinstance(family, Solves) else ()
    return [partial(consult, solver=solver) for solver in brought]


def _stage(piece: str, family: Family | None) -> Strategy:
    name, _, options = piece.partition(":")
    if not name:
        raise UsageError("strategy: an empty stage; wanted names joined by +, as in refine+kairos")
    if name in registry.names("solvers"):
        return partial(consult, solver=make_solver(name, options))
    if name not in registry.names("strategies"):
        known = (*registry.names("strategies"), *registry.names("solvers"), DEFAULT)
        raise UnknownNameError("strategy", name, known)
    function = registry.load("strategies", name)
    arguments = bind(function, parse_pairs(options, what=name), what=name)
    for bound in arguments.values():
        if family is not None and isinstance(bound, PromptStyle):
            _require_taught(bound.procedure, family, what=name)
            _require_runs(bound, family, what=name)
    return partial(function, **arguments)


def _require_taught(procedure: str | None, family: object, *, what: str) -> None:
    """Refuses here what the family would refuse when the session has begun."""
    taught = family.procedures if isinstance(family, Procedures) else ()
    if procedure is not None and not taught:
        raise UsageError(f"{what}: procedure is {procedure!r:.80}, and this family teaches none")
    if procedure is not None and procedure not in taught:
        raise UnknownNameError("procedure of this family", procedure, taught)


def _require_runs(style: PromptStyle, family: Family, *, what: str) -> None:
    if style.augmentation == "solver-trace" and not isinstance(family, SolverRuns):
        raise UsageError(
            f"{what}: augmentation is solver-trace, and family {family.name} writes no run of a "
            "solver out"
        )
