"""Worked examples for a domain that nobody prepared."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from soundly.families.planning.blocksworld import draw_blocksworld
from soundly.families.planning.pddl import parse_task
from soundly.families.planning.problems import problem_from_files, problem_from_texts, task_of
from soundly.families.planning.validator import Validator
from soundly.families.planning.walks import random_walk, walk_examples


@pytest.mark.parametrize("seed", range(20))
def test_examples_are_valid_and_no_step_is_idle(seed: int) -> None:
    """Every example's plan reaches its goal, and no plan with one step less does."""
    problem = draw_blocksworld(size=4, seed=seed)
    for example in walk_examples(problem, 2):
        task = task_of(example.problem)
        validator = Validator(task)
        assert validator.check(example.plan).accepted
        assert task.init == task_of(problem).init
        assert task.goal != task_of(problem).goal
        for position in range(len(example.plan)):
            shorter = (*example.plan[:position], *example.plan[position + 1 :])
            assert validator.check(shorter).rejected


def test_examples_are_the_same_every_time() -> None:
    """The problem alone decides its examples."""
    problem = draw_blocksworld(size=5, seed=3)
    first = walk_examples(problem, 2)
    walk_examples.cache_clear()
    assert walk_examples(problem, 2) == first
    assert len(first) == 2


def test_walk_can_be_carried_out_in_a_real_domain(planbench: Path) -> None:
    """Types, static atoms and many objects are respected."""
    folder = planbench / "llm_planning_analysis" / "instances" / "logistics"
    problem = problem_from_files(
        folder / "generated_domain.pddl", folder / "generated_basic" / "instance-20.pddl"
    )
    task = task_of(problem)
    plan, state = random_walk(task, 10, Random(0))
    assert len(plan) == 10
    assert Validator(task).valid_prefix(plan) == 10
    assert state != task.init


def test_no_action_means_no_example() -> None:
    """A problem in which nothing can be done has no example rather than a wrong one."""
    domain = """(define (domain stuck) (:predicates (p) (q))
      (:action a :parameters () :precondition (p) :effect (q)))"""
    stuck = "(define (problem s) (:domain stuck) (:init) (:goal (q)))"
    assert walk_examples(problem_from_texts(domain, stuck), 1) == []
    assert random_walk(parse_task(domain, stuck), 3, Random(0))[0] == ()
