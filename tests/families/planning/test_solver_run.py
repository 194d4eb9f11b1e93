"""Solver runs for people: every state that is told is true, and the search is best first."""

import re

import pytest

from soundly.config.families import make_family
from soundly.families.planning.pddl import ground_action
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.rung import Speech
from soundly.families.planning.solver_run import MOST_STATES, run_of, solver_runs
from soundly.families.planning.unmet import unmet_parts

NAMES = ("blocksworld", "mystery-blocksworld", "logistics", "depots", "lexicographic-stack")
_LOOK = re.compile(r"^I look at state (\d+)\.")
_FOUND = re.compile(r"^(?:The start is|\((.*?)\) leads to) state (\d+): (.*) \((.*)\)\.$")


def runs(name, language, count=3):
    family = make_family(name)
    problem = family.draw(size=family.dial.smallest + 2, seed=5)
    return family, family.solver_runs(problem, count=count, language=language)


@pytest.mark.parametrize("language", ["natural", "formal"])
@pytest.mark.parametrize("name", NAMES)
def test_every_state_follows_from_the_one_that_is_looked_at(name, language):
    """Facts, open goals and order, each computed again."""
    family, shown = runs(name, language)
    assert len(shown) == 3
    for run in shown:
        task = task_of(run.problem)
        speech = Speech(task, family.planning.phrases, language)
        states, looked, opened = [task.init], None, []
        for line in run.text.splitlines():
            if look := _LOOK.match(line):
                looked = int(look[1])
                assert opened[looked] == min(number for number in opened if number is not None)
                opened[looked] = None
            elif found := _FOUND.match(line):
                step, number, facts, goals = found.groups()
                if step is not None:
                    ground = ground_action(task, tuple(step.split()))
                    assert ground.precondition.holds(states[looked])
                    states.append(ground.successor(states[looked]))
                assert int(number) == len(states) - 1
                assert f"State {number}: {facts}." == speech.state(int(number), states[-1])
                still = len(unmet_parts(task, states[-1], task.goal, {}))
                assert goals == (f"open goals: {still}" if still else "no goal is open")
                opened.append(still)
        assert len(set(states)) == len(states) <= MOST_STATES


@pytest.mark.parametrize("name", NAMES)
def test_a_run_ends_with_a_plan_that_is_right(name):
    family, shown = runs(name, "formal")
    for run in shown:
        assert validator_of(run.problem).check(family.read(run.problem, run.text).solution).accepted


def test_a_run_that_finds_too_many_states_is_passed_over():
    """What is shown is short; the next example stands in."""
    family = make_family("blocksworld")
    large = family.draw_solved(size=7, seed=1)
    small = family.draw_solved(size=3, seed=1)
    phrases = family.planning.phrases
    assert run_of(large, phrases, "formal") is None
    (run,) = solver_runs([large, small], count=2, phrases=phrases, language="formal")
    assert run.problem == small.problem


def test_an_instance_without_a_plan_has_no_run():
    family = make_family("blocksworld")
    impossible = family.draw_unsolvable(size=2, seed=0)
    example = type(family.draw_solved(size=2, seed=0))(impossible, ())
    assert run_of(example, family.planning.phrases, "formal") is None
