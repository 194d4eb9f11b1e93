"""Each of the thirteen constraints is told for itself, with its day, its field and a way out."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError
from soundly.families.travel.critic import check
from soundly.families.travel.family import TravelFamily
from soundly.families.travel.hard import cost_of
from soundly.families.travel.itinerary import itinerary_of
from soundly.families.travel.plan import format_plan
from soundly.families.travel.statement import trip_of
from soundly.kernel import Refused, recheck

FAMILY = TravelFamily()


def faults(problem, plan) -> list[tuple[str, str]]:
    """Codes and places; the kernel and the twin have to be of one mind with the critic."""
    verdict = check(trip_of(problem), plan)
    candidate = Candidate(plan, format_plan(plan), "test")
    assert FAMILY.twin(problem, candidate) == verdict.accepted
    try:
        recheck(FAMILY.certify(problem, candidate).document)
    except Refused:
        assert verdict.rejected
    else:
        assert verdict.accepted
    return [(critique.code, critique.where) for critique in verdict.critiques]


def repairs(problem, plan) -> list[str | None]:
    return [critique.repair for critique in check(trip_of(problem), plan).critiques]


def test_a_plan_that_keeps_all_is_right(stated, right):
    """It is accepted, and costs two drives, two nights and three meals for two."""
    assert faults(stated(), right) == []
    assert cost_of(itinerary_of(trip_of(stated()), right)) == 10 + 10 + 2 * 50 + 2 * (10 + 12 + 9)
    assert faults(stated(budget=182), right) == []
    assert faults(stated(budget=181), right) == [("budget", "plan")]


@pytest.mark.parametrize(
    ("day", "fields", "wanted"),
    [
        (2, {"lunch": "No Pan, Farol"}, [("within-sandbox", "day 2, lunch")]),
        (2, {"lunch": "Two Pan"}, [("within-sandbox", "day 2, lunch")]),
        (2, {"lunch": "Two Pan or Red Pan, Farol"}, [("within-sandbox", "day 2, lunch")]),
        (2, {"lunch": "two pan, Farol"}, [("within-sandbox", "day 2, lunch")]),
        (2, {"lunch": "Two P\u0430n, Farol"}, [("within-sandbox", "day 2, lunch")]),
        (2, {"attraction": "Old Mill, Farol;;"}, [("within-sandbox", "day 2, attraction")]),
        (
            1,
            {"transportation": "Bus, from Homel to Farol"},
            [("within-sandbox", "day 1, transportation")],
        ),
        (
            3,
            {"transportation": "Self-driving, from Farol to Homel, Cost: 9"},
            [("within-sandbox", "day 3, transportation")],
        ),
        (2, {"lunch": "-"}, [("complete-information", "day 2, lunch")]),
        (2, {"attraction": "-"}, [("complete-information", "day 2, attraction")]),
        (1, {"transportation": "-"}, [("complete-information", "day 1, transportation")]),
        (2, {"days": "3"}, [("complete-information", "day 2, days")]),
        (
            2,
            {"accommodation": "-"},
            [
                ("complete-information", "day 2, accommodation"),
                ("minimum-nights-stay", "day 1, accommodation"),
            ],
        ),
        (2, {"dinner": "Far Pan, Otrin"}, [("within-current-city", "day 2, dinner")]),
        (
            2,
            {"transportation": "Self-driving, from Homel to Farol"},
            [("within-current-city", "day 2, transportation")],
        ),
        (3, {"accommodation": "Red Inn, Farol"}, [("within-current-city", "day 3, accommodation")]),
        (2, {"dinner": "One Pan, Farol"}, [("diverse-restaurants", "day 2, dinner")]),
        (1, {"attraction": "Old Mill, Farol"}, [("diverse-attractions", "day 2, attraction")]),
        (
            1,
            {"accommodation": "Grey Inn, Farol"},
            [
                ("minimum-nights-stay", "day 1, accommodation"),
                ("minimum-nights-stay", "day 2, accommodation"),
            ],
        ),
        (
            1,
            {"transportation": "Taxi, from Homel to Farol"},
            [("non-conflicting-transportation", "day 3, transportation")],
        ),
        (
            1,
            {"transportation": "Flight Number: F1, from Homel to Farol"},
            [("non-conflicting-transportation", "day 3, transportation")],
        ),
    ],
)
def test_one_edit_breaks_what_it_breaks(stated, edited, day, fields, wanted):
    """Nothing more is told than what is wrong, and it is told where it is wrong."""
    assert faults(stated(), edited(day, **fields)) == wanted


@pytest.mark.parametrize(
    ("day", "fields"),
    [
        (1, {"dinner": "Red Pan, Farol"}),
        (1, {"breakfast": "Home Pan, Homel"}),
        (3, {"lunch": "Home Pan, Homel"}),
        (2, {"attraction": "Old Mill, Farol; New Mill, Farol"}),
        (3, {"transportation": "self-driving, from Farol to Homel, Cost: 10, Distance: 150 km"}),
    ],
)
def test_what_is_not_forbidden_is_allowed(stated, edited, day, fields):
    """Meals on days of travel, in either city, and facts that are true."""
    assert faults(stated(), edited(day, **fields)) == []


@pytest.mark.parametrize(
    ("day", "city", "places"),
    [
        (1, "Farol", ["day 1", "day 1"]),
        (1, "from Farol to Farol", ["day 1", "day 1", "day 1"]),
        (3, "Farol", ["day 3"]),
        (2, "Homel", ["day 2", "day 2", "day 3"]),
        (2, "Otrin", ["day 2", "day 2", "day 3"]),
        (2, "Farol or Otrin", ["day 2", "day 2", "day 3"]),
    ],
)
def test_a_route_that_does_not_close_is_told(stated, edited, day, city, places):
    """From home on the first day, on from where one is, back on the last."""
    found = faults(stated(), edited(day, current_city=city))
    told = [where for code, where in found if code == "reasonable-city-route"]
    assert told == [f"{place}, current_city" for place in places]


def test_a_city_is_not_entered_twice(stated):
    """Out, over, back to the first city, home: the third leg is the fault."""
    problem = stated(days=5, to="South", cities=2)
    cities = ["from Homel to Farol", "from Farol to Otrin", "from Otrin to Farol", "Farol"]
    plan = [
        tuple({"days": str(number), "current_city": city}.items())
        for number, city in enumerate([*cities, "from Farol to Homel"], start=1)
    ]
    found = [where for code, where in faults(problem, tuple(plan)) if code.startswith("reason")]
    assert found == ["day 3, current_city"]


def test_days_and_fields_are_counted(stated, right):
    """A day too few, too many or unclear, a field that is missing, twice or unknown."""
    problem = stated()
    assert ("complete-information", "plan") in faults(problem, right[:2])
    assert faults(problem, (*right, right[2]))[0] == ("complete-information", "plan")
    without = (right[0][:-1], *right[1:])
    assert faults(problem, without)[0] == ("complete-information", "day 1, accommodation")
    twice = ((*right[0], right[0][3]), *right[1:])
    assert set(faults(problem, twice)) == {("complete-information", "day 1, breakfast")}
    more = ((*right[0], ("note", "or Red Inn, Farol")), *right[1:])
    assert faults(problem, more) == [("complete-information", "day 1, note")]
    assert faults(problem, ())[0] == ("complete-information", "plan")


@pytest.mark.parametrize(
    ("wish", "day", "fields", "wanted"),
    [
        ({"room_rule": "smoking"}, 1, {}, ("room-rule", "day 1, accommodation")),
        ({"room_type": "shared room"}, 1, {}, ("room-type", "day 1, accommodation")),
        ({"room_type": "entire room"}, 1, {}, ("room-type", "day 1, accommodation")),
        ({"cuisine": "Greek, Breton"}, 1, {"breakfast": "Home Pan, Homel"}, ("cuisine", "plan")),
        ({"transportation": "no self-driving"}, 2, {}, ("transportation", "day 1, transportation")),
    ],
)
def test_wishes_are_told(stated, edited, wish, day, fields, wanted):
    """What a query asks for beyond common sense; eating at home does not count."""
    assert wanted in faults(stated(**wish), edited(day, **fields))


@pytest.mark.parametrize(
    "wish",
    [
        {"room_rule": "pets"},
        {"room_type": "private room"},
        {"room_type": "not shared room"},
        {"cuisine": "Korean, Thai"},
        {"transportation": "no flight"},
    ],
)
def test_wishes_that_are_kept_are_kept(stated, right, wish):
    """The same plan is right where what is asked for is what it has."""
    assert faults(stated(**wish), right) == []


def test_repairs_are_constructive(stated, edited, right):
    """A name nearly right, a free restaurant, a bed that fits, a ride that is allowed, a saving."""
    assert repairs(stated(), edited(2, lunch="Two Pann, Farol")) == ["there is Two Pan, Farol"]
    assert repairs(stated(), edited(2, lunch="Far Pan, Farol")) == ["Far Pan is in Otrin"]
    assert repairs(stated(), edited(2, dinner="One Pan, Farol")) == [
        "Red Pan, Farol is not in the plan yet"
    ]
    grey = edited(
        2, plan=edited(1, accommodation="Grey Inn, Farol"), accommodation="Grey Inn, Farol"
    )
    assert repairs(stated(), grey) == ["Blue Inn, Farol fits, for 50 a night"]
    assert repairs(stated(transportation="no self-driving"), right)[0] == (
        "there are Flight Number: F1, Taxi, from Homel to Farol"
    )
    red = edited(2, plan=edited(1, accommodation="Red Inn, Farol"), accommodation="Red Inn, Farol")
    assert repairs(stated(budget=200), red) == ["Blue Inn instead of Red Inn in Farol saves 60"]
    assert (
        repairs(stated(cuisine="Thai"), edited(2, breakfast="-"))[-1] == "One Pan, Farol serves it"
    )


def test_a_repair_repairs(stated, edited):
    """Taking the bed that is suggested leaves nothing wrong."""
    plan = edited(2, plan=edited(1, accommodation="Red Inn, Farol"), accommodation="Red Inn, Farol")
    problem = stated(room_type="not shared room")
    assert repairs(problem, plan) == ["Blue Inn, Farol fits, for 50 a night"]
    mended = edited(
        1,
        plan=edited(2, plan=plan, accommodation="Blue Inn, Farol"),
        accommodation="Blue Inn, Farol",
    )
    assert faults(problem, mended) == []


@pytest.mark.parametrize("solution", [None, ["day"], ((("days",),),), ((("days", 1),),), ("day",)])
def test_a_plan_of_another_kind_breaks_the_critic(solution):
    """What is no plan gets no verdict."""
    with pytest.raises(CriticError):
        FAMILY.certify(FAMILY.draw(size=3, seed=0), Candidate(solution, "", "test"))
