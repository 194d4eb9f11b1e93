"""Plans as text: one action a line, strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl import format_plan, parse_plan

names = st.from_regex(r"[a-z][a-z0-9_\-]{0,6}", fullmatch=True)
plans = st.lists(st.lists(names, min_size=1, max_size=4).map(tuple), max_size=6).map(tuple)


@given(plans)
def test_a_written_plan_reads_back_to_itself(plan):
    assert parse_plan(format_plan(plan)) == plan


@pytest.mark.parametrize(
    "text",
    [
        "(pick-up a)\n(stack a b)",
        "  ( PICK-UP  A )  ; first\r\n\n; only a comment\n(stack a b)\n\n",
        "0: (pick-up a)\n1: (stack a b)",
        "1:(pick-up a)\n2:(stack a b)\n",
    ],
)
def test_one_plan_may_be_written_in_several_ways(text):
    assert parse_plan(text) == (("pick-up", "a"), ("stack", "a", "b"))


def test_the_empty_text_is_the_empty_plan_and_empty_parentheses_the_empty_action():
    assert parse_plan(" \n;\n") == ()
    assert parse_plan("()\n( )") == ((), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pick-up a", 1),
        ("(pick-up a) (stack a b)", 1),
        ("(pick-up a)\n(stack a", 2),
        ("(pick-up (a))", 1),
        ("1. (pick-up a)", 1),
        ("(pick-up a)\nthen (stack a b)", 2),
        ("0.001: (fly a) [3.0]", 1),
        ("0: (pick-up a)\n0: (stack a b)", 2),
        ("0: (pick-up a)\n2: (stack a b)", 2),
        ("(pick-up a)\n1: (stack a b)", 2),
        ("0: (pick-up a)\n(stack a b)", 2),
        ("5: (pick-up a)", 1),
        ("(pick-up ä)", 1),
        ("(pic\u212a-up a)", 1),
        ("(pick-up ?x)", 1),
        ("(" * 100_000, 1),
        ("\0", 1),
    ],
)
def test_anything_else_is_refused_with_its_line(text, line):
    with pytest.raises(ProblemError) as caught:
        parse_plan(text)
    assert (caught.value.source, caught.value.line) == ("plan", line)
    assert len(str(caught.value)) < 200
