"""What nobody counted, priced or timed is said to be unknown, and is no zero."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("altair", reason="needs the extra bench")

from soundly.bench.report import words
from soundly.bench.report.comparison import compare
from soundly.bench.report.pictures import front_pictures, marks_of
from soundly.bench.report.standing import standing
from soundly.bench.report.systems import System, by_system

from .results import result

SYSTEM = System("m", "single")


def results(model="m", uncounted=0, **rest):
    return tuple(
        replace(
            result("solved", seed=seed, model=model, tokens=100, dollars=0.5, **rest),
            uncounted_calls=uncounted,
        )
        for seed in range(4)
    )


def test_tokens_that_nobody_counted_are_no_number():
    assert standing(SYSTEM, results()).tokens.value == 100
    some = (*results()[:3], replace(results()[3], uncounted_calls=1))
    assert standing(SYSTEM, some).tokens is None
    assert words.number(None) == "not counted"
    assert words.at_most(words.number(None), 3) == "not counted"


def test_the_time_of_a_replay_is_no_models_time():
    assert standing(SYSTEM, results()).seconds.value == 0.5
    assert standing(SYSTEM, results(), replayed=True).seconds is None
    assert words.time(None) == "not measured"


def test_a_difference_of_tokens_needs_both_to_be_counted():
    both = {**by_system(results("a")), **by_system(results("b", uncounted=1))}
    (first, second) = both.items()
    assert compare(first, first).overall.tokens is not None
    assert compare(first, second).overall.tokens is None


def test_a_front_leaves_out_whose_cost_nobody_knows_and_says_how_many():
    known, unknown = results("a"), results("b", uncounted=1)
    unpriced = results("c", unpriced=1)
    everything = (*known, *unknown, *unpriced)
    marks = marks_of(everything)
    captions = {each.name: each.caption for each in front_pictures(everything, marks)}
    said = "Left out: one system whose {} nobody knows."
    assert said.format("tokens") in captions["front-tokens-blocksworld"]
    assert said.format("prices") in captions["front-dollars-blocksworld"]
    assert "Left out" not in "".join(each.caption for each in front_pictures(known, marks))
