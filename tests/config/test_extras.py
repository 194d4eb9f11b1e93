"""A solver that lacks a package says so in words that are recognised, for every family."""

import sys

import anyio
import pytest

from soundly.config import registry
from soundly.config.extras import missing_extra
from soundly.config.families import make_family
from soundly.core.family import Draws, Solves
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp

NEEDS = {
    "coloring": "sat",
    "job-shop": "scheduling",
    "sat": "sat",
    "travel-planning": "scheduling",
    "zebra": "sat",
}


@pytest.fixture
def nothing_extra(monkeypatch):
    """An installation without what the solvers import as extras."""
    for module in ("pysat", "ortools"):
        monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize(
    "name", [n for n in registry.names("families") if isinstance(make_family(n), Draws)]
)
def test_without_extras_a_first_solver_answers_or_names_what_it_lacks(name, nothing_extra):
    family = make_family(name)
    if not isinstance(family, Solves):
        pytest.skip("the family brings no solver")
    problem = family.draw(size=max(3, family.dial.smallest), seed=0)
    answer = anyio.run(family.solvers[0].solve, problem)
    lacking = missing_extra(answer)
    if name in NEEDS:
        assert lacking is not None
        assert lacking.endswith(f"is not installed: pip install 'soundly[{NEEDS[name]}]'")
    else:
        assert lacking is None
        assert isinstance(answer, SolverFound)


@pytest.mark.parametrize(
    "answer",
    [
        SolverFound("x is not installed: pip install x"),
        SolverAsserted("x is not installed: pip install x"),
        SolverGaveUp("no answer within 30 s"),
        SolverGaveUp("the crane is not installed"),
        SolverGaveUp("the line 'x is not installed: pip install x' is no plan"),
    ],
)
def test_other_answers_lack_nothing(answer):
    assert missing_extra(answer) is None
