"""What holds of every symbolic family."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.core.splits import draw_from
from soundly.families.symbolic.family import (
    arithmetic_chain,
    coin_flip,
    foom_letters,
    last_letters,
    vowel_letters,
)
from soundly.kernel import Refused, recheck

FAMILIES = {
    make.__name__: make()
    for make in (last_letters, vowel_letters, foom_letters, coin_flip, arithmetic_chain)
}
DRAWN = given(
    name=st.sampled_from(sorted(FAMILIES)), size=st.integers(3, 30), seed=st.integers(0, 10**9)
)


@settings(max_examples=400, deadline=None)
@DRAWN
def test_critic_twin_and_kernel_agree_on_near_misses(name, size, seed):
    family = FAMILIES[name]
    problem = family.draw(size=size, seed=seed)
    puzzle, rng = family.puzzle(problem), Random(seed)
    for _ in range(3):
        found = family.read(problem, family.near_miss(problem, f"Answer: {puzzle.answer}", rng))
        if not isinstance(found, Found):
            continue
        candidate = Candidate(found.solution, found.canonical, "near-miss")
        right = not puzzle.critiques(found.solution)
        assert right == family.twin(problem, candidate), found
        certificate = family.certify(problem, candidate)
        if right:
            assert recheck(certificate.document).claim == "solved"
        else:
            with pytest.raises(Refused):
                recheck(certificate.document)


@settings(max_examples=100, deadline=None)
@DRAWN
def test_a_statement_read_again_is_the_same_puzzle(name, size, seed):
    problem = FAMILIES[name].draw(size=size, seed=seed)
    assert FAMILIES[name].puzzle(problem).statement == problem.statement


@settings(max_examples=200, deadline=None)
@DRAWN
def test_worked_thoughts_are_a_right_chain_that_leads_to_the_answer(name, size, seed):
    """What examples show is followed by the same code that follows a model's explanation."""
    family = FAMILIES[name]
    problem = family.draw(size=size, seed=seed)
    puzzle = family.puzzle(problem)
    for procedure in (None, *family.procedures):
        text = f"{puzzle.thoughts(procedure)}\nAnswer: {puzzle.answer}"
        said = family.explain(problem, text)
        assert said.answer_right is said.chain_right is said.leads_to_answer is True, said
        if procedure != "counting":
            assert said.steps >= size - 1


def test_examples_have_two_to_four_parts_whatever_the_asked_size(family):
    problem = family.draw(size=40, seed=1)
    prompt = family.render(problem, PromptStyle(examples=3, thoughts=True))[0].content
    examples = prompt.split("Example: ")[1:]
    examples[-1] = examples[-1].split("Your problem: ")[0]
    lengths = [len(example) for example in examples]
    assert len(examples) == 3
    assert max(lengths) < len(family.puzzle(problem).question)


def test_each_rung_of_the_ladder_is_another_prompt(family):
    problem = family.draw(size=6, seed=1)
    rungs = [
        PromptStyle(examples=examples, thoughts=thoughts, procedure=procedure)
        for examples in (0, 2)
        for thoughts in (False, True)
        for procedure in (None, *family.procedures)
    ]
    prompts = [family.render(problem, rung)[0].content for rung in rungs]
    assert len(set(prompts)) == len(rungs)
    for rung, prompt in zip(rungs, prompts, strict=True):
        assert (STEP_BY_STEP in prompt) == rung.thoughts


def test_a_procedure_that_is_not_taught_is_refused(family):
    problem = family.draw(size=4, seed=1)
    with pytest.raises(UsageError, match="wanted one of"):
        family.render(problem, PromptStyle(procedure="magic"))


def test_hundreds_of_parts_are_drawn_and_judged(family, judge):
    problem = family.draw(size=500, seed=1)
    assert judge(family, problem, f"Answer: {family.puzzle(problem).answer}").accepted


@pytest.mark.parametrize("size", [0, 1, 10_001])
def test_a_size_out_of_range_is_refused(family, size):
    with pytest.raises(UsageError, match="wanted"):
        family.draw(size=size, seed=1)


@pytest.mark.parametrize("split", ["train", "held-out"])
def test_each_split_has_instances_of_every_size_that_is_trained_on(family, split):
    for size in range(family.dial.smallest, family.dial.trained + 1):
        draw_from(family, split, size=size, seed=0)


def test_a_statement_with_other_fields_is_refused(family):
    with pytest.raises(ProblemError, match="states"):
        family.puzzle(Problem(family.name, "odd", {"text": "x"}))


def test_a_solution_of_another_kind_breaks_the_critic(family):
    import anyio

    problem = family.draw(size=4, seed=1)
    with pytest.raises(CriticError, match="text"):
        anyio.run(family.critic.judge, problem, Candidate(3, "3", "test"), None)


@pytest.mark.parametrize(
    "text",
    [
        "Answer: " + "9" * 20_000,
        "[ANSWER]" + "a " * 50_000 + "[ANSWER END]",
        "Answer: " + "1 + " * 20_000,
        "is " * 50_000,
        "Rako flips " * 20_000,
        '"a" + ' * 20_000,
        "1 + 1 = 2 " * 20_000,
        "- a: " * 20_000,
        "concatenating " * 20_000,
    ],
)
def test_hostile_answers_are_rejected_and_followed_quickly(family, text):
    problem = family.draw(size=4, seed=1)
    found = family.read(problem, text)
    if isinstance(found, Found):
        assert family.puzzle(problem).critiques(found.solution)
    family.explain(problem, text)
