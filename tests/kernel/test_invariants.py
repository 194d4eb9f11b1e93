"""Closure of mutexes, feature by feature: what is excluded, and what just fails to be."""

from __future__ import annotations

import re

import pytest

from soundly.kernel import Refused, recheck

DOMAIN = """(define (domain d) (:requirements :adl)
(:types t u)
(:predicates (p) (q) (r) (s) (f ?x) (g ?x) (fixed ?x ?y))
{actions}
; each predicate but `fixed` is changed by some action
(:action never :precondition (fixed b b) :parameters ()
 :effect (and (p) (q) (r) (s) (f a) (g a) (not (p)))))"""


FACT = re.compile(r"\(not \([^()]*\)\)|\([^()]*\)")


def check(certificate, actions: str, init: str, goal: str, *mutexes: str) -> str | None:
    """The refusal, or None. Each of ``mutexes`` is some facts: ``"(p) (not (q))"``."""
    facts = list(dict.fromkeys(fact for mutex in mutexes for fact in FACT.findall(mutex)))
    texts = {
        "domain": DOMAIN.replace("{actions}", actions),
        "problem": "(define (problem p) (:domain d) (:objects a b - t c - u)"
        f" (:init (fixed a b) {init}) (:goal {goal}))",
    }
    listed = [[facts.index(fact) for fact in FACT.findall(mutex)] for mutex in mutexes]
    try:
        recheck(
            certificate("pddl-h2", statement=texts, evidence={"facts": facts, "mutexes": listed})
        )
    except Refused as refused:
        return refused.reason
    return None


def act(precondition: str, effect: str, parameters: str = "") -> str:
    return f"(:action act :parameters ({parameters}) :precondition {precondition} :effect {effect})"


HOLDS = {
    "a kept fact that the action deletes": (act("(p)", "(and (q) (not (p)))"), "(p)", "(p) (q)"),
    "deleted under a condition that is needed anyway": (
        act("(and (p) (r))", "(and (q) (when (r) (not (p))))"),
        "(p) (r)",
        "(p) (q)",
    ),
    "deleted for each object there is": (
        act("(p)", "(and (q) (forall (?x) (when (fixed ?x b) (not (p)))))"),
        "(p)",
        "(p) (q)",
    ),
    "a negated fact that the action undoes": (
        act("(and)", "(and (q) (p))"),
        "",
        "(q) (not (p))",
    ),
    "set false, and true again at once": (
        act("(p)", "(and (q) (not (p)) (p))"),
        "(p)",
        "(q) (not (p))",
    ),
    "three facts, one of which is in the way": (
        act("(and (p) (r))", "(and (q) (not (p)))"),
        "(p) (r)",
        "(p) (q) (r)",
    ),
    "every alternative of the precondition": (
        act("(or (and (q) (p)) (and (q) (r)))", "(s)"),
        "(p)",
        "(s)",
        "(q)",
    ),
    "alternatives that only together leave nothing": (
        act("(and (or (p) (q)) (or (r) (s)))", "(f a)"),
        "(p)",
        "(f a)",
        "(r)",
        "(s)",
    ),
    "an object of another type": (act("(and)", "(f ?x)", "?x - t"), "", "(f c)"),
    "two parameters that no object can share": (
        act("(= ?x ?y)", "(f ?x)", "?x - t ?y - u"),
        "",
        "(f a)",
    ),
    "a static fact that is missing": (act("(fixed ?x a)", "(f ?x)", "?x"), "", "(f a)"),
    "an inner variable that hides an outer one": (
        act("(forall (?x - u) (f ?x))", "(g ?x)", "?x - t"),
        "(f a)",
        "(g a)",
        "(f c)",
    ),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_no_action_brings_about_is_accepted(name, certificate):
    actions, init, *mutexes = HOLDS[name]
    goal = f"(and {mutexes[0]})"
    assert check(certificate, actions, init, goal, *mutexes) is None


BREAKS = {
    "nothing deletes the other": (act("(p)", "(q)"), "(p)", "(p) (q)"),
    "the second of the two is made": (act("(q)", "(p)"), "(q)", "(q) (p)"),
    "the first of the two is made": (act("(p)", "(q)"), "(p)", "(q) (p)"),
    "deleted under a condition that may be false": (
        act("(p)", "(and (q) (when (r) (not (p))))"),
        "(p)",
        "(p) (q)",
    ),
    "deleted for each object of an empty selection": (
        act("(p)", "(and (q) (forall (?x) (when (fixed ?x a) (not (p)))))"),
        "(p)",
        "(p) (q)",
    ),
    "deleted under a condition on all objects that not all meet": (
        act("(and (p) (f a))", "(and (q) (when (forall (?x) (f ?x)) (not (p))))"),
        "(p) (f a)",
        "(p) (q)",
    ),
    "another object's fact is deleted": (
        act("(and)", "(and (q) (not (f ?x)))", "?x"),
        "(f a)",
        "(q) (f a)",
    ),
    "added and deleted at once": (act("(p)", "(and (q) (not (p)) (p))"), "(p)", "(p) (q)"),
    "added and deleted at once, the adding conditional": (
        act("(p)", "(and (q) (not (p)) (when (p) (p)))"),
        "(p)",
        "(p) (q)",
    ),
    "made and unmade by one action": (
        act("(p)", "(and (q) (not (p)))"),
        "(p)",
        "(q) (not (p))",
    ),
    "two made by one action": (
        act("(and (not (p)) (not (q)))", "(and (p) (q))"),
        "",
        "(p) (q)",
    ),
    "two made by one quantified effect": (
        act("(and)", "(forall (?x) (f ?x))"),
        "",
        "(f a) (f b)",
    ),
    "two made false by one action": (
        act("(and (p) (q))", "(and (not (p)) (not (q)))"),
        "(p) (q)",
        "(not (p)) (not (q))",
    ),
    "made false by a condition that may hold": (
        act("(r)", "(when (p) (not (p)))"),
        "(p) (r)",
        "(not (p))",
    ),
    "three facts, of which two are in the way of nothing": (
        act("(and (p) (q))", "(r)"),
        "(p) (q)",
        "(p) (q) (r)",
    ),
    "two facts of a mutex of three do not exclude the action": (
        act("(and (p) (q))", "(s)"),
        "(p) (q)",
        "(s)",
        "(p) (q) (r)",
    ),
    "one alternative of the precondition is left": (
        act("(or (and (q) (p)) (r))", "(s)"),
        "(p) (r)",
        "(s)",
        "(q)",
    ),
    "one combination of alternatives is left": (
        act("(and (or (p) (q)) (or (r) (s)))", "(f a)"),
        "(p) (s)",
        "(f a)",
        "(p) (r)",
        "(q)",
    ),
    "one of four combinations is left": (
        act("(and (or (p) (q)) (or (r) (s)))", "(f a)"),
        "(q) (s)",
        "(f a)",
        "(p) (r)",
        "(p) (s)",
        "(q) (r)",
    ),
    "alternatives nested deeper than is looked": (
        act(
            "(or (and (r) (or (and (r) (or (and (r) (or (and (r) (or (p) (p))) (q))) (q))) (q)))"
            " (q))",
            "(s)",
        ),
        "(r) (p)",
        "(s)",
        "(q)",
    ),
    "some object that the precondition asks for": (
        act("(exists (?x) (and (f ?x) (fixed ?x b)))", "(p)"),
        "(f a)",
        "(p)",
    ),
    "two parameters that are equal": (act("(= ?x ?y)", "(f ?x)", "?x ?y"), "", "(f a)"),
    "two parameters that differ": (act("(not (= ?x ?y))", "(f ?x)", "?x ?y"), "", "(f a)"),
    "an open parameter in the precondition": (
        act("(f ?y)", "(g ?x)", "?x ?y"),
        "(f c)",
        "(g a)",
        "(f a)",
    ),
    "an open parameter that another effect hangs on": (
        act("(p)", "(and (q) (when (fixed ?x ?y) (not (p))))", "?x ?y"),
        "(p)",
        "(p) (q)",
    ),
    "a negated precondition": (act("(not (p))", "(q)"), "", "(q)"),
    "a negated quantifier": (
        act("(not (forall (?x) (f ?x)))", "(q)"),
        "(f a)",
        "(q)",
    ),
    "an implication": (act("(imply (p) (r))", "(q)"), "", "(q)", "(r)"),
    "an inner variable that hides an outer one": (
        act("(exists (?x - u) (f ?x))", "(g ?x)", "?x - t"),
        "(f c)",
        "(g a)",
        "(f a)",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_an_action_may_bring_about_is_refused(name, certificate):
    actions, init, *mutexes = BREAKS[name]
    reason = check(certificate, actions, init, "(fixed a a)", *mutexes)
    assert reason is not None
    assert "(act" in reason
    assert "may bring" in reason


@pytest.mark.parametrize(
    ("goal", "accepted"),
    [
        ("(p)", True),
        ("(or (p) (and (q) (r)))", True),
        ("(or (p) (q))", False),
        ("(or)", True),
        ("(and)", False),
        ("(exists (?x) (and (f ?x) (not (f ?x))))", True),
        ("(exists (?x) (f ?x))", False),
        ("(forall (?x) (and (f ?x) (p)))", True),
        ("(forall (?x - t) (= ?x c))", True),
        ("(not (imply (p) (q)))", True),
        ("(imply (p) (q))", False),
        ("(and (or (q) (p)) (or (r) (p)))", True),
        ("(and (or (q) (s)) (or (r) (s)))", False),
        ("(and (or (q) (r)) (or (f a) (f b)) (or (s) (p)))", False),
    ],
)
def test_the_goal_is_excluded_only_if_every_way_to_it_is(goal, accepted, certificate):
    reason = check(certificate, "", "", goal, "(p)", "(q) (r)")
    assert reason == (None if accepted else "the goal does not contradict the invariant")
