"""The order that the table finds is the best of all orders, and is measured as a cascade pays."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import UsageError
from soundly.routing.order import MOST_STAGES, StageOutcome, learn_order, measure
from soundly.statistics.intervals import Proportion

NAMES = ("a", "b", "c", "d")
OUTCOMES = st.builds(StageOutcome, st.booleans(), st.integers(0, 9).map(float))


@st.composite
def lessons(draw):
    """Some stages, what they did, and the coverage that is wanted."""
    names = NAMES[: draw(st.integers(1, 4))]
    rows = st.fixed_dictionaries(dict.fromkeys(names, OUTCOMES))
    return names, draw(st.lists(rows, min_size=1, max_size=7)), draw(st.floats(0, 1))


def every_order(names):
    return [order for length in range(1, len(names) + 1) for order in permutations(names, length)]


def best_by_trying_all(names, instances, coverage):
    """The specification: measure every order of every set of stages, and take the best."""
    figures = {order: measure(order, instances) for order in every_order(names)}
    most = max(each.covered.count for each in figures.values())
    wanted = min(coverage * len(instances), most)
    good = [order for order in figures if figures[order].covered.count >= wanted - 1e-9]
    return min(
        good,
        key=lambda order: (
            round(figures[order].mean_cost * len(instances), 9),
            len(order),
            [names.index(name) for name in order],
        ),
    )


@settings(max_examples=300, deadline=None)
@given(lessons())
def test_the_order_is_the_best_of_all_orders(lesson):
    names, instances, coverage = lesson
    learned = learn_order(names, instances, coverage=coverage)
    assert learned == best_by_trying_all(names, instances, coverage)


@settings(max_examples=200, deadline=None)
@given(lessons())
def test_more_coverage_never_costs_less(lesson):
    names, instances, _ = lesson
    costs = [
        measure(learn_order(names, instances, coverage=wanted), instances).mean_cost
        for wanted in (0.2, 0.5, 0.8, 1.0)
    ]
    assert costs == sorted(costs)


@settings(max_examples=200, deadline=None)
@given(lessons())
def test_the_order_of_stages_does_not_change_what_they_cover(lesson):
    names, instances, _ = lesson
    assert len({measure(order, instances).covered for order in permutations(names)}) == 1


def test_a_cascade_pays_each_stage_up_to_the_first_that_is_accepted():
    right, wrong = StageOutcome(True, 1.0), StageOutcome(False, 1.0)
    dear = StageOutcome(True, 10.0)
    instances = [{"cheap": right, "dear": dear}, {"cheap": wrong, "dear": dear}]
    figures = measure(("cheap", "dear"), instances)
    assert (figures.covered, figures.mean_cost) == (Proportion(2, 2), 6.0)
    assert learn_order(("dear", "cheap"), instances, coverage=1.0) == ("cheap", "dear")
    assert learn_order(("dear", "cheap"), instances, coverage=0.5) == ("cheap",)


@pytest.mark.parametrize(
    ("stages", "instances", "coverage", "said"),
    [
        ((), [{}], 1.0, "got 0 stages"),
        (("a", "a"), [{"a": StageOutcome(True, 1.0)}], 1.0, "got 2 stages"),
        (tuple(map(str, range(MOST_STAGES + 1))), [{}], 1.0, "got 13 stages"),
        (("a",), [{"a": StageOutcome(True, 1.0)}], 1.5, "coverage is 1.5"),
        (("a",), [{"a": StageOutcome(True, 1.0)}], float("nan"), "coverage is nan"),
        (("a",), [], 1.0, "no instance"),
        (("a", "b"), [{"a": StageOutcome(True, 1.0)}], 1.0, "'b' has not met"),
    ],
)
def test_what_cannot_be_ordered_is_refused(stages, instances, coverage, said):
    with pytest.raises(UsageError, match=said):
        learn_order(stages, instances, coverage=coverage)


@pytest.mark.parametrize("cost", [-1.0, float("nan"), float("inf")])
def test_a_cost_is_a_number_of_at_least_0(cost):
    with pytest.raises(ValueError, match="cost is"):
        StageOutcome(True, cost)
