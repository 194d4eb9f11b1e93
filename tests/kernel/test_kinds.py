"""What each kind of evidence has to show, and what it says when it does not."""

from __future__ import annotations

import pytest

from soundly.kernel import Refused, recheck


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (["(light a)"], r"goal is not reached: \(open gate\) is false"),
        ([], "goal is not reached"),
        (["(pass a gate)"], r"step 1 \(pass a gate\) does not apply: \(lit a\) is false"),
        (["(light a)", "(light a)"], r"step 2 \(light a\) does not apply: \(dark a\) is false"),
        (["(light b)", "(pass b gate)"], r"step 2 .*: \(beside b gate\) is false"),
        (["(fly a)"], "unknown action fly"),
        (["(light)"], "takes 1 object, not 0"),
        (["(light a b)"], "takes 1 object, not 2"),
        (["(light gate)"], "gate is unknown, or of a wrong type"),
        (["(light nobody)"], "nobody is unknown"),
        (["()"], "no name for step 1"),
        (["light a"], "step 1 has to be one parenthesised expression"),
        (["(light (a))"], "no name for step 1"),
        (["(light ?l)"], "no name for step 1"),
        (["(light a) (pass a gate)"], "step 1 has to be one parenthesised expression"),
        ([["light", "a"]], "step 1 has to be a string"),
        ("(light a)", "plan have to be a list"),
        ({}, "plan have to be a list"),
    ],
)
def test_a_plan_that_fails_is_refused_with_step_and_literal(plan, reason, certificate):
    with pytest.raises(Refused, match=reason):
        recheck(certificate("pddl-plan", evidence={"plan": plan}))


def test_upper_case_and_a_longer_way_are_fine(certificate):
    steps = ["(LIGHT B)", "(light a)", "(Pass a gate)", "(pass a gate)"]
    accepted = recheck(certificate("pddl-plan", evidence={"plan": steps}))
    assert accepted.summary == "plan of 4 steps reaches the goal, cost 8.5"


def test_without_a_metric_each_step_costs_one(certificate, statement):
    texts = statement("(open gate)")
    texts["problem"] = texts["problem"].replace("(:metric minimize (total-cost))", "")
    assert recheck(certificate("pddl-plan", statement=texts)).summary.endswith("cost 2")


def test_a_step_whose_cost_is_undefined_cannot_be_taken(certificate, statement):
    texts = statement("(open gate)")
    texts["problem"] = texts["problem"].replace("(= (price a) 3.5)", "")
    with pytest.raises(Refused, match=r"step 1 needs the value of \(price a\)"):
        recheck(certificate("pddl-plan", statement=texts))


FACTS = ["(dark a)", "(dark b)", "(lit a)", "(lit b)", "(open gate)"]
STATES = ["3", "6", "9", "c", "16", "1c"]


@pytest.mark.parametrize(
    ("facts", "states", "reason"),
    [
        (FACTS, STATES[1:], "initial state is not in the closed set"),
        (FACTS, STATES[:-1], "leads from the member"),
        (FACTS, [], "initial state is not"),
        (FACTS, [*STATES, "ff"], "bits beyond the 5 listed facts"),
        (FACTS, [*STATES, "-1"], "no state in hexadecimal"),
        (FACTS, [*STATES, "0x3"], "no state in hexadecimal"),
        (FACTS, [*STATES, 3], "no state in hexadecimal"),
        (FACTS, "3", "states have to be a list"),
        ([*FACTS, "(open gate)"], STATES, "listed twice"),
        ([*FACTS, "(beside a gate)"], STATES, "no action changes"),
        ([*FACTS, "(open)"], STATES, "is no fact of this problem"),
        ([*FACTS, "(shut gate)"], STATES, "is no fact of this problem"),
        ([*FACTS, "(not (open gate))"], STATES, "no name for part of a fact"),
        ([*FACTS, "()"], STATES, "is no fact"),
        (FACTS[:-1], ["3", "6", "9", "c"], "leads from the member"),
        ([*FACTS, "(open hatch)"], [*STATES, "20"], r"goal holds in the member \(open hatch\)"),
    ],
)
def test_a_set_that_is_not_closed_or_meets_the_goal_is_refused(facts, states, reason, certificate):
    with pytest.raises(Refused, match=reason):
        recheck(certificate("pddl-closed-set", evidence={"facts": facts, "states": states}))


def test_a_closed_set_may_hold_more_than_can_be_reached(certificate):
    evidence = {"facts": FACTS, "states": [*STATES, "0", "10"]}
    assert "8 states" in recheck(certificate("pddl-closed-set", evidence=evidence)).summary


@pytest.mark.parametrize(
    ("facts", "mutexes", "reason"),
    [
        (["(open hatch)"], [[0]], "goal does not contradict"),
        (["(open hatch)"], [], "goal does not contradict"),
        (["(dark a)"], [[0]], r"\(dark a\) holds in the initial state"),
        (["(open gate)"], [[0]], r"\(pass a gate\) may bring \(open gate\)"),
        (["(lit a)", "(dark b)"], [[0, 1]], r"\(light a\) may bring \(lit a\) with \(dark b\)"),
        (["(lit a)", "(not (dark a))"], [[0, 1]], r"\(light a\) may bring"),
        (["(not (dark a))"], [[0]], r"\(light a\) may bring \(not \(dark a\)\)"),
        (["(open hatch)"], [[]], "one or more different facts"),
        (["(open hatch)"], [[0, 0]], "one or more different facts"),
        (["(open hatch)"], [[1]], "1 is not the position"),
        (["(open hatch)"], [[-1]], "-1 is not the position"),
        (["(open hatch)"], [[True]], "True is not the position"),
        (["(open hatch)"], [[0.0]], "0.0 is not the position"),
        (["(open hatch)"], [0], "have to be a list"),
        (["(open hatch)"], {}, "have to be a list"),
        (["(not (not (open hatch)))"], [[0]], "no name for part"),
        (["(not)"], [], "no fact"),
    ],
)
def test_mutexes_that_do_not_hold_are_refused(facts, mutexes, reason, certificate):
    evidence = {"facts": facts, "mutexes": mutexes}
    with pytest.raises(Refused, match=reason):
        recheck(certificate("pddl-h2", evidence=evidence))


def test_a_goal_that_is_false_by_a_static_fact_needs_no_mutexes(certificate, statement):
    texts = statement("(and (open gate) (beside b gate))")
    evidence = {"facts": [], "mutexes": []}
    assert recheck(certificate("pddl-h2", statement=texts, evidence=evidence))
