"""The instances of a task."""

from __future__ import annotations

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from soundly.bench.inspect_tasks.drawing import draw_instances
from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.splits import split_of

GAME24 = make_family("game24")


def test_the_same_seed_draws_the_same_instances() -> None:
    assert draw_instances(GAME24, instances=5, seed=3) == draw_instances(
        GAME24, instances=5, seed=3
    )


def test_more_instances_begin_with_the_fewer_ones() -> None:
    few = draw_instances(GAME24, instances=5, unsolvable=0.3)
    assert draw_instances(GAME24, instances=9, unsolvable=0.3)[:5] == few


@pytest.mark.parametrize(("share", "number"), [(0, 0), (0.3, 3), (0.5, 5), (1, 10)])
def test_the_share_of_unsolvable_instances_is_what_was_asked(share: float, number: int) -> None:
    drawn = draw_instances(GAME24, instances=10, unsolvable=share)
    assert sum(not each.solvable for each in drawn) == number


def test_no_instance_and_no_name_comes_twice() -> None:
    drawn = draw_instances(make_family("coin-flip"), sizes=(3, 4), instances=20, split="train")
    assert len({each.problem.digest for each in drawn}) == 40
    assert len({each.name for each in drawn}) == 40


@pytest.mark.parametrize("split", ["train", "held-out", "beyond"])
def test_every_instance_is_of_the_split(split: str) -> None:
    for each in draw_instances(GAME24, instances=6, split=split, unsolvable=0.5):
        assert split_of(GAME24, each.problem, size=each.size) == split


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"sizes": (1,)}, "size is 1, wanted a whole number from 3 on"),
        ({"instances": 0}, "instances is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"split": "test"}, "split is 'test'"),
        ({"unsolvable": 1.5}, "unsolvable is 1.5"),
        ({"unsolvable": float("nan")}, "unsolvable is nan"),
        ({"sizes": (9,), "split": "train"}, "not in split 'train'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        draw_instances(GAME24, **options)


def test_a_family_without_draws_or_unsolvable_instances_says_so() -> None:
    with pytest.raises(UsageError, match="'planning' draws no instances"):
        draw_instances(make_family("planning"))
    with pytest.raises(UsageError, match="coin-flip draws no instances without"):
        draw_instances(make_family("coin-flip"), unsolvable=0.5)


def test_a_family_that_runs_dry_ends_in_an_error_and_not_in_a_loop() -> None:
    class Once:
        def __getattr__(self, name: str) -> object:
            return getattr(GAME24, name)

        name = "once"
        dial = GAME24.dial

        def draw(self, *, size: int, seed: int) -> object:
            return GAME24.draw(size=size, seed=0)

    with pytest.raises(UsageError, match="only 1 different instances of size 3"):
        draw_instances(Once(), instances=2)
