"""Numbers in tables are never rounded into none or all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.charts.tables import Column, Table, percent


@given(st.integers(1, 10**6), st.integers(2, 10**6))
def test_a_share_between_none_and_all_never_reads_as_either(count, of):
    said = percent(min(count, of - 1) / of)
    assert float(said.removesuffix("%")) not in {0, 100}


def test_columns_have_the_same_length():
    with pytest.raises(ValueError, match="different lengths"):
        Table((Column("a", ("1",)), Column("b", ())))
