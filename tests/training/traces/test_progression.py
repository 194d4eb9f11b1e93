"""Progression follows the plan that it is given."""

import pytest

from soundly.core.errors import UsageError
from soundly.training.traces import Judgement, tracing
from soundly.training.traces.written import broken


def test_a_given_plan_is_followed_however_long_it_is(graph):
    space = graph({"a": ("b", "z"), "b": ("z",)}, z=0)
    written = tracing("progression").write(space, seed=0, most_words=9, plan=("to-b", "to-z"))
    assert " ".join(written.trace) == "do to-b then b do to-z then z"
    assert written.solution == ("to-b", "to-z")


@pytest.mark.parametrize(
    ("plan", "reason"),
    [(("to-b", "to-c"), "cannot be carried out.*to-c"), (("to-b",), "does not reach the goal")],
)
def test_a_plan_that_is_none_is_refused(graph, plan, reason):
    with pytest.raises(UsageError, match=reason):
        tracing("progression").write(graph({"a": ("b",)}, z=0), seed=0, most_words=9, plan=plan)


def test_what_is_no_run_ends_in_no_solution():
    with pytest.raises(ValueError, match="ends in no solution"):
        Judgement(broken("code", 0, "a reason").critique, True)
