"""The prompt ladder: rungs that teach, and worked examples whose every word is true."""

import re

import pytest

from soundly.core.errors import UnknownNameError
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.ladder import Progression, TowerAlgorithm
from soundly.families.planning.logistics import logistics
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.rung import Speech
from soundly.families.planning.sokoban import sokoban
from soundly.families.planning.stacks import lexicographic_stack, table_to_stack

STACKS = table_to_stack()
FAMILIES = (blocksworld(), STACKS, lexicographic_stack(), logistics(), sokoban())
_STATE = re.compile(r"^State (\d+): (.*)\.$", re.MULTILINE)


def prompt(family, problem, **style):
    (message,) = family.render(problem, PromptStyle(**style))
    return message.content


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_each_rung_works_examples_with_right_plans_and_true_states(family):
    """State by state, in PDDL and in words: what is stated is what the validator finds."""
    planning = family.planning
    problem = family.draw(size=family.dial.smallest + 2, seed=5)
    for rung in planning.ladder:
        find = planning.examples_for.get(rung.name, planning.examples)
        for example in find(problem, 4):
            for language in ("natural", "formal"):
                task, validator = task_of(example.problem), validator_of(example.problem)
                speech = Speech(task, planning.phrases, language)
                worked = rung.work(speech, example.plan)
                assert validator.check(worked.plan).accepted
                states = list(validator.progress(worked.plan))
                stated = _STATE.findall(worked.thoughts)
                assert stated
                for number, facts in stated:
                    found = states[int(number)]
                    said = {speech.fact(a) for a in found if not task.is_static(a[0])}
                    assert set(facts.split("; ")) == said - {""}


def test_progression_states_every_state_and_every_need():
    drawn = blocksworld().draw_solved(size=4, seed=2)
    speech = Speech(task_of(drawn.problem), blocksworld().planning.phrases, "formal")
    thoughts = Progression().work(speech, drawn.plan).thoughts
    assert [int(n) for n, _ in _STATE.findall(thoughts)] == list(range(len(drawn.plan) + 1))
    states = list(validator_of(drawn.problem).progress(drawn.plan))
    for number, needs in enumerate(re.findall(r"It needs: (.*)\. This holds", thoughts)):
        for need in needs.split("; "):
            assert tuple(need.strip("()").split()) in states[number]


@pytest.mark.parametrize("size", range(2, 9))
def test_the_tower_algorithm_solves_every_instance(size):
    for seed in range(10):
        drawn = blocksworld().draw_solved(size=size, seed=seed)
        speech = Speech(task_of(drawn.problem), blocksworld().planning.phrases, "natural")
        plan = TowerAlgorithm().work(speech, drawn.plan).plan
        assert validator_of(drawn.problem).check(plan).accepted


def test_a_lesson_is_taught_and_thoughts_are_shown_only_where_they_are_asked_for():
    problem = STACKS.draw(size=4, seed=1)
    for rung in STACKS.planning.ladder:
        thinking = prompt(STACKS, problem, procedure=rung.name, thoughts=True)
        silent = prompt(STACKS, problem, procedure=rung.name, thoughts=False)
        for text in (thinking, silent):
            assert rung.lesson in text
        assert "Step 1:" in thinking
        assert "Step 1:" not in silent
        assert STEP_BY_STEP not in silent


def test_zero_shot_chain_of_thought_asks_and_shows_nothing():
    text = prompt(STACKS, STACKS.draw(size=4, seed=1), examples=0, thoughts=True)
    assert text.endswith(STEP_BY_STEP)
    assert "Example" not in text
    assert "State 0" not in text


def test_the_last_rung_shows_alphabetical_stacks_whatever_is_asked():
    problem = STACKS.draw(size=5, seed=0)
    shown = STACKS.planning.examples_for["lexicographic-stacking"](problem, 5)
    for example in shown:
        placed = [step[1] for step in example.plan if step[0] == "stack"]
        assert placed == sorted(placed, reverse=True)
        assert all(upper < lower for name, upper, *below in example.plan for lower in below)


def test_families_without_blocks_teach_progression_alone():
    assert PlanningFamily().procedures == ("progression",)
    assert logistics().procedures == ("progression",)
    assert blocksworld().procedures == ("progression", "blocksworld-algorithm")
    assert STACKS.procedures[2:] == ("stacking", "lexicographic-stacking")


def test_an_unknown_procedure_is_named_with_those_there_are():
    with pytest.raises(UnknownNameError, match="progression"):
        prompt(logistics(), logistics().draw(size=1, seed=0), procedure="stacking")


def test_a_ladder_has_a_rung():
    with pytest.raises(ValueError, match="first rung"):
        PlanningFamily(ladder=())
