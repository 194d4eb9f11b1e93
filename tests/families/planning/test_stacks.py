"""Table-to-stack: every block on the table, one stack as the goal."""

import pytest

from soundly.core.errors import UsageError
from soundly.core.splits import draw_from, split_of
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.problems import task_of, texts_of, validator_of
from soundly.families.planning.proofs import Evidence, prove_by_h2
from soundly.families.planning.stacks import lexicographic_stack, table_to_stack
from soundly.testing import FAMILY_LAWS, FamilyCase

MADE = (table_to_stack(), lexicographic_stack())


@pytest.fixture(scope="module", params=MADE, ids=lambda family: family.name)
def family(request):
    return request.param


@pytest.mark.parametrize("size", [2, 5, 26, 27, 40])
def test_all_blocks_stand_on_the_table_and_the_goal_is_one_stack(family, size):
    drawn = family.draw_solved(size=size, seed=4)
    task = task_of(drawn.problem)
    assert len(task.objects) == size
    assert sum(atom[0] == "on-table" for atom in task.init) == size
    wanted = [part.predicate for part in task.goal.operands]
    assert sorted(wanted) == ["on"] * (size - 1) + ["on-table"]
    assert len(drawn.plan) == 2 * (size - 1)
    assert validator_of(drawn.problem).check(drawn.plan).accepted


def test_a_lexicographic_stack_is_alphabetical_from_the_top():
    family = lexicographic_stack()
    for seed in range(10):
        goals = task_of(family.draw(size=5, seed=seed)).goal.operands
        assert all(part.terms[0] < part.terms[1] for part in goals if part.predicate == "on")


def test_instances_without_a_plan_are_proved_so(family):
    for seed in range(8):
        problem = family.draw_unsolvable(size=2 + seed % 3, seed=seed)
        proof = prove_by_h2(*texts_of(problem), max_seconds=20.0, max_pairs=1_000_000)
        assert isinstance(proof, Evidence)


def test_every_split_has_instances(family):
    for split, size in (("train", 4), ("held-out", 4), ("beyond", 8)):
        problem = draw_from(family, split, size=size, seed=1)
        assert split_of(family, problem, size=size) == split


def test_fewer_than_two_blocks_are_refused(family):
    with pytest.raises(UsageError, match="wanted 2 to 200 blocks"):
        family.draw(size=1, seed=0)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_it_keeps_the_laws_of_a_family(family, anyio_backend):
    drawn = family.draw_solved(size=3, seed=1)
    wrong = format_plan(drawn.plan[:-1])
    case = FamilyCase(family, drawn.problem, (format_plan(drawn.plan),), (wrong,))
    for law in FAMILY_LAWS:
        if law.__name__ != "reading_never_fails":  # the reader is Blocksworld's own
            await law(case)
