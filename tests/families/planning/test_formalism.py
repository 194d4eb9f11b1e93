"""PDDL that a model wrote: found in its prose, parsed strictly, and looked over for sense."""

import pytest

from soundly.core.formalism import Mistranslation, Translation
from soundly.families.planning.blocksworld import DOMAIN, draw_blocksworld
from soundly.families.planning.formalism import PddlFormalism
from soundly.families.planning.formalism.texts import pddl_texts

PROBLEM = draw_blocksworld(size=3, seed=0).statement["problem"]
READER = PddlFormalism()


def said(domain: str = DOMAIN, problem: str = PROBLEM) -> list[str]:
    reading = READER.read(f"{domain}\n{problem}")
    found = reading.critiques if isinstance(reading, Mistranslation) else reading.remarks
    return [str(each) for each in found]


@pytest.mark.parametrize("name", ["blocksworld", "logistics", "depots", "sokoban"])
def test_a_family_s_own_pddl_is_consistent(name):
    """Nothing is wrong with what the project writes itself, and hardly anything odd."""
    from soundly.config.families import draw

    problem = draw(name, size=5, seed=0)
    reading = READER.read("\n".join(problem.statement[part] for part in ("domain", "problem")))
    assert isinstance(reading, Translation)
    assert dict(reading.problem.statement) == {
        part: problem.statement[part].strip() for part in ("domain", "problem")
    }


@pytest.mark.parametrize(
    "text",
    [
        f"Sure.\n```pddl\n{DOMAIN}```\nand\n```pddl\n{PROBLEM}```\nThat is all.",
        f"{DOMAIN}{PROBLEM}",
        f"(define (domain d)) is wrong; rather {DOMAIN} {PROBLEM}",
        f"<think>(define (problem p))</think>{PROBLEM} {DOMAIN} (as asked)",
    ],
)
def test_both_texts_are_found_wherever_they_stand(text):
    """In one block or two, in any order; the last one of each kind counts, thoughts never."""
    assert pddl_texts(text) == {"domain": DOMAIN.strip(), "problem": PROBLEM.strip()}


@pytest.mark.parametrize("text", ["", "I would rather not say.", "(pick-up a)"])
def test_in_other_texts_nothing_is_found(text):
    """And both are asked for."""
    assert pddl_texts(text) == {}
    assert len(READER.read(text).critiques) == 2


def test_a_parenthesis_in_a_comment_closes_nothing():
    """As the parser reads it."""
    text = DOMAIN.replace("(:requirements", "; so :-)\n (:requirements", 1)
    assert pddl_texts(text)["domain"] == text.strip()


def test_an_error_of_syntax_has_its_place():
    """Line and column count from the beginning of the text that is named."""
    open_ended = DOMAIN.rstrip()[:-1]
    assert said(domain=f"Here:\n```\n{open_ended}\n```") == [
        "domain, line 1, column 1: this '(' is never closed"
    ]
    (unknown,) = said(problem=PROBLEM.replace("(hand-empty)", "(hand-emty)"))
    assert unknown.startswith("problem, line 4, column ")
    assert "hand-emty" in unknown
    (nobody,) = said(problem=PROBLEM.replace("(:objects a", "(:objects"))
    assert "'a'" in nobody


@pytest.mark.parametrize(("kept", "missing"), [(DOMAIN, "problem"), (PROBLEM, "domain")])
def test_a_text_that_is_missing_is_asked_for(kept, missing):
    """By its first words."""
    reading = READER.read(kept)
    assert [each.message for each in reading.critiques] == [f"there is no (define ({missing} …) …)"]


SMALL = """(define (domain d) (:predicates (at ?x) (lit ?x) (free ?x) (linked ?x ?y))
  (:action go :parameters (?x ?y) :precondition (and (at ?x) (linked ?x ?y))
    :effect (and (at ?y) (not (at ?x)))))"""


def asked(*, init: str = "(at a) (linked a b)", goal: str = "(at b)", objects: str = "a b") -> str:
    return f"(define (problem p) (:domain d) (:objects {objects}) (:init {init}) (:goal {goal}))"


def test_a_goal_that_nothing_can_make_true_is_a_mistake():
    """By its predicate, or by a fact that no action touches."""
    for goal in ("(lit b)", "(and (at b) (lit a))", "(exists (?x) (lit ?x))"):
        assert "problem, :goal: no action makes 'lit' true" in said(SMALL, asked(goal=goal))[0]
    (linked,) = said(SMALL, asked(goal="(and (at b) (linked b a))"))
    assert linked == "problem, :goal: (linked b a) is not in :init, and no action makes it true"


def test_a_goal_that_can_be_met_in_another_way_is_none():
    """A disjunction and a negation demand nothing for certain."""
    for goal in ("(or (lit b) (at b))", "(and (at b) (not (lit b)))"):
        assert isinstance(READER.read(SMALL + asked(goal=goal)), Translation)


def test_an_action_that_can_never_run_is_a_mistake():
    """It needs what nothing is."""
    assert "action go: needs 'linked'" in said(SMALL, asked(init="(at a)"))[0]
    idle = SMALL.split("(:action", maxsplit=1)[0] + ")"
    assert "domain: the domain has no action" in said(idle, asked())


def test_what_is_declared_and_never_used_is_odd_and_no_mistake():
    """The task is solved all the same."""
    reading = READER.read(SMALL + asked(objects="a b c"))
    assert isinstance(reading, Translation)
    assert [str(each) for each in reading.remarks] == [
        "domain: the predicate 'lit' is declared and never used",
        "domain: the predicate 'free' is declared and never used",
        "problem, :objects: the object 'c' is in no fact and in no goal",
    ]


def test_an_object_that_a_quantifier_may_mean_is_not_odd():
    """A goal about all objects is about each of them."""
    reading = READER.read(SMALL + asked(objects="a b c", goal="(exists (?x) (at ?x))"))
    assert all("object" not in str(each) for each in reading.remarks)
