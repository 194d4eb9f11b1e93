"""Explanations of arithmetic: three facts, each found by itself."""

from __future__ import annotations

from random import Random

import pytest

from soundly.core.problem import Problem
from soundly.families.arithmetic.answers import read_answer
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.explaining import explanation
from soundly.families.arithmetic.expression import Number, parse, spell, value_of
from soundly.families.arithmetic.family import countdown, game24
from soundly.families.arithmetic.shape import shape_of
from soundly.families.arithmetic.statement import Task, task_of

TASK = Task((4, 6, 2, 3), 24, "all")
CHAIN = "4 * 6 = 24 (left: 2 3 24)\n3 - 2 = 1 (left: 24 1)\n24 * 1 = 24 (left: 24)\n"
ANSWER = "Answer: (4 * 6) * (3 - 2) = 24"


def explained(text, task=TASK):
    return explanation(task, text, read_answer(text))


def facts(text, task=TASK):
    found = explained(text, task)
    return found.answer_right, found.chain_right, found.leads_to_answer


def codes(text, task=TASK):
    return [(fault.code, fault.step) for fault in explained(text, task).faults]


def told(expression):
    """The steps that work an expression out, one a line, and its value as it is written."""
    if isinstance(expression, Number):
        return [], str(expression.value)
    before, left = told(expression.left)
    between, right = told(expression.right)
    made = str(value_of(expression))
    sides = [f"({side})" if "/" in side else side for side in (left, right)]
    return [*before, *between, f"{sides[0]} {expression.sign} {sides[1]} = {made}"], made


def test_a_right_chain_that_leads_to_a_right_answer_has_three_true_facts():
    assert facts(CHAIN + ANSWER) == (True, True, True)


@pytest.mark.parametrize("family", [game24(), countdown()], ids=lambda family: family.name)
def test_every_solution_told_step_by_step_is_right_and_leads_to_itself(family):
    for seed in range(60):
        problem = family.draw(size=4, seed=seed)
        found = search(task_of(problem))
        steps, _ = told(found)
        text = "\n".join([*steps, f"[ANSWER]{spell(found)}[/ANSWER]"])
        said = family.explain(problem, text)
        assert (said.answer_right, said.chain_right, said.leads_to_answer) == (True, True, True)
        assert said.steps == len(steps)


def test_one_wrong_result_is_one_fault_where_it_was_made():
    """What follows is judged by the result that was stated."""
    rng = Random(1)
    for seed in range(60):
        task = task_of(game24().draw(size=4, seed=seed))
        steps, _ = told(search(task))
        place = rng.randrange(len(steps))
        left, _, made = steps[place].rpartition("= ")
        steps[place] = (
            f"{left}= {made}7" if made.strip("-").isdigit() and made != "0" else f"{left}= 97"
        )
        found = explained("\n".join([*steps, "Answer: 1 + 1"]), task)
        wrong = [fault for fault in found.faults if fault.code == "wrong-result"]
        assert [fault.step for fault in wrong] == [place + 1]
        assert found.chain_right is False


def test_a_right_answer_can_stand_under_a_wrong_chain():
    text = CHAIN.replace("4 * 6 = 24 (left: 2 3 24)", "4 * 6 = 22 (left: 2 3 22)") + ANSWER
    assert facts(text)[:2] == (True, False)
    assert codes(text)[0] == ("wrong-result", 1)


def test_a_right_chain_can_lead_to_another_answer():
    text = f"{CHAIN}Answer: 4 * 6 + 3 - 2"
    assert facts(text) == (False, True, False)


def test_a_false_result_that_the_answer_rests_on_still_leads_to_it():
    text = "6 * 3 = 22\n22 + 4 = 26\n26 - 2 = 24\nAnswer: 6 * 3 + 4 - 2"
    assert facts(text) == (False, False, True)
    assert codes(text) == [("wrong-result", 1)]


def test_a_number_that_was_used_is_not_at_hand_again():
    assert codes("4 - 3 = 1\n4 * 6 = 24\nAnswer: 4 * 6") == [("number-not-at-hand", 2)]


def test_numbers_said_to_be_left_are_held_against_those_that_are():
    assert codes("4 * 6 = 24 (left: 2 2 24)\n2 - 2 = 0 (left: 24 0)\nAnswer: 4 * 6") == [
        ("wrong-left", 1)
    ]


@pytest.mark.parametrize(
    "said",
    [
        "4 * 6 = 24, remaining numbers: 2, 3",
        "4 * 6 = 24 (left: 24, 3 and 2)",
        "4 * 6 = 24\nNumbers left: 2 3 24",
        "4 * 6 = 24\nSo now the numbers left are 24, 2 and 3",
    ],
)
def test_what_is_left_is_read_in_other_words_and_without_what_was_just_made(said):
    text = f"{said}\n3 - 2 = 1\n24 * 1 = 24\n{ANSWER}"
    assert facts(text) == (True, True, True)
    assert codes(text.replace("3", "9", 1)) != []


def test_another_attempt_begins_anew_from_the_given_numbers():
    text = f"First 4 + 6 = 10 and 10 * 2 = 20.\nLet me try another way:\n{CHAIN}{ANSWER}"
    assert facts(text) == (True, True, True)
    again = f"4 + 6 = 10\n10 * 2 = 20\nThe numbers: 4, 6, 2, 3\n{CHAIN}{ANSWER}"
    assert facts(again) == (True, True, True)
    assert ("number-not-at-hand", 3) in codes(f"4 + 6 = 10\n10 * 2 = 20\n{CHAIN}{ANSWER}")


def test_a_step_said_again_and_a_formula_that_sums_up_are_passed_over():
    text = f"{CHAIN}So 6 * 4 = 24, and (4 * 6) * (3 - 2) = 24.\n{ANSWER}"
    assert facts(text) == (True, True, True)


def test_a_made_fraction_is_one_number():
    text = "8 / 3 = 8/3\n3 - 8/3 = 1/3\n8 / (1/3) = 24\nAnswer: 8 / (3 - 8 / 3)"
    assert facts(text, Task((3, 3, 8, 8), 24, "all")) == (True, True, True)
    turned = "4 / 6 = 2/3\n3 * 2 = 6\n6 * 2/3 = 4\nAnswer: 4 / 6 * (3 * 2)"
    assert facts(turned, Task((4, 6, 2, 3), 4, "all")) == (True, True, True)


def test_steps_that_are_themselves_the_answer_are_the_chain():
    assert facts("4 * 6 = 24\n3 - 2 = 1\n24 * 1 = 24") == (True, True, True)


def test_without_steps_there_is_no_chain_to_judge():
    assert facts(ANSWER) == (True, None, None)
    assert facts("[NO SOLUTION]") == (None, None, None)
    assert facts("") == (None, None, None)


def test_a_chain_without_an_answer_is_judged_alone():
    assert facts("5 - 2 = 3, which leads nowhere\n[NO SOLUTION]") == (None, False, None)


def test_a_division_by_zero_is_a_fault_and_nothing_breaks():
    task = Task((5, 5, 3), 24, "all")
    text = "5 - 5 = 0\n3 / 0 = 24\nAnswer: 3 / (5 - 5)"
    assert codes(text, task) == [("division-by-zero", 2)]
    assert facts(text, task) == (False, False, True)


@pytest.mark.parametrize(
    "piece",
    ["1*1=1\n", "left: 1 ", "9" * 900 + "+1=2\n", "4*6=24 (left: 24 2 3)\n", "try\n", "(" * 99],
)
def test_hostile_text_takes_time_in_proportion_and_breaks_nothing(piece):
    assert explained(piece * (30_000 // len(piece))) is not None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1 + 2 + 3", "3 + (2 + 1)", True),
        ("1 - (2 - 3)", "3 + 1 - 2", True),
        ("8 / (2 / 3)", "3 * 8 / 2", True),
        ("(1 + 2) * 3", "3 * (2 + 1)", True),
        ("1 - 2", "2 - 1", False),
        ("2 * 2", "2 + 2", False),
        ("1 + 1 + 2", "1 + 2 + 2", False),
        ("2 * 3", "6", False),
    ],
)
def test_shapes_forget_order_and_brackets_and_nothing_else(one, other, alike):
    assert (shape_of(parse(one)) == shape_of(parse(other))) is alike


def test_the_problem_is_read_from_its_statement():
    problem = Problem("game24", "mine", {"numbers": "4 6 2 3", "target": "24", "use": "all"})
    assert game24().explain(problem, CHAIN + ANSWER).steps == 3
