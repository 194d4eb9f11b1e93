"""The kernel's reading of PDDL: whatever it does not fully understand, it refuses."""

from __future__ import annotations

import time

import pytest

from soundly.kernel import Refused, recheck
from soundly.kernel.pddl import read_task
from soundly.kernel.plan import check_plan

DOMAIN = """(define (domain d) (:requirements :adl :action-costs)
(:types t u - v) (:constants k - t) (:predicates (p ?x - t) (q ?x))
(:functions (total-cost) (price ?x - t) - number)
(:action act :parameters (?x - t) :precondition (p ?x) :effect (q ?x)))"""
PROBLEM = "(define (problem e) (:domain d) (:objects a - t b - u) (:init (p a)) (:goal (q a)))"


def test_the_statement_that_the_cases_below_spoil_is_fine():
    assert read_task({"domain": DOMAIN, "problem": PROBLEM}).init == {("p", "a")}


def test_what_is_shown_beside_the_problem_changes_nothing_and_the_summary_says_so():
    statement = {"domain": DOMAIN, "problem": PROBLEM, "shown": "(:init (p b))"}
    assert read_task(statement).init == {("p", "a")}
    assert "no part of it" in check_plan(statement, {"plan": ["(act a)"]})
    for odd in ({"shown": 1}, {"shown": "", "hint": ""}):
        with pytest.raises(Refused, match="shown"):
            read_task({"domain": DOMAIN, "problem": PROBLEM, **odd})


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (":adl", ":durative-actions", "unsupported requirement :durative-actions"),
        (":adl", "(:adl)", "unsupported requirement"),
        ("(:types", "(:derived (q ?x) (p ?x)) (:types", "unsupported section"),
        ("(:types", "(:constants) (:types", "section :constants twice"),
        ("(:types", "stray (:types", "unsupported section"),
        ("(define (domain d)", "(define (domain 7)", "no name for a domain"),
        ("(define (domain d)", "(define (problem d)", "has to read"),
        ("t u - v", "t t - v", "type t is declared twice"),
        ("t u - v", "t u - v object - t", "object stands above"),
        ("t u - v", "t u -", "dash"),
        ("(p ?x - t)", "(p ?x - w)", "unknown type w"),
        ("(p ?x - t)", "(p x - t)", "no variable"),
        ("(p ?x - t)", "(p ?x ?x - t)", "declared twice"),
        ("(p ?x - t)", "(p ?x - t) (p)", "predicate p is declared twice"),
        ("(p ?x - t)", "(p ?x - t) (not ?x)", "means something else"),
        ("(p ?x - t)", "p", "does not declare a predicate"),
        ("- number", "- t", "only numbers"),
        (":precondition (p ?x)", ":precondition (p ?y)", r"unknown object or variable \?y"),
        (":precondition (p ?x)", ":precondition (p z)", "unknown object or variable z"),
        (":precondition (p ?x)", ":precondition (p ?x ?x)", "takes 1 terms"),
        (":precondition (p ?x)", ":precondition (r ?x)", "unknown or unsupported predicate r"),
        (":precondition (p ?x)", ":precondition (p b)", "wrong type"),
        (":precondition (p ?x)", ":precondition (> 1 0)", "no name for a predicate"),
        (":precondition (p ?x)", ":precondition (and ())", "no predicate"),
        (":precondition (p ?x)", ":precondition p", "no predicate"),
        (":precondition (p ?x)", ":precondition (forall ?y (p ?x))", "unsupported predicate"),
        (":precondition (p ?x)", ":duration (p ?x)", "repeated :duration"),
        (":precondition (p ?x)", ":effect (q ?x)", "repeated :effect"),
        (":precondition (p ?x)", ":precondition", "without a value|repeated"),
        (":parameters (?x - t)", ":parameters ?x", "have to be a list"),
        (":effect (q ?x)", ":effect (increase (price ?x) 1)", "unsupported predicate increase"),
        (":effect (q ?x)", ":effect (increase (total-cost) -1)", "no number"),
        (":effect (q ?x)", ":effect (increase (total-cost) 1e9)", "no number"),
        (":effect (q ?x)", ":effect (increase (total-cost) (total-cost))", "cost effect"),
        (":effect (q ?x)", ":effect (when (p ?x) (increase (total-cost) 1))", "cost effect"),
        (":effect (q ?x)", ":effect (when (p ?x) (when (p ?x) (q ?x)))", "predicate when"),
        (":effect (q ?x)", ":effect (or (q ?x) (p ?x))", "predicate or"),
        (":effect (q ?x)", ":effect (not (not (q ?x)))", "predicate not"),
        ("(:action act", "(:action act) (:action act", "action act is declared twice"),
        ("(:action act", "(:action", "no name for an action"),
        ("(p a)", "(p a) (not (p a))", r"\(p a\) is stated both true and false"),
        ("(p a)", "(p b)", "wrong type"),
        ("(p a)", "(= (price a) 1) (= (price a) 2)", "second value"),
        ("(p a)", "(= a a)", "no function"),
        ("(p a)", "(at 5 (p a))", "unsupported predicate at"),
        ("(p a)", "(p \u212a)", "unknown object"),  # the Kelvin sign is no K
        ("(p a)", "(= (price a) \u0663)", "no number"),
        ("a - t", "a - (either t u)", "object a is of either type"),
        ("a - t", "a a - t", "object a is declared twice"),
        ("a - t", "a - t k - u", "k is a constant of another type"),
        ("(:goal (q a))", "(:goal (q a) (q b))", "one :goal"),
        ("(:goal (q a))", "", "one :goal"),
        ("(:init (p a))", "", "an :init"),
        ("(:goal (q a))", "(:goal (q a)) (:metric maximize (total-cost))", "unsupported metric"),
        ("(:goal (q a))", "(:goal (q a)) (:action act)", "holds an action"),
        ("(:domain d)", "(:domain e)", "not for the domain d"),
        ("(:goal (q a)))", "(:goal (q a))", "leaves a parenthesis open"),
        ("(:goal (q a)))", "(:goal (q a))))", "never opened"),
        ("(:goal (q a)))", "(:goal (q a))) more", "one parenthesised expression"),
        ("(q a)", "(not " * 250 + "(q a)" + ")" * 250, "deeper than 200"),
        ("(q a)", "(" * 1_000_000, "deeper than 200"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_not_supported_or_not_declared_is_refused(old, new, reason):
    assert old in DOMAIN + PROBLEM
    statement = {"domain": DOMAIN.replace(old, new), "problem": PROBLEM.replace(old, new)}
    with pytest.raises(Refused, match=reason) as refusal:
        read_task(statement)
    assert "\n" not in refusal.value.reason
    assert len(refusal.value.reason) < 300


@pytest.mark.parametrize("statement", [{}, {"domain": DOMAIN}, {"domain": 1, "problem": 2}])
def test_a_statement_is_two_texts(statement):
    with pytest.raises(Refused):
        read_task(statement)


def test_a_large_statement_is_read_in_linear_time():
    names = [f"o{i}" for i in range(20_000)]
    objects, facts = " ".join(names), " ".join(f"(p {name})" for name in names)
    problem = (
        f"(define (problem e) (:domain d) (:objects {objects} - t) (:init {facts}) (:goal ()))"
    )
    begun = time.process_time()
    assert len(read_task({"domain": DOMAIN, "problem": problem}).init) == 20_000
    assert time.process_time() - begun < 5, "reading is no longer linear"


def test_a_type_below_very_many_is_refused_at_once():
    chain = " ".join(f"c{i} - c{i + 1}" for i in range(10_000))
    domain = DOMAIN.replace("t u - v", f"t u - v {chain}")
    problem = PROBLEM.replace("b - u", "b - u c - c0")
    with pytest.raises(Refused, match="c0 stands below more than 100 types"):
        read_task({"domain": domain, "problem": problem})
    assert read_task({"domain": domain, "problem": PROBLEM})


def test_steps_find_their_objects_among_many_in_linear_time(certificate):
    names = [f"o{i}" for i in range(30_000)]
    statement = {
        "domain": DOMAIN.replace(":precondition (p ?x)", ""),
        "problem": PROBLEM.replace("a - t", f"a {' '.join(names)} - t").replace("(q a)", "(p a)"),
    }
    document = certificate(
        "pddl-plan",
        statement=statement,
        evidence={"plan": [f"(act {name})" for name in names[-300:]] * 100},
    )
    begun = time.process_time()
    assert recheck(document)
    assert time.process_time() - begun < 5, "a step looks through all objects"


def test_the_deepest_formula_that_is_read_can_also_be_judged(certificate):
    goal = "(not (and (q a) " * 90 + "(p a)" + "))" * 90
    texts = {"domain": DOMAIN, "problem": PROBLEM.replace("(q a)", goal)}
    assert recheck(certificate("pddl-plan", statement=texts, evidence={"plan": []}))
    document = certificate("pddl-h2", statement=texts, evidence={"facts": [], "mutexes": []})
    with pytest.raises(Refused, match="goal does not contradict"):
        recheck(document)


def test_a_plan_of_many_steps_is_checked_in_one_pass(certificate):
    """Twenty thousand steps: a checker that copied the plan, or searched, would take minutes."""
    texts = {"domain": DOMAIN, "problem": PROBLEM}
    plan = {"plan": ["(act a)"] * 20_000}
    started = time.process_time()
    assert (
        "20000 steps" in recheck(certificate("pddl-plan", statement=texts, evidence=plan)).summary
    )
    assert time.process_time() - started < 20


SIX = "?a ?b ?c ?d ?e ?f"
BOMBS = {
    "one quantifier": f"(forall ({SIX}) (q ?a))",
    "nested": "(exists (?a ?b ?c) (not (forall (?d ?e ?f) (and (q ?a) (q ?d)))))",
    "nested, nothing inside": f"(forall ({SIX}) (exists (?x - u) (q ?x)))",
}
"""Each is to be judged for 30 ** 6 choices of objects, which would take hours."""


def thirty_objects(domain, goal="(q k)"):
    names = " ".join(f"o{i}" for i in range(29))
    problem = PROBLEM.replace("a - t b - u", f"{names} - t").replace("(p a)", "")
    return {"domain": domain, "problem": problem.replace("(q a)", goal)}


@pytest.mark.parametrize("kind", ["pddl-plan", "pddl-closed-set", "pddl-h2"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_goal_of_too_many_choices_is_refused_at_once(certificate, kind, bomb):
    with pytest.raises(Refused, match="more than 1,000,000 choices of objects"):
        recheck(certificate(kind, statement=thirty_objects(DOMAIN, BOMBS[bomb])))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (":precondition (p ?x)", f":precondition {BOMBS['nested']}"),
        (":effect (q ?x)", f":effect (forall ({SIX}) (q ?a))"),
        (":effect (q ?x)", ":effect (forall (?a ?b ?c) (forall (?d ?e ?f) (q ?a)))"),
        (
            ":effect (q ?x)",
            ":effect (forall (?a ?b ?c) (when (exists (?d ?e ?f) (q ?d)) (q ?a)))",
        ),
        (":effect (q ?x)", f":effect (when (forall ({SIX}) (q ?a)) (q ?x))"),
    ],
    ids=["precondition", "effect", "nested effects", "condition in an effect", "condition"],
)
def test_an_action_of_too_many_choices_is_refused_at_once(certificate, old, new):
    statement = thirty_objects(DOMAIN.replace(old, new))
    with pytest.raises(Refused, match="more than 1,000,000 choices of objects"):
        recheck(certificate("pddl-plan", statement=statement))


@pytest.mark.parametrize(
    ("kind", "module", "evidence"),
    [
        ("pddl-closed-set", "closed_set", {"facts": [], "states": ["0"]}),
        ("pddl-h2", "cases", {"facts": ["(q k)"], "mutexes": [[0]]}),
    ],
)
def test_open_parameters_are_tried_so_often_at_most(
    certificate, monkeypatch, kind, module, evidence
):
    """The action never applies, which shows only once all six parameters are chosen."""
    monkeypatch.setattr(f"soundly.kernel.{module}.MAX_CHOICES", 10_000)
    domain = DOMAIN.replace(":effect (q ?x)", ":effect (q k)")
    domain = domain.replace(":parameters (?x - t)", f":parameters ({SIX} - t)")
    domain = domain.replace(":precondition (p ?x)", ":precondition (and (= ?a ?f) (not (= ?a ?f)))")
    with pytest.raises(Refused, match=r"act \?a .* has more than 10,000 choices"):
        recheck(certificate(kind, statement=thirty_objects(domain), evidence=evidence))


def test_a_plan_may_choose_among_any_number_of_parameters(certificate):
    domain = DOMAIN.replace(":parameters (?x - t)", f":parameters (?x - t {SIX})")
    statement = thirty_objects(domain.replace(":precondition (p ?x)", ""))
    plan = {"plan": ["(act k k k k k k k)"]}
    assert recheck(certificate("pddl-plan", statement=statement, evidence=plan))
