"""Explanations of plans: three facts, each of its own, from what models really write."""

import time
from random import Random

import pytest

from soundly.core.explanation import Explains
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.depots import depots
from soundly.families.planning.facts import FactReader
from soundly.families.planning.hidden import mystery_blocksworld
from soundly.families.planning.ladder import Progression
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.problems import task_of
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.rung import Speech
from soundly.families.planning.sokoban import sokoban
from soundly.families.planning.stacks import table_to_stack

BLOCKS = blocksworld()
PROBLEM = BLOCKS.draw(size=3, seed=0)  # a stands on c; all three are to stand on the table
RIGHT = "\n[PLAN]\n(unstack a c)\n(put-down a)\n[PLAN END]"
WRONG = "\n[PLAN]\n(unstack a c)\n(stack a b)\n[PLAN END]"
FAMILIES = (BLOCKS, mystery_blocksworld(), logistics(), depots(), sokoban(), table_to_stack())


def facts_of(text, problem=PROBLEM, family=BLOCKS):
    found = family.explain(problem, text)
    return found.answer_right, found.chain_right, found.leads_to_answer


def codes(text):
    return [(fault.code, fault.where) for fault in BLOCKS.explain(PROBLEM, text).faults]


@pytest.mark.parametrize("language", ["natural", "formal"])
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_worked_example_is_right_in_all_three_ways(family, language):
    assert isinstance(family, Explains)
    for seed in range(5):
        drawn = family.draw_solved(size=family.dial.smallest + 1, seed=seed)
        speech = Speech(task_of(drawn.problem), family.planning.phrases, language)
        worked = Progression().work(speech, drawn.plan)
        answer = f"{worked.thoughts}\n\n[PLAN]\n{format_plan(worked.plan)}[PLAN END]"
        found = family.explain(drawn.problem, answer)
        assert facts_of(answer, drawn.problem, family) == (True, True, True)
        assert found.steps == len(drawn.plan) + 1


@pytest.mark.parametrize("language", ["natural", "formal"])
def test_one_false_fact_in_a_worked_example_is_found_where_it_stands(language):
    rng = Random(1)
    for seed in range(25):
        drawn = BLOCKS.draw_solved(size=4, seed=seed)
        task = task_of(drawn.problem)
        speech = Speech(task, BLOCKS.planning.phrases, language)
        lines = Progression().work(speech, drawn.plan).thoughts.split("\n")
        at = rng.choice([n for n, line in enumerate(lines) if line.startswith("State")])
        place = lines[at].partition(":")[0].lower()
        false = speech.fact(("on", "a", "a"))
        lines[at] = f"{lines[at].rstrip('.')}; {false}."
        found = BLOCKS.explain(drawn.problem, "\n".join(lines) + f"\n[PLAN]\n{drawn.plan}")
        assert found.chain_right is False
        assert (found.faults[0].code, found.faults[0].where) == ("state-wrong", place)


def test_prose_with_synonyms_is_followed():
    text = """We start as follows.
Initial state: A is on top of C; C is on the table; **B is on the table**, A and my hand is empty.

1. Unstack A from C. Now I am holding A and C is clear.
2. Put down A. After this, A is on the table, the hand is empty and block A is clear.

So the goal is reached."""
    assert facts_of(text + RIGHT) == (True, True, True)
    assert facts_of(text.replace("C is clear", "C is not clear") + RIGHT) == (True, False, True)


def test_a_right_answer_under_a_wrong_chain():
    """The chain is believed after each fault, so that a fault is reported once."""
    text = """State 0: (on a c), (clear a), (hand-empty)
Step 1: (unstack a c)
State 1:
- (holding a)
- (not (clear c))
- the hand is not empty
Step 2: (put-down a)
State 2: a is on the table; the hand is no longer empty."""
    assert facts_of(text + RIGHT) == (True, False, True)
    assert codes(text + RIGHT) == [("state-wrong", "state 1"), ("state-wrong", "state 2")]


def test_a_fault_that_is_said_again_is_reported_where_it_was_made():
    text = "State 0: (on a c)\n1. (unstack a c)\nState 1: (holding a); (not (clear c))\n"
    text += "2. (put-down a)\nState 2: (on-table a); (not (clear c))\n"
    assert codes(text + RIGHT) == [("state-wrong", "state 1")]


def test_a_right_chain_that_leads_to_another_answer():
    text = "State 0: (on a c)\n1. (unstack a c)\nState 1: (holding a)\n2. (put-down a)\n"
    text += "State 2: (on-table a)\n"
    assert facts_of(text + WRONG) == (False, True, False)
    assert facts_of(text + RIGHT) == (True, True, True)


def test_a_chain_that_ends_before_the_goal_leads_nowhere():
    text = "State 0: (on a c)\n1. (unstack a c)\nState 1: (holding a)\n"
    assert facts_of(f"{text}[PLAN]\n(unstack a c)\n[PLAN END]") == (False, True, False)


def test_a_step_that_cannot_run_is_a_fault_with_its_reasons():
    text = "State 0: (on a c)\n1. (unstack b c)\nState 1: (holding b)\n"
    assert codes(text + RIGHT) == [("step-cannot-run", "step 1")]
    text = "State 0: (on a c)\n1. (unstack a d)\nState 1: (holding a)\n"
    assert codes(text + RIGHT)[0] == ("unknown-object", "step 1")


def test_thinking_is_explanation_and_a_new_start_forgets_the_steps_before():
    text = """<think>
State 0: (on a c)
Step 1: (pick-up b)
State 1: (holding b)
No, that does not help. Again.
State 0: (on a c)
Step 1: (unstack a c)
State 1: (holding a)
Step 2: (put-down a)
State 2: (on-table a)
</think>"""
    assert facts_of(text + RIGHT) == (True, True, True)


def test_states_between_the_steps_of_the_answer_itself_are_its_chain():
    text = "1. (unstack a c)\n   State: holding a, c is clear\n2. (put-down a)\n   State: (clear a)"
    assert facts_of(text) == (True, True, True)
    assert facts_of(text.replace("holding a", "holding b")) == (True, False, True)


def test_without_stated_states_there_is_nothing_to_judge():
    assert facts_of(RIGHT) == (True, None, None)
    assert facts_of("[NO PLAN]") == (None, None, None)
    assert facts_of("Now I have to think.\nState of the art.") == (None, None, None)


def test_what_only_sounds_like_a_fact_is_passed_over():
    task = task_of(PROBLEM)
    reader = FactReader.of(task, BLOCKS.planning.phrases, Lexicon.of(task, BLOCKS.planning.phrases))
    assert (
        list(reader.facts("block a should be on block b; we need b to be clear; d is clear")) == []
    )
    assert list(reader.facts("A is on B and c is on the table")) == [
        (("on", "a", "b"), True),
        (("on-table", "c"), True),
    ]
    assert list(reader.facts("(on a b) (not (clear b))")) == [
        (("on", "a", "b"), True),
        (("clear", "b"), False),
    ]
    assert list(reader.facts("block a isn't on block b")) == [(("on", "a", "b"), False)]


@pytest.mark.parametrize(
    "piece", ["State 1: a is on b, ", "Now ", "(not ", "State 0:\n- ", "[PLAN]", "(on a b) and "]
)
def test_hostile_text_takes_time_in_proportion(piece):
    started = time.perf_counter()
    BLOCKS.explain(PROBLEM, piece * 20_000)
    assert time.perf_counter() - started < 5


def test_faults_are_listed_up_to_a_bound():
    found = BLOCKS.explain(PROBLEM, "State 1: a is on b\nState 1: a is not on b\n" * 500)
    assert found.chain_right is None or not found.chain_right
    assert len(found.faults) <= 101
