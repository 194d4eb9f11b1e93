"""A world of three cities, small enough to know by heart, and a right plan through it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundly.core.problem import Problem
from soundly.families.travel.plan import Plan, day_of

TABLES = {
    "cities": "city,region\nHomel,North\nFarol,South\nOtrin,South\n",
    "flights": (
        "number,day,from,to,departs,arrives,price\n"
        "F1,1,Homel,Farol,08:00,09:00,100\nF1,2,Homel,Farol,08:00,09:00,50\n"
        "F2,3,Farol,Homel,18:00,19:00,100\n"
    ),
    "roads": "between,and,minutes,kilometres,self-driving,taxi\nHomel,Farol,120,150,10,90\n",
    "lodgings": (
        "name,city,price,room type,minimum nights,maximum occupancy,forbids\n"
        "Blue Inn,Farol,50,private room,2,2,smoking\nRed Inn,Farol,40,shared room,1,1,\n"
        "Grey Inn,Farol,30,entire room,3,2,smoking; pets\nFar Inn,Otrin,20,private room,1,2,\n"
    ),
    "restaurants": (
        "name,city,cost,cuisines\nOne Pan,Farol,10,Thai\nTwo Pan,Farol,12,Greek\n"
        "Red Pan,Farol,15,Greek; Thai\nOld Pan,Farol,9,Korean\nFar Pan,Otrin,5,Thai\n"
        "Home Pan,Homel,5,Breton\n"
    ),
    "attractions": "name,city\nOld Mill,Farol\nNew Mill,Farol\nFar Mill,Otrin\n",
}
ASKED = {"days": 3, "from": "Homel", "to": "Farol", "cities": 1, "people": 2, "budget": 1000}


@pytest.fixture
def stated() -> Callable[..., Problem]:
    """A function from wishes, and texts that stand for others, to a problem."""

    def problem(*, texts=None, **asked) -> Problem:
        named = {key.replace("_", " "): value for key, value in asked.items()}
        order = (*ASKED, "room rule", "room type", "cuisine", "transportation")
        given = ASKED | named
        query = "".join(f"{key}: {given[key]}\n" for key in order if key in given)
        return Problem("travel-planning", "small", {"query": query, **TABLES, **(texts or {})})

    return problem


@pytest.fixture
def right() -> Plan:
    """A plan that is right where nothing but a budget of 1000 is asked for; it costs 182."""
    return (
        day_of(
            {
                "days": "1",
                "current_city": "from Homel to Farol",
                "transportation": "Self-driving, from Homel to Farol",
                "accommodation": "Blue Inn, Farol",
            }
        ),
        day_of(
            {
                "days": "2",
                "current_city": "Farol",
                "breakfast": "One Pan, Farol",
                "attraction": "Old Mill, Farol;New Mill, Farol;",
                "lunch": "Two Pan, Farol",
                "dinner": "Old Pan, Farol",
                "accommodation": "Blue Inn, Farol",
            }
        ),
        day_of(
            {
                "days": "3",
                "current_city": "from Farol to Homel",
                "transportation": "Self-driving, from Farol to Homel, Duration: 120 minutes",
            }
        ),
    )


@pytest.fixture
def edited(right) -> Callable[..., Plan]:
    """A function from a day and texts by field to the right plan with these in it."""

    def edit(day: int, *, plan: Plan = right, **fields: str) -> Plan:
        days = list(plan)
        days[day - 1] = tuple((key, fields.get(key, text)) for key, text in days[day - 1])
        return tuple(days)

    return edit
