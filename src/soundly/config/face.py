"""The public functions of ``import soundly``: names in, outcome out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack, aclosing
from functools import partial
from os import PathLike
from pathlib import Path

import anyio
import anyio.to_thread

from soundly.config.default_model import default_model
from soundly.config.explaining import explaining
from soundly.config.families import make_family
from soundly.config.generators import open_model
from soundly.config.given_text import advice_of
from soundly.config.routing import Routed, route_problem
from soundly.config.strategies import DEFAULT, needs_model, parse_strategy
from soundly.core.advice import Advice
from soundly.core.certificate import Certificate
from soundly.core.completion import Generator
from soundly.core.errors import FamilyError, UsageError
from soundly.core.events import Sink
from soundly.core.explanation import Explanation
from soundly.core.outcome import Outcome
from soundly.core.problem import Problem
from soundly.core.session import Strategy
from soundly.core.spend import Budget
from soundly.critics.accompanied import Accompanied
from soundly.critics.human import Person
from soundly.engine import solve as engine_solve
from soundly.engine.attributed import attributed
from soundly.engine.describe import describe
from soundly.families.planning.problems import problem_from_files
from soundly.kernel import Accepted
from soundly.kernel import recheck as kernel_recheck
from soundly.routing.asked import Route


def load(domain: str | PathLike[str], problem: str | PathLike[str]) -> Problem:
    """The planning problem in two PDDL files.

    Raises `UsageError` for a file that cannot be read and `ProblemError`, with line and column,
    for PDDL that cannot.
    """
    return problem_from_files(Path(domain), Path(problem))


async def solve(
    problem: Problem,
    *,
    model: str | Generator | None = None,
    strategy: str | Strategy = "cascade",
    advice: str | Advice | None = None,
    person: Person | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    sinks: Sequence[Sink] = (),
    route: Route | None = None,
) -> Outcome:
    """Solve a problem: an accepted answer with a certificate, a proof, or an honest "unknown".

    ``model`` is a generator or a name such as "smollm2", "openai:gpt-5-mini", "gguf:PATH"; the
    default is what `soundly.config.default_model` chooses. ``strategy`` is a function over a
    session or a name such as "refine:rounds=8+kairos". ``advice`` is words for every prompt, or
    ``@FILE``. A ``person`` is shown every candidate that is judged, and no candidate is accepted
    against their word; `assist` is the strategy that also hears what else they say. A model given
    by name is closed at the end. A ``route`` leaves model and strategy to what a store's sessions
    have shown, and the strategy alone where ``model`` is given.

    Raises `UsageError` for names that nobody registered and `PartError` for a part that broke.
    """
    async with AsyncExitStack() as stack:
        family = make_family(problem.family)
        if isinstance(model, str):
            model = await _opened(stack, model)
        if route is not None:
            found = await _routed(problem, route, model, strategy, budget)
            model = model if found.model is None else model or await _opened(stack, found.model)
            strategy = found.strategy
        elif model is None and needs_model(_spelled(strategy)):
            model = await _opened(stack, default_model(problem, family))
        return await engine_solve(
            problem,
            family=family,
            strategy=parse_strategy(strategy, family) if isinstance(strategy, str) else strategy,
            generator=model,
            critic=None if person is None else Accompanied(family.critic, person),
            advice=advice_of(advice) if isinstance(advice, str) else advice,
            budget=budget,
            seed=seed,
            sinks=sinks,
        )


def run(
    problem: Problem,
    *,
    model: str | Generator | None = None,
    strategy: str | Strategy = "cascade",
    advice: str | Advice | None = None,
    person: Person | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    sinks: Sequence[Sink] = (),
    route: Route | None = None,
) -> Outcome:
    """`solve`, for programs that are not asynchronous."""
    call = partial(
        solve,
        problem,
        model=model,
        strategy=strategy,
        advice=advice,
        person=person,
        budget=budget,
        seed=seed,
        sinks=sinks,
        route=route,
    )
    return anyio.run(call)


async def _opened(stack: AsyncExitStack, model: str) -> Generator:
    opened = await stack.enter_async_context(aclosing(open_model(model)))
    return opened.generator


async def _routed(
    problem: Problem,
    route: Route,
    model: Generator | None,
    strategy: str | Strategy,
    budget: Budget | None,
) -> Routed:
    """The problem's route; in a thread, because a store is read."""
    if strategy != DEFAULT:
        raise UsageError(
            f"a route chooses the strategy, and {_spelled(strategy)} is given: drop one"
        )
    named = None if model is None else model.name
    return await anyio.to_thread.run_sync(
        partial(route_problem, problem, route, named=named, budget=budget)
    )


def _spelled(strategy: str | Strategy) -> str:
    return strategy if isinstance(strategy, str) else describe(strategy)


def recheck(certificate: Certificate | str | PathLike[str]) -> Accepted:
    """What a certificate, or the file that holds one, proves; raises `soundly.kernel.Refused`."""
    if isinstance(certificate, Certificate):
        return kernel_recheck(certificate.document)
    path = Path(certificate)
    try:
        return kernel_recheck(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def explain(problem: Problem, text: str) -> Explanation:
    """Three facts about an answer with an explanation, none of which follows from the others.

    Is the answer right, is the explanation's own chain of states right, and does the chain lead to
    that answer; None where there was nothing to judge. ``faults`` say where the chain breaks.

    Raises `UsageError` for a problem of a family that cannot follow explanations and `PartError`
    for a family that broke.
    """
    family = make_family(problem.family)
    follower = explaining(family)
    with attributed(FamilyError, f"family {family.name}"):
        return follower.explain(problem, text)
