"""Corrections for many comparisons, against scipy and their definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from soundly.statistics.corrections import benjamini_hochberg, holm

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(P_VALUES)
def test_benjamini_and_hochberg_are_what_scipy_computes(values):
    assert benjamini_hochberg(values) == pytest.approx(false_discovery_control(values))


@given(P_VALUES, st.floats(0.001, 0.5))
def test_holm_rejects_what_stepping_down_rejects(values, doubt):
    order = sorted(range(len(values)), key=lambda index: values[index])
    rejected = set()
    for rank, index in enumerate(order):
        if (len(values) - rank) * values[index] > doubt:
            break
        rejected.add(index)
    adjusted = holm(values)
    assert {index for index, value in enumerate(adjusted) if value <= doubt} == rejected


@given(P_VALUES)
def test_holm_is_at_least_as_strict_and_both_keep_the_order(values):
    strict, mild = holm(values), benjamini_hochberg(values)
    for index, value in enumerate(values):
        assert strict[index] >= mild[index] - 1e-12
        assert mild[index] >= value - 1e-12
        for other, another in enumerate(values):
            if value < another:
                assert strict[index] <= strict[other]
                assert mild[index] <= mild[other]


def test_no_comparison_needs_no_correction_and_a_p_value_is_a_chance():
    assert holm([]) == benjamini_hochberg([]) == ()
    with pytest.raises(ValueError, match="from 0 to 1"):
        holm([0.5, 1.5])
