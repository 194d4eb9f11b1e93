"""Near misses: small edits, repeatable, of every kind."""

from random import Random

import pytest

from soundly.families.planning.edits import EDITS, near_miss
from soundly.families.planning.pddl import parse_task

PLAN = (("go", "a", "b"), ("wait",), ("go", "b", "c"))


@pytest.fixture
def task():
    domain = """(define (domain d) (:predicates (at ?x))
      (:action go :parameters (?x ?y) :effect (and)) (:action wait :parameters () :effect (and)))"""
    return parse_task(
        domain, "(define (problem p) (:domain d) (:objects a b c) (:init) (:goal (at a)))"
    )


def edited(name, task):
    return {EDITS[name](PLAN, task, Random(seed)) for seed in range(200)}


def test_the_same_seed_gives_the_same_edits(task):
    first = [near_miss(PLAN, task, Random(seed), edits=2) for seed in range(50)]
    assert first == [near_miss(PLAN, task, Random(seed), edits=2) for seed in range(50)]
    assert len(set(first)) > 20


def test_an_edit_changes_one_thing(task):
    assert edited("drop", task) == {PLAN[1:], PLAN[:1] + PLAN[2:], PLAN[:2]}
    assert edited("duplicate", task) == {PLAN[:1] + PLAN, PLAN[:2] + PLAN[1:], PLAN + PLAN[2:]}
    first, second, third = PLAN
    assert edited("reverse-neighbours", task) == {(second, first, third), (first, third, second)}
    assert (third, second, first) in edited("swap", task)
    assert (("go", "b", "a"), second, third) in edited("swap-arguments", task)
    assert (("go", "a", "b", "c"), second, third) in edited("extra-argument", task)
    assert (first, (), third) in edited("missing-argument", task)
    assert (first, ("no-such-action",), third) in edited("rename-action", task)
    assert (first, second, ("go", "b", "cx")) in edited("rename-object", task)
    assert (first, second, ("go", "a", "c")) in edited("replace-argument", task)
    assert {len(plan) for plan in edited("insert", task)} == {4}


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_takes_a_plan_of_one_step(name, task):
    for seed in range(20):
        assert isinstance(EDITS[name]((("wait",),), task, Random(seed)), tuple)


def test_the_empty_plan_can_only_gain_a_step(task):
    assert {len(near_miss((), task, Random(seed))) for seed in range(20)} == {1}
