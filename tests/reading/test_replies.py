"""Replies to problems without a solution: claimed, proposed, argued, or neither."""

import pytest

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.core.verdict import Critique
from soundly.reading import reply_to_unsolvable

FOUND = Found(("x",), "x", "x")
PLAN = "[PLAN]\n(pick-up a)\n[PLAN END]"


@pytest.mark.parametrize(
    "said",
    [
        "This plan achieves the goal.",
        "Therefore, the plan above is valid.",
        "Here is a valid plan:",
        "After the last step all goal conditions are satisfied.",
        "The goal is now reached!",
        "This colouring satisfies all constraints.",
        "The schedule is correct.",
        "The sequence of actions successfully reaches the goal state",
    ],
)
def test_who_states_that_it_is_right_argues(said):
    assert reply_to_unsolvable(FOUND, f"{PLAN}\n\n{said}") == "argued"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Let's find a valid plan.",
        "I need a plan that reaches the goal.",
        "I am not sure whether this plan is valid.",
        "This plan does not achieve the goal.",
        "The plan isn't correct.",
        "The goal is to have all conditions satisfied.",
        "<think>This plan is valid.</think>",
    ],
)
def test_a_plan_without_such_a_statement_is_only_proposed(said):
    assert reply_to_unsolvable(FOUND, f"{said}\n{PLAN}") == "proposed"


def test_a_claim_and_what_cannot_be_read_are_what_they_are():
    assert reply_to_unsolvable(ClaimedUnsolvable("[NO PLAN]"), "[NO PLAN]") == "claimed-unsolvable"
    unread = Unreadable(Critique("no-plan", "nothing there"))
    assert reply_to_unsolvable(unread, "This plan is valid.") == "neither"
    assert reply_to_unsolvable(unread, "") == "neither"


def test_a_long_reply_takes_time_in_proportion():
    for piece in ("plan is ", "the goals are ", "plan. ", "x"):
        assert reply_to_unsolvable(FOUND, piece * 200_000) == "proposed"
