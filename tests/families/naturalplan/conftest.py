"""Invented items in the form of Natural Plan's files."""

import json

import pytest

CALENDAR = {
    "num_people": 3,
    "num_days": 2,
    "duration": 1.0,
    "prompt_0shot": (
        "You are an expert at scheduling meetings. Note there exists a solution.\n\n"
        "TASK: You need to schedule a meeting for Wilma, Otto and Frieda for one hour between the "
        "work hours of 9:00 to 17:00 on either Monday or Tuesday. \n\n"
        "Here are the existing schedules for everyone during the days: \n"
        "Wilma's calendar is wide open the entire week.\n"
        "Ottohas no meetings the whole week.\n"
        "Frieda has blocked their calendar on Monday during 9:00 to 13:00, 15:30 to 16:30, "
        "Tuesday during 9:00 to 10:00, 11:00 to 17:00; \n\n"
        "Wilma would rather not meet on Monday after 15:00. Tuesday before 9:30. "
        "Find a time that works for everyone's schedule and constraints. \nSOLUTION: "
    ),
    "golden_plan": "Here is the proposed time: Tuesday, 10:00 - 11:00 ",
    "pred_5shot_pro": "Here is the proposed time: Monday, 13:30 - 14:30 ",
}
MEETING = {
    "num_people": 2,
    "constraints": [
        ["Old Pier", "9:00AM"],
        ["Wilma", "Mill's End", "9:30AM to 11:00AM", 45],
        ["Otto", "Tram Depot", "10:00AM to 11:15AM", 60],
    ],
    "dist_matrix": {
        "Old Pier": {"Mill's End": 10, "Tram Depot": 20},
        "Mill's End": {"Old Pier": 11, "Tram Depot": 30},
        "Tram Depot": {"Old Pier": 21, "Mill's End": 29},
    },
    "prompt_0shot": (
        "You are visiting Quayton for the day and want to meet as many friends as possible.\n\n"
        "Travel distances (in minutes):\n"
        "Old Pier to Mill's End: 10.\nOld Pier to Tram Depot: 20.\n"
        "Mill's End to Old Pier: 11.\nMill's End to Tram Depot: 30.\n"
        "Tram Depot to Old Pier: 21.\nTram Depot to Mill's End: 29.\n\n"
        "CONSTRAINTS: You arrive at Old Pier at 9:00AM. Wilma will be at Mill's End from 9:30AM to "
        "11:00AM. You'd like to meet Wilma for a minimum of 45 minutes. Otto will be at Tram Depot "
        "from 10:00AM to 11:15AM. You'd like to meet Otto for a minimum of 60 minutes.\n"
        "\nSOLUTION:"
    ),
    "golden_plan": [
        "You start at Old Pier at 9:00AM.",
        "You travel to Mill's End in 10 minutes and arrive at 9:10AM.",
        "You wait until 9:30AM.",
        "You meet Wilma for 45 minutes from 9:30AM to 10:15AM.",
    ],
    "pred_5shot_pro": (
        "SOLUTION: You start at Old Pier at 9:00AM. You travel to Tram Depot in 20 minutes and "
        "arrive at 9:20AM. You wait until 10:00AM. You meet Otto for 60 minutes from 10:00AM to "
        "11:00AM."
    ),
}
TRIP = {
    "num_cities": 3,
    "cities": "Tartu**Ghent**Cork",
    "durations": "3**4**2",
    "prompt_0shot": (
        "You plan to visit 3 European cities for 7 days in total. You only take direct flights to "
        "commute between cities. You want to spend 4 days in Ghent. You would like to visit Cork "
        "for 2 days. From day 6 to day 7, there is a annual show you want to attend in Cork. You "
        "plan to stay in Tartu for 3 days. You plan to visit relatives in Tartu between day 1 and "
        "day 3.\n\nHere are the cities that have direct flights:\nTartu and Ghent, from Ghent to "
        "Cork.\n\nFind a trip plan of visiting the cities for 7 days by taking direct flights to "
        "commute between them."
    ),
    "golden_plan": (
        "Here is the trip plan for visiting the 3 European cities for 7 days:\n\n"
        "**Day 1-3:** Arriving in Tartu and visit Tartu for 3 days.\n"
        "**Day 3:** Fly from Tartu to Ghent.\n"
        "**Day 3-6:** Visit Ghent for 4 days.\n"
        "**Day 6:** Fly from Ghent to Cork.\n"
        "**Day 6-7:** Visit Cork for 2 days."
    ),
    "pred_5shot_pro": "**Day 1-4:** Visit Ghent for 4 days.\n**Day 4:** Fly from Ghent to Cork.",
}


@pytest.fixture
def entries() -> dict:
    """One item of each kind; a copy, to be changed at will."""
    items = {"calendar_1": CALENDAR, "meeting_1": MEETING, "trip_1": TRIP}
    return json.loads(json.dumps(items))
