"""The split of an instance is decided by what it is, not by how it was drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.core.splits import draw_from, split_of


@dataclass(frozen=True)
class Words:
    """Problems that are one number under two names."""

    name: str = "words"
    dial: Dial = Dial(2, 4)
    kinds: int = 1_000

    def draw(self, *, size: int, seed: int) -> Problem:
        name = "ab"[seed % 2]
        return Problem("words", f"{seed}", {"text": f"{name} {size} {seed // 2 % self.kinds}"})

    def canonical_form(self, problem: Problem) -> str:
        return problem.statement["text"][2:]


@pytest.mark.parametrize("size", [2, 3, 4])
def test_renaming_does_not_change_the_split(size: int) -> None:
    """An instance and its renamed twin are on the same side."""
    family = Words()
    for seed in range(0, 200, 2):
        twins = (family.draw(size=size, seed=seed), family.draw(size=size, seed=seed + 1))
        assert twins[0] != twins[1]
        assert len({split_of(family, twin, size=size) for twin in twins}) == 1


def test_about_one_in_five_is_held_out() -> None:
    """The held-out part is neither empty nor the larger one."""
    family = Words()
    held = sum(
        split_of(family, family.draw(size=3, seed=seed), size=3) == "held-out"
        for seed in range(0, 2_000, 2)
    )
    assert 150 < held < 250


@pytest.mark.parametrize("split", ["train", "held-out"])
def test_a_drawn_instance_is_of_its_split_and_always_the_same(split: str) -> None:
    """Seed and split alone decide the instance."""
    family = Words()
    for seed in range(30):
        problem = draw_from(family, split, size=3, seed=seed)
        assert split_of(family, problem, size=3) == split
        assert draw_from(family, split, size=3, seed=seed) == problem


def test_larger_sizes_are_beyond() -> None:
    """What is larger than training sees belongs to neither of its splits."""
    assert split_of(Words(), draw_from(Words(), "beyond", size=5, seed=1), size=5) == "beyond"


@pytest.mark.parametrize(("split", "size"), [("train", 5), ("beyond", 4), ("held-out", 1)])
def test_a_size_that_a_split_does_not_have_is_refused(split: str, size: int) -> None:
    """The message says which sizes it has."""
    with pytest.raises(UsageError, match="train and held-out are 2 to 4"):
        draw_from(Words(), split, size=size, seed=0)


def test_a_split_that_is_empty_is_said_to_be() -> None:
    """Where a size has so few instances that none is of the split, drawing ends."""
    family = Words(kinds=1)
    empty = {"train", "held-out"} - {split_of(family, family.draw(size=2, seed=0), size=2)}
    with pytest.raises(UsageError, match="no instance of size 2 came up"):
        draw_from(family, empty.pop(), size=2, seed=0)


def test_a_dial_runs_upwards() -> None:
    """A dial without sizes is refused."""
    with pytest.raises(ValueError, match="smallest"):
        Dial(3, 2)
