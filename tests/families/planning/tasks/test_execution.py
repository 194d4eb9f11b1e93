"""States after plans: every missing and every false fact is named, by critic and kernel alike."""

from __future__ import annotations

from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Unreadable
from soundly.core.errors import ProblemError
from soundly.core.family import PromptStyle
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.depots import depots
from soundly.families.planning.hidden import random_blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import format_domain, format_problem
from soundly.families.planning.problems import problem_from_texts
from soundly.families.planning.tasks.execution import (
    blocksworld_execution,
    execution_of,
    execution_problem,
)
from soundly.families.planning.tasks.execution_critic import right_facts
from soundly.kernel import Refused, recheck, seal

FAMILY = blocksworld_execution()
WORLDS = [blocksworld(), random_blocksworld(), logistics(), depots()]
START = """
(define (problem three) (:domain blocksworld) (:objects a b c)
  (:init (hand-empty) (on-table a) (on-table b) (on c b) (clear a) (clear c)) (:goal (on a c)))
"""
DOMAIN = blocksworld().draw(size=2, seed=0).statement["domain"]
PROBLEM = execution_problem(
    problem_from_texts(DOMAIN, START), (("pick-up", "a"), ("stack", "a", "c")), family=FAMILY.name
)
RIGHT = ("(clear a)", "(hand-empty)", "(on a c)", "(on c b)", "(on-table b)")


def judged(family, problem, text):
    """The verdict on an answer, with the candidate that was read."""
    reading = family.read(problem, text)
    assert isinstance(reading, Found), reading
    candidate = Candidate(reading.solution, reading.canonical, "test")
    return anyio.run(family.critic.judge, problem, candidate, None), candidate


def is_certified(family, problem, candidate):
    """Whether the kernel accepts the family's certificate."""
    try:
        recheck(family.certify(problem, candidate).document)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("base", WORLDS, ids=lambda base: base.name)
def test_critic_textbook_and_kernel_agree_on_near_misses(base):
    family = execution_of(base)
    rng, decisions = Random(1), set()
    for seed in range(5):
        problem = family.draw(size=2, seed=seed)
        answer = anyio.run(family.solvers[0].solve, problem)
        assert judged(family, problem, answer.text)[0].accepted
        for _ in range(25):
            near = family.near_miss(problem, answer.text, rng)
            verdict, candidate = judged(family, problem, near)
            assert verdict.accepted == family.twin(problem, candidate)
            assert verdict.accepted == is_certified(family, problem, candidate)
            decisions.add(verdict.decision)
    assert len(decisions) == 2


def test_drawn_tasks_of_every_feature_end_where_the_kernel_ends(draw_task, walk):
    for seed in range(100):
        rng = Random(seed)
        task = draw_task(rng)
        plan, _ = walk(task, rng, 5)
        texts = format_domain(task.domain), format_problem(task)
        problem = execution_problem(problem_from_texts(*texts), plan, family="x")
        right = list(right_facts(problem))
        recheck(seal("solved", "pddl-state", "x", dict(problem.statement), {"answer": right}))
        if right:
            fewer = seal(
                "solved", "pddl-state", "x", dict(problem.statement), {"answer": right[1:]}
            )
            with pytest.raises(Refused, match="not listed"):
                recheck(fewer)


def test_each_missing_and_each_false_fact_is_named_with_the_step_that_made_it_so():
    text = "[ANSWER]\n(clear a)\n(clear c)\n(hand-empty)\n(on c b)\n(on-table b)\n(on d e)"
    verdict, _ = judged(FAMILY, PROBLEM, text)
    assert [(each.code, each.step) for each in verdict.critiques] == [
        ("fact-missing", 2),
        ("fact-false", 2),
        ("not-a-fact", None),
    ]
    assert "step 2 (stack a c) made (clear c) false" in str(verdict.critiques[1])


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\n(clear a)\n(hand-empty)\n(on a c)\n(on c b)\n(on-table b)\n[ANSWER END]",
        (
            "First a is picked up, then it is stacked.\n\n[ANSWER]\n- Block a is "
            "clear.\n- The hand is "
            "empty.\n- Block a sits on block c.\n- Block c is on top of block "
            "b.\n- Block b is on the "
            "table.\n[/ANSWER]"
        ),
        (
            "block a is clear, the hand is empty, block a is on block c, block c is on block b and "
            "block b stands on the table."
        ),
        (
            "After step 1:\n- the hand holds block a\n\n**Final state:**\n\n1. "
            "block a is clear and on "
            "block c\n2. block c sits on block b\n3. b is on the table\n4. hand is "
            "empty\n\nSo I am "
            "done."
        ),
        (
            "<think>block a is on block b</think>```\n(clear a) (hand-empty) (on a c)\n(on c b)\n"
            "(on-table b)\n```"
        ),
        "```\non(a, c), on(c, b), clear(a), on-table(b), (hand-empty)\n```",
    ],
)
def test_states_are_read_as_models_write_them(text):
    reading = FAMILY.read(PROBLEM, text)
    assert isinstance(reading, Found)
    assert reading.solution == RIGHT


@pytest.mark.parametrize(
    "extra",
    [
        "block a is clear or block b is clear",
        "(clear b)?",
        "maybe block b is clear",
        "block a is not not clear",
        "(not (clear a))",
        "(clear \u0430)",
        "valid",
        "(clear a b)",
        "(holding)",
    ],
)
def test_a_hedge_beside_the_right_facts_is_rejected(extra):
    listed = "\n".join(RIGHT)
    assert judged(FAMILY, PROBLEM, f"[ANSWER]\n{listed}\n[ANSWER END]")[0].accepted
    verdict, candidate = judged(FAMILY, PROBLEM, f"[ANSWER]\n{listed}\n{extra}\n[ANSWER END]")
    assert verdict.rejected
    assert not is_certified(FAMILY, PROBLEM, candidate)


def test_what_no_action_changes_may_be_left_out_or_said():
    family = execution_of(logistics())
    problem = family.draw(size=1, seed=0)
    least = right_facts(problem)
    every = (*least, *(line for line in _static_facts(problem)))
    for facts in (least, every):
        text = "[ANSWER]\n" + "\n".join(facts) + "\n[ANSWER END]"
        verdict, candidate = judged(family, problem, text)
        assert verdict.accepted
        assert is_certified(family, problem, candidate)
    assert len(every) > len(least)


def _static_facts(problem):
    text = problem.statement["problem"].partition("(:init")[2].partition("(:goal")[0]
    parts = [part.partition(")")[0] for part in text.split("(")[1:]]
    return [f"({part})" for part in parts if part.startswith("part-of")]


def test_a_denial_of_what_is_false_is_no_fault():
    listed = "\n".join((*RIGHT, "(not (holding a))", "block c is not clear"))
    verdict, candidate = judged(FAMILY, PROBLEM, f"[ANSWER]\n{listed}\n[ANSWER END]")
    assert verdict.accepted
    assert is_certified(FAMILY, PROBLEM, candidate)


def test_nothing_readable_is_told_what_is_wanted_and_no_solution_is_a_claim():
    for text in ("", "I do not know.", "The resulting state is complicated."):
        reading = FAMILY.read(PROBLEM, text)
        assert isinstance(reading, Unreadable)
        assert "[ANSWER]" in (reading.critique.repair or "")
    assert isinstance(FAMILY.read(PROBLEM, "[NO SOLUTION]"), ClaimedUnsolvable)


def test_a_plan_that_stops_is_no_problem_of_execution():
    with pytest.raises(ProblemError, match=r"line 2.*cannot be carried out"):
        execution_problem(
            problem_from_texts(DOMAIN, START), (("pick-up", "a"), ("stack", "a", "b")), family="x"
        )
    statement = {**PROBLEM.statement, "plan": "(pick-up b)\n"}
    with pytest.raises(Refused, match="step 1 of the stated plan"):
        recheck(seal("solved", "pddl-state", "x", statement, {"answer": []}))


def test_the_goal_is_neither_shown_nor_part_of_the_canonical_form():
    other = execution_problem(
        problem_from_texts(DOMAIN, START.replace("(:goal (on a c))", "(:goal (clear b))")),
        (("pick-up", "a"), ("stack", "a", "c")),
        family=FAMILY.name,
    )
    assert FAMILY.canonical_form(other) == FAMILY.canonical_form(PROBLEM)
    (message,) = FAMILY.render(PROBLEM, PromptStyle(examples=1, thoughts=True))
    assert "Goal" not in message.content
    assert "Step 1, " in message.content


@pytest.mark.parametrize("entry", ["(not (on a c))", "(not (flies a))", "(not clear)", "x", 3])
def test_the_kernel_refuses_what_is_not_so(entry):
    answer = {"answer": [*RIGHT, entry]}
    document = seal("solved", "pddl-state", "x", dict(PROBLEM.statement), answer)
    with pytest.raises(Refused):
        recheck(document)


def test_reading_takes_time_in_proportion_to_the_text():
    for text in (
        "block a is on " * 100_000,
        "a, " * 200_000,
        "(on a" * 100_000,
        "[ANSWER]" * 50_000,
    ):
        FAMILY.read(PROBLEM, text)
