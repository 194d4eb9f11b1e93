"""The laws of a strategy: within its budget, reproducible, cancellable, and never believed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from zlib import crc32

import anyio

from soundly.core.advice import Advice
from soundly.core.certificate import read_certificate
from soundly.core.codec import record_from_json, record_to_json
from soundly.core.completion import Completion, Generator
from soundly.core.critic import Critic
from soundly.core.errors import SoundlyError
from soundly.core.events import (
    CallFailed,
    CallHeld,
    CallSettled,
    Certified,
    Judged,
    SessionEnded,
    TraceRecord,
)
from soundly.core.outcome import Outcome, Status
from soundly.core.replay import replay
from soundly.core.session import Strategy
from soundly.core.spend import Budget, Spend, Usage
from soundly.core.verdict import ACCEPT, Decision, Guarantee
from soundly.engine import solve
from soundly.engine.evidence import recheck_for
from soundly.generators.retry import RetryPolicy
from soundly.generators.scripted import Scripted, ScriptedBy
from soundly.testing.fake_family import (
    CLAIM,
    PROBLEM,
    RIGHT,
    UNREADABLE,
    WRONG,
    FakeCritic,
    FakeFamily,
)
from soundly.testing.fake_generators import Cancelling, Counting, Failing, Greedy
from soundly.testing.law import LawBroken, require
from soundly.testing.sinks import MemorySink

StrategyLaw: TypeAlias = Callable[[Strategy], Awaitable[None]]

SCRIPTS: Mapping[str, Sequence[str]] = {
    "right at once": [RIGHT],
    "right in the end": [UNREADABLE, WRONG[0], RIGHT],
    "never right": [*WRONG, UNREADABLE, CLAIM, ""],
}
"""Answers in turn, from the beginning again when they run out."""

BUDGETS = (
    Budget(calls=0),
    Budget(tokens=0),
    Budget(dollars=0.0),
    Budget(seconds=0.0),
    Budget(calls=1),
    Budget(calls=3),
    Budget(tokens=3000),
    Budget(dollars=4.0),
    Budget(calls=2, tokens=5000, dollars=6.0),
)
_NO_WAITING = RetryPolicy(max_tries=2, base_seconds=0.0)
_MAX_WAITS = 200
_ADVICE = Advice("Lift the block that belongs on top.")
"""Every session has some: a strategy that compares advice needs it, and no other one minds."""


async def no_budget_is_exceeded(strategy: Strategy) -> None:
    """With a model that costs all it may, no record of the trace shows more than the budget."""
    for budget in BUDGETS:
        for texts in SCRIPTS.values():
            outcome = await _session(strategy, Greedy(texts), budget=budget)
            for end in range(1, len(outcome.trace) + 1):
                account = replay(outcome.trace[:end]).account
                _require_within(account.spent + account.held, budget)
            _require_within(outcome.spend, budget)


async def every_call_is_on_the_bill(strategy: Strategy) -> None:
    """What the model itself counted is what the records add up to, and what the session spent.

    The model is asked as often as calls are held, and each of them ends once.
    """
    for texts in SCRIPTS.values():
        for budget in (Budget(), Budget(calls=2)):
            model = Counting(_script(texts))
            outcome = await _session(strategy, model, budget=budget)
            events = [record.event for record in outcome.trace]
            held = sum(isinstance(event, CallHeld) for event in events)
            ends = [event.spend for event in events if isinstance(event, CallSettled | CallFailed)]
            total = replace(sum(ends, Spend()), seconds=outcome.spend.seconds)
            require(held == len(ends) == model.asked, f"{model.asked} asked, {held} held, {ends}")
            require(total == outcome.spend, f"the records add up to {total}, not {outcome.spend}")
            used = sum((e.spend for e in events if isinstance(e, CallSettled)), Spend())
            counted = (used.input_tokens, used.output_tokens)
            require(counted == model.used, f"the model counted {model.used}, booked are {counted}")


async def the_seed_decides(strategy: Strategy) -> None:
    """With a model that answers one request always alike, one seed ends the same way twice.

    It also asks the model the same. The order of calls made at the same time is the event loop's,
    so requests compare as a bag.
    """
    for texts in SCRIPTS.values():
        first, second = [await _session(strategy, _faithful(texts), seed=5) for _ in range(2)]
        require(first.status is second.status, f"{first.status}, then {second.status}")
        if texts is SCRIPTS["never right"]:
            require(_asked(first.trace) == _asked(second.trace), "one seed asked two things")


async def only_a_sound_critic_solves(strategy: Strategy) -> None:
    """A critic that accepts everything without being SOUND ends no session SOLVED."""
    for guarantee in (Guarantee.NONE, Guarantee.COMPLETE):
        critic = FakeCritic(ACCEPT, guarantee)
        outcome = await _session(strategy, _script([RIGHT]), critic=critic)
        require(outcome.status is not Status.SOLVED, f"SOLVED by a critic of {guarantee}")


async def solved_is_judged_and_proved(strategy: Strategy) -> None:
    """Where a session ends SOLVED, its trace holds verdict and proof, and the kernel agrees."""
    for texts in SCRIPTS.values():
        outcome = await _session(strategy, _script(texts))
        if outcome.status is not Status.SOLVED or outcome.certificate is None:
            continue
        judged = [r.event for r in outcome.trace if isinstance(r.event, Judged)]
        require(
            any(event.decision is Decision.ACCEPT for event in judged),
            "SOLVED, and the trace holds no acceptance",
        )
        proofs = [r.event for r in outcome.trace if isinstance(r.event, Certified)]
        require(len(proofs) == 1, f"SOLVED, and the trace holds {len(proofs)} certificates")
        recheck_for(PROBLEM, read_certificate(proofs[0].document), claim="solved")


async def the_trace_tells_the_outcome(strategy: Strategy) -> None:
    """A trace, written as JSON and read back, replays to the outcome's status and spend."""
    for texts in SCRIPTS.values():
        for budget in (Budget(), Budget(calls=2)):
            outcome = await _session(strategy, Greedy(texts), budget=budget)
            read = tuple(record_from_json(record_to_json(record)) for record in outcome.trace)
            _require_same_end(read, outcome.status.value, outcome.spend)


async def cancelling_leaves_a_complete_ledger(strategy: Strategy) -> None:
    """Cancelled at any of its waits, a session ends at once, with each of its calls booked."""
    for at in range(1, _MAX_WAITS):
        sink = MemorySink()
        with anyio.CancelScope() as scope:
            script = _script(SCRIPTS["never right"])
            model = Cancelling(script, scope.cancel, at=at)
            await _session(strategy, model, sinks=[sink])
        if not model.reached:
            return
        state = replay(sink.trace)
        require(state.status == "cancelled", f"cancelled at wait {at}, it ended {state.status}")
        require(state.account.held.calls == 0, f"cancelled at wait {at}, a call stays open")
        require(scope.cancelled_caught, f"the cancellation at wait {at} was swallowed")
    raise LawBroken(f"after {_MAX_WAITS} waits there is no end")


async def a_broken_part_is_no_outcome(strategy: Strategy) -> None:
    """A model or critic that breaks raises, and the failure carries a complete record."""
    for error in (None, RuntimeError("a bug"), ValueError("a slip")):
        await _require_failure(strategy, Failing(error), FakeCritic())
        critic = FakeCritic(error or TypeError("no verdict today"))
        await _require_failure(strategy, _script([RIGHT]), critic)


def timeless(trace: Sequence[TraceRecord]) -> list[object]:
    """The trace as JSON without what differs between two runs: times, version, session's name."""
    return [_timeless(record_to_json(record)) for record in trace]


def _timeless(value: object) -> object:
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items() if not _differs(key, item)}
    if isinstance(value, list):
        return [_timeless(item) for item in value]
    return value


def _asked(trace: Sequence[TraceRecord]) -> list[str]:
    return sorted(repr(r.event.request) for r in trace if isinstance(r.event, CallHeld))


def _differs(key: str, value: object) -> bool:
    measured = key in ("t", "seconds") and isinstance(value, float)
    return measured or key in ("session_id", "soundly_version", "started_at")


async def _session(
    strategy: Strategy,
    model: Generator,
    *,
    critic: Critic | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    sinks: Sequence[MemorySink] = (),
) -> Outcome:
    return await solve(
        PROBLEM,
        family=FakeFamily(),
        strategy=strategy,
        generator=model,
        critic=critic,
        advice=_ADVICE,
        budget=budget,
        seed=seed,
        sinks=sinks,
        retry=_NO_WAITING,
    )


def _script(texts: Sequence[str]) -> Scripted:
    """The texts in turn, without end, from a model that tells log-probabilities."""
    return Scripted([_told(text) for text in texts], cycle=True)


def _faithful(texts: Sequence[str]) -> ScriptedBy:
    """A model whose answer is one of the texts, and a function of the request alone."""
    return ScriptedBy(lambda request: _told(texts[crc32(repr(request).encode()) % len(texts)]))


def _told(text: str) -> Completion:
    words = text.split()
    usage = Usage(40, len(words))
    return Completion(text, "scripted", usage=usage, logprobs=(-0.5,) * len(words))


async def _require_failure(strategy: Strategy, model: Generator, critic: Critic) -> None:
    sink = MemorySink()
    try:
        await _session(strategy, model, critic=critic, sinks=[sink])
    except SoundlyError as error:
        if error.record is None:
            raise LawBroken(f"{error!r} carries no record") from error
        require(error.record.trace == sink.trace, "the failure's record is not what was traced")
        _require_same_end(error.record.trace, "broken", error.record.spend)
        return
    failed = [r.event for r in sink.trace if isinstance(r.event, CallFailed)]
    require(not failed, f"a call failed and the session has an outcome: {failed}")
    judged = any(isinstance(r.event, Judged) for r in sink.trace)
    require(critic == FakeCritic() or not judged, "a broken critic gave a verdict")


def _require_same_end(trace: Sequence[TraceRecord], status: str, spend: Spend) -> None:
    state = replay(trace)
    require(state.status == status, f"the trace says {state.status}, wanted {status}")
    account = state.account
    total = replace(account.spent + account.held, seconds=spend.seconds)
    require(total == spend, f"the trace adds up to {total}, the session says {spend}")
    last = trace[-1].event
    require(isinstance(last, SessionEnded) and last.spend == spend, "the end tells another spend")


def _require_within(spend: Spend, budget: Budget) -> None:
    limits = (budget.calls, budget.tokens, budget.dollars)
    amounts = (spend.calls, spend.tokens, spend.dollars)
    for limit, amount in zip(limits, amounts, strict=True):
        require(limit is None or amount <= limit, f"spent {spend} of {budget}")


STRATEGY_LAWS: tuple[StrategyLaw, ...] = (
    no_budget_is_exceeded,
    every_call_is_on_the_bill,
    the_seed_decides,
    only_a_sound_critic_solves,
    solved_is_judged_and_proved,
    the_trace_tells_the_outcome,
    cancelling_leaves_a_complete_ledger,
    a_broken_part_is_no_outcome,
)
"""Every law of a strategy: run each over your strategy, on both event loops."""
