"""What broke a critic is shown as small as it gets."""

import anyio
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.audit.shrink import shrunk


def small(text: str, needed: str, tries: int = 400) -> str:
    async def breaks(candidate: str) -> bool:
        left = iter(candidate)
        return all(sign in left for sign in needed)

    return anyio.run(lambda: shrunk(text, breaks, tries=tries))


@given(st.text("ab \n", max_size=12), st.text("ab \n", max_size=12), st.text("ab \n", max_size=12))
def test_nothing_that_is_needed_is_lost_and_nothing_else_is_kept(before, needed, behind):
    assert small(f"{before}{needed}{behind}", needed) == needed


def test_it_stops_after_so_many_tries():
    assert small("a b c d e f", "a", tries=2) != "a"
    assert small("a" * 50, "", tries=0) == "a" * 50
