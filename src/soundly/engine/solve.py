"""`solve`: one problem, one strategy, one budget; one of four ends, or an exception.

How a session can end, and what decides it:

- SOLVED: the strategy stands behind a candidate that a SOUND critic accepted *in this session*,
  and the kernel re-checked its certificate.
- UNSOLVABLE: the strategy stands behind a proof, and the kernel re-checked it.
- UNSOLVED: the strategy stopped with neither.
- EXHAUSTED: the budget stopped it first, with nothing accepted on the way.
- A part that broke raises; what was traced and spent travels on the exception as ``record``.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import anyio

from soundly._version import __version__
from soundly.core.advice import Advice, AdviceGiven
from soundly.core.candidate import Candidate
from soundly.core.certificate import Certificate
from soundly.core.completion import Generator
from soundly.core.critic import Critic
from soundly.core.errors import (
    BudgetExhausted,
    CriticError,
    FamilyError,
    SoundlyError,
    StrategyError,
    UsageError,
)
from soundly.core.events import Certified, PartBroke, SessionEnded, SessionStarted, Sink
from soundly.core.family import Family
from soundly.core.moment import utc_text
from soundly.core.outcome import Outcome, Status
from soundly.core.problem import Problem
from soundly.core.session import Attempt, Result, Strategy, Unsolvable
from soundly.core.session_id import require_session_id
from soundly.core.session_record import SessionRecord
from soundly.core.spend import Budget, Spend
from soundly.core.verdict import Guarantee
from soundly.engine.attributed import attributed
from soundly.engine.describe import describe
from soundly.engine.evidence import evidence_for
from soundly.engine.first_failure import first_failure
from soundly.engine.ledger import Ledger
from soundly.engine.live_session import LiveSession, SessionState
from soundly.engine.recorder import Recorder
from soundly.generators.retry import RetryPolicy
from soundly.kernel import Refused

Stop = Result | BudgetExhausted


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def solve(
    problem: Problem,
    *,
    family: Family,
    strategy: Strategy,
    generator: Generator | None = None,
    critic: Critic | None = None,
    advice: Advice | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    sinks: Sequence[Sink] = (),
    retry: RetryPolicy | None = None,
    session_id: str | None = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = _utc_now,
) -> Outcome:
    """Spend a budget in search of an accepted candidate, and say honestly how it ended.

    ``critic`` defaults to the family's own. ``advice`` enters every prompt in words. ``seed``
    drives every choice the strategy makes. ``sinks`` get each trace record as it happens.
    ``session_id`` is drawn where it is None. ``clock`` counts seconds from any fixed point;
    ``now`` tells the date and time once, at the start. Cancelling the call writes the ledger's
    last word to the sinks and passes the cancellation on. Raises `PartError` when a part breaks
    and `UsageError` for input that cannot be used, both with ``record`` once the session has begun.
    """
    recorder = Recorder(_session_id(session_id), sinks=sinks, clock=clock)
    judge = critic or family.critic
    state = SessionState(
        problem,
        family,
        judge,
        _guarantee(judge),
        generator,
        Ledger(budget or Budget()),
        recorder,
        retry or RetryPolicy(),
        rng=Random(seed),  # noqa: S311 - reproducible choices, not secrets
        jitter=Random(seed),  # noqa: S311 - its own stream: a retry must not change what is drawn
        advice=advice,
    )
    started = _started(state, strategy, seed, utc_text(now()))
    try:
        recorder.add(started)
        if advice is not None:
            recorder.add(AdviceGiven(advice.text, advice.source))
        return _concluded(state, await _search(state, strategy))
    except SoundlyError as error:
        spend = _close(state, error, "broken", str(error))
        error.record = SessionRecord(recorder.session_id, recorder.trace, spend)
        raise
    except Exception as error:
        _close(state, error, "broken", f"{type(error).__name__}: {error}")
        raise
    except BaseException as error:
        _close(state, error, "cancelled", "the caller cancelled the session")
        raise


def _session_id(asked: str | None) -> str:
    if asked is None:
        return uuid.uuid4().hex[:12]
    try:
        require_session_id(asked)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return asked


def _started(state: SessionState, strategy: Strategy, seed: int, started_at: str) -> SessionStarted:
    return SessionStarted(
        state.recorder.session_id,
        state.problem,
        describe(strategy),
        state.generator.name if state.generator else None,
        state.critic.name,
        state.guarantee.words(),
        state.ledger.budget,
        seed,
        __version__,
        started_at,
    )


async def _search(state: SessionState, strategy: Strategy) -> Stop:
    """Run the strategy under its deadline; a group of failures counts as its first one."""
    seconds = state.ledger.budget.seconds
    result: Result = None
    try:
        with anyio.move_on_after(seconds) as scope:
            result = await strategy(LiveSession(state, _part_name(strategy)))
    except BudgetExhausted as signal:
        return signal
    except SoundlyError:
        raise
    except ExceptionGroup as group:
        first = first_failure(group)
        if isinstance(first, BudgetExhausted):
            return first
        if isinstance(first, SoundlyError):
            raise first from group
        raise _strategy_broke(first) from group
    except (Exception, SystemExit) as error:
        raise _strategy_broke(error) from error
    if scope.cancelled_caught and seconds is not None:
        return BudgetExhausted("seconds", maximum=seconds, wanted=state.recorder.seconds)
    return result


def _concluded(state: SessionState, stop: Stop) -> Outcome:  # noqa: PLR0911 - one per end
    """Decide the end. What was soundly accepted before the budget ran out is not thrown away."""
    if isinstance(stop, BudgetExhausted):
        if state.accepted:
            return _solved(state, next(iter(state.accepted.values())))
        if state.proved:
            return _unsolvable(state, state.proved[0])
        return _ended(state, Status.EXHAUSTED, str(stop))
    if isinstance(stop, Unsolvable):
        return _unsolvable(state, stop)
    if stop is not None and not isinstance(stop, Attempt):
        raise StrategyError(
            f"the strategy returned a {type(stop).__name__}, wanted an Attempt, Unsolvable or None"
        )
    if stop is not None and isinstance(stop.candidate, Candidate):
        accepted = state.accepted.get(stop.number)
        if accepted is not None and accepted.canonical == stop.candidate.canonical:
            return _solved(state, accepted)
        reason = "no sound critic accepted the candidate that the strategy returned"
        reason += f"; {stop.remark}" if stop.remark else ""
        return _ended(state, Status.UNSOLVED, reason, candidate=stop.candidate)
    reason = f"the strategy stopped without an answer after {_counted(state.attempts, 'attempt')}"
    if stop is not None and stop.remark:
        reason += f"; {stop.remark}"
    if state.asserted:
        reason += f"; solver-asserted, not proved: {state.asserted}"
    return _ended(state, Status.UNSOLVED, reason)


def _solved(state: SessionState, candidate: Candidate) -> Outcome:
    with attributed(FamilyError, f"family {state.family.name}"):
        certificate = state.family.certify(state.problem, candidate)
    try:
        summary, evidence = evidence_for(
            state.problem, certificate, claim="solved", part=candidate.part
        )
    except Refused as error:
        raise CriticError(
            f"critic {state.critic.name} accepted what the kernel refuses: {error}"
        ) from error
    return _ended(
        state,
        Status.SOLVED,
        summary,
        candidate=candidate,
        certificate=certificate,
        evidence=evidence,
    )


def _unsolvable(state: SessionState, proof: Unsolvable) -> Outcome:
    try:
        summary, evidence = evidence_for(
            state.problem, proof.certificate, claim="unsolvable", part=proof.part
        )
    except Refused as error:
        raise StrategyError(f"the kernel refuses the proof of {proof.part}: {error}") from error
    return _ended(
        state,
        Status.UNSOLVABLE,
        summary,
        certificate=proof.certificate,
        evidence=evidence,
    )


def _ended(
    state: SessionState,
    status: Status,
    reason: str,
    *,
    candidate: Candidate | None = None,
    certificate: Certificate | None = None,
    evidence: Certified | None = None,
) -> Outcome:
    found_by = evidence.part if evidence else None
    sha256 = evidence.sha256 if evidence else None
    if evidence is not None:
        state.recorder.add(evidence)
    spend = _spend(state)
    state.recorder.add(SessionEnded(status.value, reason, found_by, state.asserted, sha256, spend))
    return Outcome(
        status,
        state.recorder.session_id,
        spend,
        state.recorder.trace,
        reason,
        candidate,
        certificate,
        found_by,
        state.asserted,
    )


def _close(state: SessionState, error: BaseException, status: str, reason: str) -> Spend:
    """Write the end of a session that failed; a sink that fails too is noted on the failure."""
    spend = _spend(state)
    ended = SessionEnded(status, reason, None, state.asserted, None, spend)
    broke = [PartBroke(type(error).__name__, reason)] if status == "broken" else []
    for failure in state.recorder.close(*broke, ended):
        error.add_note(f"and then {failure}")
    return spend


def _spend(state: SessionState) -> Spend:
    return replace(state.ledger.committed, seconds=round(state.recorder.seconds, 6))


def _guarantee(critic: Critic) -> Guarantee:
    with attributed(CriticError, "the critic"):
        guarantee = critic.guarantee
    if not isinstance(guarantee, Guarantee):
        raise CriticError(
            f"critic {critic.name} declares a {type(guarantee).__name__}, wanted a Guarantee"
        )
    return guarantee


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _part_name(strategy: Strategy) -> str:
    text = describe(strategy)
    return "cascade" if "+" in text else text.partition(":")[0]


def _strategy_broke(error: BaseException) -> StrategyError:
    return StrategyError(f"the strategy broke: {type(error).__name__}: {error}")
