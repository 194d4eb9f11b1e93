"""One small run counted by hand: what the tables and the data say of it, cell by cell."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from soundly.bench.report.boundaries import boundaries
from soundly.bench.report.by_size import collapses, size_rates
from soundly.bench.report.claims import claims
from soundly.bench.report.front import front
from soundly.bench.report.rounds import rounds_rates
from soundly.bench.report.standing import standing
from soundly.bench.report.systems import System
from soundly.core.spend import Spend

from .results import from_file, result

pytest.importorskip("altair", reason="needs the extra bench")

SYSTEM = System("m", "single")


def paid(found, tokens, spoken, dollars):
    spend = Spend(1, tokens, spoken, dollars=dollars, seconds=2.0)
    return replace(found, spend=spend)


RESULTS = (
    paid(result("solved", seed=0), 100, 20, 1.0),
    paid(result(seed=1, answer="solution", right=False), 50, 10, 0.5),
    result(seed=2, answer="claim", right=False),
    result(seed=3, answer="solution"),
    result("exhausted", seed=4, size=5),
    result(seed=5, size=5, answer="unreadable", right=False),
    result("unsolvable", seed=0, solvable=False),
    result(seed=1, solvable=False, answer="claim", right=True),
    result(seed=2, solvable=False, answer="solution", right=False),
    result("solved", seed=3, solvable=False, right=False),
    result(seed=4, solvable=False, answer="claim", right=True),
    result(seed=9, answer="solution", right=False),
    result(seed=10, answer="solution", right=False),
    paid(result("broken", seed=6, answer="claim"), 9000, 900, 90.0),
    paid(result("refused", seed=7, answer="solution"), 9000, 900, 90.0),
    result("refused", seed=8),
)


@pytest.fixture
def tables():
    """The tables of a report, with their own places of traces."""
    from soundly.bench.report.tables import Tables
    from soundly.bench.report.traces import Traces

    return Tables(Traces())


def lines(table):
    """Each line of a table by its headings; a rate stands behind its count."""
    headings = []
    for column in table.columns:
        rate = column.heading.startswith("rate")
        headings.append(f"{headings[-1]}, rate" if rate else column.heading)
    return [dict(zip(headings, row, strict=True)) for row in table.rows]


def test_the_leaderboard_is_what_counting_by_hand_gives(tables):
    (line,) = lines(tables.leaderboard([standing(SYSTEM, RESULTS)]))
    interval = "23.1% (5.0% to 53.8%)"
    assert line.pop("dollars for one covered").startswith("$0.50 (")
    assert line.pop("tokens for one covered").startswith("60.0 (")
    assert line == {
        "system": "m · single",
        "guarantee": "sound and complete",
        "covered": "3 of 13",
        "covered, rate": interval,
        "right": "4 of 13",
        "wrong solutions": "5 of 13",
        "false unsolvables": "1 of 8",
        "time for one covered": "3.17 s",
        "broken": "1",
        "refused": "2",
    }


def test_the_data_of_the_leaderboard_have_the_same_numbers_under_their_names():
    from soundly.bench.report.frames import _standing

    row = _standing(standing(SYSTEM, RESULTS))
    assert row["guarantee"] == "sound complete"
    for name, count, of in (
        ("covered", 3, 13),
        ("right", 4, 13),
        ("wrong_solutions", 5, 13),
        ("false_unsolvables", 1, 8),
    ):
        assert (row[name], row[f"{name}_of"]) == (count, of)
        assert row[f"{name}_low"] < count / of < row[f"{name}_high"]
    assert (row["contradicted"], row["broken"], row["refused"]) == (1, 1, 2)
    assert row["dollars_per_covered"] == pytest.approx(0.5)
    assert row["tokens_per_covered"] == pytest.approx(60)
    assert row["seconds_per_covered"] == pytest.approx(9.5 / 3)


def test_claims_of_both_kinds_are_counted_by_hand(tables):
    (line,) = lines(tables.claims(claims(RESULTS)))
    shares = {name: said for name, said in line.items() if "rate" not in name}
    assert shares == {
        "family": "blocksworld",
        "system": "m · single",
        "wrong plans": "3 of 8",
        "false unsolvables": "1 of 8",
        "false plans": "2 of 5",
        "true unsolvables": "3 of 5",
    }


def test_rates_by_size_and_beyond_the_sizes_trained_on(tables):
    assert [
        (line["family"], line["size"], line["right"])
        for line in lines(tables.sizes(size_rates(RESULTS)))
    ] == [
        ("blocksworld", "3", "1 of 6"),
        ("blocksworld", "5", "0 of 2"),
        ("blocksworld unsolvable", "3", "3 of 5"),
    ]
    (line,) = lines(tables.collapse(collapses(RESULTS, lambda *_: 4)))
    assert line["family"] == "blocksworld"
    assert (line["right up to there"], line["right beyond"]) == ("1 of 6", "0 of 2")
    assert collapses(RESULTS, lambda *_: 2) == collapses(RESULTS, lambda *_: 5) == ()


def test_who_always_says_that_there_is_no_solution_is_right_about_what_has_none_alone(tables):
    from soundly.bench.report.pictures import marks_of, size_pictures

    results = tuple(
        result(size=size, solvable=solvable, answer="claim", right=not solvable)
        for size in (3, 4)
        for solvable in (True, False)
    )
    rates = size_rates(results)
    assert [(line["family"], line["right"]) for line in lines(tables.sizes(rates))] == [
        ("blocksworld", "0 of 1"),
        ("blocksworld", "0 of 1"),
        ("blocksworld unsolvable", "1 of 1"),
        ("blocksworld unsolvable", "1 of 1"),
    ]
    pictures = size_pictures(rates, lambda about: None, marks_of(results))
    titles = [each.title for each in pictures]
    assert titles == ["Accuracy by size, blocksworld", "Accuracy by size, blocksworld unsolvable"]
    both = [str(each.about) for each in collapses(results, lambda *_: 3)]
    assert both == ["blocksworld", "blocksworld unsolvable"]


def test_sizes_of_problems_from_files_are_apart_from_those_that_a_family_draws(tables):
    from soundly.bench.report.pictures import marks_of, size_pictures

    drawn = tuple(result("solved", family="planning", size=size) for size in (3, 4))
    given = tuple(from_file("unsolved", name=f"p{size}", size=size) for size in (4, 9))
    results = (*given, *drawn)
    rates = size_rates(results)
    assert [
        (line["family"], line["size"], line["right"]) for line in lines(tables.sizes(rates))
    ] == [
        ("planning", "3", "1 of 1"),
        ("planning", "4", "1 of 1"),
        ("planning from files", "4", "0 of 1"),
        ("planning from files", "9", "0 of 1"),
    ]
    pictures = size_pictures(rates, lambda about: None, marks_of(results))
    assert [each.name for each in pictures] == ["size-planning", "size-planning from files"]
    (line,) = lines(tables.collapse(collapses(results, lambda about, _: 8)))
    assert line["family"] == "planning from files"


def test_the_data_by_size_say_which_rates_are_of_unsolvable_instances():
    from soundly.bench.report.frames import _size

    rows = [_size(each) for each in size_rates(RESULTS)]
    assert not any(row["from_files"] for row in rows)
    assert [(row["family"], row["unsolvable"], row["right_of"]) for row in rows] == [
        ("blocksworld", False, 6),
        ("blocksworld", False, 2),
        ("blocksworld", True, 5),
    ]


def test_rounds_are_whole_numbers_on_their_axis():
    from soundly.bench.report.pictures import marks_of, rounds_picture

    results = (result("solved", rounds=2), result("solved", seed=1))
    drawn = rounds_picture(rounds_rates(results), marks_of(results))
    axis = drawn.chart.to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == [1, 2]


def test_the_leaderboard_says_what_each_system_was_asked_where_that_differs(tables):
    one = tuple(result("solved", seed=seed, family="logistics") for seed in range(2))
    two = tuple(result(seed=seed, strategy="refine") for seed in range(2))
    both = (*two, *(replace(each, cell=replace(each.cell, strategy="refine")) for each in one))
    apart = [standing(System("m", name), of) for name, of in (("single", one), ("refine", both))]
    assert [line["asked"] for line in lines(tables.leaderboard(apart))] == [
        "2 of logistics",
        "4 of 2 families",
    ]
    swapped = [standing(System("m", name), of) for name, of in (("single", one), ("refine", two))]
    assert [line["asked"] for line in lines(tables.leaderboard(swapped))] == [
        "2 of logistics",
        "2 of blocksworld",
    ]
    alike = [standing(System("m", name), one) for name in ("single", "refine")]
    assert all("asked" not in line for line in lines(tables.leaderboard(alike)))


def test_the_leaderboard_says_where_sessions_are_about_one_instance(tables):
    from soundly.bench.report.frames import _standing

    again = standing(SYSTEM, tuple(from_file("solved", seed=seed) for seed in range(12)))
    (line,) = lines(tables.leaderboard([again]))
    assert line["asked"] == "1 of planning in 12 sessions"
    assert (_standing(again)["instances"], _standing(again)["sessions"]) == (1, 12)


def sized(right_up_to, *, broken=lambda seed: False, **rest):
    return tuple(
        result(
            "broken" if broken(seed) else "solved" if size <= right_up_to else "unsolved",
            seed=seed,
            size=size,
            **rest,
        )
        for seed in range(60)
        for size in (3, 4, 5, 6)
    )


def test_a_boundary_rests_on_solvable_instances_and_on_nothing_that_broke(tables):
    from soundly.bench.report.frames import _boundary

    broke = sized(4, broken=lambda seed: seed % 10 == 0)
    unsolvable = tuple(
        result(seed=seed, size=size, solvable=False) for seed in range(60) for size in (3, 4, 5, 6)
    )
    found = boundaries(broke + unsolvable)
    (line,) = lines(tables.boundaries(found))
    assert (line["often right up to"], line["no longer from"], line["sessions"]) == (
        "4",
        "5",
        "240",
    )
    row = _boundary(found[0])
    assert (row["at_least"], row["below"], row["answers"]) == (4, 5, 240)
    assert (row["probability"], row["confidence"]) == (0.9, 0.95)


def test_of_sessions_about_one_instance_one_counts_for_the_boundary(tables):
    once = tuple(
        from_file("solved" if size == 3 else "unsolved", name=f"{size} {number}", size=size)
        for number in range(60)
        for size in (3, 4)
    )
    again = tuple(
        replace(each, cell=replace(each.cell, seed=seed)) for seed in range(3) for each in once
    )
    drawn = tuple(result("solved", family="planning", size=size) for size in (3, 4))
    (found,) = boundaries(once)
    assert (found.finding.at_least, found.finding.below, found.finding.answers) == (3, 4, 120)
    assert [each.finding for each in boundaries((*again, *drawn))][1] == found.finding
    (few,) = boundaries(tuple(e for e in again if e.cell.given.name in ("3 0", "4 0")))
    assert (few.finding.at_least, few.finding.answers) == (None, 2)
    assert lines(tables.boundaries([found]))[0]["family"] == "planning from files"


def test_a_price_that_is_not_known_is_no_cost_on_the_front():
    known = (result("solved", dollars=2.0, tokens=7),)
    unknown = (result("solved", strategy="refine", dollars=0.1, tokens=5, unpriced=1),)
    costs = {
        each.strategy: each.in_unit("dollars")
        for each in front("blocksworld", known + unknown, "dollars").stations
    }
    assert costs == {"single": 2.0, "refine": None}


def test_a_system_without_a_price_is_left_out_of_the_front_in_dollars():
    from soundly.bench.report.pictures import front_pictures, marks_of

    known = tuple(result("solved", seed=seed, dollars=2.0, tokens=7) for seed in range(2))
    unknown = (result("solved", strategy="refine", dollars=0.1, tokens=5, unpriced=1),)
    marks = marks_of(known + unknown)
    names = [each.name for each in front_pictures(known, marks)]
    assert names == ["front-dollars-blocksworld", "front-tokens-blocksworld"]
    captions = [each.caption for each in front_pictures(known + unknown, marks)]
    assert ["whose prices nobody knows" in caption for caption in captions] == [True, False]
    assert [each.name for each in front_pictures(unknown, marks)] == names[1:]
    broke = (result("broken", strategy="refine", unpriced=1),)
    assert [each.name for each in front_pictures(known + broke, marks)] == names


def test_of_an_answer_with_several_critiques_each_counts_and_the_session_once(tables):
    from soundly.bench.report.frames import _error
    from soundly.bench.report.seen import Error

    error = Error(SYSTEM, "rejected", "goal-unmet", 3, ("one", "two"))
    (line,) = lines(tables.errors([error]))
    assert line == {
        "system": "m · single",
        "code": "goal-unmet",
        "answer was": "rejected",
        "critiques": "3",
        "sessions": "2",
    }
    assert _error(error) == {
        "model": "m",
        "strategy": "single",
        "code": "goal-unmet",
        "answer": "rejected",
        "critiques": 3,
        "sessions": 2,
    }


def test_rounds_have_columns_up_to_eight_then_for_powers_of_two_and_for_the_last(tables):
    results = (result("solved", rounds=17), result("solved", seed=1), result(seed=2))
    (line,) = lines(tables.rounds(rounds_rates(results)))
    assert list(line) == ["system", *(f"within {n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 16, 17))]
    assert (line["within 1"], line["within 16"], line["within 17"]) == (
        "1 of 3",
        "1 of 3",
        "2 of 3",
    )


def test_a_confusion_matrix_has_a_line_a_decision_and_a_column_a_truth(tables):
    from soundly.bench.report.seen import Verdicts

    counts = {("accept", "right"): 5, ("accept", "wrong"): 2, ("reject", "wrong"): 7}
    sessions = dict.fromkeys(counts, ("one",))
    found = lines(tables.verdicts(Verdicts("judge", "the critic", counts, sessions)))
    assert found == [
        {"judge says": "accept", "right": "5", "wrong": "2"},
        {"judge says": "reject", "right": "0", "wrong": "7"},
    ]


def test_the_data_of_a_session_have_no_dollars_where_a_price_is_not_known():
    from soundly.bench.report.frames import session_row

    assert session_row(result("solved", dollars=0.5))["dollars"] == 0.5
    assert session_row(result("solved", dollars=0.5, unpriced=1))["dollars"] is None


def test_the_data_of_a_session_have_no_tokens_where_nobody_counted_some():
    from soundly.bench.report.frames import session_row

    kinds = ("input_tokens", "output_tokens", "reasoning_tokens", "cached_tokens")
    counted = paid(result("solved"), 70, 20, 0.5)
    row, unknown = session_row(counted), session_row(replace(counted, uncounted_calls=1))
    assert [row[kind] for kind in kinds] == [70, 20, 0, 0]
    assert [unknown[kind] for kind in kinds] == [None] * 4
    assert (row["uncounted_calls"], unknown["uncounted_calls"]) == (0, 1)


def test_of_systems_with_one_coverage_the_one_with_fewer_tokens_comes_first():
    from soundly.bench.report.contents import _ranked

    cheap, dear = (
        standing(System("m", name), (result("solved", strategy=name, tokens=tokens),))
        for name, tokens in (("cheap", 5), ("dear", 9))
    )
    none = standing(System("m", "none"), (result(strategy="none"),))
    assert _ranked([none, dear, cheap]) == [cheap, dear, none]


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "0"), (0.0123456, "0.0123"), (1.5, "1.50"), (99.96, "100.0"), (1234.5, "1,234")],
)
def test_an_amount_has_three_digits_that_count(amount, said):
    from soundly.bench.report.words import number
    from soundly.statistics.bootstrap import Estimate

    assert number(Estimate(amount, amount, amount)) == said
    assert number(Estimate(amount, amount, math.inf)) == f"{said} ({said} to no bound)"
    assert number(Estimate(None, 0, math.inf)) == "-"


def test_costs_in_which_calls_stand_at_their_upper_bound_are_upper_bounds(tables):
    from soundly.bench.report.frames import _standing, session_row

    raced = result("solved", strategy="best-of", tokens=900, dollars=0.5, capped=2)
    broke = result("broken", seed=1, tokens=900, capped=1)
    rows = lines(
        tables.leaderboard(
            [
                standing(System("m", "best-of"), (raced,)),
                standing(SYSTEM, (result("solved", tokens=9), broke)),
            ]
        )
    )
    assert [row["tokens for one covered"] for row in rows] == ["≤ 900", "9.00"]
    assert [row["dollars for one covered"] for row in rows] == ["≤ $0.50", "$0"]
    assert session_row(raced)["capped_calls"] == 2
    assert _standing(standing(SYSTEM, (raced, broke)))["capped_calls"] == 2


def test_a_cost_that_is_not_known_or_nothing_has_no_other_upper_bound():
    from soundly.bench.report.words import at_most, money
    from soundly.statistics.bootstrap import Estimate

    assert at_most(money(None), 3) == "price unknown"
    assert at_most(money(Estimate(None, 0, math.inf)), 3) == "-"
    assert at_most(money(Estimate(0.0, 0.0, 0.0)), 3) == "$0"
    assert at_most("5.00", 0) == "5.00"


def test_a_front_names_whose_costs_are_upper_bounds_and_what_covered_nothing():
    from soundly.bench.report.pictures import front_pictures, marks_of

    results = (
        result("solved", strategy="best-of", tokens=900, capped=2),
        result("solved", tokens=9),
        result("unsolved", strategy="hopeless", tokens=9),
    )
    (picture,) = front_pictures(results, marks_of(results))
    assert picture.caption.endswith("at most what is drawn: m · best-of.")
    assert "Not drawn, because nothing was covered: m · hopeless." in picture.caption
    plain = front_pictures(results[1:2], marks_of(results))
    assert [each.caption.endswith("the Pareto front.") for each in plain] == [True]


def test_a_system_has_one_colour_and_one_mark_in_all_pictures():
    from soundly.bench.report.pictures import front_pictures, marks_of, size_pictures

    names = ("single", "refine", "kairos")
    results = tuple(
        result("solved", strategy=name, family=family, size=size, tokens=size)
        for family, names_there in (("blocksworld", names), ("logistics", names[1:]))
        for name in names_there
        for size in (3, 4)
    )
    marks = marks_of(results)
    pictures = (
        *size_pictures(size_rates(results), lambda about: None, marks),
        *front_pictures(results, marks),
    )
    looks = {
        (name, channel, value)
        for picture in pictures
        for layer in picture.chart.to_dict()["layer"]
        for channel in ("color", "shape")
        if "scale" in layer["encoding"].get(channel, {})
        for name, value in zip(*_scale(layer["encoding"][channel]), strict=True)
    }
    assert len(pictures) == 4
    assert len(looks) == 2 * len(names)
    assert len({value for _, _, value in looks}) == 2 * len(names)


def test_a_picture_of_one_system_names_it():
    from soundly.bench.report.pictures import marks_of, size_pictures

    results = (result("solved"), result(size=4))
    (picture,) = size_pictures(size_rates(results), lambda about: None, marks_of(results))
    assert "m · single" in picture.svg()


def _scale(channel):
    return channel["scale"]["domain"], channel["scale"]["range"]
