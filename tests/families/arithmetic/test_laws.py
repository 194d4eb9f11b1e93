"""Both families, their critic and their solver keep the laws of their roles."""

# ruff: noqa: RUF001 - signs as people type them

from __future__ import annotations

from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.family import Audited, Draws, DrawsUnsolvable, Solves
from soundly.core.splits import Splits, draw_from, split_of
from soundly.families.arithmetic.family import countdown, game24
from soundly.families.arithmetic.solver import Exhaustion
from soundly.families.arithmetic.statement import Task
from soundly.testing import (
    CRITIC_LAWS,
    FAMILY_LAWS,
    SOLVER_LAWS,
    CriticCase,
    FamilyCase,
    SolverCase,
)

FAMILIES = {"game24": game24, "countdown": countdown}
GAME24 = FamilyCase(
    game24(),
    Task((3, 3, 8, 8), 24, "all").problem("game24", "hardest"),
    right=(
        "8/(3-8/3)",
        "[ANSWER]\n8 ÷ (3 − 8 ÷ 3) = 24\n[/ANSWER]",
        "8 / 3 = 8/3\n3 - 8/3 = 1/3\n8 / (1/3) = 24",
    ),
    wrong=("8 * 3", "8/(3-8)/3", "8 * 3 + 8 - 8 + 3 - 3", "8 / (3 - 8 / 3) = 25", "8/(3-8/3", "24"),
)
COUNTDOWN = FamilyCase(
    countdown(),
    Task((3, 7, 25, 50), 75, "any").problem("countdown", "easy"),
    right=("25 + 50", "50 - 25 = 25\n25 * 3 = 75", "[ANSWER]25*3[/ANSWER]"),
    wrong=("25 * 3 = 76", "25 + 25 + 25", "50 + 26", "50 / 25 = 2\n2 * 25 = 75", "25 +* 3"),
)
CASES = {"game24": GAME24, "countdown": COUNTDOWN}


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", FAMILY_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", CASES)
async def test_the_family_keeps(law, name, anyio_backend):
    await law(CASES[name])


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", CASES)
async def test_the_critic_keeps(law, name, anyio_backend):
    case = CASES[name]
    right, wrong = (tuple(map(case.candidate, texts)) for texts in (case.right, case.wrong))
    await law(CriticCase(case.family.critic, case.problem, right, wrong))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", SOLVER_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", FAMILIES)
async def test_the_solver_keeps(law, name, anyio_backend):
    family = FAMILIES[name]()
    solvable, unsolvable = family.draw(size=5, seed=1), family.draw_unsolvable(size=4, seed=1)
    await law(SolverCase(Exhaustion(), family, solvable, unsolvable))


@pytest.mark.parametrize("name", FAMILIES)
def test_the_family_has_every_role(name):
    family = FAMILIES[name]()
    for role in (Draws, DrawsUnsolvable, Solves, Audited):
        assert isinstance(family, role)


@pytest.mark.parametrize("name", FAMILIES)
def test_an_instance_is_on_one_side_however_its_numbers_are_ordered(name):
    family: Splits = FAMILIES[name]()
    for seed in range(20):
        problem = draw_from(family, "held-out", size=4, seed=seed)
        numbers = problem.statement["numbers"].split(" ")
        Random(seed).shuffle(numbers)
        again = type(problem)(
            problem.family, "p", {**problem.statement, "numbers": " ".join(numbers)}
        )
        assert split_of(family, again, size=4) == "held-out"
    assert split_of(family, problem, size=5) == "beyond"


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("size", [3, 4])
def test_the_critic_agrees_with_its_twin_on_near_misses(name, size):
    """Neither a false accept nor a false reject, and what was read reads as itself."""
    family = FAMILIES[name]()
    rng = Random(11)
    accepted = 0
    for seed in range(40):
        problem = family.draw(size=size, seed=seed)
        answer = anyio.run(family.solvers[0].solve, problem).text
        candidates = []
        for _ in range(40):
            reading = family.read(problem, family.near_miss(problem, answer, rng))
            if isinstance(reading, Found):
                assert family.read(problem, reading.canonical).solution == reading.solution
                candidates.append(Candidate(reading.solution, reading.canonical, "near miss"))
        verdicts = anyio.run(judge_all, family, problem, candidates)
        for candidate, verdict in zip(candidates, verdicts, strict=True):
            assert verdict.accepted == family.twin(problem, candidate), candidate.canonical
            accepted += verdict.accepted
    assert accepted > 50


async def judge_all(family, problem, candidates):
    return [await family.critic.judge(problem, candidate, None) for candidate in candidates]
