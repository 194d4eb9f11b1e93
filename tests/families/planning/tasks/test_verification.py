"""Verdicts on plans: every part is judged apart, by critic, textbook and kernel alike."""

from __future__ import annotations

from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Unreadable
from soundly.core.errors import ProblemError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.hidden import random_blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import format_domain, format_problem
from soundly.families.planning.problems import problem_from_texts
from soundly.families.planning.sokoban import sokoban
from soundly.families.planning.tasks.verification import (
    blocksworld_verification,
    verification_of,
    verification_problem,
)
from soundly.families.planning.tasks.verification_critic import right_verdict
from soundly.families.planning.tasks.verification_twin import right_answer
from soundly.kernel import Refused, recheck, seal

FAMILY = blocksworld_verification()
WORLDS = [blocksworld(), random_blocksworld(), logistics(), sokoban()]

START = """
(define (problem two) (:domain blocksworld) (:objects a b)
  (:init (hand-empty) (on-table a) (on-table b) (clear a) (clear b)) (:goal (and (on a b))))
"""


def stated(*steps: str) -> Problem:
    """Two blocks on the table, a to be put on b, and a plan."""
    domain = blocksworld().draw(size=2, seed=0).statement["domain"]
    plan = tuple(tuple(step.split()) for step in steps)
    return verification_problem(problem_from_texts(domain, START), plan, family=FAMILY.name)


VALID = stated("pick-up a", "stack a b")
STOPS = stated("pick-up b", "stack a b")
MISSES = stated("pick-up b", "stack b a")


def judged(family, problem, text):
    """The verdict on an answer, with the candidate that was read."""
    reading = family.read(problem, text)
    assert isinstance(reading, Found), reading
    candidate = Candidate(reading.solution, reading.canonical, "test")
    return anyio.run(family.critic.judge, problem, candidate, None), candidate


def codes(problem, text):
    """The codes of a rejection, in their order."""
    return [each.code for each in judged(FAMILY, problem, text)[0].critiques]


def is_certified(family, problem, candidate):
    """Whether the kernel accepts the family's certificate."""
    try:
        recheck(family.certify(problem, candidate).document)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("base", WORLDS, ids=lambda base: base.name)
def test_critic_textbook_and_kernel_agree_on_near_misses(base):
    family = verification_of(base)
    rng, decisions = Random(1), set()
    for seed in range(6):
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


def test_drawn_tasks_of_every_feature_are_told_alike_by_all_three(draw_task, walk):
    """Quantifiers, disjunctions and conditional effects: the same first failure, the same
    literals."""
    heads = set()
    for seed in range(150):
        rng = Random(seed)
        task = draw_task(rng)
        plan, _ = walk(task, rng, 4)
        plan = tuple(rng.sample(plan, len(plan)))
        texts = format_domain(task.domain), format_problem(task)
        problem = verification_problem(problem_from_texts(*texts), plan, family="x")
        right = right_verdict(problem)
        assert (right[0], frozenset(right[1:])) == right_answer(problem)
        evidence = {"answer": list(right)}
        recheck(seal("solved", "pddl-verdict", "x", dict(problem.statement), evidence))
        heads.add(right[0].rstrip("0123456789"))
    assert heads == {"valid", "invalid: goal", "invalid: step "}


@pytest.mark.parametrize(
    ("problem", "text", "wanted"),
    [
        (VALID, "[ANSWER]\nvalid\n[ANSWER END]", []),
        (
            VALID,
            "[ANSWER]\ninvalid: step 1\n(clear a)\n[ANSWER END]",
            ["wrong-verdict", "unmet-surplus"],
        ),
        (STOPS, "[ANSWER]\ninvalid: step 2\n(holding a)\n[ANSWER END]", ["unmet-missing"]),
        (
            STOPS,
            "[ANSWER]\nvalid\n[ANSWER END]",
            ["wrong-verdict", "unmet-missing", "unmet-missing"],
        ),
        (
            STOPS,
            "[ANSWER]\ninvalid: step 1\n(holding a)\n(clear b)\n(hand-empty)\n[ANSWER END]",
            ["wrong-step", "unmet-surplus"],
        ),
        (
            STOPS,
            "[ANSWER]\ninvalid: goal\n(on a b)\n[ANSWER END]",
            ["wrong-error", "unmet-missing", "unmet-missing", "unmet-surplus"],
        ),
        (STOPS, "[ANSWER]\ninvalid\n(holding a)\n(clear b)\n[ANSWER END]", ["wrong-error"]),
        (MISSES, "[ANSWER]\ninvalid: goal\n(on a b)\n[ANSWER END]", []),
        (
            MISSES,
            "[ANSWER]\ninvalid: goal\n(not (on a b))\n[ANSWER END]",
            ["unmet-missing", "unmet-surplus"],
        ),
        (
            MISSES,
            "[ANSWER]\ninvalid: goal\n(on a z)\n[ANSWER END]",
            ["unmet-missing", "not-a-fact"],
        ),
        (
            STOPS,
            "[ANSWER]\ninvalid: step 2\nstack a onto b, since b is on a\n(holding a)\n(clear b)",
            ["not-a-fact", "not-a-fact"],
        ),
        (VALID, "[ANSWER]\nvalid or invalid: step 2\n[ANSWER END]", ["unreadable-verdict"]),
        (VALID, "[ANSWER]\nvalid (I think)\n[ANSWER END]", ["not-a-fact"]),
        (VALID, "[ANSWER]\nv\u0430lid\n[ANSWER END]", ["unreadable-verdict"]),
    ],
)
def test_every_wrong_part_has_a_critique_of_its_own(problem, text, wanted):
    assert codes(problem, text) == wanted


@pytest.mark.parametrize(
    ("text", "solution"),
    [
        (
            "[ANSWER]\n**Invalid: Step 2**\n- block a is held\n[ANSWER END]",
            ("invalid: step 2", "(holding a)"),
        ),
        (
            (
                "The plan is valid, one might say.\n[ANSWER]\nThe plan is invalid: "
                "step 2 cannot be "
                "executed.\nstack block a onto block b\nThe unmet preconditions are:\n"
                "1. the hand holds block a\n2. block b is clear\n[/ANSWER]"
            ),
            ("invalid: step 2", "(clear b)", "(holding a)"),
        ),
        (
            (
                "The above plan is invalid. The following action at step 2 has unmet "
                "preconditions:\n"
                "stack block a onto block b\nThe unmet preconditions are:\nblock b is "
                "clear and the "
                "hand is currently holding block a"
            ),
            ("invalid: step 2", "(clear b)", "(holding a)"),
        ),
        (
            (
                "The plan is not valid. The following actions have unmet preconditions:\n"
                "1. stack block a onto block b\nThe unmet precondition is:\nthe hand holds block a"
            ),
            ("invalid: step 2", "(holding a)"),
        ),
        (
            (
                "The above plan is invalid. This is the unmet goal condition:\n"
                "block a is on top of block b"
            ),
            ("invalid: goal", "(on a b)"),
        ),
        (
            (
                "<think>The plan is invalid.</think>I checked whether the plan is "
                "invalid. Every step "
                "runs, so the plan is valid."
            ),
            ("valid",),
        ),
        ("The plan is valid or invalid", ("? ",)),
        ("The plan is invalid or it is fine", ("? ",)),
        ("The plan is valid until step 2.", ("? ",)),
        ("The plan is valid, but only if a is clear.", ("? ",)),
        ("Valid steps come first.\n\nThe plan is invalid.", ("invalid",)),
        ("**Valid**", ("valid",)),
    ],
)
def test_answers_are_read_as_models_write_them(text, solution):
    reading = FAMILY.read(STOPS, text)
    assert isinstance(reading, Found)
    if solution[0].startswith("? "):
        assert reading.solution[0].startswith("? ")
    else:
        assert reading.solution == solution


@pytest.mark.parametrize(
    "text", ["", "It is unclear whether the plan is valid.", "(stack a b)", "Valid steps: 1, 2."]
)
def test_an_answer_without_a_verdict_is_told_what_is_wanted(text):
    reading = FAMILY.read(VALID, text)
    assert isinstance(reading, Unreadable)
    assert "[ANSWER]" in (reading.critique.repair or "")


def test_no_solution_is_a_claim():
    assert isinstance(FAMILY.read(VALID, "[NO SOLUTION]"), ClaimedUnsolvable)
    assert isinstance(
        FAMILY.read(VALID, "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]"), ClaimedUnsolvable
    )


def test_a_third_of_the_plans_is_valid_a_third_stops_and_a_third_misses_the_goal():
    heads = [right_verdict(FAMILY.draw(size=4, seed=seed))[0] for seed in range(90)]
    counts = [
        sum(head.startswith(kind) for head in heads)
        for kind in ("valid", "invalid: s", "invalid: g")
    ]
    assert sum(counts) == 90
    assert min(counts) > 15


def test_renamed_blocks_have_one_canonical_form_and_other_plans_another():
    swapped = stated("pick-up b", "stack b a")
    text = START.replace("(on a b)", "(on b a)")
    domain = swapped.statement["domain"]
    renamed = verification_problem(
        problem_from_texts(domain, text),
        (("pick-up", "b"), ("stack", "b", "a")),
        family=FAMILY.name,
    )
    assert FAMILY.canonical_form(renamed) == FAMILY.canonical_form(VALID)
    assert len({FAMILY.canonical_form(each) for each in (VALID, STOPS, MISSES)}) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"plan": "(fly a)\n"}, "line 1.*names no action"),
        ({"plan": "(pick-up a)\n(stack a z)\n"}, "line 2.*names no action"),
        ({"plan": "0: (pick-up a)\n"}, "one action a line"),
        ({"plan": "(PICK-UP a)\n"}, "one action a line"),
        ({"plan": "pick up a"}, "expected one action"),
        ({"task": "execution"}, "wanted a statement with a plan"),
    ],
)
def test_a_bad_statement_is_named_with_its_line(change, reason):
    problem = Problem(FAMILY.name, "bad", {**VALID.statement, **change})
    with pytest.raises(ProblemError, match=reason):
        FAMILY.render(problem, PromptStyle())


@pytest.mark.parametrize("language", ["natural", "formal"])
def test_worked_examples_give_the_right_verdict(language):
    """What a prompt shows as an answer is read as an answer, with thoughts before it."""
    problem = FAMILY.draw(size=4, seed=2)
    (message,) = FAMILY.render(problem, PromptStyle(language, examples=3, thoughts=True))
    assert message.content.count("Example:") == 3
    assert "Step 1, " in message.content
    answers = message.content.split("Answer:\n\n")[1:]
    assert all("[ANSWER]\nvalid" in each or "[ANSWER]\ninvalid: " in each for each in answers)


@pytest.mark.parametrize(
    "answer", [["invalid: step 2"], ["invalid: step 2", 3], "valid", ["valid", "(clear b)"], []]
)
def test_the_kernel_refuses_every_other_verdict(answer):
    with pytest.raises(Refused):
        recheck(seal("solved", "pddl-verdict", "x", dict(STOPS.statement), {"answer": answer}))


def test_the_kernel_refuses_evidence_of_another_task():
    """A state's proof says nothing of a verdict, nor the other way round."""
    statement = {**VALID.statement, "task": "execution"}
    with pytest.raises(Refused, match="verification"):
        recheck(seal("solved", "pddl-verdict", "x", statement, {"answer": ["valid"]}))
    with pytest.raises(Refused, match="execution"):
        recheck(seal("solved", "pddl-state", "x", dict(VALID.statement), {"answer": []}))
    with pytest.raises(Refused):
        recheck(seal("solved", "pddl-plan", "x", dict(VALID.statement), {"plan": []}))


def test_reading_takes_time_in_proportion_to_the_text():
    for text in (
        "the plan is " * 200_000,
        "invalid: step " * 100_000,
        "[ANSWER]\n" + "(" * 300_000,
    ):
        FAMILY.read(VALID, text)
    huge = f"[ANSWER]\ninvalid: step {'9' * 100_000}\n[ANSWER END]"
    assert codes(VALID, huge) == ["unreadable-verdict"]


@pytest.mark.parametrize("answer", ["val\u0130d", "\u0130nvalid: step 1", "invalid: \u017ftep 1"])
def test_a_verdict_in_letters_that_only_look_right_is_none(answer):
    """Without regard to case, some signs count as a letter of ASCII; no verdict has them."""
    reading = FAMILY.read(VALID, f"[ANSWER]\n{answer}\n[ANSWER END]")
    assert isinstance(reading, Found)
    assert reading.solution[0].startswith("? ")
    assert isinstance(FAMILY.read(VALID, "val\u0130d"), Unreadable)
