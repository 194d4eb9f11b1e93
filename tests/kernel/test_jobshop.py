"""Certificates of schedules: what they have to show, and what is refused."""

import pytest

from soundly.kernel import Refused, recheck, seal

STATEMENT = {"instance": "# two jobs\n2 2\n0 3 1 2\n1 4 0 1\n", "deadline": "7"}
BOUND = {"machine": 1, "jobs": [0, 1]}
STARTS = [["0", "4"], ["0", "4"]]


def certificate(statement=STATEMENT, **evidence) -> dict:
    return seal("solved", "job-shop", "job-shop", statement, {"bound": BOUND, **evidence})


def test_a_schedule_is_accepted_with_its_makespan_and_bound():
    """The bound is what the named operations leave, whatever the deadline."""
    accepted = recheck(certificate(starts=STARTS))
    assert accepted.summary == "makespan 6, and no schedule is shorter than 6"
    alone = {"machine": 0, "jobs": [0]}
    summary = recheck(certificate(starts=STARTS, bound=alone)).summary
    assert summary == "makespan 6, and no schedule is shorter than 5"
    exact = {**STATEMENT, "deadline": "6"}
    assert recheck(certificate(exact, starts=STARTS))


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ([["0", "2"], ["4", "8"]], "job 0 begins at 2 on 1, and is busy to 3"),
        ([["0", "3"], ["0", "4"]], "jobs 1 and 0 overlap on machine 1"),
        ([["0", "4"], ["0", "2"]], "job 1 begins at 2 on 0, and is busy to 4"),
        ([["4", "7"], ["0", "4"]], "jobs . and . overlap on machine 0"),
        ([["0", "6"], ["0", "4"]], "the makespan is 8, beyond the deadline 7"),
        ([["0", "4"]], "1 row of starts came for 2 jobs"),
        ([["0", "4"], ["0"]], "job 1 has 2 operations"),
        ([["0", "4"], ["0", "4", "9"]], "job 1 has 2 operations"),
        ([["0", "4"], "04"], "job 1 has 2 operations"),
        ([["0", "4"], ["0", 4]], "4 is not a start"),
        ([["0", "4"], ["0", "-4"]], "'-4' is not a start"),
        ([["0", "4"], ["0", "04"]], "'04' is not a start"),
        ([["0", "4"], ["0", "\uff14"]], "is not a start"),
        ([["0", "4"], ["0", "9" * 10]], "is not a start"),
        ({}, "starts have to be a list"),
    ],
)
def test_what_is_no_schedule_in_time_is_refused(starts, reason):
    """Order, machines, deadline, and the shape of the evidence."""
    with pytest.raises(Refused, match=reason):
        recheck(certificate(starts=starts))


def test_a_schedule_without_a_bound_is_refused():
    """Evidence has exactly its fields."""
    document = seal("solved", "job-shop", "job-shop", STATEMENT, {"starts": STARTS})
    with pytest.raises(Refused, match="fields starts, bound"):
        recheck(document)


@pytest.mark.parametrize(
    "statement",
    [
        {"instance": "2 2\n0 3 1 2\n1 4 0 1\n", "deadline": 7},
        {"instance": "2 2\n0 3 1 2\n1 4 0 1\n", "deadline": None},
        {"instance": "2 2\n0 3 1 2\n", "deadline": "7"},
        {"instance": "2 2\n0 3 1 2\n1 4 1 1\n", "deadline": "7"},
        {"instance": "2 2\n0 3 1 2\n1 4 0 1 2\n", "deadline": "7"},
        {"instance": "2 2\n0 3 1 2\n1 4 0 0\n", "deadline": "7"},
        {"instance": "2 2 2\n0 3 1 2\n1 4 0 1\n", "deadline": "7"},
        {"instance": "", "deadline": "7"},
        {"instance": ["2 2"], "deadline": "7"},
        {"deadline": "7"},
        {**STATEMENT, "also": ""},
    ],
)
def test_a_statement_of_another_form_is_refused(statement):
    """The kernel reads the statement by itself, and strictly."""
    with pytest.raises(Refused):
        recheck(certificate(statement, starts=STARTS))
