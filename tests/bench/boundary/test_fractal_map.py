"""The map of one size: what is asked, and what broke."""

from random import Random

import anyio
import pytest

from soundly.bench.boundary.fractal_map import Plan, map_size
from soundly.core.problem import Problem


class NextLetter:
    """A neighbour has another text, of which its instance's number is a part."""

    name = "next-letter"

    def neighbour(self, problem, rng):
        return Problem("letters", "one", {"text": f"{problem.statement['text']}{rng.random()}"})


def draw(size, number):
    return Problem("letters", "one", {"text": f"{number:03}"})


def mapped(answered, plan=Plan(instances=40, around=2, samples=2), kind=NextLetter()):  # noqa: B008
    async def run():
        return await map_size(answered, draw, kind, size=3, plan=plan)

    return anyio.run(run)


def by_text(part):
    """Right or wrong once and for all, by a part of the problem's text."""

    async def answered(problem, seed):
        return "right" if Random(problem.statement["text"][part]).random() < 0.5 else "wrong"

    return answered


def test_what_hangs_on_the_instance_is_smooth_and_what_hangs_on_every_letter_is_fractal():
    smooth, fractal = mapped(by_text(slice(3))), mapped(by_text(slice(None)))
    assert (smooth.ruggedness.local.value, smooth.ruggedness.share.value) == (0, 0)
    assert 0.7 < fractal.ruggedness.share.value < 1.3
    assert smooth.tally.settled == Plan(40, 2, 2).answers == 240


def test_samples_of_one_instance_have_seeds_of_their_own():
    seeds = []

    async def answered(problem, seed):
        seeds.append(seed)
        return "right"

    mapped(answered)
    assert len(set(seeds)) == 240


def test_more_instances_leave_the_answers_of_the_first_ones_as_they_are():
    async def of(instances, seed):
        asked = {}

        async def answered(problem, seed):
            asked[seed] = problem
            return "right"

        plan = Plan(instances, 2, 3)
        await map_size(answered, draw, NextLetter(), size=3, plan=plan, seed=seed)
        return asked

    few, many, others = anyio.run(of, 4, 5), anyio.run(of, 9, 5), anyio.run(of, 9, 6)
    assert few.items() < many.items()
    assert not set(many) & set(others)


def test_what_broke_is_counted_apart_and_leaves_its_cluster_out():
    async def answered(problem, seed):
        return "broken" if problem.statement["text"].startswith("00") else "right"

    found = mapped(answered)
    assert found.left_out == 10
    assert (found.tally.broken, found.tally.wrong) == (60, 0)
    assert found.ruggedness.clusters == 30


def test_where_the_budget_ends_what_is_whole_counts():
    left = iter([*["right"] * 15, None])

    async def answered(problem, seed):
        return next(left)

    assert mapped(answered).ruggedness.clusters == 2


def test_an_instance_without_neighbours_is_left_out():
    class Lone:
        name = "lone"

        def neighbour(self, problem, rng):
            return None

    found = mapped(by_text(slice(3)), kind=Lone())
    assert (found.ruggedness, found.left_out) == (None, 40)


@pytest.mark.parametrize(("name", "value"), [("instances", 1), ("around", 0), ("samples", 1)])
def test_a_plan_asks_for_enough(name, value):
    with pytest.raises(ValueError, match=f"{name} is {value}"):
        Plan(**{name: value})
