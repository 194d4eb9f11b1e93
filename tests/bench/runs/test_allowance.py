"""The budget of a run holds whatever sessions do within their bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.runs.allowance import Allowance
from soundly.bench.suites.bounds import Bound
from soundly.core.spend import Budget, Spend


@given(
    limit=st.integers(0, 30),
    sessions=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=30),
)
def test_what_is_spent_and_set_aside_never_passes_the_limit(limit, sessions):
    allowance = Allowance(Budget(calls=limit))
    opened = {}
    for number, (bound, spent, ends) in enumerate(sessions):
        name = str(number)
        free = limit - allowance.spent.calls - sum(opened.values())
        taken = allowance.reserve(name, Bound(bound, None, None))
        assert taken == (bound <= free)
        if taken:
            opened[name] = bound
        if ends and opened:
            first = next(iter(opened))
            calls = min(spent, opened.pop(first))
            allowance.settle(first, Spend(calls))
        assert allowance.spent.calls + sum(opened.values()) <= limit
        assert allowance.idle == (not opened)


def test_what_earlier_processes_spent_counts():
    allowance = Allowance(Budget(tokens=100), Spend(3, 50, 20))
    assert not allowance.reserve("a", Bound(1, 31, 0.0))
    assert allowance.reserve("a", Bound(1, 30, 0.0))


def test_what_is_not_limited_needs_no_bound():
    assert Allowance(Budget(calls=1)).reserve("a", Bound(1, None, None))
