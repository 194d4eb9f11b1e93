"""What a report counts, against counting by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from soundly.bench.report.boundaries import boundaries
from soundly.bench.report.by_size import collapses, size_rates
from soundly.bench.report.claims import claims
from soundly.bench.report.front import front
from soundly.bench.report.rounds import rounds_rates
from soundly.bench.report.standing import Counted, common_guarantee, standing
from soundly.bench.report.systems import System, by_system, system_of
from soundly.bench.suites.cell import Cell

from .results import drawn, result

pytest.importorskip("scipy", reason="needs the extra bench")

SYSTEM = System("m", "single")
APART = ("broken", "refused")


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_a_standing_is_what_counting_one_by_one_gives(results):
    found = standing(SYSTEM, results)
    said = [each for each in results if each.status not in APART]
    certified = [each for each in said if each.status in ("solved", "unsolvable")]
    assert found.covered.share.of == len(said)
    assert found.covered.share.count == len(certified)
    assert found.right.share.count == sum(each.right is True for each in said)
    assert len(found.broken) == sum(each.status == "broken" for each in results)
    assert len(found.refused) == sum(each.status == "refused" for each in results)
    assert found.wrong_solutions.share.of == len(said)
    assert found.false_unsolvables.share.of == sum(each.cell.solvable for each in said)
    if certified:
        total = sum(each.spend.tokens for each in said)
        assert found.tokens.value == pytest.approx(total / len(certified))
    else:
        assert found.tokens.value is None


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_what_broke_or_was_refused_changes_no_rate_and_no_cost(results):
    kept = tuple(each for each in results if each.status not in APART)
    whole, part = standing(SYSTEM, results), standing(SYSTEM, kept)
    for name in ("covered", "right", "wrong_solutions", "false_unsolvables", "dollars", "tokens"):
        assert getattr(whole, name) == getattr(part, name)


def test_dollars_are_not_said_where_a_price_is_not_known():
    assert standing(SYSTEM, (result("solved", unpriced=1),)).dollars is None
    assert standing(SYSTEM, (result("solved"), result("broken", seed=1, unpriced=1))).dollars


@settings(max_examples=60)
@given(drawn())
def test_a_common_guarantee_is_declared_by_all(results):
    found = common_guarantee(results)
    assert all(set(found) <= set(each.guarantee) for each in results)
    for word in ("sound", "complete"):
        if results and all(word in each.guarantee for each in results):
            assert word in found


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_rates_by_size_add_up_to_the_whole(results):
    rates = size_rates(results)
    whole = standing(SYSTEM, results).right.share
    assert sum(each.right.share.count for each in rates) == whole.count
    assert sum(each.right.share.of for each in rates) == whole.of
    assert all(each.right.among for each in rates)


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_both_sides_of_the_trained_sizes_add_up_to_the_whole(results):
    for each in collapses(results, lambda *_: 4):
        alike = [r for r in results if (r.cell.solvable is False) == each.about.unsolvable]
        whole = standing(SYSTEM, tuple(alike)).right.share
        assert all(r.cell.size <= 4 for r in each.within.among)
        assert all(r.cell.size > 4 for r in each.beyond.among)
        assert each.within.share.of + each.beyond.share.of == whole.of
    assert collapses(results, lambda *_: None) == ()


def test_the_boundary_is_found_where_success_ends():
    sized = [(seed, size) for seed in range(60) for size in (3, 4, 5, 6)]
    results = tuple(
        result("solved" if size < 5 else "unsolved", seed=seed, size=size) for seed, size in sized
    )
    (found,) = boundaries(results)
    assert (found.finding.at_least, found.finding.below) == (4, 5)
    assert boundaries(tuple(each for each in results if each.cell.size == 3)) == ()


def test_the_order_of_results_does_not_move_a_boundary():
    results = tuple(
        result("solved" if (seed + size) % 7 else "broken", seed=seed, size=size)
        for seed in range(9)
        for size in (3, 4)
    )
    (there,), (back,) = boundaries(results), boundaries(results[::-1])
    assert there.finding == back.finding
    assert there.finding.answers == len(results)


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_rounds_to_success_only_rise_and_end_at_all_that_was_solved(results):
    rates = rounds_rates(results)
    counts = [each.solved.share.count for each in rates]
    assert counts == sorted(counts)
    if rates:
        asked = [each for each in results if each.status not in APART and each.cell.solvable]
        assert counts[-1] == sum(each.status == "solved" for each in asked)
        assert {each.solved.share.of for each in rates} == {len(asked)}
        assert [each.rounds for each in rates] == list(range(1, len(rates) + 1))


def test_a_system_that_asks_no_model_has_no_rounds():
    results = (result("solved", rounds=2), result("solved", model=None, strategy="kairos"))
    assert {each.system for each in rounds_rates(results)} == {SYSTEM}


def test_where_every_solution_came_at_once_there_are_no_rounds():
    assert rounds_rates((result("solved"), result("unsolved", seed=1))) == ()


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_claims_are_counted_by_what_the_label_says(results):
    said = [each for each in results if each.status not in APART]
    for each in claims(results):
        solvable = sum(r.cell.solvable for r in said)
        assert each.wrong_plans.share.of == each.false_unsolvables.share.of == solvable
        assert each.false_plans.share.of == each.true_unsolvables.share.of == len(said) - solvable
        assert all(r.answer == "claim" for r in each.false_unsolvables.counted)
        assert all(r.answer == "solution" for r in each.false_plans.counted)


@settings(deadline=None, max_examples=30)
@given(drawn())
def test_the_front_counts_as_the_leaderboard_does(results):
    said = tuple(each for each in results if each.counted)
    for station in front("blocksworld", results, "tokens").stations:
        assert station.coverage == standing(SYSTEM, said).covered.share


def test_a_share_counts_only_what_it_is_a_share_of():
    with pytest.raises(ValueError, match="counts only"):
        Counted((result("solved"),), (result("solved", seed=1),))


def test_systems_are_told_apart_by_model_strategy_and_augmentation():
    cells = [
        Cell(family="blocksworld", size=3, seed=0, strategy=strategy, model=model, augmentation=aug)
        for strategy, model, aug in (
            ("single", "a", "none"),
            ("single", "b", "none"),
            ("refine:rounds=2", "a", "none"),
            ("refine:rounds=2", "a", "zero-shot-cot"),
        )
    ]
    assert [str(system_of(cell)) for cell in cells] == [
        "a · single",
        "b · single",
        "a · refine:rounds=2",
        "a · refine:rounds=2,augmentation=zero-shot-cot",
    ]
    results = (result(model="a"), result(model="b"), result(model="a", seed=1))
    assert [len(each) for each in by_system(results).values()] == [2, 1]
