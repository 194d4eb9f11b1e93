"""The validator against its naive twin, and what its rejections say."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import ProblemError, UsageError
from soundly.core.verdict import ACCEPT
from soundly.families.planning import bits, naive, sets
from soundly.families.planning.edits import near_miss
from soundly.families.planning.pddl import (
    And,
    Atom,
    Not,
    format_domain,
    format_problem,
    ground_condition,
    parse_plan,
    parse_task,
)
from soundly.families.planning.unmet import unmet_parts
from soundly.families.planning.validator import Validator

seeds = st.integers(min_value=0, max_value=2**32)
law = settings(max_examples=150, deadline=None)

BLOCKS = """
(define (domain blocks)
  (:predicates (clear ?x) (ontable ?x) (handempty) (holding ?x) (on ?x ?y))
  (:action pick-up :parameters (?x) :precondition (and (clear ?x) (ontable ?x) (handempty))
    :effect (and (holding ?x) (not (clear ?x)) (not (ontable ?x)) (not (handempty))))
  (:action stack :parameters (?x ?y) :precondition (and (holding ?x) (clear ?y))
    :effect (and (not (holding ?x)) (not (clear ?y)) (clear ?x) (handempty) (on ?x ?y))))
"""
THREE = """
(define (problem three) (:domain blocks) (:objects a b c)
  (:init (clear a) (clear b) (clear c) (ontable a) (ontable b) (ontable c) (handempty))
  (:goal (and (on a b) (on b c))))
"""


@pytest.fixture
def blocks():
    return Validator(parse_task(BLOCKS, THREE))


def plans_of(task, random, walk):
    """A right walk and its near misses."""
    plan, state = walk(task, random, 8)
    return state, [plan, *(near_miss(plan, task, random, edits=1 + i % 2) for i in range(6))]


def first_failure(task, plan):
    state = task.init
    for number, step in enumerate(plan, start=1):
        if not naive.can_run(task, state, step):
            return number
        state = naive.successor(task, state, step)
    return None


@law
@given(seed=seeds)
def test_a_verdict_is_what_the_naive_twin_says(seed, draw_task, walk, with_goal_from):
    random = Random(seed)
    drawn = draw_task(random)
    state, plans = plans_of(drawn, random, walk)
    for task in (drawn, with_goal_from(drawn, state, random)):
        validator = Validator(task)
        for plan in plans:
            assert validator.check(plan).accepted == naive.solves(task, plan)


@law
@given(seed=seeds)
def test_a_rejection_names_the_first_step_that_cannot_run(seed, draw_task, walk):
    random = Random(seed)
    task = draw_task(random)
    validator = Validator(task)
    for plan in plans_of(task, random, walk)[1]:
        failing = first_failure(task, plan)
        verdict = validator.check(plan)
        assert {critique.step for critique in verdict.critiques} <= {failing}
        assert verdict.rejected or failing is None
        assert validator.valid_prefix(plan) == (len(plan) if failing is None else failing - 1)


@law
@given(seed=seeds)
def test_progress_goes_through_the_states_of_the_naive_twin(seed, draw_task, walk):
    random = Random(seed)
    task = draw_task(random)
    plan, _ = walk(task, random, 8)
    expected = [task.init]
    for step in plan:
        expected.append(naive.successor(task, expected[-1], step))
    assert list(Validator(task).progress(plan)) == expected


@law
@given(seed=seeds)
def test_a_plan_too_wide_for_bits_gets_the_same_verdict(seed, draw_task, walk):
    random = Random(seed)
    task = draw_task(random)
    plans = plans_of(task, random, walk)[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "MAX_FACTS", random.choice([0, 4]))
        patch.setattr(sets, "MAX_STEPS", random.choice([1, 3, 100]))
        patch.setattr(sets, "CHUNK", random.choice([1, 3, 100]))
        narrow = [Validator(task).check(plan) for plan in plans]
    assert narrow == [Validator(task).check(plan) for plan in plans]


@law
@given(seed=seeds)
def test_a_ground_condition_holds_where_its_formula_does(seed, draw_task, walk):
    random = Random(seed)
    task = draw_task(random)
    for plan in plans_of(task, random, walk)[1]:
        for state in Validator(task).progress(plan):
            expected = naive.holds(task, state, task.goal, {})
            assert ground_condition(task, task.goal).holds(state) == expected
            assert (unmet_parts(task, state, task.goal, {}) == []) == expected


@law
@given(seed=seeds)
def test_unmet_literals_are_exactly_the_false_ones_of_a_conjunction(seed, draw_task):
    random = Random(seed)
    task = draw_task(random)
    atoms = [*sorted(task.init), ("p0",)]
    picked = [(atom, random.random() < 0.5) for atom in random.choices(atoms, k=5)]
    goal = And(tuple(Atom(a[0], a[1:]) if w else Not(Atom(a[0], a[1:])) for a, w in picked))
    state = frozenset(atom for atom in atoms if random.random() < 0.5)
    unmet = [part.literal for part in unmet_parts(task, state, goal, {})]
    assert sorted(unmet) == sorted({(a, w) for a, w in picked if (a in state) is not w})


@law
@given(seed=seeds)
def test_a_written_task_reads_back_to_itself(seed, draw_task):
    task = draw_task(Random(seed))
    assert parse_task(format_domain(task.domain), format_problem(task)) == task


def test_objects_of_an_untyped_domain_are_written_as_names_alone(blocks):
    assert "(:objects a b c)" in format_problem(blocks.task)


def test_the_empty_plan_solves_a_task_whose_goal_already_holds(blocks):
    done = replace(blocks.task, goal=Atom("handempty", ()))
    assert Validator(done).check(()) is ACCEPT
    assert blocks.check(()).rejected


def test_every_unmet_literal_of_the_failing_step_is_listed(blocks):
    plan = parse_plan("(pick-up a)\n(stack a b)\n(pick-up b)\n(stack c b)")
    verdict = blocks.check(plan)
    assert [str(critique) for critique in verdict.critiques] == [
        (
            "step 3: (pick-up b) needs (clear b), which is false "
            "(step 2 (stack a b) made (clear b) false; stack can make it true)"
        )
    ]
    verdict = blocks.check(parse_plan("(pick-up a)\n(pick-up a)"))
    assert [critique.message for critique in verdict.critiques] == [
        "(pick-up a) needs (clear a), which is false",
        "(pick-up a) needs (ontable a), which is false",
        "(pick-up a) needs (handempty), which is false",
    ]
    assert [critique.repair for critique in verdict.critiques] == [
        "step 1 (pick-up a) made (clear a) false; stack can make it true",
        "no action can make (ontable a) true",
        "step 1 (pick-up a) made (handempty) false; stack can make it true",
    ]


def test_a_literal_that_must_be_false_is_explained_as_such():
    domain = """(define (domain d) (:predicates (lit) (wet)) (:action light :parameters ()
      :precondition (and (not (lit)) (not (wet))) :effect (lit)) (:action out :parameters ()
      :effect (not (lit))))"""
    problem = "(define (problem p) (:domain d) (:init{}) (:goal (lit)))"
    (critique,) = (
        Validator(parse_task(domain, problem.format(""))).check((("light",),) * 2).critiques
    )
    assert critique.message == "(light) needs (not (lit)), but (lit) is true"
    assert critique.repair == "step 1 (light) made (lit) true; out can make it false"
    (critique,) = (
        Validator(parse_task(domain, problem.format("(wet)"))).check((("light",),)).critiques
    )
    assert critique.repair == "no action can make (wet) false"


def test_a_step_that_asks_for_and_against_one_atom_never_runs():
    domain = """(define (domain d) (:predicates (p ?x)) (:action a :parameters (?x ?y)
      :precondition (and (p ?x) (not (p ?y))) :effect (p ?y)))"""
    problem = "(define (problem p) (:domain d) (:objects a b) (:init (p a)) (:goal (p a)))"
    for limit in (0, 4_096):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bits, "MAX_FACTS", limit)
            validator = Validator(parse_task(domain, problem))
            assert validator.check((("a", "a", "b"),)).accepted
            assert validator.check((("a", "a", "a"),)).rejected
            assert validator.check((("a", "b", "b"),)).rejected
            assert validator.check((("a", "a", "b"),) * 2).critiques[0].step == 2


def test_every_unmet_goal_is_listed(blocks):
    verdict = blocks.check(parse_plan("(pick-up a)\n(stack a b)"))
    assert [(c.code, c.step, c.message) for c in verdict.critiques] == [
        ("goal-unmet", None, "the goal needs (on b c), which is false")
    ]
    assert len(blocks.check(()).critiques) == 2


@pytest.mark.parametrize(
    ("plan", "codes", "hint"),
    [
        ((("pick-up", "a", "b"),), ["wrong-arity"], "the form is (pick-up ?x)"),
        ((("pick-up",),), ["wrong-arity"], "the form is (pick-up ?x)"),
        ((("pick-upp", "a"),), ["unknown-action"], "did you mean 'pick-up'?"),
        ((("teleport", "a"),), ["unknown-action"], None),
        ((("pick-up", "z"),), ["unknown-object"], None),
        (((),), ["empty-action"], None),
        ((("stack", "x", "y", "a"),), ["wrong-arity", "unknown-object", "unknown-object"], None),
        ((("",),), ["unknown-action"], None),
        ((("PICK-UP", "a"),), ["unknown-action"], None),
    ],
)
def test_a_step_that_names_no_action_is_rejected_with_its_reason(blocks, plan, codes, hint):
    verdict = blocks.check(plan)
    assert [critique.code for critique in verdict.critiques] == codes
    if hint:
        assert verdict.critiques[0].repair == hint


def test_an_argument_of_the_wrong_type_is_rejected():
    domain = """(define (domain d) (:types cat dog - animal) (:predicates (fed ?x - animal))
      (:action feed :parameters (?x - cat) :effect (fed ?x)))"""
    problem = "(define (problem p) (:domain d) (:objects tom - cat rex - dog) (:init) (:goal {}))"
    validator = Validator(parse_task(domain, problem.format("(fed rex)")))
    (critique,) = validator.check((("feed", "rex"),)).critiques
    assert critique.code == "wrong-type"
    assert critique.message == "(feed rex): ?x must be cat, 'rex' is dog"
    (critique,) = validator.check((("feed", "tom"),)).critiques
    assert critique.repair == "no action can make (fed rex) true"


ADL = """
(define (domain adl) (:types box) (:predicates (p) (q) (in ?x ?y - box))
  (:action either :parameters () :precondition (or (p) (and (q) (not (p)))) :effect (p))
  (:action some :parameters (?x - box)
    :precondition (exists (?y - box) (and (in ?x ?y) (not (= ?x ?y)))) :effect (p))
  (:action all :parameters (?x - box)
    :precondition (forall (?y - box) (or (= ?x ?y) (in ?y ?x))) :effect (p))
  (:action none :parameters () :precondition (not (exists (?y - box) (in ?y ?y))) :effect (p))
  (:action twin :parameters (?x ?y - box) :precondition (not (= ?x ?y)) :effect (p)))
"""


@pytest.mark.parametrize(
    ("step", "messages"),
    [
        (
            "(either)",
            ["(either) needs (or (p) (and (q) (not (p)))), but (p) is false; (q) is false"],
        ),
        (
            "(some a)",
            [
                (
                    "(some a) needs (exists (?y - box) (and (in a ?y) (not (= a ?y)))), but "
                    "with ?y = a, both are a; with ?y = b, (in a b) is false"
                )
            ],
        ),
        (
            "(all a)",
            [
                (
                    "(all a) needs (or (= a b) (in b a)), but a and b are different objects; "
                    "(in b a) is false"
                )
            ],
        ),
        ("(none)", ["(none) needs (not (in a a)), but (in a a) is true"]),
        ("(twin b b)", ["(twin b b) needs (not (= b b)), but both are b"]),
    ],
)
def test_what_is_not_a_conjunction_is_explained_in_words(step, messages):
    problem = """(define (problem p) (:domain adl) (:objects a b - box) (:init (in a a))
      (:goal (p)))"""
    verdict = Validator(parse_task(ADL, problem)).check(parse_plan(step))
    assert [critique.message for critique in verdict.critiques] == messages


COSTS = """
(define (domain travel) (:requirements :action-costs) (:predicates (at ?x))
  (:functions (total-cost) - number (far ?x ?y) - number)
  (:action go :parameters (?x ?y) :precondition (at ?x)
    :effect (and (at ?y) (not (at ?x)) (increase (total-cost) (far ?x ?y))))
  (:action rest :parameters () :effect (increase (total-cost) 0.5)))
"""
TRIP = """
(define (problem trip) (:domain travel) (:objects a b c)
  (:init (at a) (= (far a b) 3) (= (total-cost) 0)) (:goal (at b)) {})
"""


def test_a_cost_is_the_rise_of_total_cost_if_the_task_minimizes_it_and_else_the_steps():
    plan = parse_plan("(rest)\n(go a b)\n(rest)")
    costly = Validator(parse_task(COSTS, TRIP.format("(:metric minimize (total-cost))")))
    assert costly.cost(plan) == 4
    assert Validator(parse_task(COSTS, TRIP.format(""))).cost(plan) == 3


def test_an_action_of_undefined_cost_cannot_run():
    validator = Validator(parse_task(COSTS, TRIP.format("")))
    (critique,) = validator.check(parse_plan("(go a c)")).critiques
    assert critique.code == "cost-undefined"
    with pytest.raises(UsageError, match=r"stops at step 1 \(go a c\)"):
        validator.cost(parse_plan("(go a c)"))


def test_a_plan_of_a_million_steps_is_judged(blocks):
    there_and_back = """(define (domain d) (:predicates (on)) (:action up :parameters ()
      :precondition (not (on)) :effect (on)) (:action down :parameters () :precondition (on)
      :effect (not (on))))"""
    problem = "(define (problem p) (:domain d) (:objects) (:init) (:goal (not (on))))"
    validator = Validator(parse_task(there_and_back, problem))
    plan = (("up",), ("down",)) * 500_000
    assert validator.check(plan).accepted
    assert validator.check((*plan, ("down",))).critiques[0].step == 1_000_001


def test_a_plan_of_many_different_steps_and_facts_is_judged():
    size = 6_000
    domain = """(define (domain line) (:predicates (at ?x) (next ?x ?y)) (:action go
      :parameters (?x ?y) :precondition (and (at ?x) (next ?x ?y))
      :effect (and (at ?y) (not (at ?x)))))"""
    cells = " ".join(f"c{i}" for i in range(size))
    links = " ".join(f"(next c{i} c{i + 1})" for i in range(size - 1))
    problem = f"""(define (problem p) (:domain line) (:objects {cells}) (:init (at c0) {links})
      (:goal (at c{size - 1})))"""
    validator = Validator(parse_task(domain, problem))
    plan = tuple(("go", f"c{i}", f"c{i + 1}") for i in range(size - 1))
    assert validator.check(plan).accepted
    assert validator.check(plan[:-1]).critiques[0].code == "goal-unmet"
    assert validator.check(plan[:3000] + plan[3001:]).critiques[0].step == 3001


@pytest.mark.parametrize(
    "bomb",
    [
        "(forall (?a ?b ?c ?d) (p ?a ?b))",
        "(forall (?a ?b) (exists (?c ?d) (p ?a ?d)))",
        "(forall (?a ?b ?c) (imply (p ?a ?b) (not (exists (?d) (p ?d ?d)))))",
        "(exists (?a ?b ?c ?d) (forall (?e - none) (p ?a ?e)))",
    ],
)
@pytest.mark.parametrize("place", ["goal", "precondition", "condition", "effect"])
def test_quantifiers_over_too_many_choices_are_refused_at_once(bomb, place):
    effect = "(forall (?a ?b) (forall (?c ?d) (p ?a ?d)))"
    parts = {"condition": f"(forall (?z) (when {bomb} (p ?z ?z)))", "effect": effect}
    domain = f"""(define (domain d) (:types none) (:predicates (p ?x ?y))
      (:action a :parameters (?x) :precondition {bomb if place == "precondition" else "()"}
      :effect {parts.get(place, "(p ?x ?x)")}))"""
    objects = " ".join(f"o{i}" for i in range(200))
    problem = f"""(define (problem p) (:domain d) (:objects {objects}) (:init)
      (:goal {bomb if place == "goal" else "()"}))"""
    with pytest.raises(ProblemError, match="more than 1,000,000 choices of objects"):
        Validator(parse_task(domain, problem))


def test_parameters_of_an_action_may_have_any_number_of_choices():
    domain = """(define (domain d) (:predicates (p ?x)) (:action act
      :parameters (?a ?b ?c ?d ?e ?f) :effect (p ?a)))"""
    objects = " ".join(f"o{i}" for i in range(30))
    problem = f"(define (problem p) (:domain d) (:objects {objects}) (:init) (:goal (p o1)))"
    validator = Validator(parse_task(domain, problem))
    assert validator.check((("act", "o1", "o2", "o3", "o4", "o5", "o6"),)).accepted
