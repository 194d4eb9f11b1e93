"""Each fault has its own critique, all are told at once, and hints say what would do."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError, ProblemError
from soundly.core.problem import Problem
from soundly.core.verdict import Decision
from soundly.families.naturalplan.calendars.calendar import calendar_of
from soundly.families.naturalplan.calendars.critic import check as check_slot
from soundly.families.naturalplan.calendars.critic import slot_of
from soundly.families.naturalplan.calendars.reading import read_slot
from soundly.families.naturalplan.meetings.critic import check as check_meetings
from soundly.families.naturalplan.meetings.critic import plan_of as meetings_of
from soundly.families.naturalplan.meetings.day import day_of
from soundly.families.naturalplan.meetings.reading import read_plan
from soundly.families.naturalplan.trips.critic import check as check_trip
from soundly.families.naturalplan.trips.critic import plan_of as trip_plan_of
from soundly.families.naturalplan.trips.reading import read_trip_plan
from soundly.families.naturalplan.trips.trip import trip_of

CALENDAR = """\
days | Monday | Tuesday
hours | 9:00 | 17:00
length | 60
person | Ann
person | Bo
busy | Ann | Monday | 9:00 | 12:00
busy | Bo | Monday | 11:00 | 17:00
avoid | Bo | Tuesday | 9:00 | 10:00
"""
DAY = """\
start | Pier | 9:00
travel | Pier | Mill | 10
travel | Mill | Pier | 12
travel | Mill | Tower | 5
travel | Pier | Tower | 40
travel | Tower | Pier | 15
friend | Ann | Mill | 9:30 | 11:00 | 45
friend | Bo | Tower | 9:00 | 10:00 | 30
friend | Cy | Pier | 12:00 | 13:00 | 60
"""
TRIP = """\
days | 7
stay | Oslo | 3
stay | Rome | 4
stay | Bonn | 2
flights | Oslo | Rome
flight | Rome | Bonn
within | Oslo | 1 | 1
whole | Bonn | 6 | 7
"""


def codes(verdict) -> list[str]:
    return [each.code for each in verdict.critiques]


def slot(text: str, calendar: str = CALENDAR):
    problem = Problem("calendar-scheduling", "c", {"calendar": calendar})
    found = read_slot(f"[ANSWER]{text}[ANSWER END]", calendar_of(problem).days)
    return check_slot(calendar_of(problem), found.solution)


def meetings(*steps: str, goal: str = "most"):
    problem = Problem("meeting-planning", "m", {"meeting": DAY, "goal": goal})
    return check_meetings(problem, read_plan("\n".join(["[ANSWER]", *steps])).solution)


def trip(*lines: str):
    problem = Problem("trip-planning", "t", {"trip": TRIP})
    return check_trip(trip_of(problem), read_trip_plan("\n".join(["[ANSWER]", *lines])).solution)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tuesday, 10:00 - 11:00", []),
        ("on tuesday, from 4:00 PM to 5:00PM", []),
        ("Tuesday, 10:07 - 11:07", []),
        ("Tuesday, 9:30 - 10:30", ["person-taken"]),
        ("Monday, 11:00 - 12:00", ["person-taken", "person-taken"]),
        ("Monday, 8:30 - 9:30", ["outside-hours", "person-taken"]),
        ("Tuesday, 16:30 - 17:30", ["outside-hours"]),
        ("Tuesday, 10:00 - 10:30", ["wrong-length"]),
        ("Tuesday, 11:00 - 10:00", ["wrong-length"]),
        ("Friday, 10:00 - 11:00", ["unknown-day"]),
        ("Tuesday, 10:00 - 25:00", ["unclear-time"]),
        ("Tuesday, 13:00PM - 2:00PM", ["unclear-time"]),
        ("Tuesday, 10:00 - 11:00 or 11:00 - 12:00", ["unclear-time"]),
        ("T\u0075esday, 10:00 - 11:0\u0660", ["unclear-time"]),
        ("9" * 10_000 + ":00 - 10:00", ["unclear-time"]),
    ],
)
def test_faults_of_a_time(text, said):
    assert codes(slot(text)) == said


def test_who_is_taken_when_and_what_would_do():
    """The person, the stretch, and the first time that everyone has."""
    first, second = slot("Monday, 11:30 - 12:30").critiques
    assert str(first) == (
        "Ann, Monday 9:00 to 12:00: Ann is busy then "
        "(everyone has time on Tuesday from 10:00 to 11:00)"
    )
    assert second.where == "Bo, Monday 11:00 to 17:00"


def test_only_the_earliest_time_does_where_it_is_asked_for():
    calendar = f"earliest\n{CALENDAR}"
    assert slot("Tuesday, 10:00 - 11:00", calendar).accepted
    assert codes(slot("Tuesday, 10:30 - 11:30", calendar)) == ["not-earliest"]
    assert codes(slot("Tuesday, 9:30 - 10:30", calendar)) == ["person-taken"]


ALL_OF_IT = (
    "You start at Pier at 9:00AM.",
    "You travel to Mill in 10 minutes and arrive at 9:10AM.",
    "You travel to Tower in 5 minutes and arrive at 9:15AM.",
    "You meet Bo for 30 minutes from 9:15AM to 9:45AM.",
    "You travel to Pier in 15 minutes and arrive at 10:00AM.",
    "You travel to Mill in 10 minutes and arrive at 10:10AM.",
    "You meet Ann for 45 minutes from 10:10AM to 10:55AM.",
    "You travel to Pier in 12 minutes and arrive at 11:07AM.",
    "You wait until 12:00PM.",
    "You meet Cy for 60 minutes from 12:00PM to 1:00PM.",
)


def test_all_can_be_met_by_way_of_another_place():
    """The way by the mill is quicker than the stated one, and only so are all three met."""
    assert meetings(*ALL_OF_IT).accepted
    assert meetings(*(step for step in ALL_OF_IT if "wait" not in step)).accepted


@pytest.mark.parametrize(
    ("at", "step", "said"),
    [
        (0, "You start at Mill at 9:00AM.", ["wrong-start"]),
        (1, "You travel to Mill in 11 minutes and arrive at 9:10AM.", ["wrong-travel-time"]),
        (1, "You travel to Mill in 10 minutes and arrive at 9:11AM.", ["wrong-arrival"] * 2),
        (1, "You travel to Mill.", []),
        (3, "You meet Bo for 30 minutes from 9:14AM to 9:44AM.",
         ["too-early", "too-few-met", "wrong-arrival"]),
        (3, "You meet Bo for 20 minutes from 9:15AM to 9:35AM.",
         ["too-few-met", "too-short", "wrong-arrival"]),
        (3, "You meet Bo for 31 minutes from 9:15AM to 9:45AM.", ["too-few-met", "wrong-duration"]),
        (3, "You meet Ann for 45 minutes from 9:15AM to 10:00AM.",
         ["before-friend", "too-few-met", "wrong-arrival", "wrong-place"]),
        (3, "You meet Zoe for 30 minutes from 9:15AM to 9:45AM.",
         ["too-few-met", "unknown-friend"]),
        (6, "You meet Bo for 45 minutes from 10:10AM to 10:55AM.", ["met-twice", "too-few-met"]),
        (6, "You meet Ann for 45 minutes from 10:17AM to 11:02AM.",
         ["after-friend", "too-few-met", "wrong-arrival"]),
        (7, "You travel to Nowhere in 12 minutes.", ["no-way", "too-few-met", "wrong-place"]),
        (8, "You wait until 11:06AM.", ["wait-until-the-past"]),
        (8, "You have lunch.", ["unclear-step"]),
        (9, "You have lunch.", ["too-few-met", "unclear-step"]),
        (9, "You travel to Mill in " + "9" * 5_000 + " minutes.", ["too-few-met", "unclear-step"]),
    ],
)  # fmt: skip
def test_faults_of_a_day(at, step, said):
    steps = list(ALL_OF_IT)
    steps[at] = step
    assert sorted(codes(meetings(*steps))) == said


def test_a_late_meeting_says_by_how_much():
    steps = [*ALL_OF_IT[:6], "You meet Ann for 45 minutes from 10:20AM to 11:05AM."]
    (late, *_) = meetings(*steps).critiques
    assert str(late) == ("step 7: Ann leaves at 11:00: it ends 5 minutes too late (begin by 10:15)")


def test_one_minute_too_late_is_too_late():
    """Ann leaves at eleven."""
    for end, said in (("11:00AM", []), ("11:01AM", ["after-friend", "too-few-met"])):
        steps = [*ALL_OF_IT[:6], f"You meet Ann from 10:10AM to {end}."]
        assert codes(meetings(*steps, goal="2")) == said


def test_fewer_friends_than_possible_are_not_enough_and_as_many_as_wanted_are():
    """The most counts where it is asked for, a number where that is."""
    assert codes(meetings(*ALL_OF_IT[:7])) == ["too-few-met"]
    assert meetings(*ALL_OF_IT[:7], goal="2").accepted
    assert codes(meetings(*ALL_OF_IT[:7], goal="3")) == ["too-few-met"]
    assert codes(meetings(*ALL_OF_IT, goal="4")) == ["too-few-met"]


def test_what_is_too_much_to_find_out_is_unknown(monkeypatch):
    """Friends who are always there have too many sets; a plan that meets them all is right."""
    monkeypatch.setattr("soundly.families.naturalplan.meetings.table.MAX_STATES", 1_000)
    names = [f"{a}{b}" for a in "KLMNPRST" for b in "aeiou"]
    rows = ["start | Here | 0:00", *(f"friend | {n} | Here | 0:00 | 24:00 | 9" for n in names)]
    problem = Problem("meeting-planning", "m", {"meeting": "\n".join(rows), "goal": "most"})
    steps = []
    for number, name in enumerate(names):
        begin, end = 9 * number, 9 * number + 9
        times = f"{begin // 60}:{begin % 60:02d} to {end // 60}:{end % 60:02d}"
        steps.append(f"You meet {name} from {times}.")
    everyone = read_plan("\n".join(["[ANSWER]", *steps])).solution
    assert check_meetings(problem, everyone).accepted
    assert check_meetings(problem, everyone[1:]).decision is Decision.UNKNOWN
    assert check_meetings(problem, everyone[1:] * 2).rejected


WHOLE_TRIP = (
    "Day 1-3: Visit Oslo for 3 days.",
    "Day 3: Fly from Oslo to Rome.",
    "Day 3-6: Visit Rome for 4 days.",
    "Day 6: Fly from Rome to Bonn.",
    "Day 6-7: Visit Bonn for 2 days.",
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (WHOLE_TRIP, []),
        (WHOLE_TRIP[::2], []),
        (("1. **Day 1-3:** Arriving in Oslo and visit Oslo for 3 days.", *WHOLE_TRIP[1:]), []),
        (("Day 1-3: Arriving in Rome and visit Oslo for 3 days.", *WHOLE_TRIP[2::2]),
         ["unclear-step", "wrong-day", "city-left-out"]),
        ((*WHOLE_TRIP[:4], "Day 6-7: Visit Bonn for 3 days."), ["days-do-not-add-up"]),
        ((*WHOLE_TRIP[:4], "Day 6-8: Visit Bonn."), ["wrong-stay", "wrong-end"]),
        ((*WHOLE_TRIP[:3], "Day 5: Fly from Rome to Bonn.", WHOLE_TRIP[4]), ["wrong-day"]),
        ((*WHOLE_TRIP[:3], "Day 6: Fly from Oslo to Bonn.", WHOLE_TRIP[4]), ["wrong-flight"]),
        ((*WHOLE_TRIP[:3], "Day 6: Fly from Rome to Oslo.", WHOLE_TRIP[4]), ["wrong-flight"]),
        (WHOLE_TRIP[:4], ["city-left-out", "flight-out-of-place", "wrong-end"]),
        (WHOLE_TRIP[:3], ["city-left-out", "wrong-end"]),
        ((WHOLE_TRIP[1], *WHOLE_TRIP), ["flight-out-of-place", "wrong-day", "wrong-flight"]),
        ((*WHOLE_TRIP, "Day 7-9: Visit Oslo for 3 days."),
         ["no-flight", "visited-twice", "missed-window", "wrong-end"]),
        (("Day 1-4: Visit Rome.", "Day 4-6: Visit Oslo.", "Day 6-7: Visit Bonn."),
         ["missed-window", "no-flight"]),
        (("Day 1-3: Visit Oslo.", "Day 3-4: Visit Bonn.", "Day 4-7: Visit Rome."),
         ["missed-window", "no-flight", "no-flight"]),
        ((*WHOLE_TRIP[:4], "Day 6-7: Visit Bern for 2 days."),
         ["city-left-out", "no-flight", "unknown-city", "wrong-flight"]),
        ((*WHOLE_TRIP, "or the other way round"), ["unclear-step"]),
        ((*WHOLE_TRIP[:4], f"Day 6-{'7' * 5_000}: Visit Bonn."),
         ["city-left-out", "flight-out-of-place", "unclear-step", "wrong-end"]),
    ],
)  # fmt: skip
def test_faults_of_a_trip(lines, said):
    assert sorted(codes(trip(*lines))) == sorted(said)


def test_a_missing_flight_says_where_one_can_fly():
    verdict = trip("Day 1-3: Visit Oslo.", "Day 3-4: Visit Bonn.", "Day 4-7: Visit Rome.")
    (first, *_) = (each for each in verdict.critiques if each.code == "no-flight")
    assert str(first) == (
        "step 2: there is no direct flight from Oslo to Bonn (from Oslo one flies to Rome)"
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("hours | 9:00", "hours | 9.00"), 2),
        (("hours | 9:00 | 17:00", "hours | 9:00"), 2),
        (("length | 60", "length | none"), 3),
        (("length | 60", f"length | {'6' * 5_000}"), 3),
        (("person | Bo", "person | Ann"), 5),
        (("busy | Bo | Monday", "busy | Cy | Monday"), 7),
        (("busy | Bo | Monday", "busy | Bo | Sunday"), 7),
        (("11:00 | 17:00", "17:00 | 11:00"), 7),
        (("avoid", "hates"), 8),
        (("| Tuesday\n", "| Monday\n"), 1),
    ],
)
def test_a_wrong_row_of_a_calendar_is_named(change, line):
    """The text's name and the line, as every unreadable statement."""
    text = CALENDAR.replace(*change, 1)
    with pytest.raises(ProblemError) as caught:
        calendar_of(Problem("calendar-scheduling", "c", {"calendar": text}))
    assert (caught.value.source, caught.value.line) == ("calendar", line)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("start | Pier", "start | Pier, old"), 1),
        (("travel | Mill | Pier | 12", "travel | Pier | Mill | 12"), 3),
        (("travel | Mill | Pier | 12", "travel | Mill | Mill | 12"), 3),
        (("| Pier | 12", "| Pier | 0"), 3),
        (("friend | Bo", "friend | Ann"), 8),
        (("9:00 | 10:00", "10:00 | 9:00"), 8),
        (("| 30\n", "\n"), 8),
        (("start", "begin"), 1),
    ],
)
def test_a_wrong_row_of_a_day_is_named(change, line):
    text = DAY.replace(*change, 1)
    with pytest.raises(ProblemError) as caught:
        day_of(Problem("meeting-planning", "m", {"meeting": text, "goal": "most"}))
    assert (caught.value.source, caught.value.line) == ("meeting", line)


@pytest.mark.parametrize("goal", ["", "all", "0", "-1", "²", "9" * 5_000])
def test_a_goal_is_most_or_a_number(goal):
    with pytest.raises(ProblemError, match="wanted most or a number"):
        day_of(Problem("meeting-planning", "m", {"meeting": DAY, "goal": goal}))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("days | 7", "days | 7.5"), 1),
        (("stay | Rome", "stay | Oslo"), 3),
        (("flights | Oslo | Rome", "flights | Oslo | Bern"), 5),
        (("flight | Rome | Bonn", "flight | Rome"), 6),
        (("within | Oslo | 1 | 1", "within | Oslo | 2 | 1"), 7),
        (("whole | Bonn", "whole | Bern"), 8),
        (("whole", "ever"), 8),
    ],
)
def test_a_wrong_row_of_a_trip_is_named(change, line):
    text = TRIP.replace(*change, 1)
    with pytest.raises(ProblemError) as caught:
        trip_of(Problem("trip-planning", "t", {"trip": text}))
    assert (caught.value.source, caught.value.line) == ("trip", line)


@pytest.mark.parametrize("take", [slot_of, meetings_of, trip_plan_of])
@pytest.mark.parametrize(
    "solution", [None, ["a"], (1,), (("stay",),), (("what", "1"),), ((),), ("a", "b")]
)
def test_another_kind_of_solution_breaks_the_critic(take, solution):
    """It is a fault of the part that made it, and no verdict."""
    with pytest.raises(CriticError):
        take(Candidate(solution, "", "test"))
