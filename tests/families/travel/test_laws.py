"""The family and its critic keep the laws; critic, kernel and twin are of one mind."""

import random

import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import UsageError
from soundly.core.splits import draw_from, split_of
from soundly.families.travel.critic import check
from soundly.families.travel.family import TravelFamily
from soundly.families.travel.statement import trip_of
from soundly.kernel import Refused, recheck
from soundly.testing import CRITIC_LAWS, FAMILY_LAWS, CriticCase, FamilyCase

FAMILY = TravelFamily()
PROBLEM = FAMILY.draw(size=5, seed=1)
RIGHT = FAMILY.right_answer(size=5, seed=1)
WRONG = (
    RIGHT.replace('"lunch"', '"supper"'),
    RIGHT.replace('"days": "2"', '"days": "3"'),
    RIGHT.replace("]\n[ANSWER END]", ', "or so"]\n[ANSWER END]'),
    RIGHT.replace("from", "via", 1),
    "[ANSWER]\n[]\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    assert isinstance(found, Found)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", FAMILY_LAWS, ids=lambda law: law.__name__)
async def test_the_family_keeps(law, anyio_backend):
    await law(FamilyCase(FAMILY, PROBLEM, (RIGHT,), WRONG))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
async def test_the_critic_keeps(law, anyio_backend):
    right, wrong = (candidate(RIGHT),), tuple(map(candidate, WRONG))
    await law(CriticCase(FAMILY.critic, PROBLEM, right, wrong))


def of_one_mind(*, instances: int, near_misses: int, seed: int) -> int:
    """Judges near misses in three ways; how many were right."""
    rng = random.Random(seed)
    accepted = 0
    for number in range(instances):
        size = rng.randint(3, 8)
        problem = FAMILY.draw(size=size, seed=number)
        answer = FAMILY.right_answer(size=size, seed=number)
        for _ in range(near_misses):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            assert isinstance(reading, Found)
            tried = Candidate(reading.solution, reading.canonical, "test")
            verdict = check(trip_of(problem), reading.solution)
            assert FAMILY.twin(problem, tried) == verdict.accepted, reading
            try:
                recheck(FAMILY.certify(problem, tried).document)
            except Refused:
                assert verdict.rejected
            else:
                assert verdict.accepted
            accepted += verdict.accepted
    return accepted


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses, right and wrong, all three say the same."""
    assert of_one_mind(instances=12, near_misses=20, seed=5) > 30


@pytest.mark.slow
def test_critic_kernel_and_twin_agree_on_many_near_misses():
    """The same, for a hundred thousand."""
    assert of_one_mind(instances=1_000, near_misses=100, seed=6) > 20_000


@pytest.mark.parametrize("size", [3, 4, 5, 6, 7, 9, 14])
def test_the_hidden_plan_is_right(size):
    """Whatever is drawn comes with a plan that critic and kernel accept."""
    for seed in range(8):
        problem = FAMILY.draw(size=size, seed=seed)
        reading = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert not check(trip_of(problem), reading.solution).critiques
        tried = Candidate(reading.solution, reading.canonical, "test")
        assert recheck(FAMILY.certify(problem, tried).document).claim == "solved"


@pytest.mark.parametrize("size", [2, 0, -1, 100])
def test_a_size_out_of_range_is_refused(size):
    """Three days are the least."""
    for draw in (FAMILY.draw, FAMILY.draw_unsolvable):
        with pytest.raises(UsageError, match="wanted 3 to 99"):
            draw(size=size, seed=0)


def test_the_canonical_form_knows_no_names_and_no_order(stated):
    """Renamed, and with its rows turned round, a trip is the same; with another price it is not."""
    renamed = {"Homel": "Upton", "Farol": "Vesk", "Pan": "Pot", "F1": "F7", "08:00": "07:00"}
    problem = stated(cuisine="Thai")
    texts = {}
    for name, text in problem.statement.items():
        said = text
        for old, new in renamed.items():
            said = said.replace(old, new)
        header, *rows = said.splitlines(keepends=True)
        texts[name] = said if name == "query" else "".join([header, *reversed(rows)])
    other = type(problem)(problem.family, "other", texts)
    assert trip_of(other) != trip_of(problem)
    assert FAMILY.canonical_form(other) == FAMILY.canonical_form(problem)
    beds = problem.statement["lodgings"].replace(",40,", ",41,")
    dearer = stated(cuisine="Thai", texts={"lodgings": beds})
    assert FAMILY.canonical_form(dearer) != FAMILY.canonical_form(problem)
    forms = {FAMILY.canonical_form(FAMILY.draw(size=3, seed=seed)) for seed in range(40)}
    assert len(forms) == 40


def test_the_splits_can_be_drawn_from():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    for split, size in (("train", 3), ("held-out", 5), ("beyond", 8)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
