"""Least cost is proved: critic, textbook and kernel agree, and nothing unproved is accepted."""

from __future__ import annotations

import copy
from fractions import Fraction
from random import Random

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import ProblemError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp, SolverNotForThis
from soundly.core.verdict import Decision
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.logistics import logistics
from soundly.families.planning.pddl import format_domain, format_problem, parse_plan
from soundly.families.planning.problems import problem_from_texts
from soundly.families.planning.tasks.optimal import (
    blocksworld_optimal,
    mystery_blocksworld_optimal,
    optimal_of,
    optimal_problem,
)
from soundly.families.planning.tasks.optimal_bounds import NoOptimum, Optimum, prove_optimum
from soundly.families.planning.tasks.optimal_critic import OptimalPlanCritic
from soundly.families.planning.tasks.optimal_search import OptimalSearch
from soundly.families.planning.tasks.optimal_solver import OptimalPlanner
from soundly.families.planning.tasks.optimal_twin import is_optimal
from soundly.kernel import Refused, recheck, seal

ROADS = """
(define (domain roads) (:requirements :strips :action-costs)
  (:predicates (at ?x) (road ?x ?y)) (:functions (total-cost) (toll ?x ?y))
  (:action go :parameters (?x ?y) :precondition (and (at ?x) (road ?x ?y))
    :effect (and (at ?y) (not (at ?x)) (increase (total-cost) (toll ?x ?y)))))
"""
TRIP = """
(define (problem trip) (:domain roads) (:objects a b c d)
  (:init (at a) (road a d) (road a b) (road b c) (road c d) (road b d)
    (= (total-cost) 0) (= (toll a d) 4) (= (toll a b) 0) (= (toll b c) 1.5) (= (toll c d) 2))
  (:goal (at d)) (:metric minimize (total-cost)))
"""


def judged(family, problem, text):
    """The verdict on an answer that is read."""
    reading = family.read(problem, text)
    assert isinstance(reading, Found)
    candidate = Candidate(reading.solution, reading.canonical, "test")
    return anyio.run(family.critic.judge, problem, candidate, None), candidate


def solved(family, problem):
    """The reference solver's answer."""
    answer = anyio.run(family.solvers[0].solve, problem)
    assert isinstance(answer, SolverFound)
    return answer.text


def is_certified(family, problem, candidate):
    """Whether the kernel accepts the family's certificate."""
    try:
        recheck(family.certify(problem, candidate).document)
    except Refused:
        return False
    return True


@pytest.fixture(scope="module")
def trip():
    """Three cheap steps, one dear one, and a road without a price."""
    return optimal_problem(problem_from_texts(ROADS, TRIP), family="blocksworld-optimal")


@pytest.mark.parametrize("family", [blocksworld_optimal(), mystery_blocksworld_optimal()])
def test_critic_textbook_and_kernel_agree_on_near_misses(family):
    problem = family.draw(size=3, seed=5)
    answer, rng, decisions = solved(family, problem), Random(1), set()
    for _ in range(60):
        verdict, candidate = judged(family, problem, family.near_miss(problem, answer, rng))
        assert verdict.accepted == family.twin(problem, candidate)
        assert verdict.accepted == is_certified(family, problem, candidate)
        decisions |= {verdict.decision, *(each.code for each in verdict.critiques)}
    assert {Decision.ACCEPT, Decision.REJECT, "not-optimal"} <= decisions


def test_drawn_tasks_of_every_feature_have_the_textbooks_least_cost(
    draw_task, walk, with_goal_from
):
    """The kernel accepts what the search proves, whatever a task is made of."""
    proved = 0
    for seed in range(120):
        rng = Random(seed)
        task = draw_task(rng)
        task = with_goal_from(task, walk(task, rng, 6)[1], rng)
        texts = format_domain(task.domain), format_problem(task)
        found = prove_optimum(*texts, max_states=60, max_seconds=10)
        if not isinstance(found, Optimum):
            continue
        problem = problem_from_texts(*texts)
        assert is_optimal(problem, found.plan)
        statement = {**problem.statement, "objective": "optimal"}
        plan = [f"({' '.join(step)})" for step in found.plan]
        evidence = {"plan": plan, **found.bound}
        recheck(seal("solved", "pddl-optimal-plan", "x", statement, evidence))
        proved += bool(found.plan)
    assert proved > 15


def test_a_longer_valid_plan_is_told_the_least_cost_and_its_detour():
    family = blocksworld_optimal()
    problem = family.draw(size=4, seed=1)
    plan = list(parse_plan(solved(family, problem)))
    block = plan[0][1]
    detour = [plan[0], ("put-down", block), ("pick-up", block), *plan[1:]]
    assert plan[0][0] == "unstack"
    verdict, _ = judged(family, problem, "\n".join(f"({' '.join(step)})" for step in detour))
    assert [each.code for each in verdict.critiques] == ["not-optimal"]
    message = str(verdict.critiques[0])
    assert f"the plan costs {len(plan) + 2}, and a plan of cost {len(plan)} exists" in message
    assert "steps 2 to 3 lead back to where they began" in message


def test_an_invalid_plan_has_the_validators_reasons():
    family = blocksworld_optimal()
    problem = family.draw(size=4, seed=1)
    verdict, _ = judged(family, problem, "(stack a b)")
    assert {each.code for each in verdict.critiques} == {"precondition-unmet"}


def test_action_costs_count_where_they_are_to_be_small_and_not_the_steps(trip):
    family = blocksworld_optimal()
    cheap, _ = judged(family, trip, "(go a b)\n(go b c)\n(go c d)")
    dear, _ = judged(family, trip, "(go a d)")
    unpriced, _ = judged(family, trip, "(go a b)\n(go b d)")
    assert cheap.accepted
    assert "costs 4, and a plan of cost 7/2 exists" in str(dear.critiques[0])
    assert unpriced.critiques[0].code == "cost-undefined"


def test_what_is_not_shown_to_be_optimal_is_unknown():
    """The critic never takes a valid plan for an optimal one where the search met its limit."""
    known = blocksworld_optimal()
    problem = known.draw(size=4, seed=1)
    text = solved(known, problem)
    short = OptimalPlanCritic(search=OptimalSearch(max_states=3))
    family = optimal_of(blocksworld())
    candidate = judged(known, problem, text)[1]
    verdict = anyio.run(short.judge, problem, candidate, None)
    assert verdict.decision is Decision.UNKNOWN
    assert verdict.critiques[0].code == "optimality-unproved"
    limited = type(family)(family.name, family.base, short)
    assert not is_certified(limited, problem, candidate)
    gave_up = anyio.run(OptimalPlanner(short.search).solve, problem)
    assert isinstance(gave_up, SolverGaveUp)
    assert "more than 3 states" in gave_up.reason


def test_no_plan_at_all_is_asserted_and_a_problem_without_an_objective_is_left_alone():
    unsolvable = blocksworld().draw_unsolvable(size=3, seed=1)
    asked = optimal_problem(unsolvable, family="blocksworld-optimal")
    assert isinstance(anyio.run(OptimalPlanner().solve, asked), SolverAsserted)
    assert isinstance(anyio.run(OptimalPlanner().solve, unsolvable), SolverNotForThis)


def test_another_objective_is_a_problem_error():
    family = blocksworld_optimal()
    stated = {**family.draw(size=3, seed=1).statement, "objective": "shortest"}
    with pytest.raises(ProblemError, match="objective 'shortest', wanted 'optimal'"):
        family.read(Problem(family.name, "x", stated), "(pick-up a)")


@pytest.mark.parametrize("base", [blocksworld(), logistics()], ids=lambda base: base.name)
def test_worked_examples_are_of_least_cost(base):
    """What a prompt shows as an answer would itself be accepted."""
    family = optimal_of(base)
    problem = family.draw(size=2, seed=3)
    (message,) = family.render(problem, PromptStyle(language="formal", examples=2))
    shown = message.content.split("Answer:\n\n[PLAN]\n")[1:]
    stated = message.content.split("Example problem:\n\n")[1:]
    assert len(shown) == len(stated) == 2
    for plan, text in zip(shown, stated, strict=True):
        example = problem_from_texts(problem.statement["domain"], text.split("\n\nAnswer:")[0])
        assert is_optimal(example, parse_plan(plan.split("[PLAN END]")[0]))


def broken(document):
    """Evidence with one thing wrong, and what the kernel says of it."""
    evidence = document["evidence"]
    layers = evidence["layers"]
    missing = copy.deepcopy(layers)
    missing[1][1].pop()
    late = copy.deepcopy(layers)
    late[2][1].append(late[1][1].pop())
    twice = copy.deepcopy(layers)
    twice[2][1].append(twice[1][1][0])
    yield {**evidence, "layers": missing}, "not listed at that cost"
    yield {**evidence, "layers": late}, "not listed at that cost"
    yield {**evidence, "layers": twice}, "listed twice"
    yield {**evidence, "layers": layers[:-1]}, "not listed at that cost"
    yield {**evidence, "layers": layers[1:]}, "initial state is not listed"
    yield {**evidence, "layers": [*layers, [str(len(evidence["plan"])), []]]}, "not below the plan"
    yield {**evidence, "layers": [["0.5", []]]}, "is no cost"
    yield {**evidence, "layers": [["1" * 5000, []]]}, "is no cost"
    yield {**evidence, "layers": [[layers[0][0]]]}, "a cost and a list"
    yield {**evidence, "plan": evidence["plan"][:-1]}, "goal is not reached"
    yield {**evidence, "plan": [evidence["plan"][1], *evidence["plan"]]}, "does not apply"


def test_the_kernel_refuses_a_proof_with_a_hole():
    family = blocksworld_optimal()
    problem = family.draw(size=4, seed=1)
    _, candidate = judged(family, problem, solved(family, problem))
    document = family.certify(problem, candidate).document
    for evidence, reason in broken(document):
        statement = dict(problem.statement)
        with pytest.raises(Refused, match=reason):
            recheck(seal("solved", "pddl-optimal-plan", family.name, statement, evidence))
    for statement in ({**problem.statement, "objective": "any"}, {"domain": "", "problem": ""}):
        with pytest.raises(Refused, match="objective"):
            recheck(seal("solved", "pddl-optimal-plan", "x", statement, document["evidence"]))


def test_the_kernel_refuses_a_dear_plan_whatever_is_listed(trip):
    """A list without a gap has the goal in it; one that begins above 0 makes all states too far."""
    layers = [["0", ["1", "2"]], ["3/2", ["4"]], ["7/2", ["8"]]]
    above = [["2", ["1", "2"]], ["7/2", ["4"]]]
    facts = [f"(at {name})" for name in "abcd"]
    for listed, reason in (
        (layers, "goal holds in a state listed at cost 7/2"),
        (above, "at cost 0"),
    ):
        evidence = {"plan": ["(go a d)"], "facts": facts, "layers": listed}
        document = seal("solved", "pddl-optimal-plan", "x", dict(trip.statement), evidence)
        with pytest.raises(Refused, match=reason):
            recheck(document)


def test_a_goal_that_holds_at_the_start_needs_no_layer():
    texts = ROADS, TRIP.replace("(:goal (at d))", "(:goal (at a))")
    found = prove_optimum(*texts, max_states=1, max_seconds=5)
    assert isinstance(found, Optimum)
    assert (found.plan, found.cost) == ((), Fraction(0))
    statement = {"domain": texts[0], "problem": texts[1], "objective": "optimal"}
    recheck(seal("solved", "pddl-optimal-plan", "x", statement, {"plan": [], **found.bound}))


def test_limits_are_checked_and_met():
    for bad in ({"max_states": 0}, {"max_seconds": 0}, {"max_seconds": float("inf")}):
        with pytest.raises(ValueError, match="wanted"):
            OptimalSearch(**bad)
    with pytest.raises(ValueError, match="at least 1"):
        prove_optimum(ROADS, TRIP, max_states=0, max_seconds=1)
    assert isinstance(prove_optimum(ROADS, TRIP, max_states=1, max_seconds=5), NoOptimum)
