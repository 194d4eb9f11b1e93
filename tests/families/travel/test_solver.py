"""What the solver finds is right, what it proves is so, and brute force says the same."""

from itertools import combinations, product

import anyio
import pytest

from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverNotForThis, SolverProved
from soundly.families.travel.critic import check
from soundly.families.travel.family import TravelFamily
from soundly.families.travel.hard import cost_of
from soundly.families.travel.itinerary import itinerary_of
from soundly.families.travel.plan import day_of
from soundly.families.travel.solver import TravelSolver
from soundly.families.travel.statement import trip_of
from soundly.kernel import recheck
from soundly.kernel.travel_bound import lack_of, least_cost
from soundly.kernel.travel_world import read_trip

FAMILY = TravelFamily()
PANS = [f"{name} Pan, Farol" for name in ("One", "Two", "Red", "Old")]
INNS = [f"{name} Inn, Farol" for name in ("Blue", "Red", "Grey")]
RIDES = [("Flight Number: F1", "Flight Number: F2"), ("Taxi",) * 2, ("Self-driving",) * 2]
WISHES = [
    {},
    {"room_rule": "pets"},
    {"room_type": "shared room", "people": 3},
    {"cuisine": "Greek, Korean, Thai"},
    {"transportation": "no self-driving", "people": 5},
    {"transportation": "no flight", "people": 6, "room_type": "not shared room"},
    {"room_type": "entire room"},
    {"cuisine": "Breton"},
    {"room_rule": "smoking", "room_type": "private room"},
]


def all_costs(problem: Problem) -> list[int]:
    """What each right plan for the small world costs, the order of meals left aside."""
    trip = trip_of(problem)
    costs = []
    for out, back in product(*zip(*RIDES, strict=True)):
        for beds, pans in product(product(INNS, repeat=2), combinations(PANS, 3)):
            for more in ("-", *set(PANS).difference(pans)):
                days = (
                    {
                        "current_city": "from Homel to Farol",
                        "transportation": f"{out}, from Homel to Farol",
                        "dinner": more,
                        "accommodation": beds[0],
                    },
                    {
                        "current_city": "Farol",
                        "attraction": "Old Mill, Farol",
                        **dict(zip(("breakfast", "lunch", "dinner"), pans, strict=True)),
                        "accommodation": beds[1],
                    },
                    {
                        "current_city": "from Farol to Homel",
                        "transportation": f"{back}, from Farol to Homel",
                    },
                )
                plan = tuple(day_of({"days": str(n), **day}) for n, day in enumerate(days, 1))
                if check(trip, plan).accepted:
                    costs.append(cost_of(itinerary_of(trip, plan)))
    return costs


@pytest.mark.parametrize("wishes", WISHES, ids=str)
def test_the_search_finds_a_plan_exactly_where_there_is_one(stated, wishes):
    """Feasible at the cost of the cheapest of all plans, and not with one less."""
    pytest.importorskip("ortools", reason="the search needs the extra scheduling")
    from soundly.families.travel.search import TripModel

    costs = all_costs(stated(**wishes))
    if not costs:
        assert TripModel(trip_of(stated(**wishes))).solve(max_seconds=10) == "INFEASIBLE"
        assert lack_of(read_trip(stated(**wishes).statement)) is not None
        return
    trip = trip_of(stated(**wishes, budget=min(costs)))
    assert check(trip, TripModel(trip).solve(max_seconds=10)).accepted
    dearer = trip_of(stated(**wishes, budget=min(costs) - 1))
    assert TripModel(dearer).solve(max_seconds=10) == "INFEASIBLE"
    assert least_cost(read_trip(stated(**wishes).statement)).total <= min(costs)


@pytest.mark.parametrize("size", [3, 5, 7])
def test_what_is_drawn_is_solved(size):
    """The search finds a plan that the critic accepts, whatever the wishes."""
    pytest.importorskip("ortools", reason="the search needs the extra scheduling")
    from soundly.families.travel.search import TripModel

    for seed in range(2):
        trip = trip_of(FAMILY.draw(size=size, seed=seed))
        assert not check(trip, TripModel(trip).solve(max_seconds=20)).critiques


@pytest.mark.parametrize("size", [3, 4, 5, 7, 9])
def test_what_is_drawn_unsolvable_is_proved_so(size):
    """Each reason comes up, and the kernel sees each for itself."""
    reasons = set()
    for seed in range(16):
        problem = FAMILY.draw_unsolvable(size=size, seed=seed)
        answer = anyio.run(TravelSolver().solve, problem)
        assert isinstance(answer, SolverProved)
        assert recheck(answer.certificate.document).claim == "unsolvable"
        reasons.add(answer.certificate.document["evidence"]["lacking"])
    assert reasons >= {"budget", "lodging", "cuisine"}


@pytest.mark.parametrize("size", [3, 4, 5])
def test_the_search_agrees_with_the_proofs(size):
    """Where adding up shows that there is no plan, the search finds none."""
    pytest.importorskip("ortools", reason="the search needs the extra scheduling")
    from soundly.families.travel.search import TripModel

    for seed in range(5):
        trip = trip_of(FAMILY.draw_unsolvable(size=size, seed=seed))
        assert TripModel(trip).solve(max_seconds=20) == "INFEASIBLE"


def test_each_of_the_four_answers(stated):
    """Found, proved, asserted where only the search knows it, and given up."""
    pytest.importorskip("ortools", reason="the search needs the extra scheduling")
    tables = stated().statement["restaurants"].replace("12,Greek", "12,Thai")
    greek = {"cuisine": "Greek", "texts": {"restaurants": tables}}
    cheapest = min(all_costs(stated(**greek)))
    least = least_cost(read_trip(stated(**greek).statement)).total
    assert least < cheapest - 1
    answers = [
        anyio.run(TravelSolver().solve, stated(**greek, budget=budget))
        for budget in (cheapest, cheapest - 1, least - 1)
    ]
    assert [type(answer) for answer in answers] == [SolverFound, SolverAsserted, SolverProved]
    other = Problem("coloring", "graph", {"graph": "p edge 1 0\n", "colours": "1"})
    assert isinstance(anyio.run(TravelSolver().solve, other), SolverNotForThis)


@pytest.mark.parametrize(
    "limits", [{"max_seconds": 0}, {"max_seconds": float("inf")}, {"max_memory_mb": 0}]
)
def test_limits_are_limits(limits):
    """A search has a time and a memory."""
    with pytest.raises(ValueError, match="wanted"):
        TravelSolver(**limits)
