"""Our strategies as Inspect solvers, with Inspect's model to propose and our critics to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import anyio
from inspect_ai.model import ChatMessageAssistant, ModelOutput, get_model
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.util import LimitExceededError

from soundly.bench.inspect_tasks.generator import InspectModel
from soundly.bench.inspect_tasks.record import leave_failure, leave_outcome
from soundly.bench.inspect_tasks.samples import posed_in
from soundly.config.budget import parse_budget
from soundly.config.families import make_family
from soundly.config.strategies import needs_model, parse_strategy
from soundly.core.errors import CriticError, FamilyError, SoundlyError, UsageError
from soundly.core.events import TraceRecord
from soundly.core.outcome import Outcome, Status
from soundly.core.spend import Budget
from soundly.engine import solve as engine_solve

NO_SOLUTION = "[NO SOLUTION]"


@solver(name="strategy")
def strategy(
    strategy: str | Sequence[str] = "cascade",
    budget: str | Sequence[str] = "",
    seed: int = 0,
) -> Solver:
    """A strategy of ours as ``soundly solve --strategy`` takes it, such as "refine:rounds=3".

    The output's text is the answer that the strategy stands behind, and empty where it stands
    behind none. The store holds the whole outcome under ``soundly_outcome``: status, reason,
    spend, certificate and trace. ``budget`` holds for each sample, such as "calls=5,tokens=20000";
    Inspect's own limits hold beside it. ``seed`` is mixed with the sample's id and the epoch.

    The prompt is the strategy's own (``refine:language=formal``): it words the problem anew and
    does not look at the sample's input.

    A critic or family that breaks leaves the sample unscored. Any other part that breaks is
    raised, and is Inspect's sample error. Raises `UsageError` for a budget in dollars: use
    Inspect's ``--cost-limit``, which knows the prices.
    """
    # Inspect's command line splits an option's value at its commas.
    text = strategy if isinstance(strategy, str) else ",".join(strategy)
    limits = parse_budget(budget if isinstance(budget, str) else ",".join(budget))
    if limits.dollars is not None:
        raise UsageError("a budget in dollars needs prices, which Inspect has: use its cost limit")
    parse_strategy(text)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - it appends
        sink = _Kept()
        try:
            outcome = await _outcome(state, text, limits, seed, sink)
        except anyio.get_cancelled_exc_class():
            leave_failure(state.store, "stopped", "Inspect stopped the sample", sink.trace)
            raise
        except SoundlyError as error:
            limit = _limit_behind(error)
            if limit is not None:
                leave_failure(state.store, "stopped", limit.message, sink.trace)
                raise limit from error
            if isinstance(error, CriticError | FamilyError):
                leave_failure(state.store, "broken", str(error), sink.trace)
                return state
            raise
        leave_outcome(state.store, outcome)
        answer = _answer(outcome)
        state.output = ModelOutput.from_content(str(state.model), answer)
        if answer:
            state.messages.append(ChatMessageAssistant(content=answer))
        return state

    return solve


class _Kept:
    """The records of a session that may not live to give them back itself."""

    def __init__(self) -> None:
        self.trace: list[TraceRecord] = []

    def write(self, session_id: str, record: TraceRecord) -> None:  # noqa: ARG002 - one session
        self.trace.append(record)


async def _outcome(state: TaskState, text: str, limits: Budget, seed: int, sink: _Kept) -> Outcome:
    problem = posed_in(state.metadata).problem
    family = make_family(problem.family)
    return await engine_solve(
        problem,
        family=family,
        strategy=parse_strategy(text, family),
        generator=InspectModel(get_model()) if needs_model(text) else None,
        budget=limits,
        seed=_seed(seed, state),
        sinks=(sink,),
    )


def _seed(seed: int, state: TaskState) -> int:
    """Another one for each sample and epoch, and the same ones in every run."""
    named = f"{seed} {state.epoch} {state.sample_id}"
    return int.from_bytes(hashlib.sha256(named.encode()).digest()[:4])


def _limit_behind(error: BaseException) -> LimitExceededError | None:
    """Inspect's own stop signal, which the session's boundary took for a broken model."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, LimitExceededError):
            return cause
        cause = cause.__cause__
    return None


def _answer(outcome: Outcome) -> str:
    if outcome.status is Status.UNSOLVABLE:
        return NO_SOLUTION
    if outcome.candidate is None:
        return ""
    completion = outcome.candidate.completion
    return completion.text if completion is not None else outcome.candidate.canonical
