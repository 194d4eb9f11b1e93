"""The tasks whose answer is a plan: right by construction, for any world, and put into words."""

from dataclasses import replace
from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import ProblemError, UsageError
from soundly.core.family import Audited, Draws, DrawsUnsolvable, Procedures, PromptStyle, Solves
from soundly.core.problem import Problem
from soundly.core.solver import SolverProved
from soundly.engine.evidence import recheck_for
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.depots import depots
from soundly.families.planning.hidden import mystery_blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import And, format_plan
from soundly.families.planning.problems import task_of, texts_of, validator_of
from soundly.families.planning.proofs import Evidence, prove_by_h2
from soundly.families.planning.provers import InvariantProver
from soundly.families.planning.shown import shown_in, solved_by
from soundly.families.planning.sokoban import sokoban
from soundly.families.planning.tasks import asked
from soundly.testing import FAMILY_LAWS, FamilyCase

TASKS = (
    asked.reuse_of,
    asked.generalisation_of,
    asked.replanning_of,
    asked.shuffled_goals_of,
    asked.full_to_partial_of,
    asked.partial_to_full_of,
)
REGISTERED = (
    asked.blocksworld_reuse(),
    asked.blocksworld_generalisation(),
    asked.blocksworld_replanning(),
    asked.blocksworld_shuffled_goals(),
    asked.blocksworld_full_to_partial(),
    asked.blocksworld_partial_to_full(),
)
OF_OTHER_WORLDS = tuple(
    task(world()) for task in TASKS for world in (mystery_blocksworld, logistics, depots, sokoban)
)
MADE = (*REGISTERED, *OF_OTHER_WORLDS)


@pytest.fixture(scope="module", params=MADE, ids=lambda family: family.name)
def family(request):
    return request.param


def test_every_instance_comes_with_a_valid_plan_and_is_not_solved_yet(family):
    for size in (family.dial.smallest, family.dial.smallest + 1):
        for seed in range(3):
            drawn = family.draw_solved(size=size, seed=seed)
            assert drawn.problem == family.draw(size=size, seed=seed)
            assert drawn.problem.family == family.name
            assert validator_of(drawn.problem).check(drawn.plan).accepted
            assert validator_of(drawn.problem).check(()).rejected
            assert shown_in(drawn.problem)


def test_an_instance_without_a_plan_shows_a_solved_problem_and_has_a_proof(family):
    problem = family.draw_unsolvable(size=family.dial.smallest, seed=3)
    assert problem == family.draw_unsolvable(size=family.dial.smallest, seed=3)
    assert shown_in(problem)
    proof = prove_by_h2(*texts_of(problem), max_seconds=20.0, max_pairs=1_000_000)
    assert isinstance(proof, Evidence)


@pytest.mark.parametrize("language", ["natural", "formal"])
def test_the_prompt_shows_the_plan_before_the_problem_and_the_form_behind_it(family, language):
    drawn = family.draw_solved(size=family.dial.smallest, seed=1)
    (message,) = family.render(drawn.problem, PromptStyle(language, examples=0))
    text = message.content
    shown = shown_in(drawn.problem)[-1]
    assert format_plan(shown.plan) in text.partition("Your problem:")[0]
    assert "solve nothing" in text.partition("Your problem:")[2]


@pytest.mark.parametrize("family", REGISTERED, ids=lambda family: family.name)
def test_it_brings_all_that_a_drawn_family_can_bring(family):
    for role in (Draws, DrawsUnsolvable, Solves, Audited, Procedures):
        assert isinstance(family, role)


@pytest.mark.parametrize("family", REGISTERED, ids=lambda family: family.name)
def test_critic_and_twin_agree_on_near_misses(family):
    rng, judged = Random(family.name), []
    for seed in range(20):
        drawn = family.draw_solved(size=family.dial.smallest + seed % 2, seed=seed)
        for _ in range(6):
            answer = family.near_miss(drawn.problem, format_plan(drawn.plan), rng)
            reading = family.read(drawn.problem, answer)
            assert isinstance(reading, Found)
            candidate = Candidate(reading.solution, reading.canonical, "audit")
            right = family.twin(drawn.problem, candidate)
            assert validator_of(drawn.problem).check(reading.solution).accepted is right
            judged.append(right)
    assert 0 < sum(judged) < len(judged) / 2


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("family", REGISTERED[:3], ids=lambda family: family.name)
async def test_it_keeps_the_laws_of_a_family(family, anyio_backend):
    drawn = family.draw_solved(size=max(family.dial.smallest, 3), seed=1)
    wrong = format_plan((*drawn.plan[:1], *drawn.plan))
    case = FamilyCase(family, drawn.problem, (format_plan(drawn.plan),), (wrong,))
    for law in FAMILY_LAWS:
        if law.__name__ != "reading_never_fails":  # the reader is Blocksworld's own
            await law(case)


def test_a_proof_about_a_problem_binds_what_it_shows():
    family = asked.blocksworld_replanning()
    problem = family.draw_unsolvable(size=3, seed=1)
    answer = anyio.run(InvariantProver().solve, problem)
    assert isinstance(answer, SolverProved)
    recheck_for(problem, answer.certificate, claim="unsolvable")
    assert answer.certificate.document["problem"]["statement"]["shown"]


@pytest.mark.parametrize("world", [blocksworld, logistics], ids=lambda world: world.__name__)
def test_reuse_asks_for_what_the_plan_passes_through_and_not_for_where_it_ends(world):
    """Unless all that is new at the cut is still there at the end."""
    family = asked.reuse_of(world())
    for seed in range(40):
        drawn = family.draw_solved(size=2, seed=seed)
        (shown,) = shown_in(drawn.problem)
        assert shown.plan[: len(drawn.plan)] == drawn.plan
        states = list(validator_of(solved_by(shown, drawn.problem)).progress(shown.plan))
        passing = states[len(drawn.plan)] - states[0] - states[-1]
        solves = validator_of(drawn.problem).check(shown.plan).accepted
        assert not (passing and solves)


@pytest.mark.parametrize(
    ("family", "sides"),
    [
        (asked.blocksworld_shuffled_goals(), "same"),
        (asked.blocksworld_full_to_partial(), "fewer"),
        (asked.blocksworld_partial_to_full(), "more"),
    ],
    ids=["shuffled", "full-to-partial", "partial-to-full"],
)
def test_a_reformulated_goal_is_solved_by_the_shown_plan(family, sides):
    for seed in range(12):
        problem = family.draw(size=4, seed=seed)
        (shown,) = shown_in(problem)
        assert validator_of(problem).check(shown.plan).accepted
        before, after = task_of(solved_by(shown, problem)), task_of(problem)
        assert before.init == after.init
        assert isinstance(before.goal, And)
        assert isinstance(after.goal, And)
        parts, asked_for = before.goal.operands, after.goal.operands
        match sides:
            case "same":
                assert parts != asked_for
                assert sorted(map(str, parts)) == sorted(map(str, asked_for))
            case "fewer":
                assert set(asked_for) < set(parts)
                assert len(asked_for) < 4  # the goals of four blocks
            case "more":
                assert set(parts) < set(asked_for)


@pytest.mark.parametrize("world", [blocksworld, logistics], ids=lambda world: world.__name__)
def test_replanning_starts_where_the_shown_plan_did_not_expect_to_be(world):
    """The words of the prompt say the whole difference, and the rest of the plan fails."""
    family, rests = asked.replanning_of(world()), []
    for seed in range(30):
        problem = family.draw(size=2 + seed % 2, seed=seed)
        (shown,) = shown_in(problem)
        assert shown.carried_out is not None
        original = validator_of(solved_by(shown, problem))
        *_, expected = original.progress(shown.plan[: shown.carried_out])
        found = task_of(problem).init
        assert expected != found
        (message,) = family.render(problem, PromptStyle("formal", examples=0))
        assert message.content.count("- no longer true: ") == len(expected - found)
        assert message.content.count("- now true: ") == len(found - expected)
        rest = shown.plan[shown.carried_out :]
        rests.append(validator_of(problem).check(rest).accepted)
    assert sum(rests) == 0


def test_generalisation_shows_smaller_instances_of_one_pattern():
    family = asked.blocksworld_generalisation()
    problem = family.draw(size=5, seed=0)
    shown = shown_in(problem)
    sizes = [len(task_of(solved_by(each, problem)).objects) for each in shown]
    assert sizes == [2, 3, 4]
    for each in shown:  # the pattern of seed 0: everything goes to the table
        assert {step[0] for step in each.plan} == {"unstack", "put-down"}
    with pytest.raises(UsageError, match="wanted at least 3"):
        family.draw(size=2, seed=0)


def test_a_shown_plan_that_solves_nothing_is_refused():
    """A model would learn from it."""
    problem = asked.blocksworld_reuse().draw(size=3, seed=0)
    text = problem.statement["shown"]
    for spoilt, reason in (
        (text.replace("[PLAN]\n", "[PLAN]\n(put-down a)\n"), "does not solve its problem"),
        (text.replace("[END]", ""), "no \\[END\\]"),
        (text.replace("[PLAN]", ""), "expected one \\[PLAN\\]"),
        (f"hello\n{text}", "line 1: expected \\[SOLVED\\]"),
        (text.replace("[PLAN]", "[INTERRUPTED]\n[PLAN]"), "stands before"),
        (text.replace("[END]", "[SOLVED]\n[END]"), "before another"),
    ):
        odd = replace(problem, statement={**problem.statement, "shown": spoilt})
        with pytest.raises(ProblemError, match=reason):
            blocksworld().render(odd, PromptStyle())


def test_a_problem_that_shows_nothing_is_put_as_before():
    problem = blocksworld().draw(size=3, seed=0)
    assert shown_in(problem) == ()
    again = Problem("blocksworld", "again", problem.statement)
    assert blocksworld().render(problem, PromptStyle()) == blocksworld().render(
        again, PromptStyle()
    )
