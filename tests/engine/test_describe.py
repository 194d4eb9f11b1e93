"""A strategy's description is what one would type to get it."""

from __future__ import annotations

import pytest

from soundly.config.strategies import parse_strategy
from soundly.engine.describe import describe


@pytest.mark.parametrize(
    "text",
    [
        "single",
        "best-of:n=3",
        "refine:rounds=3,history=all,temperature=0.5,max_output_tokens=200",
        "refine:language=formal,examples=0",
        "kairos:max_seconds=5.0",
        "refine+kairos+h2+closed-set",
        "refine:rounds=2+kairos+h2:max_pairs=7",
    ],
)
def test_description_is_the_text_that_made_it(text: str) -> None:
    """Parsing and describing are inverse."""
    assert describe(parse_strategy(text)) == text


def test_defaults_are_left_out() -> None:
    """An option that is written out with its default value does not clutter the trace."""
    assert describe(parse_strategy("refine:rounds=5,history=last")) == "refine"
