"""What was spent, and what calls in flight could still cost.

One hold per call: booked at its upper bound before the call, replaced by the true cost after it.
A call is refused when the limits could be broken with every open hold at its upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from soundly.core.errors import BudgetExhausted, UsageError
from soundly.core.spend import Budget, Quote, Spend


@dataclass(frozen=True, slots=True)
class Hold:
    """One call in flight; ``bound`` is the most that it can cost."""

    number: int
    quote: Quote
    bound: Spend


class Ledger:
    """The account of one session. Not for several threads; sessions live in one event loop."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._settled = Spend()
        self._open: dict[int, Hold] = {}
        self._numbers = count(1)

    @property
    def settled(self) -> Spend:
        """Calls that have ended, at their cost."""
        return self._settled

    @property
    def committed(self) -> Spend:
        """Settled calls and open holds together: the most that could have been spent by now."""
        return sum((hold.bound for hold in self._open.values()), self._settled)

    def hold(self, quote: Quote) -> Hold:
        """Book a call at its upper bound, or raise `BudgetExhausted` and book nothing.

        Raises `UsageError` when there is a limit in dollars and the call has no known price.
        """
        if self.budget.dollars is not None and quote.dollars is None:
            raise UsageError(
                "the budget is in dollars and the model has no known price; give its price "
                "(NAME?input_price=…,output_price=…), or limit calls or tokens instead"
            )
        bound = Spend(1, quote.input_tokens, quote.output_tokens, dollars=quote.dollars or 0.0)
        self._refuse_excess(self.committed + bound)
        hold = Hold(next(self._numbers), quote, bound)
        self._open[hold.number] = hold
        return hold

    def settle(self, hold: Hold, cost: Spend) -> Spend:
        """Close a hold at its cost, counted as one call; returns what was booked."""
        del self._open[hold.number]
        booked = replace(cost, calls=1)
        self._settled += booked
        return booked

    def _refuse_excess(self, total: Spend) -> None:
        wanted = (
            ("calls", self.budget.calls, total.calls),
            ("tokens", self.budget.tokens, total.tokens),
            ("dollars", self.budget.dollars, total.dollars),
        )
        for limit, maximum, value in wanted:
            if maximum is not None and value > maximum:
                raise BudgetExhausted(limit, maximum=maximum, wanted=value)
