"""The router's choice covers what was asked, or there is no choice."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.spend import Budget, Spend
from soundly.statistics.intervals import Proportion

from .conftest import DEFAULT, Known, drawn, routed, session

CHEAP_ENOUGH = {
    "dear": Known(lambda _: 0.99, tokens=1000),
    "cheap": Known(lambda _: 0.98, tokens=100),
    "cheapest": Known(lambda _: 0.5, tokens=10),
}


def test_the_cheapest_that_covers_enough_is_chosen_and_the_numbers_are_told(rng):
    route = routed(drawn(CHEAP_ENOUGH, {5: 200}, rng), coverage=0.9)
    assert (route.model, route.strategy, route.fell_back) == ("cheap", "single", False)
    best = next(each for each in route.considered if each.model == "cheap")
    assert best.at_least >= 0.9
    assert f"{best.covered} of 200 sessions of size 5" in route.reason
    assert f"at least {best.at_least:.1%}" in route.reason
    lacking = next(each for each in route.considered if each.model == "cheapest")
    assert "is less than 90%" in lacking.ruled_out


@pytest.mark.parametrize(
    ("true", "arms"), [(0.94, 10), (0.94, 2), (0.85, 5)], ids=["ten", "two", "far below"]
)
def test_a_choice_that_covers_too_little_is_as_rare_as_was_promised(true, arms):
    """Ten models just below what is asked, so every choice is a wrong one: at most a tenth are."""
    rng, replications, wrong = Random(arms), 80, 0
    models = {f"model {number}": Known(lambda _: true) for number in range(arms)}
    for _ in range(replications):
        route = routed(drawn(models, {5: 120}, rng), coverage=0.95, confidence=0.9)
        wrong += not route.fell_back
    assert Proportion(wrong, replications).at_least(0.99) <= 0.1


def test_what_was_chosen_meets_the_coverage_on_fresh_problems():
    """Among models of every quality; with the true coverages known, each choice can be judged."""
    rng, replications = Random(1), 80
    true = {"a": 0.80, "b": 0.92, "c": 0.97, "d": 0.995}
    models = {
        name: Known(lambda _, true=share: true, tokens=10 * 10**place)
        for place, (name, share) in enumerate(true.items())
    }
    chosen = [
        route.model
        for route in (
            routed(drawn(models, {5: 250}, rng), coverage=0.9, confidence=0.9)
            for _ in range(replications)
        )
        if not route.fell_back
    ]
    wrong = sum(true[name] < 0.9 for name in chosen)
    assert Proportion(wrong, replications).at_least(0.99) <= 0.1
    assert len(chosen) == replications
    assert chosen.count("d") < replications / 4


def test_a_perfect_record_that_is_too_short_is_not_believed(rng):
    models = {"perfect": Known(lambda _: 1.0)}
    route = routed(drawn(models, {5: 40}, rng), coverage=0.95)
    assert route.fell_back
    assert (route.model, route.strategy) == (DEFAULT.model, DEFAULT.strategy)
    assert "40 sessions cannot show 95%" in route.reason
    assert "promises no coverage" in route.reason


def test_nothing_is_chosen_from_fewer_sessions_than_are_asked_for(rng):
    models = {"perfect": Known(lambda _: 1.0)}
    sessions = drawn(models, {5: 19}, rng)
    assert routed(sessions, coverage=0.5, least_sessions=19).model == "perfect"
    route = routed(sessions, coverage=0.5, least_sessions=20)
    assert route.fell_back
    assert "19 sessions are fewer than 20" in route.reason


def test_an_empty_store_is_answered_with_the_default():
    route = routed([])
    assert route.fell_back
    assert "holds no session of family blocksworld" in route.reason


def test_a_problem_of_unknown_size_is_answered_with_the_default(rng):
    route = routed(drawn({"m": Known(lambda _: 1.0)}, {5: 200}, rng), size=None)
    assert route.fell_back
    assert "size of the problem is not known" in route.reason


def test_sessions_of_larger_sizes_speak_for_a_smaller_one_and_the_choice_says_so(rng):
    models = {"m": Known(lambda size: 0.99 if size < 8 else 0.0)}
    route = routed(drawn(models, {5: 3, 6: 200, 12: 200}, rng), size=4, coverage=0.9)
    assert route.model == "m"
    assert "sessions of size 5 to 6" in route.reason
    assert "larger sizes count for size 4, smaller ones do not" in route.reason


def test_sessions_of_smaller_sizes_promise_nothing_for_a_larger_one(rng):
    route = routed(drawn({"m": Known(lambda _: 1.0)}, {3: 200, 4: 200}, rng), size=5)
    assert route.fell_back
    assert "none of the 400 sessions" in route.reason


SIZED = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.booleans()), max_size=60)


def listed(drawn_sessions):
    return [
        session(
            model,
            problem=f"{number:08x}",
            size=size,
            status="solved" if covered else "unsolved",
            number=number,
        )
        for number, (model, size, covered) in enumerate(drawn_sessions)
    ]


@settings(max_examples=60, deadline=None)
@given(SIZED, st.integers(1, 9))
def test_smaller_sizes_that_are_covered_change_no_choice(found, size):
    sessions = [
        replace(each, status="solved") if each.size < size else each for each in listed(found)
    ]
    asked = {"coverage": 0.3, "confidence": 0.6, "least_sessions": 2}
    larger = [each for each in sessions if each.size >= size]
    with_all, without = routed(sessions, size=size, **asked), routed(larger, size=size, **asked)
    assert replace(with_all, reason="") == replace(without, reason="")


@settings(max_examples=60, deadline=None)
@given(SIZED, st.integers(1, 9))
def test_smaller_sizes_that_are_not_covered_only_take_evidence_away(found, size):
    sessions = listed(found)
    asked = {"coverage": 0.3, "confidence": 0.6, "least_sessions": 2, "prefer": "tokens"}
    larger = [each for each in sessions if each.size >= size]
    without = {each.model: each for each in routed(larger, size=size, **asked).considered}
    for each in routed(sessions, size=size, **asked).considered:
        known = without[each.model]
        assert each == known or (each.sizes in (str(size), "no size"))
        assert each.sessions <= known.sessions


def test_where_larger_sizes_are_covered_better_they_do_not_speak_for_smaller_ones(rng):
    """A model that was trained on larger instances: small ones are the strange ones to it."""
    models = {"m": Known(lambda size: 0.7 if size < 5 else 1.0)}
    sessions = drawn(models, {3: 40, 4: 40, 5: 200}, rng)
    route = routed(sessions, size=4, coverage=0.9)
    assert route.fell_back
    assert (route.considered[0].sizes, route.considered[0].sessions) == ("4", 40)
    only_smaller = [each for each in sessions if each.size != 4]
    assert routed(only_smaller, size=4, coverage=0.9).considered[0].sessions == 0
    assert routed(sessions, size=5, coverage=0.9).model == "m"


@settings(max_examples=60, deadline=None)
@given(SIZED, st.integers(1, 9), st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_are_listed_changes_nothing(found, size, order):
    sessions = listed(found)
    asked = {"coverage": 0.3, "confidence": 0.6, "least_sessions": 2}
    first = routed(sessions, size=size, **asked)
    order.shuffle(sessions)
    assert routed(sessions, size=size, **asked) == first


def test_a_problem_that_was_asked_again_counts_once():
    """A cache would answer it the same every time: that is no evidence."""
    again = [session(problem="p", number=number) for number in range(300)]
    route = routed(again, coverage=0.5)
    assert route.fell_back
    assert route.considered[0].sessions == 1


def test_a_session_that_did_not_end_covers_nothing_and_is_not_left_out(rng):
    good = drawn({"m": Known(lambda _: 1.0)}, {5: 100}, rng)
    assert routed(good, coverage=0.95).model == "m"
    broken = [replace(each, status="broken") for each in good[:20]]
    route = routed([*broken, *good[20:]], coverage=0.95)
    assert route.fell_back
    assert (route.considered[0].covered, route.considered[0].sessions) == (80, 100)


@pytest.mark.parametrize("status", ["unsolved", "exhausted"])
def test_only_answers_and_proofs_count_as_covered(rng, status):
    good = drawn({"m": Known(lambda _: 1.0)}, {5: 100}, rng)
    proved = [replace(each, status="unsolvable") for each in good]
    assert routed(proved, coverage=0.95).model == "m"
    assert routed([replace(each, status=status) for each in good], coverage=0.5).fell_back


def test_a_session_that_spent_more_than_the_budget_covers_nothing(rng):
    sessions = drawn({"m": Known(lambda _: 1.0, tokens=500)}, {5: 100}, rng)
    assert routed(sessions, coverage=0.9, budget=Budget(tokens=500)).model == "m"
    assert routed(sessions, coverage=0.9, budget=Budget(tokens=499)).fell_back


def test_what_cannot_be_run_here_is_considered_and_not_chosen(rng):
    route = routed(
        drawn(CHEAP_ENOUGH, {5: 200}, rng),
        coverage=0.9,
        unusable=lambda arm: "no key is set" if arm.model == "cheap" else None,
    )
    assert route.model == "dear"
    assert [each.ruled_out for each in route.considered if each.model == "cheap"] == [
        "no key is set"
    ]


PRICED = {
    "hosted": Known(lambda _: 0.99, tokens=10, dollars=0.01, seconds=9.0),
    "local": Known(lambda _: 0.99, tokens=1000, dollars=0.0, seconds=3.0),
    "slow": Known(lambda _: 0.99, tokens=100, dollars=0.02, seconds=1.0),
}


@pytest.mark.parametrize(
    ("prefer", "chosen"),
    [(None, "local"), ("dollars", "local"), ("tokens", "hosted"), ("seconds", "slow")],
)
def test_the_unit_that_is_preferred_decides(rng, prefer, chosen):
    route = routed(drawn(PRICED, {5: 300}, rng), coverage=0.9, prefer=prefer)
    assert route.model == chosen
    assert route.unit == (prefer or "dollars")


def test_where_a_price_is_not_known_tokens_decide_and_dollars_rule_out(rng):
    sessions = [
        replace(each, unpriced_calls=1) if each.model == "hosted" else each
        for each in drawn(PRICED, {5: 300}, rng)
    ]
    assert (routed(sessions, coverage=0.9).unit, routed(sessions, coverage=0.9).model) == (
        "tokens",
        "hosted",
    )
    route = routed(sessions, coverage=0.9, prefer="dollars")
    assert route.model == "local"
    assert "the price of its calls is not known" in [each.ruled_out for each in route.considered]


def test_where_nothing_costs_dollars_tokens_decide_and_where_nothing_costs_tokens_seconds(rng):
    free = {name: replace(known, dollars=0.0) for name, known in PRICED.items()}
    assert routed(drawn(free, {5: 300}, rng), coverage=0.9).unit == "tokens"
    solvers = [
        replace(each, spent=Spend(seconds=each.spent.seconds))
        for each in drawn(free, {5: 300}, rng)
    ]
    route = routed(solvers, coverage=0.9)
    assert (route.unit, route.model) == ("seconds", "slow")
