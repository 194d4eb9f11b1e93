"""Clauses over named variables: read strictly, satisfied where they can be."""

import json

import pytest

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverNotForThis
from soundly.solvers import sat
from soundly.solvers.clauses import Clauses, ClauseSolver, read_clauses

SOME = {"variables": ["p", "q", "spare"], "clauses": ["p q", "-p -q", "p"]}


def stated(document) -> Problem:
    return Problem("sat", "clauses", {"clauses": json.dumps(document)})


def refusals(**changed) -> list[str]:
    found = read_clauses(json.dumps(SOME | changed))
    return [] if isinstance(found, Clauses) else [str(each) for each in found]


def test_names_are_numbered_in_their_order():
    """A minus sign before a name is a negation."""
    found = read_clauses(json.dumps(SOME))
    assert found.variables == {"p": 1, "q": 2, "spare": 3}
    assert found.clauses == ((1, 2), (-1, -2), (1,))
    assert found.unused() == ["spare"]
    assert found.unused({"spare"}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"clauses": ["p", "-quo"]}, "clauses[1]: there is no variable 'quo'"),
        ({"variables": ["paint"], "clauses": ["-pain"]}, "did you mean 'paint'?"),
        ({"clauses": ["p", " "]}, "clauses[1]: an empty clause cannot be satisfied"),
        ({"clauses": [["p"]]}, "clauses[0]: found a list, wanted a text"),
        ({"clauses": "p q"}, "clauses: found the text 'p q', wanted a list"),
        ({"variables": ["p", "q", "p"]}, "variables[2]: the variable 'p' is declared twice"),
        ({"variables": ["p", "q", "not p"]}, "variables[2]: found 'not p'"),
        ({"clause": []}, "there is no field 'clause'"),
    ],
)
def test_each_mistake_is_named_with_its_place(changed, said):
    """Whatever is not understood is refused, never skipped."""
    assert any(said in each for each in refusals(**changed))


@pytest.mark.anyio
async def test_truth_values_come_by_name():
    """Each variable has one, used or not."""
    pytest.importorskip("pysat")
    found = await ClauseSolver().solve(stated(SOME))
    assert isinstance(found, SolverFound)
    values = json.loads(found.text)
    assert set(values) == {"p", "q", "spare"}
    assert (values["p"], values["q"]) == (True, False)


@pytest.mark.anyio
async def test_what_cannot_be_satisfied_is_asserted_to_be_so():
    """The log of the search is no certificate of anybody's problem."""
    pytest.importorskip("pysat")
    answer = await ClauseSolver().solve(stated(SOME | {"clauses": ["p", "-p"]}))
    assert isinstance(answer, SolverAsserted)


@pytest.mark.anyio
async def test_other_problems_are_left_alone_and_unreadable_ones_refused(monkeypatch):
    """And a package that is missing is said with the command that brings it."""
    other = await ClauseSolver().solve(Problem("cpsat", "a model", {"model": "{}"}))
    assert isinstance(other, SolverNotForThis)
    with pytest.raises(ProblemError, match="not JSON"):
        await ClauseSolver().solve(Problem("sat", "clauses", {"clauses": "{"}))
    monkeypatch.setattr(sat, "find_spec", lambda name: None)
    missing = await ClauseSolver().solve(stated(SOME))
    assert "soundly[sat]" in missing.reason
