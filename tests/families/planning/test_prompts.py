"""Prompts: what is said, and that it says it all."""

import re
from pathlib import Path

import pytest

from soundly.core.candidate import Found
from soundly.core.errors import ProblemError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.english import English
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import parse_task
from soundly.families.planning.phrases import Phrases, fill
from soundly.families.planning.problems import problem_from_texts

GOLDEN = Path(__file__).parent / "prompts"
BLOCKS = blocksworld()
ANY = PlanningFamily()
NO_EXAMPLE = PlanningFamily(examples=lambda problem, count: ())

EVERYTHING = """
(define (domain office)
  (:requirements :adl :action-costs)
  (:types room person - thing)
  (:predicates (in ?p - person ?r - room) (dark ?r - room) (holding-door ?p - person)
               (next-to ?a ?b - room) (alarm-ready) (route ?a ?b ?c - room) (likes ?p ?q - person))
  (:functions (total-cost) (length ?a ?b - room))
  (:action walk-over :parameters (?who - person ?from ?to - room)
    :precondition (and (in ?who ?from) (or (next-to ?from ?to) (next-to ?to ?from))
      (not (= ?from ?to)) (imply (dark ?to) (exists (?q - person) (likes ?q ?who)))
      (not (holding-door ?who)))
    :effect (and (in ?who ?to) (not (in ?who ?from)) (increase (total-cost) (length ?from ?to))
      (forall (?r - room) (when (and (dark ?r) (alarm-ready)) (not (dark ?r)))))))
"""
OFFICE = """
(define (problem morning) (:domain office)
  (:objects ann bob - person hall attic - room)
  (:init (in ann hall) (dark attic) (next-to hall attic) (likes bob ann) (= (length hall attic) 3))
  (:goal (and (in ann attic) (forall (?p - person) (not (in ?p hall)))))
  (:metric minimize (total-cost)))
"""


def prompt(family, problem, **style):
    (message,) = family.render(problem, PromptStyle(**style))
    assert message.role == "user"
    return message.content


@pytest.mark.parametrize("language", ["natural", "formal"])
@pytest.mark.parametrize("examples", [0, 1])
def test_the_prompts_of_a_drawn_problem_are_the_golden_ones(language, examples):
    text = prompt(BLOCKS, BLOCKS.draw(size=4, seed=1), language=language, examples=examples)
    golden = GOLDEN / f"blocksworld-{language}-{examples}.txt"
    assert text + "\n" == golden.read_text("utf-8")


@pytest.mark.parametrize("language", ["natural", "formal"])
def test_the_prompts_of_any_domain_are_the_golden_ones(language):
    text = prompt(NO_EXAMPLE, problem_from_texts(EVERYTHING, OFFICE), language=language)
    assert text + "\n" == (GOLDEN / f"office-{language}.txt").read_text("utf-8")


def test_a_formal_prompt_holds_both_texts_to_the_letter():
    text = prompt(ANY, problem_from_texts(EVERYTHING, OFFICE), language="formal", examples=0)
    assert EVERYTHING.strip() in text
    assert OFFICE.strip() in text


@pytest.mark.parametrize("language", ["natural", "formal"])
def test_a_prompt_without_a_known_example_says_that_it_shows_only_the_form(language):
    problem = problem_from_texts(EVERYTHING, OFFICE)
    text = prompt(NO_EXAMPLE, problem, language=language, examples=1)
    assert "solve nothing" in text
    assert "(walk-over WHO FROM TO)" in text
    zero = prompt(NO_EXAMPLE, problem, language=language, examples=0)
    assert "solve nothing" not in zero


def test_an_example_shown_is_answered_in_the_form_that_is_asked_for():
    problem = BLOCKS.draw(size=4, seed=1)
    text = prompt(BLOCKS, problem, examples=2)
    answers = re.findall(r"Answer:\n\n(\[PLAN\].*?\[PLAN END\])", text, re.DOTALL)
    assert len(answers) == 2
    for answer in answers:
        assert isinstance(BLOCKS.read(problem, answer), Found)


def test_an_object_whose_phrase_hides_its_name_is_shown_with_its_name():
    family = PlanningFamily(phrases=Phrases(objects={"ann": "the director"}))
    text = prompt(family, problem_from_texts(EVERYTHING, OFFICE))
    assert "the director (person) (written ann)" in text
    assert "- the director is in hall" in text


def test_an_empty_phrase_leaves_a_fact_unsaid():
    family = PlanningFamily(phrases=Phrases(predicates={"likes": ""}))
    assert (
        "likes"
        not in prompt(family, problem_from_texts(EVERYTHING, OFFICE), examples=0).split(
            "The problem:"
        )[1]
    )


@pytest.mark.parametrize(
    ("atom", "said"),
    [
        (("on", "x", "y"), "x is on y"),
        (("clear", "x"), "x is clear"),
        (("hand-empty",), "the hand is empty"),
        (("harmony",), "harmony holds"),
        (("holding", "x"), "holding x"),
        (("is-open", "x"), "x is open"),
        (("in-city", "x", "y"), "x is in city y"),
        (("lifting", "x", "y"), "x is lifting y"),
        (("craves", "x", "y"), "x craves y"),
        (("connected", "x", "y"), "“connected” holds for x and y"),
        (("road", "x", "y", "z"), "“road” holds for x, y and z"),
    ],
)
def test_a_fact_is_worded_from_its_name_and_arity(atom, said):
    assert English(Phrases()).atom(atom[0], atom[1:]) == said


def test_variables_are_said_in_capitals_so_that_none_is_taken_for_an_object():
    task = parse_task(EVERYTHING, OFFICE)
    action = task.domain.actions["walk-over"]
    english = English(Phrases()).bind(action.parameters)
    assert english.term("?who") == "WHO"
    assert english.conjuncts(action.precondition)[0] == "WHO is in FROM"


def test_a_template_is_filled_in_order_and_miscounts_are_refused():
    assert fill("put {} on {}", ["a", "b"]) == "put a on b"
    with pytest.raises(ValueError, match="2 places, 1 arguments"):
        fill("put {} on {}", ["a"])
    with pytest.raises(ValueError, match="pattern"):
        Phrases(pattern="block")


def test_numbered_objects_are_said_through_a_pattern():
    phrases = Phrases(objects={"l": "location_{}_{}", "p": "package_{}"})
    assert phrases.object("l0-12") == "location_0_12"
    assert phrases.object("p3") == "package_3"
    assert phrases.object("p") == "p"
    assert phrases.object("l7") == "l7"


def test_a_statement_without_pddl_is_a_problem_error():
    with pytest.raises(ProblemError, match="'domain'"):
        ANY.render(Problem("planning", "odd", {"text": "?"}), PromptStyle())


def test_what_the_author_noted_in_comments_is_not_in_the_prompt():
    """A comment can give an answer away or lead astray, and the parser does not see it either."""
    domain = """(define (domain d) ; hint
      (:predicates (p)) ; the answer is go

      (:action go :parameters () :precondition (and) :effect (p)))"""
    problem = "; solve it with go\n(define (problem x) (:domain d) (:init) (:goal (p)))"
    stated = problem_from_texts(domain, problem)
    (message,) = PlanningFamily().render(stated, PromptStyle("formal", 0))
    assert "hint" not in message.content
    assert ";" not in message.content
