"""One colour and one mark for each name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("altair", reason="needs the extra bench")

from soundly.charts.marks import Marks

NAMES = st.lists(st.text(st.characters(codec="ascii"), min_size=1), unique=True, max_size=56)


@given(NAMES, st.randoms())
def test_a_name_looks_the_same_whatever_others_a_chart_shows(names, random):
    marks = Marks(tuple(names))
    everything = looks(marks, names)
    shown = random.sample(names, random.randint(0, len(names)))
    assert looks(marks, shown) == {name: everything[name] for name in shown}


@given(NAMES)
def test_fifty_six_names_are_told_apart(names):
    assert len(set(looks(Marks(tuple(names)), names).values())) == len(names)


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="comes twice"):
        Marks(("a", "a"))


def looks(marks, shown):
    """The colour and the mark of each name of a chart."""
    scales = [
        each.to_dict()["scale"] for each in (marks.colour("x", shown), marks.shape("x", shown))
    ]
    assert all(scale["domain"] == list(shown) for scale in scales)
    return dict(zip(shown, zip(*(scale["range"] for scale in scales), strict=True), strict=True))
