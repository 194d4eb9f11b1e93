"""Calls that begin, overlap and end in every order and every way, beside a model of the bill.

The coroutines are stepped by hand, so that the order of events is drawn and not the event loop's.
The limit in seconds is the caller's deadline: the ledger never looks at it, and a session in
virtual time is compared with what the deadline leaves of it.
"""

import types
from collections import Counter
from fractions import Fraction
from functools import partial

import pytest
import trio
import trio.testing
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import BudgetExhausted, GeneratorError
from soundly.core.events import CallFailed, CallHeld, CallSettled, SessionStarted
from soundly.core.outcome import Status
from soundly.core.replay import replay
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.engine import solve
from soundly.engine.ledger import Ledger
from soundly.engine.metered import Metered
from soundly.engine.recorder import Recorder
from soundly.generators.scripted import Scripted
from soundly.strategies.best_of import best_of
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM, WRONG

MOMENT = "2026-01-31T12:00:00.000000+00:00"
# 1/1024ths add up without rounding, so that the model can ask for equality.
fine = st.integers(0, 4096).map(lambda n: n / 1024)
quotes = st.builds(Quote, st.integers(0, 500), st.integers(0, 500), fine)
budgets = st.builds(
    Budget,
    calls=st.none() | st.integers(0, 8),
    tokens=st.none() | st.integers(0, 4000),
    seconds=st.none() | fine,
    dollars=st.none() | fine,
)


class Cancelled(BaseException):
    """What an event loop throws into a call that nobody waits for any more."""


class Waiting:
    """Quotes what it is told to, and answers what is sent into the coroutine."""

    name = "waiting"
    next_quote: Quote

    def quote(self, request):
        return self.next_quote

    @types.coroutine
    def complete(self, request):
        return (yield)


class CallsInFlight(RuleBasedStateMachine):
    """The metered generator beside two lists: the bounds of open calls, the costs of ended ones."""

    @initialize(budget=budgets)
    def begin(self, budget):
        self.budget, self.now = budget, 0.0
        self.ledger = Ledger(budget)
        self.recorder = Recorder("s", sinks=[], clock=lambda: self.now)
        self.recorder.add(SessionStarted("s", PROBLEM, "x", None, "c", (), budget, 0, "0", MOMENT))
        self.generator = Waiting()
        self.metered = Metered(self.generator, part="p", ledger=self.ledger, recorder=self.recorder)
        self.open = []
        self.ended = []
        self.ends = Counter()

    @rule(seconds=fine)
    def time_passes(self, seconds):
        self.now += seconds

    @rule(quote=quotes)
    def ask(self, quote):
        """Held and traced before the model hears of it, or refused with nothing booked."""
        self.generator.next_quote = quote
        request = Request((Message("user", "?"),), seed=len(self.recorder.trace))
        coroutine = self.metered.complete(request)
        bound = (1, quote.input_tokens + quote.output_tokens, Fraction(quote.dollars))
        before = self.recorder.trace
        if not self._affordable(bound):
            with pytest.raises(BudgetExhausted):
                coroutine.send(None)
            assert self.recorder.trace == before
            return
        coroutine.send(None)
        assert isinstance(self.recorder.trace[-1].event, CallHeld)
        self.open.append((coroutine, quote, bound))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), share=st.integers(0, 4), priced=st.booleans())
    def answer(self, data, share, priced):
        """At a part of the bound; a completion without a price costs the bound's dollars."""
        coroutine, quote, _ = self._one(data)
        usage = Usage(quote.input_tokens * share // 4, quote.output_tokens * share // 4)
        dollars = quote.dollars * share / 4 if priced else None
        completion = Completion("a", "waiting", usage=usage, dollars=dollars)
        with pytest.raises(StopIteration) as stopped:
            coroutine.send(completion)
        assert stopped.value.value is completion
        paid = quote.dollars if dollars is None else dollars
        self._end(CallSettled, (1, usage.input_tokens + usage.output_tokens, Fraction(paid)))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), billed=st.booleans())
    def fail(self, data, billed):
        """At the bound, unless the provider is known to have billed nothing."""
        coroutine, _, bound = self._one(data)
        with pytest.raises(GeneratorError, match="gone"):
            coroutine.throw(GeneratorError("gone", billed=billed))
        self._end(CallFailed, bound if billed else (1, 0, Fraction(0)))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), how=st.sampled_from([RuntimeError("a bug"), Cancelled(), SystemExit(1)]))
    def break_off(self, data, how):
        """A crash or a cancellation: nobody knows what was used, so it costs all that it could."""
        coroutine, _, bound = self._one(data)
        with pytest.raises(Cancelled if isinstance(how, Cancelled) else GeneratorError):
            coroutine.throw(how)
        self._end(CallFailed, bound)

    @invariant()
    def the_bill_is_the_sum_of_its_calls(self):
        committed = self.ledger.committed
        assert (committed.calls, committed.tokens, committed.dollars) == self._total()

    @invariant()
    def no_limit_is_broken_whatever_open_calls_will_cost(self):
        for limit, value in zip(self._limits(), self._total(), strict=True):
            assert limit is None or value <= limit

    @invariant()
    def the_trace_tells_the_same_bill(self):
        account = replay(self.recorder.trace).account
        assert account.spent.calls == len(self.ended) == sum(self.ends.values())
        assert account.held.calls == len(self.open)
        both = account.spent + account.held
        assert (both.calls, both.tokens, both.dollars) == self._total()
        assert account.spent.seconds == self.recorder.trace[-1].seconds <= self.now

    def teardown(self):
        for coroutine, _, _ in getattr(self, "open", []):
            with pytest.raises(Cancelled):
                coroutine.throw(Cancelled())

    def _one(self, data):
        return self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))

    def _end(self, kind, cost):
        assert isinstance(self.recorder.trace[-1].event, kind)
        self.ends[kind] += 1
        self.ended.append(cost)

    def _affordable(self, bound):
        total = map(sum, zip(self._total(), bound, strict=True))
        return all(
            limit is None or value <= limit
            for limit, value in zip(self._limits(), total, strict=True)
        )

    def _total(self):
        costs = [*self.ended, *(bound for _, _, bound in self.open)]
        return tuple(sum((cost[kind] for cost in costs), Fraction(0)) for kind in range(3))

    def _limits(self):
        return self.budget.calls, self.budget.tokens, self.budget.dollars


TestCallsInFlight = CallsInFlight.TestCase
TestCallsInFlight.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 9), concurrency=st.integers(1, 5), waves=st.integers(0, 9))
def test_a_deadline_cuts_off_what_is_in_flight_and_books_it_at_its_bound(n, concurrency, waves):
    """Calls of one second, and a deadline half a second after so many waves of them."""

    async def session():
        model = Scripted([WRONG[0]], cycle=True, latency_seconds=1.0, usage=Usage(5, 3))
        outcome = await solve(
            PROBLEM,
            family=FakeFamily(),
            strategy=partial(best_of, n=n, concurrency=concurrency),
            generator=model,
            budget=Budget(seconds=waves + 0.5),
            clock=trio.current_time,
        )
        return outcome, model.quote(model.requests[0])

    clock = trio.testing.MockClock(autojump_threshold=0)
    outcome, quote = trio.run(session, clock=clock)
    finished = min(n, waves * concurrency)
    in_flight = min(n - finished, concurrency)
    assert outcome.status is (Status.EXHAUSTED if in_flight else Status.UNSOLVED)
    assert outcome.spend == Spend(
        finished + in_flight,
        finished * 5 + in_flight * quote.input_tokens,
        finished * 3 + in_flight * quote.output_tokens,
        seconds=waves + 0.5 if in_flight else -(-n // concurrency),
    )
