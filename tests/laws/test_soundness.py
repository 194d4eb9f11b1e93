"""Nothing but ACCEPT by a SOUND critic ends SOLVED, whatever the parts and the strategy do.

The sessions here are drawn: any strategy or cascade, models that fail, critics that break or lie,
budgets that run out, and cancellation at any wait. What may end SOLVED is decided from the trace
alone, by rules written down a second time.
"""

from dataclasses import replace
from functools import partial

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soundly.core.candidate import Candidate
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Completion
from soundly.core.errors import BudgetExhausted, GeneratorError, SoundlyError, StrategyError
from soundly.core.events import CandidateRead, Judged
from soundly.core.family import PromptStyle
from soundly.core.outcome import Status
from soundly.core.replay import replay
from soundly.core.session import Attempt, Unsolvable
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp, SolverProved
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Critique, Decision, Guarantee, Verdict, reject, unknown
from soundly.engine import solve
from soundly.engine.evidence import recheck_for
from soundly.generators.retry import RetryPolicy
from soundly.generators.scripted import Scripted
from soundly.strategies.best_of import best_of
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.sampling import Sampling
from soundly.strategies.single import single
from soundly.testing import Cancelling, FakeCritic, FakeFamily, FakeSolver, MemorySink
from soundly.testing.fake_family import (
    CLAIM,
    IMPOSSIBLE,
    PROBLEM,
    PROOF_OF_IMPOSSIBLE,
    RIGHT,
    RIGHT_TOO,
    UNREADABLE,
    WRONG,
    ask_the_kernel,
)

SOUND = Guarantee.SOUND | Guarantee.COMPLETE
BROKEN = reject(Critique("no", "never"))


def forge(problem, candidate: Candidate, verdict=ACCEPT) -> Attempt:
    return Attempt(1, candidate, verdict, ())


async def returns_its_own_candidate(session):
    """A candidate that the session never saw, with a verdict of the strategy's own making."""
    steps = tuple(RIGHT.splitlines())
    return forge(session.problem, Candidate(steps, RIGHT, "forger"))


async def forges_a_verdict(session):
    """A judged candidate under a verdict that is not the critic's."""
    attempt = await session.check(Completion(WRONG[0], "forger"))
    return replace(attempt, verdict=ACCEPT)


async def exchanges_the_candidate(session):
    """The attempt that was accepted, around a candidate that was not."""
    attempt = await session.check(Completion(RIGHT, "forger"))
    return replace(attempt, candidate=Candidate((WRONG[0],), WRONG[0], "forger"))


async def mutates_the_candidate(session):
    """The very candidate that was accepted, changed behind the frozen dataclass's back."""
    attempt = await session.check(Completion(RIGHT, "forger"))
    object.__setattr__(attempt.candidate, "solution", (WRONG[0],))
    object.__setattr__(attempt.candidate, "canonical", WRONG[0])
    return attempt


async def mutates_the_solution_only(session):
    """The canonical text stays as it was accepted, the value behind it does not."""
    attempt = await session.check(Completion(RIGHT, "forger"))
    object.__setattr__(attempt.candidate, "solution", (WRONG[0],))
    return attempt


async def proves_another_problem(session):
    """A proof that holds, about a problem that nobody asked about."""
    return Unsolvable(PROOF_OF_IMPOSSIBLE, "forger")


async def seals_its_own_proof(session):
    """Another problem's evidence, sealed anew under this problem's name."""
    evidence = PROOF_OF_IMPOSSIBLE.document["evidence"]
    return Unsolvable(
        certify(session.problem, claim="unsolvable", kind="pddl-closed-set", evidence=evidence),
        "forger",
    )


async def proves_with_a_plan(session):
    """A certificate of a plan, handed over as a proof of unsolvability."""
    candidate = Candidate(tuple(RIGHT.splitlines()), RIGHT, "forger")
    return Unsolvable(FakeFamily().certify(PROBLEM, candidate), "forger")


async def returns_rubbish(session):
    """No result at all, but something that is true."""
    return True


async def returns_a_hollow_attempt(session):
    """An attempt around something that is no candidate, past the check that says so."""
    attempt = Attempt(1, None, ACCEPT, ())
    object.__setattr__(attempt, "candidate", "a plan")
    return attempt


async def swallows_everything(session):
    """Goes on after every failure and every stop signal."""
    for _ in range(3):
        try:
            completion = await session.generate(
                Sampling().request(session.render(PromptStyle()), session.rng)
            )
            attempt = await session.check(completion)
        except (SoundlyError, BudgetExhausted):
            continue
        if attempt.accepted:
            return attempt
    return None


HOSTILE = [
    returns_its_own_candidate,
    forges_a_verdict,
    exchanges_the_candidate,
    mutates_the_candidate,
    mutates_the_solution_only,
    proves_another_problem,
    seals_its_own_proof,
    proves_with_a_plan,
    returns_rubbish,
    returns_a_hollow_attempt,
    swallows_everything,
]
SOLVER_ANSWERS = [
    SolverFound(RIGHT),
    SolverFound(WRONG[0]),
    SolverAsserted("none"),
    SolverGaveUp("too hard"),
    SolverProved(PROOF_OF_IMPOSSIBLE),
    SolverProved(Certificate({"claim": "unsolvable"})),
    RuntimeError("a crash"),
]
honest = st.one_of(
    st.just(single),
    st.builds(
        lambda n, c: partial(best_of, n=n, concurrency=c), st.integers(1, 4), st.integers(1, 4)
    ),
    st.builds(
        lambda rounds, history: partial(refine, rounds=rounds, history=history),
        st.integers(1, 4),
        st.sampled_from(["none", "last", "all"]),
    ),
    st.sampled_from(SOLVER_ANSWERS).map(lambda a: partial(consult, solver=FakeSolver(a))),
)
stages = honest | st.sampled_from(HOSTILE)
any_strategy = st.recursive(
    stages, lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda each: partial(cascade, stages=tuple(each))
    ), max_leaves=5,
)  # fmt: skip
replies = st.sampled_from(
    [
        RIGHT,
        RIGHT_TOO,
        *WRONG,
        UNREADABLE,
        CLAIM,
        "",
        GeneratorError("busy", retryable=True),
        GeneratorError("refused", billed=False),
        RuntimeError("a bug in the client"),
    ]
)
judgements = st.sampled_from(
    [
        ask_the_kernel,
        ask_the_kernel,
        ACCEPT,
        BROKEN,
        unknown(),
        RuntimeError("a bug in the critic"),
        lambda problem, candidate: True,
        lambda problem, candidate: None,
        lambda problem, candidate: Decision.ACCEPT,
        lambda problem, candidate: Verdict,
    ]
)
guarantees = st.sampled_from([SOUND, Guarantee.SOUND, Guarantee.COMPLETE, Guarantee.NONE])
budgets = st.builds(
    Budget,
    calls=st.none() | st.integers(0, 5),
    tokens=st.none() | st.integers(0, 8000),
    seconds=st.none() | st.just(0.0) | st.just(30.0),
    dollars=st.none() | st.just(0.0),
)


def may_be_solved(trace, guarantee) -> set[str]:
    """The canonical texts that a sound critic accepted, by the trace alone."""
    if Guarantee.SOUND not in guarantee:
        return set()
    events = [record.event for record in trace]
    read = {e.attempt: e.canonical for e in events if isinstance(e, CandidateRead)}
    return {
        read[e.attempt]
        for e in events
        if isinstance(e, Judged) and e.decision is Decision.ACCEPT and "sound" in e.guarantee
    }


def check_end(sink, outcome, guarantee) -> None:
    state = replay(sink.trace)
    assert state.account.held.calls == 0
    if outcome is None:
        assert state.status in ("broken", "cancelled")
        return
    assert state.status == outcome.status.value
    if outcome.status is Status.SOLVED:
        assert outcome.candidate.canonical in may_be_solved(sink.trace, guarantee)
        assert outcome.candidate.solution == tuple(outcome.candidate.canonical.splitlines())
        recheck_for(PROBLEM, outcome.certificate, claim="solved")
    else:
        # The problem has a solution, so whatever claims otherwise is a lie.
        assert outcome.status is not Status.UNSOLVABLE


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    strategy=any_strategy,
    texts=st.lists(replies, min_size=1, max_size=6),
    judgement=judgements,
    guarantee=guarantees,
    budget=budgets,
    cancel_at=st.none() | st.integers(1, 12),
    backend=st.sampled_from(["asyncio", "trio"]),
)
def test_nothing_but_a_sound_accept_ends_solved(
    strategy, texts, judgement, guarantee, budget, cancel_at, backend
):
    """Whatever is drawn, a session is SOLVED only by what a sound critic accepted in it."""
    sink = MemorySink()
    records = []

    async def session():
        with anyio.CancelScope() as scope:
            model = Cancelling(Scripted(texts, cycle=True), scope.cancel, at=cancel_at or 10**9)
            try:
                return await solve(
                    PROBLEM,
                    family=FakeFamily(),
                    strategy=strategy,
                    generator=model,
                    critic=FakeCritic(judgement, guarantee),
                    budget=budget,
                    sinks=[sink],
                    retry=RetryPolicy(max_tries=2, base_seconds=0.0),
                )
            except SoundlyError as error:
                records.append(error.record.trace)
        return None

    check_end(sink, anyio.run(session, backend=backend), guarantee)
    assert records in ([], [sink.trace])


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("strategy", "end"),
    [
        (returns_its_own_candidate, Status.UNSOLVED),
        (forges_a_verdict, Status.UNSOLVED),
        (exchanges_the_candidate, Status.UNSOLVED),
        (mutates_the_candidate, Status.UNSOLVED),
        (mutates_the_solution_only, Status.SOLVED),
        (returns_a_hollow_attempt, Status.UNSOLVED),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_a_forged_attempt_is_worth_nothing(strategy, end):
    """Only the engine's own copy of an accepted candidate can be the answer."""
    outcome = await solve(PROBLEM, family=FakeFamily(), strategy=strategy)
    assert outcome.status is end
    if outcome.status is Status.SOLVED:
        assert outcome.candidate.solution == tuple(RIGHT.splitlines())


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("strategy", "reason"),
    [
        (proves_another_problem, "about another problem"),
        (seals_its_own_proof, "kernel refuses"),
        (proves_with_a_plan, "proves 'solved', wanted 'unsolvable'"),
        (returns_rubbish, "returned a bool"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_a_forged_proof_breaks_the_strategy(strategy, reason):
    """A proof that does not hold for this problem is a broken part, not an outcome."""
    with pytest.raises(StrategyError, match=reason):
        await solve(PROBLEM, family=FakeFamily(), strategy=strategy)


@pytest.mark.anyio
async def test_a_proof_of_the_problem_itself_ends_unsolvable():
    """The same proof, asked about its own problem, is the answer."""
    outcome = await solve(IMPOSSIBLE, family=FakeFamily(), strategy=proves_another_problem)
    assert outcome.status is Status.UNSOLVABLE
