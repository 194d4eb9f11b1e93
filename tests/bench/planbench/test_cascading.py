"""Cascades and crowds over stored answers, on small tables that can be counted by hand."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.bench.planbench.cascading import Cascade, Runs, Split, cascade_over
from soundly.bench.planbench.cost import Cost
from soundly.bench.planbench.crowds import crowds_over, elected
from soundly.bench.planbench.stages import Stage, StageTable, Trial
from soundly.core.errors import UnknownNameError, UsageError

pytest.importorskip("scipy", reason="intervals need scipy")

CHEAP, DEAR, HIDDEN = (Stage(model, "one-shot") for model in ("cheap", "dear", "hidden"))


def table(**models):
    """Each model as what is accepted, a digit an instance, and its cost; texts are all new."""
    found = StageTable("root", "lamps")
    for model, (digits, cost) in models.items():
        found.trials[Stage(model, "one-shot")] = {
            f"i{number:03}": Trial(digit == "1", cost, (f"{model}",), f"{model} {number}")
            for number, digit in enumerate(digits)
        }
    return found


def half(digits):
    return digits * 10


TWO = {"cheap": (half("10"), Cost(1, 1)), "dear": (half("11"), Cost(10, 10))}


def test_the_cheap_model_comes_first_and_the_dear_one_pays_for_what_it_left():
    found = cascade_over(table(**TWO), split=Split())
    assert found.order == (CHEAP, DEAR)
    assert found.runs.covered.count == found.runs.covered.of == 10
    cheap = sum(cost == Cost(1, 1) for cost in found.runs.costs)
    assert set(found.runs.costs) == {Cost(1, 1), Cost(11, 11)}
    assert found.runs.mean_cost.exact == pytest.approx((cheap + 11 * (10 - cheap)) / 10)


def test_the_order_is_measured_on_none_of_the_instances_that_it_was_learned_on():
    instances = [f"i{number}" for number in range(20)]
    learn, measure = Split(seed=3, share=0.25).divide(instances)
    assert (len(learn), len(measure)) == (5, 15)
    assert not set(learn) & set(measure)
    assert sorted(learn + measure) == sorted(instances)


def test_what_happens_where_it_is_measured_moves_no_choice():
    instances = [f"i{number:03}" for number in range(20)]
    learn, _ = Split().divide(instances)
    there = "".join("01"[each in learn] for each in instances)
    elsewhere = "".join("01"[each not in learn or each == learn[0]] for each in instances)
    found = cascade_over(
        table(cheap=(there, Cost(1, 1)), dear=(elsewhere, Cost(9, 9))), split=Split()
    )
    assert (found.order, found.wanted) == ((CHEAP,), 1.0)
    assert found.against.single.name == CHEAP.name
    assert found.runs.covered.count == 0


def test_another_seed_draws_another_split_and_the_same_seed_the_same():
    instances = [f"i{number}" for number in range(40)]
    assert Split(1).divide(instances) == Split(1).divide(instances)
    assert Split(1).divide(instances) != Split(2).divide(instances)


def test_without_a_wish_the_order_covers_what_the_best_single_model_does():
    models = {**TWO, "dear": (half("10"), Cost(10, 10))}
    found = cascade_over(table(**models), split=Split())
    assert found.order == (CHEAP,)
    assert found.against.single.name == CHEAP.name


def test_the_model_to_compare_with_can_be_named_and_an_unknown_one_is_refused():
    found = cascade_over(table(**TWO), split=Split(), against="cheap", coverage=1.0)
    assert found.against.single.name == CHEAP.name
    assert (found.against.paired.first_only, found.against.paired.second_only) == (
        found.runs.covered.count - found.against.single.covered.count,
        0,
    )
    with pytest.raises(UnknownNameError, match="did you mean cheap"):
        cascade_over(table(**TWO), split=Split(), against="cheep")


def test_a_cost_that_both_pay_cancels_in_what_is_saved_though_nothing_bounds_it():
    models = {"cheap": (half("10"), Cost(1, 1)), "hidden": (half("11"), Cost(10, None))}
    found = cascade_over(table(**models), split=Split(), against="hidden")
    cheap = sum(cost.most is not None for cost in found.runs.costs)
    saved = found.against.saved_least
    assert saved is not None
    assert saved.value == pytest.approx((cheap * 9 - (10 - cheap)) / 10)
    assert found.runs.mean_cost.most is None
    assert found.against.times_less is None


def test_how_many_times_less_is_a_ratio_of_the_worst_bounds():
    models = {"cheap": (half("11"), Cost(1, 2)), "hidden": (half("11"), Cost(10, None))}
    found = cascade_over(table(**models), split=Split(), against="hidden")
    assert found.order == (CHEAP,)
    assert found.against.times_less is not None
    assert found.against.times_less.value == pytest.approx(5.0)


def test_a_model_beside_itself_saves_nothing_and_no_ratio_is_made_of_its_bounds():
    found = cascade_over(table(cheap=(half("10"), Cost(1, 5))), split=Split())
    assert found.against.saved_least is not None
    assert found.against.saved_least.value == 0
    assert found.against.times_less is None


def test_what_is_saved_at_least_is_the_lower_bound_less_the_upper_one():
    models = {"cheap": (half("11"), Cost(1, 2)), "dear": (half("11"), Cost(10, 20))}
    found = cascade_over(table(**models), split=Split(), against="dear")
    assert found.order == (CHEAP,)
    assert found.against.saved_least is not None
    assert found.against.saved_least.value == pytest.approx(8.0)


def test_what_nothing_bounds_on_one_instance_is_not_bounded_on_average():
    models = {"cheap": (half("10"), Cost(1, 1)), "hidden": (half("11"), Cost(10, None))}
    found = cascade_over(table(**models), split=Split(), against="cheap", coverage=1.0)
    assert found.order == (CHEAP, HIDDEN)
    assert found.against.saved_least is None
    assert found.against.times_less is None


def test_a_domain_with_too_few_instances_is_refused():
    with pytest.raises(UsageError, match="share 9 instances, wanted 10"):
        cascade_over(table(cheap=("1" * 9, Cost(1, 1))), split=Split())


def test_costs_that_are_only_bounded_are_taken_at_their_upper_bound_where_an_order_is_learned():
    models = {"loose": (half("10"), Cost(1, 9)), "tight": (half("10"), Cost(2, 3))}
    found = cascade_over(table(**models), split=Split())
    assert [stage.model for stage in found.order] == ["tight"]
    assert found.against.single.name == "tight · one-shot"


def test_ten_instances_are_enough():
    found = cascade_over(table(cheap=("1" * 10, Cost(1, 1))), split=Split())
    assert (found.learned_on, found.runs.covered.of) == (5, 5)


def test_a_stage_can_be_named_whole_and_the_best_one_still_says_what_to_cover():
    found = cascade_over(table(**TWO), split=Split(), against=CHEAP.name)
    assert found.against.single.name == CHEAP.name
    assert found.wanted == 1.0


def test_a_split_that_leaves_nothing_is_refused():
    with pytest.raises(UsageError, match="learn is 1, wanted a share between 0 and 1"):
        Split(share=1.0)


def test_of_more_stages_than_an_order_is_learned_over_the_best_one_is_kept():
    models = {f"m{number:02}": (half("10"), Cost(1, 1)) for number in range(14)}
    found = cascade_over(table(**models, last=(half("11"), Cost(99, 99))), split=Split())
    assert found.order[-1].model == "last"


def test_of_more_stages_than_an_order_is_learned_over_the_cheapest_for_their_cover_are_kept():
    models = {f"m{number:02}": (half("10"), Cost(9, 9)) for number in range(14)}
    models["zero"] = (half("00"), Cost(0.1, 0.1))
    found = cascade_over(table(**models, zz=(half("10"), Cost(1, 1))), split=Split(), coverage=0.1)
    assert [stage.model for stage in found.order] == ["zz"]


def test_a_stage_that_covers_much_for_its_price_is_kept_before_one_that_costs_little():
    models = {f"m{number:02}": ("1000100010" * 2, Cost(3, 3)) for number in range(12)}
    models |= {"good": ("1111111110" * 2, Cost(4, 4)), "last": (half("11"), Cost(99, 99))}
    found = cascade_over(table(**models), split=Split())
    assert [stage.model for stage in found.order][-2:] == ["good", "last"]


def test_a_picture_shows_the_cascade_beside_the_model_and_refuses_what_costs_nothing():
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    from soundly.bench.planbench.cascade_picture import cascade_picture

    svg = cascade_picture(cascade_over(table(**TWO), split=Split())).svg()
    assert "cheap → dear" in svg
    assert "dear · one-shot" in svg
    many = {
        f"m{number}": (half("0" * number + "1" + "0" * (3 - number)), Cost(1, 1))
        for number in range(4)
    }
    svg = cascade_picture(cascade_over(table(**many), split=Split(), coverage=1.0)).svg()
    assert "(4 stages)" in svg
    free = table(cheap=(half("10"), Cost(0, 0)), dear=(half("11"), Cost(1, 1)))
    with pytest.raises(UsageError, match="something cost nothing"):
        cascade_picture(cascade_over(free, split=Split()))


def test_every_mark_of_a_picture_has_a_number_that_a_list_explains():
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    from soundly.bench.planbench.cascade_picture import cascade_picture

    models = {
        f"m{number}": ("1" * number + "0" * (10 - number), Cost(number, number))
        for number in range(1, 10)
    }
    models = {name: (marks * 2, cost) for name, (marks, cost) in models.items()}
    found = cascade_over(table(**models, best=("1" * 20, Cost(20, 20))), split=Split())
    texts = re.findall(r">([^<>]+)</text>", cascade_picture(found).svg())
    listed = dict(text.split(" ", 1) for text in texts if re.match(r"\d+ m\d", text))
    assert set(listed.values()) == {f"m{number} · one-shot" for number in range(1, 10)}
    assert set(listed) <= set(texts)
    covered = {runs.name: runs.covered.count for runs in found.singles}
    in_order = [covered[listed[str(number)]] for number in range(1, 10)]
    assert in_order == sorted(in_order, reverse=True)


def naive(found: Cascade, whole: StageTable) -> tuple[int, float]:
    """Coverage and total dollars of an order, instance by instance, on the measuring half."""
    _, measure = Split().divide(sorted(next(iter(whole.trials.values()))))
    covered, bill = 0, 0.0
    for instance in measure:
        for stage in found.order:
            trial = whole.trials[stage][instance]
            bill += trial.cost.least
            if trial.accepted:
                covered += 1
                break
    return covered, bill


answers = st.lists(st.booleans(), min_size=12, max_size=12).map(
    lambda bits: "".join("01"[bit] for bit in bits)
)


@settings(deadline=None)
@given(st.lists(st.tuples(answers, st.integers(1, 9)), min_size=1, max_size=4))
def test_a_cascade_does_what_a_naive_walk_does_and_no_order_is_cheaper_where_it_learned(models):
    whole = table(**{f"m{n}": (bits, Cost(c, c)) for n, (bits, c) in enumerate(models)})
    found = cascade_over(whole, split=Split(), coverage=1.0)
    covered, bill = naive(found, whole)
    assert found.runs.covered.count == covered
    assert found.runs.mean_cost.exact == pytest.approx(bill / found.runs.covered.of)
    learn, measure = Split().divide(sorted(next(iter(whole.trials.values()))))
    for single, stage in zip(found.singles, sorted(whole.trials), strict=True):
        assert single.name == stage.name
        assert single.accepted == tuple(whole.trials[stage][each].accepted for each in measure)
    assert _bill(whole, found.order, learn) == pytest.approx(
        min(
            _bill(whole, order, learn)
            for number in range(1, len(whole.trials) + 1)
            for order in permutations(whole.trials, number)
            if _cover(whole, order, learn) >= _cover(whole, found.order, learn)
        )
    )


def _cover(whole, order, instances):
    return sum(any(whole.trials[stage][each].accepted for stage in order) for each in instances)


def _bill(whole, order, instances):
    bill = 0.0
    for each in instances:
        for stage in order:
            bill += whole.trials[stage][each].cost.least
            if whole.trials[stage][each].accepted:
                break
    return bill


def trial(plan, accepted=False):
    return Trial(accepted, Cost(1, 1), plan)


def test_the_plan_that_most_have_is_elected_and_the_earliest_of_equals():
    first, second, third = trial(("a",)), trial(("b",)), trial(("b",))
    assert elected([first, second, third]) is second
    assert elected([first, second]) is first


def test_an_answer_without_a_plan_has_no_vote():
    assert elected([trial(None), trial(None), trial(("a",))]).plan == ("a",)
    assert elected([trial(()), trial(()), trial(("a",))]).plan == ("a",)
    assert elected([trial(None)]) is None


def test_a_crowd_pays_for_all_and_its_best_needs_only_one_accepted_answer():
    models = {"cheap": (half("10"), Cost(1, 1)), "dear": (half("01"), Cost(10, 10))}
    (crowd,) = crowds_over(table(**models), split=Split())
    assert crowd.best_of.covered.count == 10
    assert crowd.vote.covered.count < 10
    assert crowd.best_of.mean_cost == crowd.vote.mean_cost == Cost(11, 11)
    assert crowd.paired.second_only == 0


def test_crowds_take_the_stages_that_cover_most_where_orders_are_learned():
    models = {f"m{number}": (half("00"), Cost(1, 1)) for number in range(4)}
    crowds = crowds_over(table(**models, good=(half("11"), Cost(1, 1))), split=Split())
    assert [len(crowd.stages) for crowd in crowds] == [3, 5]
    assert crowds[0].stages[0].model == "good"


def test_one_stage_is_no_crowd():
    assert crowds_over(table(cheap=(half("10"), Cost(1, 1))), split=Split()) == []


def test_runs_without_an_instance_are_refused():
    with pytest.raises(ValueError, match="0 answers and 0 costs"):
        Runs("cascade", (), ())


def test_with_real_answers_an_equal_coverage_costs_less_than_a_tenth(planbench):
    pytest.importorskip("genai_prices", reason="prices come from genai-prices")
    from soundly.bench.planbench.stages import stage_tables

    (real,) = stage_tables(planbench / "llm_planning_analysis", [], sets=["blocksworld_3"])
    found = cascade_over(real, split=Split(), against="o1-preview_chat")
    assert found.against.paired.second_only == 0
    assert found.against.times_less is not None
    assert found.against.times_less.low > 10
