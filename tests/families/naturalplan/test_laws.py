"""The three families, their critics and their solvers keep the laws."""

import random

import pytest

from soundly.config.families import make_family
from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Unreadable
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.core.splits import draw_from, split_of
from soundly.engine.evidence import recheck_for
from soundly.kernel import Refused
from soundly.testing import CRITIC_LAWS, SOLVER_LAWS, CriticCase, SolverCase

NAMES = ("calendar-scheduling", "meeting-planning", "trip-planning")
KEYS = {"calendar-scheduling": "calendar", "meeting-planning": "meeting", "trip-planning": "trip"}


@pytest.fixture(params=NAMES)
def family(request):
    return make_family(request.param)


async def never(request):
    raise AssertionError("a critic of its own asks no model")


async def answer_to(family, problem) -> str:
    answer = await family.solvers[0].solve(problem)
    assert isinstance(answer, SolverFound), answer
    return answer.text


def candidate(family, problem, text) -> Candidate:
    found = family.read(problem, text)
    assert isinstance(found, Found), (text, found)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
async def test_the_critic_keeps(law, family, anyio_backend):
    problem = family.draw(size=4, seed=1)
    right, rng = await answer_to(family, problem), random.Random(1)
    misses = [candidate(family, problem, family.near_miss(problem, right, rng)) for _ in range(40)]
    wrong = tuple(each for each in misses if not family.twin(problem, each))
    await law(CriticCase(family.critic, problem, (candidate(family, problem, right),), wrong))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", SOLVER_LAWS, ids=lambda law: law.__name__)
async def test_the_solver_keeps(law, family, anyio_backend):
    problems = (family.draw(size=5, seed=2), family.draw_unsolvable(size=5, seed=2))
    await law(SolverCase(family.solvers[0], family, *problems))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_critic_kernel_and_twin_agree_on_near_misses(family, anyio_backend):
    """Three readings of one statement, none of which shares code with another's judgement."""
    accepted = total = 0
    for seed in range(12):
        problem = family.draw(size=3 + seed % 3, seed=seed)
        right, rng = await answer_to(family, problem), random.Random(seed)
        for text in [right, *(family.near_miss(problem, right, rng) for _ in range(40))]:
            proposed = candidate(family, problem, text)
            verdict = await family.critic.judge(problem, proposed, never)
            try:
                recheck_for(problem, family.certify(problem, proposed), claim="solved")
                kernel = True
            except Refused:
                kernel = False
            assert verdict.accepted == family.twin(problem, proposed) == kernel, text
            again = family.read(problem, proposed.canonical)
            assert again.solution == proposed.solution
            accepted, total = accepted + verdict.accepted, total + 1
    assert 0.1 < accepted / total < 0.6


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_what_is_drawn_can_be_solved_and_the_other_cannot(family, anyio_backend):
    """Whatever the size: the smallest, the largest to train on, and one beyond."""
    for size in (family.dial.smallest, family.dial.trained, 10):
        for seed in range(4):
            problem = family.draw(size=size, seed=seed)
            proposed = candidate(family, problem, await answer_to(family, problem))
            assert (await family.critic.judge(problem, proposed, never)).accepted
            unsolvable = family.draw_unsolvable(size=size, seed=seed)
            proved = await family.solvers[0].solve(unsolvable)
            recheck_for(unsolvable, proved.certificate, claim="unsolvable")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("name", ["calendar-scheduling", "trip-planning"])
async def test_the_hidden_answer_is_right(name, anyio_backend):
    """What an instance is drawn around needs no search."""
    family = make_family(name)
    for seed in range(60):
        size = 3 + seed % 6
        problem = family.draw(size=size, seed=seed)
        proposed = candidate(family, problem, family.right_answer(size=size, seed=seed))
        assert (await family.critic.judge(problem, proposed, never)).accepted


def test_names_and_the_order_of_rows_change_nothing_of_the_canonical_form(family):
    """A renamed copy is the same instance; other seeds are others."""
    problem = family.draw(size=5, seed=3)
    key = KEYS[family.name]
    lines = problem.statement[key].splitlines()
    words = {w.strip() for line in lines for w in line.split("|")[1:] if w.strip()[:1].isupper()}
    text = problem.statement[key]
    if family.name == "calendar-scheduling":
        words = {word for word in words if not word.endswith("day")}
    for number, word in enumerate(sorted(words, key=len, reverse=True)):
        text = text.replace(f"| {word}", f"| N{'abcdefghijklmnopqrstuvwxyz'[number]}n")
    head = [line for line in text.splitlines() if line.split(" ")[0] in ("days", "hours", "length")]
    rest = [line for line in text.splitlines() if line not in head]
    first = [line for line in rest if line.split(" ")[0] in ("person", "stay")]
    last = [line for line in rest if line not in first]
    for part in (first, last):
        random.Random(0).shuffle(part)
    renamed = {**problem.statement, key: "\n".join([*head, *first, *last])}
    copy = Problem(family.name, "copy", renamed)
    assert copy.digest != problem.digest
    assert family.canonical_form(copy) == family.canonical_form(problem)
    assert len({family.canonical_form(family.draw(size=5, seed=seed)) for seed in range(40)}) == 40


def test_the_splits_can_be_drawn_from(family):
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    trained = family.dial.trained
    for split, size in (("train", trained), ("held-out", trained), ("beyond", trained + 1)):
        problem = draw_from(family, split, size=size, seed=3)
        assert split_of(family, problem, size=size) == split


def test_sizes_that_are_not_drawn_are_usage_errors(family):
    """Too few, and more than there are names or time for."""
    for size in (0, 1, 41):
        with pytest.raises(UsageError):
            family.draw(size=size, seed=1)
        with pytest.raises(UsageError):
            family.draw_unsolvable(size=size, seed=1)


@pytest.mark.parametrize(
    "text",
    ["[ANSWER]\n[NO SOLUTION]\n[ANSWER END]", "There is no solution.", "It cannot be scheduled."],
)
def test_a_claim_that_there_is_none_is_a_claim(family, text):
    """In a block or as a last word."""
    problem = family.draw(size=4, seed=1)
    assert isinstance(family.read(problem, text), ClaimedUnsolvable)


@pytest.mark.parametrize(
    "text", ["", "I cannot say.", "[ANSWER]\n\n[ANSWER END]", "<think>Monday, 9:00 - 9:30"]
)
def test_what_proposes_nothing_is_unreadable(family, text):
    """The critique says what is wanted."""
    reading = family.read(family.draw(size=4, seed=1), text)
    assert isinstance(reading, Unreadable)
    assert "[ANSWER]" in reading.critique.message


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize(
    "hedge",
    [
        "{}\nor maybe not",
        "or so\n{}",
        "{}\n{}",
        "{} (or the other way round)",
        "\u0661{}",
        "{}\u200b",
    ],
)
async def test_what_stands_beside_the_answer_in_its_block_counts(family, hedge, anyio_backend):
    """A hedge, a second answer and signs that only look alike are rejected, not tidied away."""
    problem = family.draw(size=4, seed=1)
    inside = (await answer_to(family, problem)).split("\n", 1)[1].rsplit("\n", 1)[0]
    text = f"[ANSWER]\n{hedge.format(inside, inside)}\n[ANSWER END]"
    proposed = candidate(family, problem, text)
    assert not (await family.critic.judge(problem, proposed, never)).accepted
    assert not family.twin(problem, proposed)
