"""The ledger: one hold a call, booked at its bound, and no limit is ever broken."""

from fractions import Fraction

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from soundly.core.errors import BudgetExhausted, UsageError
from soundly.core.spend import Budget, Quote, Spend
from soundly.engine.ledger import Ledger

# Dollars in 1/1024ths add up without rounding, so that the model can ask for equality.
dollars = st.integers(0, 4096).map(lambda n: n / 1024)
quotes = st.builds(Quote, st.integers(0, 500), st.integers(0, 500), dollars)
budgets = st.builds(
    Budget,
    calls=st.none() | st.integers(0, 6),
    tokens=st.none() | st.integers(0, 3000),
    dollars=st.none() | dollars,
)


class LedgerMachine(RuleBasedStateMachine):
    """The ledger beside a list of what every call could cost, added up anew each time."""

    holds = Bundle("holds")

    @initialize(budget=budgets)
    def begin(self, budget):
        self.ledger = Ledger(budget)
        self.budget = budget
        self.costs = {}

    @rule(target=holds, quote=quotes)
    def hold(self, quote):
        after = self._total(quote)
        affordable = all(
            limit is None or value <= limit
            for limit, value in zip(self._limits(), after, strict=True)
        )
        if not affordable:
            with pytest.raises(BudgetExhausted) as refused:
                self.ledger.hold(quote)
            signal = refused.value
            assert signal.wanted > signal.maximum == getattr(self.budget, signal.limit)
            return None
        hold = self.ledger.hold(quote)
        assert hold.number not in self.costs
        self.costs[hold.number] = (quote.tokens, Fraction(quote.dollars))
        return hold

    @rule(hold=consumes(holds), share=st.integers(0, 4))
    def settle(self, hold, share):
        """At a part of the bound, from nothing to all of it."""
        if hold is None:
            return
        quote = hold.quote
        cost = Spend(
            1,
            quote.input_tokens * share // 4,
            quote.output_tokens * share // 4,
            dollars=quote.dollars * share / 4,
        )
        booked = self.ledger.settle(hold, cost)
        assert booked == cost
        self.costs[hold.number] = (cost.tokens, Fraction(cost.dollars))

    @invariant()
    def the_totals_are_the_sums(self):
        committed = self.ledger.committed
        assert (committed.calls, committed.tokens, committed.dollars) == self._total()
        for limit, value in zip(self._limits(), self._total(), strict=True):
            assert limit is None or value <= limit

    def _total(self, quote=None):
        calls = [*self.costs.values()]
        if quote is not None:
            calls.append((quote.tokens, Fraction(quote.dollars)))
        return len(calls), sum(c[0] for c in calls), sum((c[1] for c in calls), Fraction(0))

    def _limits(self):
        return self.budget.calls, self.budget.tokens, self.budget.dollars


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_hold_that_is_settled_for_less_makes_room_for_another():
    """What a call did not use is there for the next one."""
    ledger = Ledger(Budget(tokens=100))
    hold = ledger.hold(Quote(50, 50))
    with pytest.raises(BudgetExhausted):
        ledger.hold(Quote(1, 0))
    ledger.settle(hold, Spend(1, 10, 10))
    ledger.hold(Quote(40, 40))


def test_a_refused_hold_books_nothing():
    """A purchase that was not made leaves no trace in the account."""
    ledger = Ledger(Budget(calls=1))
    ledger.hold(Quote(1, 1))
    before = ledger.committed
    with pytest.raises(BudgetExhausted, match="calls limit 1, the next step could reach 2"):
        ledger.hold(Quote(1, 1))
    assert ledger.committed == before


def test_a_model_without_a_price_is_refused_under_a_budget_in_dollars():
    """What nobody can price cannot be held to a bill; tokens and calls still can."""
    with pytest.raises(UsageError, match="no known price"):
        Ledger(Budget(dollars=1.0)).hold(Quote(1, 1, None))
    assert Ledger(Budget(calls=1)).hold(Quote(1, 1, None)).bound.dollars == 0.0


def test_a_call_that_cost_more_than_its_quote_is_booked_at_its_cost():
    """The ledger never says less than was spent, even where a quote was wrong."""
    ledger = Ledger(Budget(tokens=10))
    ledger.settle(ledger.hold(Quote(5, 5)), Spend(1, 10, 10))
    assert ledger.committed.tokens == 20
    with pytest.raises(BudgetExhausted):
        ledger.hold(Quote(0, 0))
