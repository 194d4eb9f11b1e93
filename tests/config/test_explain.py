"""`soundly.explain`."""

from __future__ import annotations

from dataclasses import replace

import pytest

import soundly
from soundly.config.families import draw


def test_the_family_of_the_problem_follows_the_explanation():
    problem = draw("coin-flip", size=3, seed=0)
    assert soundly.explain(problem, "Answer: maybe") == soundly.Explanation(False, None, None)


def test_a_family_that_cannot_follow_says_so():
    with pytest.raises(soundly.SoundlyError, match="'coloring' cannot follow explanations"):
        soundly.explain(draw("coloring", size=4, seed=0), "1 red")


def test_a_family_that_nobody_registered_says_so():
    problem = replace(draw("coin-flip", size=3, seed=0), family="no-such")
    with pytest.raises(soundly.SoundlyError, match="no-such"):
        soundly.explain(problem, "")
