"""Every family that draws: right plans without search, proofs where there is none, an audit."""

import re
from dataclasses import replace
from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import UsageError
from soundly.core.family import Audited, Draws, DrawsUnsolvable, Solves
from soundly.core.solver import SolverProved
from soundly.core.splits import draw_from, split_of
from soundly.engine.evidence import recheck_for
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.depots import Depots, depots
from soundly.families.planning.english import action_template
from soundly.families.planning.hidden import mystery_blocksworld, random_blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.phrases import fill
from soundly.families.planning.problems import task_of, texts_of, validator_of
from soundly.families.planning.proofs import Evidence, prove_by_h2
from soundly.families.planning.provers import InvariantProver
from soundly.families.planning.sokoban import Sokoban, sokoban
from soundly.solvers.kairos import Kairos
from soundly.testing import FAMILY_LAWS, SOLVER_LAWS, FamilyCase, SolverCase

MADE = (
    blocksworld(),
    mystery_blocksworld(),
    random_blocksworld(),
    logistics(),
    depots(),
    sokoban(),
)


@pytest.fixture(scope="module", params=MADE, ids=lambda family: family.name)
def family(request):
    return request.param


def test_it_brings_all_that_a_drawn_family_can_bring(family):
    for role in (Draws, DrawsUnsolvable, Solves, Audited):
        assert isinstance(family, role)


def test_every_instance_comes_with_a_valid_plan_and_is_not_solved_yet(family):
    for size in range(family.dial.smallest, family.dial.trained + 4):
        for seed in range(8):
            drawn = family.draw_solved(size=size, seed=seed)
            assert drawn.problem == family.draw(size=size, seed=seed)
            assert drawn.problem.family == family.name
            assert validator_of(drawn.problem).check(drawn.plan).accepted
            assert validator_of(drawn.problem).check(()).rejected


def test_an_instance_without_a_plan_is_proved_so(family):
    """The proof is re-checked by the kernel, and no goal is asked for twice."""

    async def prove(size, seed):
        problem = family.draw_unsolvable(size=size, seed=seed)
        assert problem == family.draw_unsolvable(size=size, seed=seed)
        answer = await InvariantProver().solve(problem)
        assert isinstance(answer, SolverProved), problem.statement["problem"]
        recheck_for(problem, answer.certificate, claim="unsolvable")
        goals = task_of(problem).goal.operands
        assert len(set(goals)) == len(goals)

    for size in (family.dial.smallest, family.dial.trained):
        anyio.run(prove, size, 0)


def test_h2_refutes_many_instances_without_a_plan(family):
    for seed in range(12):
        problem = family.draw_unsolvable(size=family.dial.smallest + 1, seed=seed)
        proof = prove_by_h2(*texts_of(problem), max_seconds=20.0, max_pairs=1_000_000)
        assert isinstance(proof, Evidence), problem.statement["problem"]


def test_a_size_below_the_smallest_is_refused(family):
    for draw in (family.draw, family.draw_unsolvable):
        with pytest.raises(UsageError, match=f"wanted {family.dial.smallest} to "):
            draw(size=family.dial.smallest - 1, seed=0)


def test_the_largest_size_is_drawn_and_one_more_is_refused(family):
    with pytest.raises(UsageError, match="wanted ") as refused:
        family.draw(size=10**9, seed=0)
    largest = int(re.search(r" to (\d+) ", str(refused.value))[1])
    assert family.draw(size=largest, seed=0).name.endswith(f"-{largest}-0")
    for draw in (family.draw, family.draw_unsolvable):
        with pytest.raises(UsageError, match=f"size is {largest + 1}, wanted "):
            draw(size=largest + 1, seed=0)


def test_seeds_draw_different_instances(family):
    forms = {
        family.canonical_form(family.draw(size=family.dial.trained, seed=seed))
        for seed in range(20)
    }
    assert len(forms) > 15


def test_every_split_has_instances(family):
    size = family.dial.trained
    for split, wanted in (("train", size), ("held-out", size), ("beyond", size + 1)):
        problem = draw_from(family, split, size=wanted, seed=3)
        assert split_of(family, problem, size=wanted) == split


def test_examples_are_right_and_other_problems_than_the_one_asked(family):
    for seed in range(6):
        problem = family.draw(size=family.dial.trained, seed=seed)
        shown = family.planning.examples(problem, 2)
        assert len(shown) == 2
        for example in shown:
            assert validator_of(example.problem).check(example.plan).accepted
            assert task_of(example.problem).init != task_of(problem).init


def test_critic_and_twin_agree_on_near_misses(family):
    """A few hundred here, read from text as a model's answer is; the audit takes many more."""
    judged = []
    rng = Random(family.name)
    for seed in range(60):
        drawn = family.draw_solved(size=family.dial.smallest + seed % 3, seed=seed)
        for _ in range(6):
            answer = family.near_miss(drawn.problem, format_plan(drawn.plan), rng)
            reading = family.read(drawn.problem, answer)
            assert isinstance(reading, Found), answer
            candidate = Candidate(reading.solution, reading.canonical, "audit")
            right = family.twin(drawn.problem, candidate)
            assert validator_of(drawn.problem).check(reading.solution).accepted is right
            judged.append(right)
    assert 0 < sum(judged) < len(judged) / 2


def test_a_plan_said_in_the_words_of_the_family_is_read_back(family):
    for seed in range(8):
        drawn = family.draw_solved(size=family.dial.trained, seed=seed)
        task, phrases = task_of(drawn.problem), family.planning.phrases
        said = [
            fill(
                action_template(task.domain.actions[step[0]], phrases),
                [phrases.object(name) for name in step[1:]],
            )
            for step in drawn.plan
        ]
        answer = "\n".join(f"{number}. {line}." for number, line in enumerate(said, start=1))
        reading = family.read(drawn.problem, answer)
        assert isinstance(reading, Found)
        assert reading.solution == drawn.plan


def test_near_misses_are_made_of_plans(family):
    with pytest.raises(UsageError, match="holds none"):
        family.near_miss(family.draw(size=3, seed=1), "I do not know.", Random(1))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_it_keeps_the_laws_of_a_family(family, anyio_backend):
    size = max(family.dial.smallest, 2)
    seed = next(s for s in range(50) if len(family.draw_solved(size=size, seed=s).plan) > 3)
    drawn = family.draw_solved(size=size, seed=seed)
    wrong = (drawn.plan[1:], drawn.plan[:-1], (*drawn.plan[:1], *drawn.plan))
    case = FamilyCase(
        family, drawn.problem, (format_plan(drawn.plan),), tuple(map(format_plan, wrong))
    )
    for law in FAMILY_LAWS:
        await law(case)


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("number", range(3))
async def test_its_solvers_keep_the_laws_of_a_solver(family, number, anyio_backend):
    size = family.dial.smallest
    solvable, unsolvable = family.draw(size=size, seed=1), family.draw_unsolvable(size=size, seed=1)
    for law in SOLVER_LAWS:
        await law(SolverCase(family.solvers[number], family, solvable, unsolvable))


def test_the_planner_is_asked_before_the_provers(family):
    assert isinstance(family.solvers[0], Kairos)
    assert [solver.name for solver in family.solvers] == ["kairos", "h2", "closed-set"]


def test_depots_are_about_the_same_crates():
    with pytest.raises(ValueError, match="same crates"):
        Depots((0,), (("a",), ()), (("b",), ()))


@pytest.mark.parametrize(
    "broken",
    [
        {"worker": (9, 9)},
        {"worker": (1, 2)},
        {"goal": frozenset()},
        {"boxes": frozenset({(5, 5)})},
    ],
)
def test_sokoban_keeps_to_its_floor(broken):
    floor = frozenset({(1, 1), (1, 2), (1, 3)})
    right = Sokoban(floor, (1, 1), frozenset({(1, 2)}), frozenset({(1, 3)}))
    assert (
        validator_of(right.problem("p"))
        .check((("push", "cell-1-1", "cell-1-2", "cell-1-3", "right"),))
        .accepted
    )
    with pytest.raises(ValueError, match=r"floor|beside the boxes"):
        replace(right, **broken)
