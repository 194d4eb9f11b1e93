"""Constraint models in JSON: read strictly, solved as brute force solves them."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import ProblemError, SolverError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverNotForThis
from soundly.solvers.constraints import solver as solver_module
from soundly.solvers.constraints.expressions import (
    ExpressionError,
    read_comparison,
    read_linear,
)
from soundly.solvers.constraints.model import (
    AllDifferent,
    AllOf,
    AnyOf,
    Comparison,
    ConstraintModel,
    Linear,
    holds,
    negated,
)
from soundly.solvers.constraints.reader import read_model, unused
from soundly.solvers.constraints.solver import ConstraintSolver

NAMES = ("x", "y", "z")
WHOLE = json.dumps(
    {
        "variables": {"x": "1..4", "y": [3, 1], "spare": "0..1"},
        "constraints": [
            "x + 1 <= y",
            {"all_different": ["x", "y", "x + y"]},
            {"any": ["x == 1", {"all": ["y == 3", "x != 2"]}]},
            {"if": "x == 1", "then": "y == 3"},
        ],
        "maximize": "x + 2*y",
    }
)


def stated(text: str) -> Problem:
    return Problem("cpsat", "a model", {"model": text})


def refusals(**changed) -> list[str]:
    found = read_model(json.dumps({"variables": {"x": "1..4"}, "constraints": []} | changed))
    return [] if isinstance(found, ConstraintModel) else [str(each) for each in found]


def test_a_model_is_read_as_it_is_written():
    """Domains as ranges, sums with each variable once, an implication as one of two cases."""
    model = read_model(WHOLE)
    assert model.variables == {"x": ((1, 4),), "y": ((1, 1), (3, 3)), "spare": ((0, 1),)}
    assert model.constraints[0] == Comparison(Linear((("x", 1), ("y", -1)), 1), "<=")
    assert model.constraints[3] == AnyOf(
        (Comparison(Linear((("x", 1),), -1), "!="), Comparison(Linear((("y", 1),), -3), "=="))
    )
    assert model.objective.maximize
    assert unused(model) == ["spare"]
    assert unused(model, {"spare"}) == []


@pytest.mark.parametrize(
    ("text", "terms", "constant"),
    [
        ("x", (("x", 1),), 0),
        ("-x + 3", (("x", -1),), 3),
        ("2*x - y*3 + 4 - 1", (("x", 2), ("y", -3)), 3),
        ("x + x - y", (("x", 2), ("y", -1)), 0),
        ("x - x + 5", (), 5),
        ("7", (), 7),
    ],
)
def test_a_sum_is_added_up(text, terms, constant):
    """Each variable stands once, and one that cancels out not at all."""
    assert read_linear(text) == Linear(terms, constant)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x + * 2 == 1", "character 5: found '*', wanted a variable or a number"),
        ("x = ", "ends too early: wanted a variable or a number"),
        ("x*y == 4", "character 3: found 'y', wanted a number: variables cannot be multiplied"),
        ("x", "ends too early: wanted one of == != <= >= < >"),
        ("x == 1 == 2", "character 8: found '==', wanted the end"),
        ("x <> 3", "found '>', wanted a variable or a number"),
        ("x == 1000001", "1000001 is more than 1,000,000"),
        ("x == 2x", "character 6: found '2', wanted a variable or a number"),
        ("abs(x) == 1", "found '(', wanted one of"),
        ("x == 1.5", "found '.', wanted the end"),
        ("3 < 2", "compares no variable"),
        ("x - x == 1", "compares no variable"),
        ("x == 1" + " " * 3000, "more than 2,000 characters"),
    ],
)
def test_what_is_no_comparison_is_refused_with_its_place(text, said):
    """One line: what came, where, and what was wanted."""
    with pytest.raises(ExpressionError) as refusal:
        read_comparison(text)
    assert "\n" not in str(refusal.value)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"constraints": ["x < zz"]}, "constraints[0]: there is no variable 'zz'"),
        ({"variables": {"first": "1..2"}, "constraints": ["frst == 1"]}, "did you mean 'first'?"),
        ({"constraints": [{"all": ["x == 1", {"any": ["w > 0"]}]}]}, "constraints[0][1][0]: there"),
        ({"constraints": [{"foo": 1}]}, "found an object with foo, wanted a comparison"),
        ({"constraints": [{"any": []}]}, "found an object with any"),
        ({"constraints": [{"if": "x == 1"}]}, "found an object with if"),
        ({"constraints": [{"any": ["x == 1"], "all": []}]}, "found an object with any, all"),
        ({"constraints": [7]}, "found the number 7"),
        ({"constraints": {}}, "constraints: found an object, wanted a list"),
        (
            {"constraints": [{"if": {"all_different": ["x", "x + 1"]}, "then": "x == 1"}]},
            "all_different cannot be the condition",
        ),
        ({"variables": {}}, "variables: found none"),
        ({"variables": {"x": "4..1"}}, "variables, 'x': found the text '4..1', wanted a range"),
        ({"variables": {"x": []}}, "found none, wanted a range"),
        ({"variables": {"x": [1, True]}}, "found a list, wanted a range"),
        ({"variables": {"1x": "1..2"}}, "begins with no digit"),
        ({"minimize": "q"}, "minimize: there is no variable 'q'"),
        ({"minimize": ["x"]}, "minimize: found a list, wanted a sum"),
        ({"minimize": "x", "maximize": "x"}, "choose one"),
        ({"constraint": []}, "there is no field 'constraint' (did you mean 'constraints'?)"),
    ],
)
def test_each_mistake_is_named_with_its_place(changed, said):
    """Whatever is not understood is refused, never skipped."""
    (only,) = refusals(**changed)
    assert said in only


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"variables": {', "line 1, column 16: this is not JSON"),
        ("[1]", "found a list, wanted one object"),
        ('{"variables": {"x": "1..2", "x": "1..3"}, "constraints": []}', "'x' stands twice"),
        ("[" * 100_000, "nested too deep"),
        ('{"variables": {"x": "1..2"}}', "the field 'constraints' is missing"),
        (" " * 500_000, "more than 400,000 characters"),
    ],
)
def test_what_is_no_model_at_all_is_refused(text, said):
    """A syntax error has a line and a column."""
    assert any(said in str(each) for each in read_model(text))


def test_a_model_that_is_too_large_is_refused():
    """Nesting and number of constraints are bounded."""
    deep: object = "x == 1"
    for _ in range(30):
        deep = {"all": [deep]}
    assert "nested 20 deep" in refusals(constraints=[deep])[0]
    many = refusals(variables={f"v{n}": "0..1" for n in range(2_001)})
    assert "2,001, at most 2,000" in many[0]


sums = st.builds(
    lambda factors, constant: Linear(
        tuple((name, factor) for name, factor in zip(NAMES, factors, strict=True) if factor),
        constant,
    ),
    st.tuples(*[st.integers(-2, 2)] * 3).filter(any),
    st.integers(-3, 3),
)
comparisons = st.builds(Comparison, sums, st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]))
simple = comparisons | st.builds(AllDifferent, st.lists(sums, min_size=2, max_size=3).map(tuple))


def composed(parts):
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several)


constraints = st.recursive(simple, composed, max_leaves=5)
domains = st.lists(st.integers(-2, 3), min_size=1, max_size=3, unique=True).map(
    lambda values: tuple((value, value) for value in sorted(values))
)
models = st.builds(
    ConstraintModel,
    st.fixed_dictionaries(dict.fromkeys(NAMES, domains)),
    st.lists(constraints, max_size=4).map(tuple),
)


def solutions(model: ConstraintModel) -> list[dict[str, int]]:
    choices = [[low for low, _ in model.variables[name]] for name in NAMES]
    every = (dict(zip(NAMES, values, strict=True)) for values in product(*choices))
    return [values for values in every if all(holds(each, values) for each in model.constraints)]


@settings(max_examples=150, deadline=None)
@given(model=models)
def test_the_worker_finds_values_exactly_where_brute_force_does(model):
    """And what it finds keeps every constraint."""
    cp_model = pytest.importorskip("ortools.sat.python.cp_model")
    worker = pytest.importorskip("soundly.solvers.constraints.worker")
    payload = json.loads(json.dumps(solver_module._payload(model)))
    built = worker._Built(payload["variables"])
    for each in payload["constraints"]:
        built.post(each, [])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(built.model)
    expected = solutions(model)
    assert (status == cp_model.INFEASIBLE) is (not expected)
    if expected:
        assert {name: solver.value(v) for name, v in built.variables.items()} in expected


@given(constraint=st.recursive(comparisons, composed, max_leaves=5), values=st.data())
def test_a_negation_holds_exactly_where_the_constraint_does_not(constraint, values):
    """For any values."""
    drawn = {name: values.draw(st.integers(-3, 3)) for name in NAMES}
    assert holds(negated(constraint), drawn) is not holds(constraint, drawn)


@pytest.mark.anyio
async def test_the_best_values_are_found_in_a_process():
    """The objective decides among those that keep the constraints."""
    pytest.importorskip("ortools")
    found = await ConstraintSolver().solve(stated(WHOLE))
    assert isinstance(found, SolverFound)
    assert {name: json.loads(found.text)[name] for name in ("x", "y")} == {"x": 1, "y": 3}


@pytest.mark.anyio
async def test_a_model_without_values_is_asserted_to_have_none():
    """Nobody has checked it, so it is no proof."""
    pytest.importorskip("ortools")
    text = json.dumps({"variables": {"x": "1..2"}, "constraints": ["x > 2"]})
    assert isinstance(await ConstraintSolver().solve(stated(text)), SolverAsserted)


@pytest.mark.anyio
async def test_values_that_break_a_constraint_are_the_solvers_failure(monkeypatch):
    """Its answer is checked before anybody sees it."""
    pytest.importorskip("ortools")

    async def lies(*_, **__):
        return {"values": {"x": 1}}

    monkeypatch.setattr(solver_module, "run_worker", lies)
    text = json.dumps({"variables": {"x": "1..3"}, "constraints": ["x > 2"]})
    with pytest.raises(SolverError, match="break a constraint"):
        await ConstraintSolver().solve(stated(text))


@pytest.mark.anyio
async def test_other_problems_are_left_alone_and_unreadable_ones_refused():
    """A problem without a model is not its business; one with a broken model is a mistake."""
    other = await ConstraintSolver().solve(Problem("sat", "clauses", {"clauses": "{}"}))
    assert isinstance(other, SolverNotForThis)
    with pytest.raises(ProblemError, match="not JSON"):
        await ConstraintSolver().solve(stated("{"))


@pytest.mark.parametrize("limits", [{"max_seconds": 0.0}, {"max_memory_mb": 0}])
def test_limits_have_to_be_above_zero(limits):
    """As for every solver."""
    with pytest.raises(ValueError, match=f"{next(iter(limits))} is"):
        ConstraintSolver(**limits)
