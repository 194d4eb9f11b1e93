"""Reading PDDL: what is legal is read, everything else is refused where it stands."""

import contextlib
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl import (
    And,
    Atom,
    Exists,
    Forall,
    Not,
    TypedName,
    parse_domain,
    parse_task,
)

DOMAIN = """(define (domain d)
  (:requirements :adl :action-costs)
  (:types cat dog - animal animal)
  (:constants tom - cat)
  (:predicates (fed ?x - animal) (chases ?x - dog ?y - cat) (night))
  (:functions (total-cost) - number (food ?x - animal) - number)
  (:action feed :parameters (?x - animal) :precondition (not (fed ?x))
    :effect (and (fed ?x) (increase (total-cost) (food ?x)))))"""

PROBLEM = """(define (problem p) (:domain d)
  (:objects rex - dog)
  (:init (chases rex tom) (= (total-cost) 0) (= (food rex) 2.5))
  (:goal (forall (?x - animal) (fed ?x)))
  (:metric minimize (total-cost)))"""


def refused(domain=DOMAIN, problem=PROBLEM):
    with pytest.raises(ProblemError) as caught:
        parse_task(domain, problem)
    return caught.value


def test_a_task_is_read_whole():
    task = parse_task(DOMAIN, PROBLEM)
    assert task.objects == {"tom": "cat", "rex": "dog"}
    assert task.init == {("chases", "rex", "tom")}
    assert task.goal == Forall((TypedName("?x", ("animal",)),), Atom("fed", ("?x",)))
    assert task.values == {("total-cost",): 0, ("food", "rex"): Fraction(5, 2)}
    assert task.minimizes_cost
    assert task.objects_of(("animal",)) == ("tom", "rex")
    assert task.is_static("chases")
    assert not task.is_static("fed")


def test_case_and_comments_do_not_matter():
    shouted = DOMAIN.upper().replace("(:TYPES", "; (unclosed\n(:TYPES")
    assert parse_task(shouted, PROBLEM.upper()) == parse_task(DOMAIN, PROBLEM)


def test_an_error_tells_text_line_and_column():
    error = refused(problem=PROBLEM.replace("(chases rex tom)", "\n   (chases rex rex)"))
    assert str(error) == "problem, line 4, column 16: 'chases' expects cat here, 'rex' is dog"
    assert (error.source, error.line, error.column) == ("problem", 4, 16)


IN_DOMAIN = [
    ("(night))", "(night)", "is never closed"),
    ("(define (domain d)", "(defin (domain d)", "expected (define (domain …) …), found (defin …)"),
    ("(define (domain d)", "x (define (domain d)", "expected '(', found 'x'"),
    ("(define (domain d)", "(define", "expected (domain name), found (:requirements …)"),
    ("(domain d)", "(domain 9)", "expected a name after 'domain', found '9'"),
    ("(domain d)", "(domain)", "expected (domain name)"),
    (":adl", ":adl :durative-actions", "unsupported: :durative-actions"),
    (":adl", ":adl :numeric-fluents", "unsupported: :numeric-fluents"),
    (":adl", ":adll", "unknown requirement ':adll'; did you mean ':adl'?"),
    ("(:types", "(:types fish - fish", "types form a cycle: fish - fish"),
    ("cat dog - animal animal", "cat - dog dog - cat animal", "types form a cycle"),
    (
        "(:types",
        "(:types " + " ".join(f"c{i} - c{i + 1}" for i in range(10_000)),
        "'c0' stands below more than 100 types",
    ),
    ("cat dog - animal animal", "cat cat dog - animal", "'cat' is declared twice"),
    ("cat dog - animal animal", "cat dog -", "expected a type after '-'"),
    ("cat dog - animal animal", "- animal cat dog", "expected a name before '-'"),
    ("cat dog - animal animal", "cat dog - (neither animal)", "expected a type or (either type …)"),
    (
        "cat dog - animal animal",
        "object - cat dog cat - animal",
        "'object' stands above every type",
    ),
    ("tom - cat", "tom - lion", "'tom' has the unknown type 'lion'"),
    ("tom - cat", "tom - (either cat dog)", "unsupported: an object of either type (tom)"),
    ("(night)", "(night) (night)", "predicate 'night' is declared twice"),
    ("(night)", "(and)", "'and' is a word of the language"),
    ("(night)", "night", "expected a predicate such as (name ?x) in parentheses, found 'night'"),
    ("(fed ?x - animal)", "(fed x - animal)", "expected a variable such as ?x, found 'x'"),
    ("(food ?x - animal) - number", "(food ?x - animal) - cat", "unsupported: object fluents"),
    ("(total-cost) -", "(total-cost ?x) -", "total-cost takes no arguments"),
    ("(:action feed", "(:action", "expected the name of an action, found ':parameters'"),
    (":parameters (?x - animal)", "", "action 'feed' has no :parameters"),
    (":parameters (?x - animal)", ":parameters ?x", "in parentheses, found '?x'"),
    (":precondition", ":duration (= ?duration 1) :precondition", "unsupported: :duration"),
    (":precondition", ":preconditon", "found ':preconditon'"),
    (":effect", ":precondition", "a second :precondition"),
    ("(not (fed ?x))", "(fed ?y)", "unknown variable '?y'"),
    ("(not (fed ?x))", "(fed rex)", "unknown object 'rex'"),
    ("(not (fed ?x))", "(feed ?x)", "unknown predicate 'feed'; did you mean 'fed'?"),
    ("(not (fed ?x))", "(fed ?x ?x)", "'fed' has 2 arguments, expected 1 argument"),
    ("(not (fed ?x))", "(chases ?x tom)", "'chases' expects dog here, '?x' is animal"),
    ("(not (fed ?x))", "(not (fed ?x) (night))", "'not' takes 1 operand, found 2"),
    ("(not (fed ?x))", "(and ())", "expected a predicate, found ()"),
    ("(not (fed ?x))", "(>= (food ?x) 3)", "unsupported: numeric conditions (>= …)"),
    ("(not (fed ?x))", "(= (food ?x) 3)", "unsupported: numeric conditions (= …)"),
    ("(not (fed ?x))", "(preference p (night))", "unsupported: preferences"),
    ("(not (fed ?x))", "(exists ?y (night))", "expected a list of variables in parentheses"),
    ("(not (fed ?x))", "(exists (?y - lion) (night))", "'?y' has the unknown type 'lion'"),
    ("(not (fed ?x))", "(when (night) (night))", "expected a condition, found (when …)"),
    ("(not (fed ?x))", "(and night)", "expected a condition in parentheses, found 'night'"),
    ("(and (fed ?x)", "(and (or (fed ?x))", "expected an effect, found (or …)"),
    ("(and (fed ?x)", "(and (not (and (fed ?x)))", "expected an effect, found (and …)"),
    ("(and (fed ?x)", "(and (probabilistic 0.5 (night))", "unsupported: effects of chance"),
    ("(and (fed ?x)", "(and (assign (food ?x) 3)", "unsupported: numeric effects (assign …)"),
    (
        "(and (fed ?x)",
        "(and (when (night) (when (night) (fed ?x)))",
        "unsupported: when inside when",
    ),
    (
        "(and (fed ?x)",
        "(and (when (night) (increase (total-cost) 1))",
        "unsupported: increase inside",
    ),
    ("(increase (total-cost)", "(increase (food ?x)", "unsupported: numeric fluents other than"),
    ("(total-cost) (food ?x)", "(total-cost) -1", "expected a non-negative number, found '-1'"),
    ("(total-cost) (food ?x)", "(total-cost) 1e9", "expected a non-negative number, found '1e9'"),
    ("(total-cost) (food ?x)", "(total-cost) (* 2 3)", "unsupported: arithmetic in costs"),
    ("(total-cost) (food ?x)", "(total-cost) (total-cost)", "a cost that depends on total-cost"),
    ("(:action", "(:derived (night) (night)) (:action", "unsupported: :derived"),
    ("(:action", "(:durative-action", "unsupported: :durative-action"),
    ("(:action", "(:actoin", "unknown section ':actoin'; did you mean ':action'?"),
    ("(:action", "(:types a) (:action", "a second :types"),
    ("(:action", "night (:action", "expected a section such as (:init …) in parentheses"),
]


@pytest.mark.parametrize(("old", "new", "reason"), IN_DOMAIN)
def test_a_wrong_domain_is_refused_with_the_reason(old, new, reason):
    assert old in DOMAIN
    error = refused(domain=DOMAIN.replace(old, new, 1))
    assert reason in str(error)
    assert error.source == "domain"
    assert error.line is not None


IN_PROBLEM = [
    ("(:domain d)", "(:domain e)", "the problem is about 'e', not 'd'"),
    ("(:domain d)", "", "missing section (:domain name)"),
    ("(:init", "(:initial", "unknown section ':initial'; did you mean ':init'?"),
    ("(:goal (forall (?x - animal) (fed ?x)))", "", "missing section (:goal condition)"),
    ("(:goal", "(:goal (and)", "expected (:goal condition) with one condition"),
    ("(:goal", "(:constraints (and)) (:goal", "unsupported: :constraints"),
    ("(fed ?x)))", "(fed ?y)))", "unknown variable '?y'"),
    ("rex - dog", "rex rex - dog", "'rex' is declared twice"),
    (
        "rex - dog",
        "rex - dog tom - dog",
        "the domain declares the constant tom - cat, not tom - dog",
    ),
    ("rex - dog", "rex - wolf", "'rex' has the unknown type 'wolf'"),
    ("rex - dog", "rex k - dog \u212a - cat", "expected a name, found '\u212a'"),
    ("(= (food rex) 2.5)", "(= (food rex) \u0663)", "expected a non-negative number"),
    ("(chases rex tom)", "(chases rex)", "'chases' has 1 argument, expected 2 arguments"),
    ("(chases rex tom)", "(chases rex ?x)", "unknown variable '?x'"),
    ("(chases rex tom)", "(at 5 (night))", "unsupported: timed initial literals"),
    ("(chases rex tom)", "(and (night))", "expected an atom such as (clear a), found (and …)"),
    ("(chases rex tom)", "(night) (not (night))", "(night) is stated both true and false"),
    ("(= (food rex) 2.5)", "(= (food rex) 2) (= (food rex) 3)", "(food rex) has two values"),
    ("(= (food rex) 2.5)", "(= rex tom)", "expected (= (function …) number)"),
    ("(= (food rex) 2.5)", "(= (food rex) -2)", "expected a non-negative number"),
    ("(= (food rex) 2.5)", "(= (drink rex) 2)", "unknown function 'drink'"),
    ("minimize (total-cost)", "maximize (total-cost)", "unsupported: a metric other than minimize"),
    ("minimize (total-cost)", "minimize (total-time)", "unsupported: a metric other than minimize"),
    ("minimize (total-cost)", "minimize", "expected (:metric minimize (total-cost))"),
    ("(total-cost)))", "(total-cost))) (again)", "expected the end of the text, found '('"),
    ("(total-cost)))", "(total-cost))))", "expected the end of the text, found ')'"),
]


@pytest.mark.parametrize(("old", "new", "reason"), IN_PROBLEM)
def test_a_wrong_problem_is_refused_with_the_reason(old, new, reason):
    assert old in PROBLEM
    error = refused(problem=PROBLEM.replace(old, new, 1))
    assert reason in str(error)
    assert error.source == "problem"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(chases rex tom)", "(chases rex tom) (chases rex tom)"),
        ("rex - dog", "rex - dog tom - cat"),
        ("rex - dog", "rex -dog"),
        ("(= (total-cost) 0)", "(not (night))"),
    ],
)
def test_what_published_files_do_and_everyone_accepts_is_accepted(old, new):
    task = parse_task(DOMAIN, PROBLEM.replace(old, new, 1))
    assert task.init == parse_task(DOMAIN, PROBLEM).init
    assert task.objects == parse_task(DOMAIN, PROBLEM).objects


def test_a_feature_needs_no_flag():
    bare = DOMAIN.replace("(:requirements :adl :action-costs)", "")
    assert parse_domain(bare).requirements == {":strips"}
    assert parse_domain(bare).actions == parse_domain(DOMAIN).actions


def test_an_inner_variable_hides_an_outer_one_and_ends_with_its_scope():
    text = DOMAIN.replace(
        "(not (fed ?x))", "(and (exists (?x - dog) (chases ?x tom)) (not (fed ?x)))"
    )
    precondition = parse_domain(text).actions["feed"].precondition
    inner = Exists((TypedName("?x", ("dog",)),), Atom("chases", ("?x", "tom")))
    assert precondition == And((inner, Not(Atom("fed", ("?x",)))))


def test_an_either_type_fits_where_each_of_its_types_fits():
    text = DOMAIN.replace("(?x - animal) :pre", "(?x - (either cat dog)) :pre")
    assert parse_domain(text).actions["feed"].parameters[0].types == ("cat", "dog")
    error = refused(text.replace("(not (fed ?x))", "(chases ?x tom)"))
    assert "'chases' expects dog here, '?x' is (either cat dog)" in str(error)


@pytest.mark.parametrize("text", ["(" * 1_000_000, "(define " + "(" * 1_000_000 + ")" * 1_000_001])
def test_a_million_parentheses_are_one_clear_error(text):
    assert "nested deeper than 200 levels" in str(refused(domain=text))


def test_nesting_up_to_the_limit_is_read():
    deep = "(not " * 190 + "(night)" + ")" * 190
    assert parse_domain(DOMAIN.replace("(not (fed ?x))", deep)).actions["feed"]


@pytest.mark.parametrize(
    "text", ["", "   ", "; nothing\n", "\0", "\u017f", "\u0130(", "\ufeff(define)"]
)
def test_a_text_that_is_no_domain_is_refused(text):
    assert refused(domain=text).source == "domain"


@given(st.text(alphabet="()?:-;= \nabdefino", max_size=60))
def test_no_text_ends_in_anything_but_a_task_or_a_problem_error(text):
    with contextlib.suppress(ProblemError):
        parse_task(DOMAIN, f"(define (problem p) (:domain d) {text}")


@given(
    st.integers(min_value=0), st.integers(min_value=0), st.sampled_from(["", "(", ")", "x", "?x"])
)
def test_cutting_or_overwriting_a_problem_anywhere_is_read_or_refused(start, length, patch):
    start %= len(PROBLEM)
    damaged = PROBLEM[:start] + patch + PROBLEM[start + length % 12 :]
    with contextlib.suppress(ProblemError):
        parse_task(DOMAIN, damaged)


def test_a_large_text_is_read_in_linear_time():
    objects = " ".join(f"o{i}" for i in range(20_000))
    facts = " ".join(f"(fed o{i})" for i in range(20_000))
    problem = (
        f"(define (problem p) (:domain d) (:objects {objects} - cat) (:init {facts}) (:goal (and)))"
    )
    begun = time.process_time()
    assert len(parse_task(DOMAIN, problem).init) == 20_000
    assert time.process_time() - begun < 5, "reading is no longer linear"
