"""Certificates of trips: what is forged is refused, and no proof reaches beyond its statement."""

import pytest

from soundly.families.travel.family import TravelFamily
from soundly.kernel import Refused, recheck, seal
from soundly.kernel.travel_bound import least_cost
from soundly.kernel.travel_world import read_trip

FAMILY = TravelFamily()
PROBLEM = FAMILY.draw(size=5, seed=2)
STATEMENT = dict(PROBLEM.statement)
PLAN = [
    [list(pair) for pair in day]
    for day in FAMILY.read(PROBLEM, FAMILY.right_answer(size=5, seed=2)).solution
]


def solved(evidence, statement=STATEMENT):
    return recheck(seal("solved", "travel-plan", "travel-planning", statement, evidence))


def infeasible(evidence, statement):
    return recheck(seal("unsolvable", "travel-infeasible", "travel-planning", statement, evidence))


def with_budget(budget: int) -> dict[str, str]:
    lines = STATEMENT["query"].splitlines()
    lines[5] = f"budget: {budget}"
    return {**STATEMENT, "query": "\n".join(lines)}


def test_a_right_plan_is_accepted():
    """The summary says what it costs."""
    assert solved({"plan": PLAN}).summary.startswith("5 days, 2 cities, ")


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        {},
        {"plan": None},
        {"plan": PLAN, "more": 1},
        {"plan": "-"},
        {"plan": PLAN[:-1]},
        {"plan": [*PLAN, PLAN[-1]]},
        {"plan": [*PLAN[:-1], []]},
        {"plan": [*PLAN[:-1], PLAN[-1][:-1]]},
        {"plan": [*PLAN[:-1], [*PLAN[-1], ["note", "-"]]]},
        {"plan": [*PLAN[:-1], [*PLAN[-1], "note"]]},
        {"plan": [*PLAN[:-1], [*PLAN[-1][:-1], ["accommodation", 0]]]},
        {"plan": [*PLAN[:-1], PLAN[-1][::-1]]},
        {"plan": [*PLAN[:-1], dict(PLAN[-1])]},
    ],
)
def test_malformed_evidence_is_refused(evidence):
    """A plan is a list of days, a day eight pairs of texts in their order."""
    with pytest.raises(Refused):
        solved(evidence)


def test_every_text_counts():
    """Whatever field is changed, the plan is refused, but where "-" stood or may stand."""
    for day, fields in enumerate(PLAN):
        for place, (key, _) in enumerate(fields):
            changed = [[list(pair) for pair in each] for each in PLAN]
            changed[day][place][1] = "Nowhere Pan, Nowhere"
            with pytest.raises(Refused):
                solved({"plan": changed})
            changed[day][place] = [f"{key} ", fields[place][1]]
            with pytest.raises(Refused):
                solved({"plan": changed})


def test_a_proof_says_the_right_figures_for_the_right_reason():
    """Figures that are off by one, not whole, or of another statement are refused."""
    least = least_cost(read_trip(STATEMENT))
    evidence = {"journeys": least.journeys, "nights": least.nights, "meals": least.meals}
    total = sum(evidence.values())
    short = with_budget(total - 1)
    proof = infeasible({"lacking": "budget", "least": evidence}, short)
    assert proof.summary == f"any plan costs {total} at least, and the budget is {total - 1}"
    for key, number in evidence.items():
        for other in (number - 1, number + 1, str(number), float(number), None):
            with pytest.raises(Refused):
                infeasible({"lacking": "budget", "least": {**evidence, key: other}}, short)
    for statement, lacking in ((with_budget(total), "budget"), (short, "lodging"), (short, None)):
        with pytest.raises(Refused):
            infeasible({"lacking": lacking, "least": evidence}, statement)


@pytest.mark.parametrize("size", [3, 5, 7])
def test_no_solvable_trip_is_proved_unsolvable(size):
    """Law: what has a plan has no proof that it has none, whatever reason is named."""
    for seed in range(15):
        statement = dict(FAMILY.draw(size=size, seed=seed).statement)
        for lacking in ("lodging", "journey", "cuisine", "meals", "attractions", "budget"):
            with pytest.raises(Refused, match="do not show"):
                infeasible({"lacking": lacking, "least": {}}, statement)
