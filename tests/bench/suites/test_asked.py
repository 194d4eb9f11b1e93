"""From a cell to what is asked."""

from __future__ import annotations

import pytest

from soundly.bench.suites.asked import priced, problem_of, spelled, strategy_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Price
from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.splits import split_of
from soundly.engine.describe import describe


def cell(**changes):
    return Cell(**({"family": "blocksworld", "size": 4, "seed": 0, "strategy": "single"} | changes))


def test_an_augmentation_goes_to_every_stage_that_prompts_and_to_no_solver():
    assert spelled("single", "none") == "single"
    assert spelled("refine:rounds=3 + kairos", "zero-shot-cot") == (
        "refine:rounds=3,augmentation=zero-shot-cot+kairos"
    )
    asked = strategy_of(cell(strategy="refine+kairos", augmentation="progression"))
    assert describe(asked) == "refine:augmentation=progression+kairos"


def test_an_augmentation_of_a_solver_alone_is_refused():
    with pytest.raises(UsageError, match="'kairos' takes no augmentation"):
        spelled("kairos", "progression")


@pytest.mark.parametrize(("size", "split"), [(4, "held-out"), (5, "held-out"), (6, "beyond")])
def test_unseen_instances_are_held_out_up_to_the_trained_size_and_beyond_it_above(size, split):
    problem = problem_of(cell(size=size, share="unseen"))
    assert split_of(make_family("blocksworld"), problem, size=size) == split
    assert problem.size == size


def test_instances_to_train_on_are_of_that_split():
    problem = problem_of(cell(share="train"))
    assert split_of(make_family("blocksworld"), problem, size=4) == "train"


def test_unsolvable_instances_of_both_shares_differ():
    seen, unseen = (problem_of(cell(solvable=False, share=s)) for s in ("train", "unseen"))
    assert seen != unseen


def test_hidden_and_plain_instances_of_one_seed_are_the_same_instance_in_other_words():
    plain, hidden = cell(), cell(obfuscation="mystery")
    assert problem_of(plain).family == "blocksworld"
    assert problem_of(hidden).family == "mystery-blocksworld"
    assert plain.instance != hidden.instance


def test_a_stated_price_is_opened_with_the_model_and_is_no_part_of_its_name():
    prices = [Price("openai:x", 1.0, 2.0)]
    assert priced("openai:x", prices) == "openai:x?input_price=1.0,output_price=2.0"
    assert priced("openai:y", prices) == "openai:y"
    dotted = [Price("openai:x?timeout_seconds=5", 1.0, 2.0)]
    assert priced("openai:x?timeout_seconds=5", dotted).endswith(
        "=5,input_price=1.0,output_price=2.0"
    )
