"""Problems as samples, and back."""

from __future__ import annotations

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from soundly.bench.inspect_tasks.samples import PROBLEM_KEY, Posed, posed_in, sample_of
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.testing.fake_family import PROBLEM, RIGHT, FakeFamily


@pytest.mark.parametrize("solvable", [True, False, None])
def test_a_problem_comes_back_from_its_sample(solvable: bool | None) -> None:
    sample = sample_of(PROBLEM, family=FakeFamily(), solvable=solvable)
    assert posed_in(sample.metadata) == Posed(PROBLEM, solvable)
    assert posed_in(sample.metadata).problem.digest == PROBLEM.digest


def test_the_input_is_what_the_family_asks_and_nothing_more() -> None:
    style = PromptStyle(language="formal", examples=0)
    sample = sample_of(PROBLEM, family=FakeFamily(), style=style, solvable=True)
    asked = FakeFamily().render(PROBLEM, style)
    assert [(turn.role, turn.text) for turn in sample.input] == [
        (message.role, message.content) for message in asked
    ]
    assert RIGHT not in str(sample.input)
    assert not sample.target


@pytest.mark.parametrize(
    "held",
    [
        None,
        "two-blocks",
        {},
        {"family": "f", "name": "n", "statement": {}},
        {"family": "f", "name": "n", "statement": {"text": 1}},
        {"family": "f", "name": "n", "statement": {"text": "t"}, "solvable": "yes"},
        {"family": "", "name": "n", "statement": {"text": "t"}},
    ],
)
def test_metadata_that_holds_no_problem_is_refused(held: object) -> None:
    with pytest.raises(UsageError, match=PROBLEM_KEY):
        posed_in({PROBLEM_KEY: held})
