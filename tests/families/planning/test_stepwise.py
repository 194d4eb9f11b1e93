"""Plans step by step: which prefixes run, which are one state, and how far it is from there."""

import re

import pytest

from soundly.config.families import make_family
from soundly.core.stepwise import Stepwise
from soundly.families.planning import naive
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.stepwise import plan_in, steps_of

WORLDS = {"blocksworld": 6, "mystery-blocksworld": 5, "logistics": 2, "depots": 2, "sokoban": 1}


def solved(name):
    family = make_family(name)
    example = family.draw_solved(size=WORLDS[name], seed=3)
    return family, example.problem, steps_of(example.plan)


@pytest.mark.parametrize("name", WORLDS)
def test_every_beginning_of_a_right_plan_is_alive_and_only_the_whole_is_complete(name):
    """The validator accepts exactly the beginnings that are called complete."""
    family, problem, steps = solved(name)
    assert isinstance(family, Stepwise)
    for count in range(len(steps) + 1):
        prefix = family.judge_steps(problem, steps[:count])
        assert not prefix.dead
        assert prefix.complete == validator_of(problem).accepts(plan_in(steps[:count]))


@pytest.mark.parametrize("name", WORLDS)
def test_a_beginning_is_dead_where_the_textbook_cannot_go_on(name):
    """Two steps swapped, everywhere: the reach is the validator's, the naive twin agrees."""
    family, problem, steps = solved(name)
    died = 0
    for place in range(len(steps) - 1):
        swapped = (*steps[:place], steps[place + 1], steps[place], *steps[place + 2 :])
        prefix = family.judge_steps(problem, swapped)
        assert prefix.reach == validator_of(problem).valid_prefix(plan_in(swapped))
        assert prefix.dead == (prefix.reach < len(swapped))
        if prefix.dead:
            assert prefix.critiques[0].step == prefix.reach + 1
            assert not naive.solves(task_of(problem), plan_in(swapped))
            died += 1
    assert died


def test_two_ways_to_one_state_are_spelt_alike():
    """What is undone leaves no trace; what is not done is another state."""
    family, problem, steps = solved("blocksworld")
    up = next(step for step in steps if step.startswith(("(pick-up", "(unstack")))
    taken = up.strip("()").split()[1:]
    back = f"(put-down {taken[0]})" if len(taken) == 1 else f"(stack {' '.join(taken)})"
    there_and_back = family.judge_steps(problem, (up, back))
    assert there_and_back.state == family.judge_steps(problem, ()).state
    assert there_and_back.state != family.judge_steps(problem, (up,)).state


@pytest.mark.parametrize("name", ["blocksworld", "sokoban"])
def test_a_distance_is_never_more_than_the_steps_of_a_right_plan(name):
    """It is a lower bound where the notation has one, and 0 behind the last step."""
    family, problem, steps = solved(name)
    for count in range(len(steps) + 1):
        assert family.judge_steps(problem, steps[:count]).distance <= len(steps) - count
    assert family.judge_steps(problem, steps).distance == 0


def test_a_world_without_a_notation_counts_its_open_goals():
    """Logistics: none is open where a plan ends, all at the start."""
    family, problem, steps = solved("logistics")
    goals = len(task_of(problem).goal.operands)
    assert 0 < family.judge_steps(problem, ()).distance <= goals
    assert family.judge_steps(problem, steps).distance == 0


@pytest.mark.parametrize("name", WORLDS)
def test_steps_are_read_back_from_the_answer_that_they_spell(name):
    """So the session's critic judges what the search found."""
    family, problem, steps = solved(name)
    assert family.read_steps(problem, family.spell_steps(problem, steps)) == steps


def test_prose_without_a_step_holds_none():
    """A claim is no step either."""
    family, problem, _ = solved("blocksworld")
    assert family.read_steps(problem, "I would rather not say.") == ()
    assert family.read_steps(problem, "[NO PLAN]") == ()


def test_what_stands_is_told_with_where_it_leads():
    """Facts that no action changes are left out."""
    family, problem, steps = solved("sokoban")
    told = family.tell_steps(problem, family.judge_steps(problem, steps[:2]))
    before, _, facts = told.partition("Facts that hold now:")
    assert before.count("\n(") == 2
    assert set(re.findall(r"\(([a-z-]+)", facts)) == {"worker-at", "box-at", "no-box-at"}
