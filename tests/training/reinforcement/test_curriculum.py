from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from soundly.training.curriculum import Curriculum
from soundly.training.judging import Counts
from soundly.training.reinforce_settings import ReinforceSettings

SETTINGS = ReinforceSettings(sizes=(3, 4), prompts=4, group=8)


def counts(right, of, broken=0):
    return Counts(accepted=right, rejected=of - right, broken=broken)


def test_the_next_size_comes_when_the_present_one_goes_well():
    """The running mean has to reach the bound; one good round after bad ones is not enough."""
    start = Curriculum((3, 4, 5), 0.8)
    assert start.after({3: counts(9, 10)}).size == 4
    slow = start.after({3: counts(0, 10)}).after({3: counts(10, 10)})
    assert slow.size == 3
    assert slow.running == {3: 0.5}


def test_other_sizes_and_unjudged_answers_move_nothing():
    """A size is not passed by what was answered at another, nor by a critic that broke."""
    start = Curriculum((3, 4), 0.8)
    assert start.after({3: counts(0, 0, broken=10)}) == start
    second = start.after({3: counts(10, 10)})
    assert second.after({3: counts(10, 10)}).size == 4


def test_the_last_size_stays():
    """Behind it there is nothing."""
    last = Curriculum((3, 4), 0.8, place=1)
    assert last.after({4: counts(10, 10)}).size == 4


def test_smaller_sizes_are_reviewed():
    """Most problems are of the present size, some of each smaller one, none of a larger one."""
    rng = Random(0)
    drawn = Counter(Curriculum((3, 4, 5), 0.8, place=1).draw(rng) for _ in range(1_000))
    assert set(drawn) == {3, 4}
    assert 150 < drawn[3] < 350
    assert {Curriculum((3, 4), 0.8).draw(rng) for _ in range(50)} == {3}


@pytest.mark.parametrize(
    ("sizes", "bound", "place"),
    [((), 0.8, 0), ((4, 3), 0.8, 0), ((3, 3), 0.8, 0), ((0,), 0.8, 0), ((3,), 0, 0), ((3,), 1, 1)],
)
def test_a_curriculum_checks_itself(sizes, bound, place):
    with pytest.raises(ValueError, match="wanted"):
        Curriculum(sizes, bound, place)


@pytest.mark.parametrize(
    "change",
    [
        {"sizes": ()},
        {"sizes": (4, 3)},
        {"steps": 0},
        {"prompts": 0},
        {"group": 1},
        {"temperature": 0.0},
        {"learning_rate": float("nan")},
        {"kl": -1.0},
        {"bound": 1.5},
        {"backward": 5},
        {"max_new_tokens": 0},
        {"round_steps": 0},
    ],
)
def test_settings_check_themselves(change):
    """One test an invariant."""
    with pytest.raises(ValueError, match="wanted"):
        replace(SETTINGS, **change)


def test_only_what_decides_the_steps_is_compared():
    """A run may be taken up again to go further, and for nothing else."""
    assert SETTINGS.differences(replace(SETTINGS, steps=900, max_seconds=60.0)) == []
    other = replace(SETTINGS, kl=0.1)
    assert SETTINGS.differences(other) == ["kl 0.0 there, 0.1 here"]
