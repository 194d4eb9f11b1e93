"""Two systems on the same instances."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.bench.report.choosing import _named
from soundly.bench.report.comparison import compare
from soundly.bench.report.systems import System
from soundly.core.errors import UsageError

from .results import from_file, result

pytest.importorskip("numpy", reason="needs the extra bench")

ENDS = st.sampled_from(["solved", "unsolved", "broken", "refused"])
FAMILIES = ("blocksworld", "coloring")
ONE, TWO = System("m", "single"), System("m", "refine")


@st.composite
def both(draw):
    """Two systems' results on instances that mostly both met."""
    first, second = [], []
    for seed in range(draw(st.integers(0, 25))):
        family = draw(st.sampled_from(FAMILIES))
        for results, strategy in ((first, "single"), (second, "refine")):
            if draw(st.integers(0, 9)):
                tokens = draw(st.integers(0, 500))
                results.append(
                    result(draw(ENDS), seed=seed, family=family, strategy=strategy, tokens=tokens)
                )
    return tuple(first), tuple(second)


def by_hand(first, second):
    """The pairs on which both say something, the long way."""
    return [
        (one, two)
        for one in first
        for two in second
        if (one.cell.family, one.cell.seed) == (two.cell.family, two.cell.seed)
        and one.status in ("solved", "unsolved")
        and two.status in ("solved", "unsolved")
    ]


@settings(deadline=None, max_examples=50)
@given(both())
def test_pairs_and_differences_are_what_going_through_all_gives(drawn):
    first, second = drawn
    found = compare((ONE, first), (TWO, second))
    pairs = by_hand(first, second)
    counts = found.overall.counts
    assert counts.instances == len(pairs)
    assert counts.first_only == sum(a.covered and not b.covered for a, b in pairs)
    assert counts.second_only == sum(b.covered and not a.covered for a, b in pairs)
    assert {p.first.cell.seed for p in found.overall.changed} == {
        a.cell.seed for a, b in pairs if a.covered != b.covered
    }
    if pairs:
        mean = sum(a.spend.tokens - b.spend.tokens for a, b in pairs) / len(pairs)
        assert found.overall.tokens.value == pytest.approx(mean)
        assert found.overall.tokens.low <= mean <= found.overall.tokens.high
    else:
        assert found.overall.tokens.value is None
    assert sum(each.counts.instances for each in found.families) == len(pairs)


@settings(deadline=None, max_examples=50)
@given(both())
def test_turned_around_every_difference_changes_its_sign(drawn):
    first, second = drawn
    there, back = compare((ONE, first), (TWO, second)), compare((TWO, second), (ONE, first))
    assert there.overall.p_value == back.overall.p_value
    assert there.left_out == back.left_out
    assert there.alone == back.alone
    if there.overall.pairs:
        assert there.overall.coverage.value == -back.overall.coverage.value
        assert there.overall.tokens.value == pytest.approx(-back.overall.tokens.value)


@settings(deadline=None, max_examples=50)
@given(both())
def test_a_corrected_p_value_is_never_below_its_own(drawn):
    first, second = drawn
    found = compare((ONE, first), (TWO, second))
    assert found.overall.adjusted is None
    assert all(each.adjusted >= each.p_value for each in found.families)


def test_a_system_against_itself_differs_in_nothing():
    results = tuple(result("solved" if seed % 2 else "unsolved", seed=seed) for seed in range(8))
    found = compare((ONE, results), (ONE, results)).overall
    assert (found.p_value, found.coverage.value, found.changed) == (1.0, 0.0, ())
    assert (found.tokens.low, found.tokens.high) == (0.0, 0.0)


def test_a_whole_name_is_not_taken_for_the_beginning_of_another():
    systems = {System("m", "refine"): (), System("m", "refine:rounds=2"): ()}
    assert _named(systems, Path("run"), "m · refine")[0] == System("m", "refine")
    with pytest.raises(UsageError, match="fits several systems"):
        _named(systems, Path("run"), "refine")


def test_one_name_for_two_problems_makes_no_pair():
    first = (result("solved", digest="as it was drawn"), result("solved", seed=1))
    second = (result("solved", digest="as it is drawn now"), result("solved", seed=1))
    found = compare((ONE, first), (TWO, second))
    assert (found.unlike, found.left_out, found.overall.counts.instances) == (1, 0, 1)


def test_differences_are_of_what_was_covered_and_of_each_ones_own_bill():
    first = (
        result("solved", dollars=0.5, tokens=10),
        result(seed=1, solvable=False, answer="claim", right=True, dollars=0.1),
    )
    second = (result(dollars=0.2, tokens=4), result(seed=1, solvable=False))
    found = compare((ONE, first), (TWO, second)).overall
    assert (found.counts.first_only, found.counts.neither) == (1, 1)
    assert found.dollars.value == pytest.approx(0.2)
    assert found.tokens.value == pytest.approx(3)
    assert found.coverage.value == 0.5


def test_p_values_are_corrected_for_the_number_of_families():
    pairs = [(family, seed) for family in FAMILIES for seed in range(6)]
    first = tuple(result("solved", seed=seed, family=family) for family, seed in pairs)
    second = tuple(result(seed=seed, family=family) for family, seed in pairs)
    found = compare((ONE, first), (TWO, second))
    assert [each.p_value for each in found.families] == [2 / 2**6] * 2
    assert [each.adjusted for each in found.families] == [4 / 2**6] * 2


def test_dollars_are_not_compared_where_a_price_is_not_known():
    first, second = (result("solved"),), (result("solved", unpriced=1),)
    assert compare((ONE, first), (TWO, second)).overall.dollars is None


def test_calls_that_stand_at_their_upper_bound_are_counted_for_each_of_the_two():
    first = (result("solved", capped=2), result(seed=1, capped=1), result(seed=2, capped=4))
    second = (result(strategy="refine"), result(seed=1, strategy="refine", capped=7))
    assert compare((ONE, first), (TWO, second)).capped_calls == (3, 7)


def test_a_comparison_says_that_costs_are_upper_bounds():
    from soundly.cli.comparison import _remarks

    plain, raced = (result("solved"),), (result("solved", strategy="refine", capped=2),)
    said = "2 calls of the first, 0 calls of the second"
    assert said in _remarks(compare((TWO, raced), (ONE, plain)))[-1]
    assert not any("cut short" in each for each in _remarks(compare((ONE, plain), (ONE, plain))))


def sampled(ends, times, *, strategy):
    """Each problem from a file with its end, asked so many times."""
    return tuple(
        from_file(
            "solved" if solved else "unsolved",
            name=f"p{number}",
            seed=seed,
            tokens=100 * number,
            strategy=strategy,
        )
        for number, solved in enumerate(ends)
        for seed in range(times)
    )


ENDS_OF_PROBLEMS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=8)


@settings(deadline=None, max_examples=30)
@given(ENDS_OF_PROBLEMS, st.integers(2, 5))
def test_asking_for_the_same_answers_again_makes_no_interval_narrower(ends, times):
    def compared(times):
        first = sampled([one for one, _ in ends], times, strategy="single")
        second = sampled([two for _, two in ends], times, strategy="refine")
        return compare((ONE, first), (TWO, second)).overall

    once, often = compared(1), compared(times)
    assert (often.instances, len(often.pairs)) == (len(ends), times * len(ends))
    for name in ("coverage", "tokens"):
        here, there = getattr(once, name), getattr(often, name)
        assert (here.value, here.low, here.high) == pytest.approx(
            (there.value, there.low, there.high)
        )


def test_several_pairs_about_one_instance_have_no_p_value_and_the_other_families_keep_theirs():
    first = (
        *sampled([True] * 3, 2, strategy="single"),
        *(result("solved", seed=n) for n in (0, 1)),
    )
    second = (*sampled([False] * 3, 2, strategy="refine"), *(result(seed=n) for n in (0, 1)))
    found = compare((ONE, first), (TWO, second))
    values = {each.family: (each.p_value, each.adjusted) for each in found.families}
    assert values == {"planning": (None, None), "blocksworld": (0.5, 0.5)}
    assert found.overall.p_value is None


def test_a_pair_that_is_missing_weighs_no_other_one_more():
    first = sampled([True, False], 3, strategy="single")
    second = sampled([False, False], 3, strategy="refine")[:-2]
    found = compare((ONE, first), (TWO, second)).overall
    assert found.coverage.value == found.counts.difference == 0.75


def test_a_single_instance_bounds_no_difference():
    found = compare(
        (ONE, sampled([True], 20, strategy="single")),
        (TWO, sampled([False], 20, strategy="refine")),
    ).overall
    assert (found.coverage.value, found.coverage.low, found.coverage.high) == (1, -1, 1)
    assert (found.tokens.low, found.tokens.high) == (-math.inf, math.inf)


def test_the_screen_and_programs_are_told_why_there_is_no_p_value():
    from soundly.cli.comparison import _compared, _remarks, _row

    first = sampled([True, False, True], 4, strategy="single")
    second = sampled([False, False, True], 4, strategy="refine")
    found = compare((ONE, first), (TWO, second))
    assert any("12 pairs of sessions are about 3 instances" in each for each in _remarks(found))
    assert _row(found.overall)[1:3] == ["8/12", "4/12"]
    assert _row(found.overall)[4:6] == ["-", "-"]
    document = _compared(found.overall)
    assert (document["instances"], document["pairs"], document["p_value"]) == (3, 12, None)
    once = compare((ONE, (result(),)), (TWO, (result(strategy="refine"),)))
    assert not any("are about" in each for each in _remarks(once))
    assert _row(once.overall)[6].endswith("no bound")
