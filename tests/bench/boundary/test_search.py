"""One search: what it asks, how it ends, and that nothing broken counts as wrong."""

from random import Random

import anyio
import pytest

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.answers import Answer
from soundly.bench.boundary.finding import Finding, Rise
from soundly.bench.boundary.search import Limits, Search, find_boundary
from soundly.core.errors import UsageError

SIZES = range(3, 13)


def model(curve):
    """Answers as the curve says, the same way for the same size and seed."""

    async def ask(size, seed):
        return "right" if Random(f"{size}/{seed}").random() < curve(size) else "wrong"

    return ask


def cliff(size):
    return 0.99 if size <= 7 else 0.1


def search(ask, **options):
    async def run():
        return await find_boundary(ask, SIZES, options.pop("aim", Aim()), **options)

    return anyio.run(run)


def test_a_cliff_is_found_and_each_size_has_its_interval():
    found = search(model(cliff))
    assert (found.at_least, found.below, found.ending) == (7, 8, "settled")
    assert (found.more_to_hold, found.more_to_fail) == (0, 0)
    assert found.answers < 200
    asked = next(each for each in found.sizes if each.size == 7)
    assert asked.low <= asked.share.count / asked.share.of <= asked.high


@pytest.mark.parametrize(
    ("chance", "ends"), [(1.0, (12, None)), (0.0, (None, 3))], ids=["always", "never"]
)
def test_a_boundary_outside_of_the_sizes_has_one_end(chance, ends):
    found = search(model(lambda _: chance))
    assert (found.at_least, found.below, found.ending) == (*ends, "settled")


def test_what_cannot_be_said_yet_is_said_with_what_it_would_take():
    found = search(model(lambda size: 0.9 if size < 8 else 0.1), limits=Limits(answers=60))
    assert found.ending == "answers"
    assert found.answers == 60
    assert found.below == 8
    assert found.at_least is None
    assert found.more_to_hold is None or found.more_to_hold > 100


def test_a_broken_answer_is_asked_for_again_and_never_counts_as_wrong():
    asked, sound = [], model(cliff)

    async def ask(size, seed):
        asked.append((size, seed))
        if seed % 3 == 0 and (seed % 2 or asked.count((size, seed)) < 3):
            return "broken"
        return await sound(size, seed)

    found = search(ask, limits=Limits(tries=3))
    assert (found.at_least, found.below) == (7, 8)
    assert sum(each.tally.broken for each in found.sizes) > 0
    for each in found.sizes:
        seeds = range(each.tally.settled + each.tally.broken)
        lasting = [seed for seed in seeds if seed % 3 == 0 and seed % 2]
        assert each.tally.broken == len(lasting)
        assert all(asked.count((each.size, seed)) == 3 for seed in lasting)


def test_a_system_that_only_breaks_says_nothing():
    async def ask(size, seed):
        return "broken"

    found = search(ask)
    assert (found.at_least, found.below, found.ending) == (None, None, "broken")
    assert found.answers == 10


def test_answers_under_way_together_are_taken_in_as_they_were_asked_for():
    sound = model(cliff)

    async def ask(size, seed):
        said = await sound(size, seed)
        if said == "right":
            for _ in range(seed % 4):
                await anyio.lowlevel.checkpoint()
        return said

    seen = []
    found = search(ask, limits=Limits(at_once=5), seen=lambda answer, finding: seen.append(answer))
    assert (found.at_least, found.below) == (7, 8)
    for size in SIZES:
        seeds = [each.seed for each in seen if each.size == size]
        assert seeds == list(range(len(seeds)))


def test_a_search_that_is_taken_up_again_ends_as_if_it_had_not_been_left():
    seen = []
    whole = search(model(cliff), seen=lambda answer, finding: seen.append(answer))
    first = search(model(cliff), limits=Limits(answers=23))
    assert first.ending == "answers"
    assert search(model(cliff), known=seen[:23]) == whole
    assert search(model(cliff), known=seen) == whole


def test_nothing_left_to_spend_ends_a_search_without_an_answer():
    left = iter([*["right"] * 7, None])

    async def ask(size, seed):
        return next(left)

    found = search(ask)
    assert (found.ending, found.answers) == ("budget", 7)


def test_success_that_rises_with_size_contradicts_a_boundary():
    lone = Search([1, 2], Aim())
    for seed in range(60):
        lone.learn(Answer(2, seed, "right"))
    for seed in range(60):
        lone.learn(Answer(1, seed, "wrong"))
    found = lone.finding()
    assert found.contradicted
    assert (found.at_least, found.below) == (None, None)
    assert found.rises == (Rise(1, 2),)


def test_success_that_falls_shows_no_rise():
    assert search(model(cliff)).rises == ()


@pytest.mark.parametrize("sizes", [[], [3, 3], [4, 3]])
def test_sizes_are_in_order(sizes):
    with pytest.raises(UsageError, match="each above the last"):
        Search(sizes, Aim())


def test_an_answer_of_another_size_is_refused():
    with pytest.raises(UsageError, match="size 9"):
        Search([1, 2], Aim()).learn(Answer(9, 0, "right"))


def test_a_finding_has_its_ends_in_order():
    with pytest.raises(ValueError, match="at least 5 and below 5"):
        Finding(Aim(), (), 5, 5, None, 0, 0)


@pytest.mark.parametrize("name", ["answers", "at_once", "tries"])
def test_a_limit_allows_something(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        Limits(**{name: 0})
