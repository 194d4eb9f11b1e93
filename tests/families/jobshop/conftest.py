"""A small official instance."""

import pytest

FT06 = """6 6
2  1  0  3  1  6  3  7  5  3  4  6
1  8  2  5  4 10  5 10  0 10  3  4
2  5  3  4  5  8  0  9  1  1  4  7
1  5  0  5  2  5  3  3  4  8  5  9
2  9  1  3  4  5  5  4  0  3  3  1
1  3  3  3  5  9  0 10  4  4  2  1
"""


@pytest.fixture
def ft06() -> str:
    """Fisher and Thompson's six jobs on six machines, as OR-Library has them.

    From J. F. Muth and G. L. Thompson, Industrial Scheduling, 1963. Its optimum is 55.
    """
    return FT06
