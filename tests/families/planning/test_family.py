"""The planning family as the engine uses it."""

import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.verdict import Guarantee
from soundly.families.planning.blocksworld import DOMAIN, blocksworld
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.problems import (
    problem_from_files,
    problem_from_texts,
    task_of,
    validator_of,
)

BLOCKS = blocksworld()
PROBLEM = BLOCKS.draw(size=3, seed=0)


async def unasked(request):
    raise AssertionError("the plan critic asks no model")


def candidate(plan):
    return Candidate(plan, format_plan(plan), "test")


def solution():
    (example,) = BLOCKS.planning.examples(BLOCKS.draw(size=3, seed=5), 1)
    return example


@pytest.mark.anyio
async def test_the_critic_accepts_a_valid_plan_and_rejects_it_without_its_last_step():
    example = solution()
    critic = BLOCKS.critic
    assert critic.guarantee == Guarantee.SOUND | Guarantee.COMPLETE
    assert (await critic.judge(example.problem, candidate(example.plan), unasked)).accepted
    verdict = await critic.judge(example.problem, candidate(example.plan[:-1]), unasked)
    assert verdict.rejected


@pytest.mark.anyio
@pytest.mark.parametrize("odd", ["(pick-up a)", None, (1,), (("a", 2),), ["a"]])
async def test_a_solution_that_is_no_plan_breaks_the_critic_and_is_no_verdict(odd):
    with pytest.raises(CriticError):
        await BLOCKS.critic.judge(PROBLEM, Candidate(odd, "", "test"), unasked)


def test_a_certificate_holds_the_plan_as_pddl_lines():
    example = solution()
    certificate = BLOCKS.certify(example.problem, candidate(example.plan))
    assert certificate.claim == "solved"
    assert certificate.kind == "pddl-plan"
    evidence = certificate.document["evidence"]
    assert evidence == {"plan": format_plan(example.plan).split("\n")[:-1]}


def test_an_answer_in_the_form_asked_for_reads_back_as_the_plan():
    example = solution()
    reading = BLOCKS.read(example.problem, f"[PLAN]\n{format_plan(example.plan)}[PLAN END]")
    assert isinstance(reading, Found)
    assert reading.solution == example.plan
    assert reading.canonical == format_plan(example.plan)


def test_texts_are_parsed_once_and_the_same_task_is_given_again():
    assert task_of(PROBLEM) is task_of(PROBLEM)
    assert validator_of(PROBLEM) is validator_of(PROBLEM)


def test_a_problem_from_texts_is_named_after_its_text_and_checked_at_once():
    text = PROBLEM.statement["problem"]
    assert problem_from_texts(DOMAIN, text).name == "blocksworld-3-0"
    with pytest.raises(ProblemError, match="problem, line 1"):
        problem_from_texts(DOMAIN, "(define (problem p) (:domain blocksworld) (:goal")


def test_a_problem_from_files_is_named_after_its_file(tmp_path):
    (tmp_path / "domain.pddl").write_text(DOMAIN)
    (tmp_path / "p01.pddl").write_text(PROBLEM.statement["problem"])
    problem = problem_from_files(tmp_path / "domain.pddl", tmp_path / "p01.pddl")
    assert (problem.name, problem.family) == ("p01", PlanningFamily().name)
    with pytest.raises(UsageError, match=r"cannot read .*p02\.pddl"):
        problem_from_files(tmp_path / "domain.pddl", tmp_path / "p02.pddl")
    (tmp_path / "p03.pddl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        problem_from_files(tmp_path / "domain.pddl", tmp_path / "p03.pddl")
