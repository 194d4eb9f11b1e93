"""How a session ends: four ends, or an exception with everything that was traced and spent."""

from datetime import datetime, timedelta, timezone
from functools import partial

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.certificate import read_certificate
from soundly.core.completion import Completion, Request
from soundly.core.errors import (
    BudgetExhausted,
    CriticError,
    FamilyError,
    GeneratorError,
    SolverError,
    StoreError,
    StrategyError,
    UsageError,
)
from soundly.core.events import (
    AnswerUnreadable,
    CallFailed,
    CallHeld,
    Certified,
    PartBroke,
    SessionEnded,
)
from soundly.core.family import PromptStyle
from soundly.core.outcome import Status
from soundly.core.replay import replay
from soundly.core.session import Attempt
from soundly.core.solver import SolverAsserted, SolverFound, SolverProved
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import ACCEPT, Guarantee
from soundly.engine import solve
from soundly.generators.retry import RetryPolicy
from soundly.generators.scripted import Scripted
from soundly.kernel import recheck
from soundly.strategies.best_of import best_of
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.single import single
from soundly.testing import (
    BrokenSink,
    Failing,
    FakeCritic,
    FakeFamily,
    FakeSolver,
    Greedy,
    MemorySink,
    Slow,
)
from soundly.testing.fake_family import (
    CLAIM,
    IMPOSSIBLE,
    PROBLEM,
    PROOF_OF_IMPOSSIBLE,
    RIGHT,
    UNREADABLE,
    WRONG,
)

pytestmark = pytest.mark.anyio


async def attempt(strategy=single, texts=(RIGHT,), *, problem=PROBLEM, family=None, **options):
    options.setdefault("generator", Scripted(texts))
    options.setdefault("retry", RetryPolicy(max_tries=3, base_seconds=0.0))
    return await solve(problem, family=family or FakeFamily(), strategy=strategy, **options)


async def test_an_accepted_answer_is_solved_with_its_certificate():
    """The one way to be right: judged by a sound critic, re-checked by the kernel."""
    outcome = await attempt()
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.canonical == RIGHT
    assert outcome.certificate.claim == "solved"
    assert outcome.found_by == "single"


@pytest.mark.parametrize("text", [*WRONG, UNREADABLE, CLAIM, ""])
async def test_a_wrong_answer_is_unsolved(text):
    """Wrong, unreadable and claimed-unsolvable answers all end without one."""
    outcome = await attempt(texts=[text])
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate is None
    assert "1 attempt" in outcome.reason


async def test_unreadable_text_is_its_own_event():
    """It counts as an attempt, with the critique that says what was missing."""
    outcome = await attempt(texts=[UNREADABLE])
    (event,) = (r.event for r in outcome.trace if isinstance(r.event, AnswerUnreadable))
    assert event.attempt == 1
    assert event.critique.code == "no-plan"


async def test_an_accept_without_soundness_is_unsolved_with_a_candidate():
    """Whoever asked sees what the unsound critic liked, and that it is no answer."""
    outcome = await attempt(critic=FakeCritic(ACCEPT, Guarantee.COMPLETE), texts=[WRONG[0]])
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == WRONG[0]


async def test_a_sound_critic_that_errs_is_caught_by_the_kernel():
    """A critic that accepts what the kernel refuses is broken, and nothing is solved."""
    with pytest.raises(CriticError, match="accepted what the kernel refuses"):
        await attempt(critic=FakeCritic(ACCEPT), texts=[WRONG[0]])


async def test_a_proof_is_unsolvable():
    """A solver's proof goes through the kernel, and names the part that found it."""
    prover = partial(consult, solver=FakeSolver(SolverProved(PROOF_OF_IMPOSSIBLE)))
    outcome = await attempt(prover, problem=IMPOSSIBLE, generator=None)
    assert outcome.status is Status.UNSOLVABLE
    assert outcome.certificate.claim == "unsolvable"


async def test_an_assertion_is_said_and_not_believed():
    """A solver's word stands in the outcome as what it is."""
    asserting = partial(consult, solver=FakeSolver(SolverAsserted("searched it all")))
    outcome = await attempt(asserting, problem=IMPOSSIBLE)
    assert outcome.status is Status.UNSOLVED
    assert outcome.asserted == "fake-solver: searched it all"
    assert "solver-asserted, not proved" in outcome.reason


async def test_a_solver_whose_proof_is_of_another_problem_is_broken():
    """A proof that holds for something else does not pass either."""
    prover = partial(consult, solver=FakeSolver(SolverProved(PROOF_OF_IMPOSSIBLE)))
    with pytest.raises(SolverError, match="about another problem"):
        await attempt(prover)


@pytest.mark.parametrize("budget", [Budget(calls=0), Budget(tokens=10), Budget(seconds=0.0)])
async def test_a_budget_that_affords_no_call_is_exhausted_by_none(budget):
    """A limit of zero buys nothing: the model is not asked at all."""
    model = Scripted([RIGHT])
    outcome = await attempt(generator=model, budget=budget)
    assert outcome.status is Status.EXHAUSTED
    assert model.requests == ()
    assert not any(isinstance(r.event, CallHeld) for r in outcome.trace)


async def test_a_deadline_stops_a_model_that_never_answers():
    """The call in flight is cancelled and booked at its bound."""
    outcome = await attempt(generator=Slow(), budget=Budget(seconds=0.02))
    assert outcome.status is Status.EXHAUSTED
    assert "seconds limit" in outcome.reason
    assert outcome.spend.calls == 1
    assert outcome.spend.output_tokens == 1024


async def test_a_deadline_stops_a_strategy_whose_model_never_waits():
    """Even where no part gives way, asking the model does."""

    class Prompt(Scripted):
        async def complete(self, request):
            return Completion("no", "prompt")

    async def forever(session):
        while True:
            await single(session)

    outcome = await attempt(forever, generator=Prompt([]), budget=Budget(seconds=0.02))
    assert outcome.status is Status.EXHAUSTED


async def test_what_was_accepted_before_the_budget_ran_out_is_kept():
    """A sound answer that is paid for is not thrown away."""

    async def greedy(session):
        await single(session)
        await single(session)

    outcome = await attempt(greedy, texts=[RIGHT, RIGHT], budget=Budget(calls=1))
    assert outcome.status is Status.SOLVED


async def test_an_unpriced_model_under_a_budget_in_dollars_is_the_callers_to_mend():
    """It is refused before the first call, with nothing spent."""
    with pytest.raises(UsageError, match="no known price") as caught:
        await attempt(generator=Greedy([RIGHT], dollars_per_token=None), budget=Budget(dollars=9))
    assert caught.value.record.spend.calls == 0


async def test_a_session_without_a_model_says_so():
    """A strategy that asks one is told to name one."""
    with pytest.raises(UsageError, match="single asks a model"):
        await attempt(generator=None)


async def test_every_try_is_a_call_of_its_own():
    """Two failures and an answer are three calls in the ledger, each held and closed."""
    busy = GeneratorError("busy", retryable=True)
    outcome = await attempt(texts=[busy, GeneratorError("busy", retryable=True), RIGHT])
    assert outcome.status is Status.SOLVED
    assert outcome.spend.calls == 3
    assert sum(isinstance(r.event, CallFailed) for r in outcome.trace) == 2


async def test_retries_stop_where_the_budget_does():
    """A try that the budget does not afford is not made."""
    errors = [GeneratorError("busy", retryable=True) for _ in range(3)]
    outcome = await attempt(texts=errors, budget=Budget(calls=2))
    assert outcome.status is Status.EXHAUSTED
    assert outcome.spend.calls == 2


def ends_the_program(problem, candidate):
    """A part that exits would choose the exit code, and 0 means solved."""
    raise SystemExit(0)


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"generator": Failing()}, GeneratorError, "no answer today"),
        ({"generator": Failing(OSError("gone"))}, GeneratorError, "failing broke: OSError: gone"),
        ({"critic": FakeCritic(KeyError("x"))}, CriticError, "critic fake-critic broke: KeyError"),
        ({"critic": FakeCritic(lambda p, c: True)}, CriticError, "returned a bool"),
        ({"critic": FakeCritic(ends_the_program)}, CriticError, "broke: SystemExit"),
        ({"generator": Failing(SystemExit(0))}, GeneratorError, "broke: SystemExit"),
        ({"strategy": partial(consult, solver=FakeSolver(OSError("no")))}, SolverError, "broke"),
        ({"strategy": partial(consult, solver=FakeSolver("yes"))}, SolverError, "returned a str"),
        ({"strategy": partial(consult, solver=FakeSolver(SolverFound("?")))}, SolverError, "read"),
        (
            {"strategy": partial(consult, solver=FakeSolver(SolverProved(None)))},
            SolverError,
            "fake-solver",
        ),
    ],
)
async def test_a_broken_part_is_an_exception_with_a_record(options, kind, message):
    """The failure is attributed to its part, and the trace ends with it."""
    sink = MemorySink()
    with pytest.raises(kind, match=message) as caught:
        await attempt(**options, sinks=[sink])
    trace = caught.value.record.trace
    assert trace == sink.trace
    assert isinstance(trace[-2].event, PartBroke)
    assert trace[-1].event.status == "broken"
    assert replay(trace).account.held.calls == 0


class Miscounting(Greedy):
    """Quotes and charges whatever it is told to."""

    def __init__(self, quote=None, answer=None):
        super().__init__([RIGHT])
        self._quote_of, self._answer_of = quote, answer

    def quote(self, request):
        return self._quote_of() if self._quote_of else super().quote(request)

    async def complete(self, request):
        return self._answer_of() if self._answer_of else await super().complete(request)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: Completion(RIGHT, "m", usage=Usage(1.5)),
        lambda: Completion(RIGHT, "m", usage=Usage(output_tokens=True)),
        lambda: Completion(RIGHT, "m", usage=None),
        lambda: Completion(RIGHT, "m", dollars="free"),
        lambda: Completion(None, "m"),
    ],
)
async def test_a_model_that_cannot_count_is_a_broken_model(answer):
    """Half a token or an answer of nothing is neither booked nor blamed on anyone else."""
    with pytest.raises(GeneratorError, match=r"greedy broke: ValueError: .*wanted"):
        await attempt(generator=Miscounting(answer=answer))


@pytest.mark.parametrize(
    "quote", [lambda: Quote(1.5, 1), lambda: Quote(True, 1), lambda: Quote(1, 1, [])]
)
async def test_a_model_that_cannot_quote_is_a_broken_model(quote):
    """No call is made on such a quote."""
    with pytest.raises(GeneratorError, match="could not quote a call: ValueError") as caught:
        await attempt(generator=Miscounting(quote=quote))
    assert caught.value.record.spend.calls == 0


@pytest.mark.parametrize(
    "made",
    [
        lambda: Attempt([1], Candidate((), "", "p"), ACCEPT, ()),
        lambda: Attempt(1, "(pick-up a)", ACCEPT, ()),
        lambda: Attempt(1, None, True, ()),
        lambda: Spend(calls=0.5),
    ],
)
async def test_a_strategy_that_makes_up_values_of_a_wrong_type_is_broken(made):
    """It is told where it made the value, and what was wanted."""

    async def makes_up(session):
        return made()

    with pytest.raises(StrategyError, match=r"the strategy broke: ValueError: .*wanted"):
        await attempt(makes_up)


class BrokenFamily(FakeFamily):
    """Breaks where it is told to."""

    def __init__(self, **broken):
        super().__init__()
        object.__setattr__(self, "broken", broken)

    def _do(self, method, *arguments):
        if method in self.broken:
            answer = self.broken[method]
            if isinstance(answer, Exception):
                raise answer
            return answer
        return getattr(FakeFamily, method)(self, *arguments)

    def render(self, *arguments):
        return self._do("render", *arguments)

    def read(self, *arguments):
        return self._do("read", *arguments)

    def certify(self, *arguments):
        return self._do("certify", *arguments)


@pytest.mark.parametrize(
    ("broken", "kind", "message"),
    [
        ({"render": KeyError("goal")}, FamilyError, "family two-blocks broke: KeyError"),
        ({"read": RecursionError()}, FamilyError, "broke: RecursionError"),
        ({"read": None}, FamilyError, "read a NoneType, wanted a Reading"),
        ({"certify": ValueError("no")}, FamilyError, "broke: ValueError"),
        ({"certify": None}, CriticError, "it is a NoneType, not a certificate"),
        ({"certify": PROOF_OF_IMPOSSIBLE}, CriticError, "it proves 'unsolvable'"),
    ],
)
async def test_a_broken_family_is_an_exception(broken, kind, message):
    """Reading, rendering and certifying have an owner when they fail."""
    with pytest.raises(kind, match=message) as caught:
        await attempt(family=BrokenFamily(**broken))
    assert sum(isinstance(r.event, SessionEnded) for r in caught.value.record.trace) == 1


async def test_a_certificate_for_another_problem_solves_nothing():
    """The kernel's yes has to be about the problem that was asked."""
    other = type(PROBLEM)(PROBLEM.family, "other", {**PROBLEM.statement, "note": "another"})
    foreign = FakeFamily().certify(other, FakeFamily().read(other, RIGHT))
    with pytest.raises(CriticError, match="refuses"):
        await attempt(family=BrokenFamily(certify=foreign))


@pytest.mark.parametrize("door", ["strategy", "solver"])
async def test_the_problem_that_was_asked_is_the_one_that_counts(door):
    """A strategy or solver that changes its own copy of the problem solves nothing by that."""

    def make_easy(problem):
        object.__setattr__(problem, "statement", {**problem.statement, "problem": easy})

    easy = PROBLEM.statement["problem"].split("(:goal")[0] + "(:goal (and)))"
    before = PROBLEM.statement["problem"]

    async def cheat(session):
        if door == "strategy":
            make_easy(session.problem)
            return await session.check(Completion("(pick-up a)", "m"))
        return await session.consult(Cheating())

    class Cheating:
        name = "cheating"

        async def solve(self, problem):
            make_easy(problem)
            return SolverFound("(pick-up a)")

    outcome = await attempt(cheat, generator=None)
    assert outcome.status is Status.UNSOLVED
    assert PROBLEM.statement["problem"] == before


async def test_a_session_that_is_over_sells_nothing():
    """What a strategy left running buys no call that the outcome's bill does not know."""
    kept = []

    async def keep(session):
        kept.append(session)

    model = Scripted((RIGHT,) * 9)
    outcome = await attempt(keep, generator=model)
    (session,) = kept
    request = Request(session.render(PromptStyle()))
    for late in (session.generate(request), session.check(Completion(RIGHT, "m"))):
        with pytest.raises(StrategyError, match="has ended"):
            await late
    assert outcome.spend.calls == 0
    assert isinstance(outcome.trace[-1].event, SessionEnded)


async def test_a_critic_that_declares_no_guarantee_is_broken():
    """Its accept could mean anything."""
    with pytest.raises(CriticError, match="declares a str, wanted a Guarantee"):
        await attempt(critic=FakeCritic(guarantee="sound"))


async def test_a_guarantee_is_what_was_declared_at_the_start():
    """A critic cannot turn sound at the moment it accepts."""

    class Turning(FakeCritic):
        def __getattribute__(self, name):
            if name == "guarantee":
                asked = object.__getattribute__(self, "__dict__")
                asked["times"] = asked.get("times", 0) + 1
                return Guarantee.NONE if asked["times"] == 1 else Guarantee.SOUND
            return super().__getattribute__(name)

    outcome = await attempt(critic=Turning())
    assert outcome.status is Status.UNSOLVED


async def test_the_first_failure_of_a_group_is_the_sessions():
    """A task group's exceptions come out as one, a broken part before a stop signal."""

    async def breaks(session):
        async with anyio.create_task_group() as group:
            group.start_soon(stops)
            group.start_soon(partial(raises, CriticError("the judge is ill")))

    async def stops():
        raise BudgetExhausted("calls", maximum=1, wanted=2)

    async def raises(error):
        raise error

    with pytest.raises(CriticError, match="the judge is ill") as caught:
        await attempt(breaks)
    assert isinstance(caught.value.__cause__, ExceptionGroup)


async def test_a_group_of_stop_signals_is_exhausted():
    """When nothing broke, the budget ended it, however deep the groups are."""

    async def nested(session):
        async with anyio.create_task_group() as outer, anyio.create_task_group() as inner:
            for group in (outer, inner):
                group.start_soon(stops)

    async def stops():
        raise BudgetExhausted("tokens", maximum=1, wanted=2)

    outcome = await attempt(nested)
    assert outcome.status is Status.EXHAUSTED


@pytest.mark.parametrize("grouped", [False, True])
async def test_a_strategys_own_failure_is_a_strategy_error(grouped):
    """A stranger's exception does not reach the caller bare."""

    async def slips(session):
        raise ExceptionGroup("two", [ZeroDivisionError("a slip")]) if grouped else ZeroDivisionError

    with pytest.raises(StrategyError, match="the strategy broke: ZeroDivisionError"):
        await attempt(slips)


async def test_a_strategy_cannot_end_the_program():
    """Its exit code would stand for an outcome: 0 says solved."""
    with pytest.raises(StrategyError, match="the strategy broke: SystemExit"):
        await attempt(lambda session: ends_the_program(PROBLEM, None))


async def test_a_cancelled_session_closes_its_ledger_and_passes_it_on():
    """The sinks see every call booked and the end; the cancellation is the caller's."""
    sink = MemorySink()
    with anyio.move_on_after(0.02) as scope:
        await attempt(best_of, generator=Slow(), sinks=[sink])
    assert scope.cancelled_caught
    state = replay(sink.trace)
    assert state.status == "cancelled"
    assert state.account.spent.calls == 8
    assert state.account.held.calls == 0


@pytest.mark.parametrize("takes", range(7))
async def test_a_sink_that_breaks_anywhere_ends_the_session_once(takes):
    """`StoreError` with a record, and the other sink's trace is whole up to one end."""
    sink = MemorySink()
    broken = BrokenSink(takes=takes, error=OSError("disk full"))
    with pytest.raises(StoreError, match="disk full") as caught:
        await attempt(sinks=[broken, sink])
    assert broken.refused == 1
    assert caught.value.record.trace == sink.trace
    state = replay(sink.trace)
    assert state.ended is not None
    # Only the sink that breaks at the very end comes too late to change it.
    assert state.status == ("solved" if takes == 6 else "broken")


@pytest.mark.parametrize("session_id", ["", "a b", "../x", "a\n", "x" * 101, "é"])
async def test_a_session_id_that_is_no_plain_word_starts_nothing(session_id):
    """Neither a sink nor the model hears of it."""
    sink, model = MemorySink(), Scripted([RIGHT])
    with pytest.raises(UsageError, match="session id"):
        await attempt(generator=model, session_id=session_id, sinks=[sink])
    assert (sink.records, model.requests) == ({}, ())


async def test_a_trace_says_when_its_session_started():
    """In UTC, by the calendar that the caller gave."""
    noon = datetime(2026, 1, 31, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    outcome = await attempt(now=lambda: noon)
    assert outcome.trace[0].event.started_at == "2026-01-31T12:00:00.000000+00:00"


@pytest.mark.parametrize(
    ("problem", "strategy"),
    [
        (PROBLEM, single),
        (IMPOSSIBLE, partial(consult, solver=FakeSolver(SolverProved(PROOF_OF_IMPOSSIBLE)))),
    ],
)
async def test_the_trace_alone_holds_the_evidence(problem, strategy):
    """The record before the end is the certificate, which the kernel accepts as it stands there."""
    outcome = await attempt(strategy, problem=problem)
    evidence, end = (record.event for record in outcome.trace[-2:])
    assert (evidence.part, evidence.sha256) == (end.found_by, end.certificate_sha256)
    assert recheck(evidence.document).claim == outcome.status.value
    assert read_certificate(evidence.document) == outcome.certificate


async def test_a_session_without_an_answer_traces_no_certificate():
    """Nothing was found, so nothing is claimed."""
    outcome = await attempt(texts=[WRONG[0]])
    assert not any(isinstance(record.event, Certified) for record in outcome.trace)


async def test_a_sink_that_breaks_after_a_part_does_not_hide_it():
    """What broke first is raised; the sink is a note on it."""
    broken = BrokenSink(takes=3, error=OSError("disk full"))
    with pytest.raises(GeneratorError, match="no answer today") as caught:
        await attempt(generator=Failing(), sinks=[broken])
    assert any("disk full" in note for note in caught.value.__notes__)


async def test_the_spend_of_the_trace_is_the_spend_of_the_outcome():
    """Seconds too: the last record and the outcome say the same."""
    outcome = await attempt(refine, texts=[UNREADABLE, RIGHT])
    assert outcome.trace[-1].event.spend == outcome.spend


async def test_a_cascade_credits_the_part_that_found_it():
    """The certificate's finder is the stage, not the cascade."""
    finds = partial(consult, solver=FakeSolver(SolverFound(RIGHT)))
    outcome = await attempt(partial(cascade, stages=(single, finds)), texts=[WRONG[0]])
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "fake-solver"


async def test_a_critic_that_asks_a_model_pays_for_it():
    """A judge's calls are in the ledger under the critic's name, within the same budget."""

    class Judge(FakeCritic):
        async def judge(self, problem, candidate, ask):
            await ask(model.requests[0])
            return ACCEPT

    model = Scripted([RIGHT, "yes"])
    outcome = await attempt(generator=model, critic=Judge(guarantee=Guarantee.NONE))
    parts = [r.event.part for r in outcome.trace if isinstance(r.event, CallHeld)]
    assert parts == ["single", "critic:fake-critic"]
    assert outcome.spend.calls == 2


async def test_reading_is_no_attempt_and_leaves_no_trace():
    """What an answer proposes can be looked at before anything judges it."""
    seen = []

    async def looks(session):
        completion = await session.generate(Request(session.render(PromptStyle())))
        before = session.read(completion)
        seen.append(before)
        return await session.check(completion)

    outcome = await attempt(looks, texts=[WRONG[0]])
    assert [type(each).__name__ for each in seen] == ["Found"]
    assert outcome.status is Status.UNSOLVED
    read = [r.event for r in outcome.trace if type(r.event).__name__ == "CandidateRead"]
    assert [event.attempt for event in read] == [1]
