"""Certificates of meeting times, days of meetings and trips, and that there are none."""

import copy
import random

import pytest

from soundly.kernel import Refused, recheck, seal

CALENDAR = {
    "calendar": "days | Monday | Tuesday\nhours | 9:00 | 11:00\nlength | 60\nperson | Ann\n"
    "person | Bo\nbusy | Ann | Monday | 9:30 | 10:30\nbusy | Bo | Tuesday | 9:00 | 9:15\n"
    "avoid | Bo | Tuesday | 10:00 | 11:00\n"
}
CLASHES = [
    ["Ann", "Monday", "9:30", "10:30"],
    ["Bo", "Tuesday", "9:00", "9:15"],
    ["Bo", "Tuesday", "10:00", "11:00"],
]
DAY = {
    "meeting": "start | Pier | 9:00\ntravel | Pier | Mill | 10\ntravel | Mill | Pier | 10\n"
    "friend | Ann | Mill | 9:00 | 10:00 | 45\nfriend | Bo | Pier | 9:00 | 10:00 | 30\n",
    "goal": "most",
}
PLAN = [["travel", "Mill", "10", "9:10"], ["meet", "Ann", "45", "9:10", "9:55"]]
TABLE = [[1, 0, 595], [2, 1, 570]]
TRIP = {
    "trip": "days | 4\nstay | Oslo | 2\nstay | Rome | 2\nstay | Bonn | 2\nflights | Oslo | Rome\n"
    "flight | Rome | Bonn\nwhole | Bonn | 3 | 4\n"
}
STAYS = [
    ["stay", "1", "2", "Oslo", "2"],
    ["fly", "2", "Oslo", "Rome"],
    ["stay", "2", "3", "Rome", ""],
    ["stay", "3", "4", "Bonn", "2"],
]
NO_TRIP = {"trip": TRIP["trip"].replace("flight | Rome | Bonn\n", "")}
LETTERS = "abcdefghijklm"
ROWS = [[1, 0], [2, 1], [3, 1], [3, 0]]


def certificate(kind, statement, evidence, claim="unsolvable"):
    return seal(claim, kind, "of-no-matter", statement, evidence)


def solved(kind, statement, evidence):
    return certificate(kind, statement, evidence, "solved")


def test_clashes_that_leave_no_start_are_accepted():
    accepted = recheck(certificate("calendar-clashes", CALENDAR, {"clashes": CLASHES}))
    assert accepted.summary == "no time does: 3 clashes leave no start"


@pytest.mark.parametrize(
    "clashes",
    [
        [],
        CLASHES[:2],
        CLASHES[1:],
        CLASHES[::-1],
        [*CLASHES, CLASHES[-1]],
        [["Ann", "Monday", "9:00", "11:00"], *CLASHES[1:]],
        [["Bo", *CLASHES[0][1:]], *CLASHES[1:]],
        [["Ann", "Monday", "9:30"], *CLASHES[1:]],
        [[1, 2, 3, 4], *CLASHES[1:]],
        [[["Ann"], "Monday", "9:30", "10:30"], *CLASHES[1:]],
        None,
        "Ann",
    ],
)
def test_other_clashes_are_refused(clashes):
    """Too few, too many, in another order, and such as are not in the statement."""
    with pytest.raises(Refused):
        recheck(certificate("calendar-clashes", CALENDAR, {"clashes": clashes}))


def test_a_gap_of_one_minute_is_seen():
    """A start at each minute counts: with 61 minutes left there is one."""
    statement = {"calendar": CALENDAR["calendar"].replace("10:00 | 11:00", "10:15 | 11:00")}
    clashes = [*CLASHES[:2], ["Bo", "Tuesday", "10:15", "11:00"]]
    with pytest.raises(Refused, match="does not stand in the way"):
        recheck(certificate("calendar-clashes", statement, {"clashes": clashes}))
    slot = {"slot": ["Tuesday", "9:15", "10:15"], "clashes": []}
    assert recheck(solved("calendar-slot", statement, slot)).claim == "solved"


@pytest.mark.parametrize(
    ("slot", "clashes"),
    [
        (["Tuesday", "9:14", "10:14"], []),
        (["Tuesday", "9:16", "10:16"], []),
        (["Tuesday", "9:15", "10:14"], []),
        (["Monday", "9:15", "10:15"], []),
        (["Sunday", "9:15", "10:15"], []),
        (["Tuesday", "8:00", "9:00"], []),
        (["Tuesday", "9:15"], []),
        (["Tuesday", "9:15", "10:15", "or later"], []),
        ([["Tuesday"], "9:15", "10:15"], []),
        (["Tuesday", "9:15", "10:15"], CLASHES[:1]),
        ("Tuesday", []),
    ],
)
def test_forged_times_are_refused(slot, clashes):
    statement = {"calendar": CALENDAR["calendar"].replace("10:00 | 11:00", "10:15 | 11:00")}
    with pytest.raises(Refused):
        recheck(solved("calendar-slot", statement, {"slot": slot, "clashes": clashes}))


def test_the_earliest_time_takes_clashes_before_it():
    text = "earliest\n" + CALENDAR["calendar"].replace("10:00 | 11:00", "10:15 | 11:00")
    evidence = {"slot": ["Tuesday", "9:15", "10:15"], "clashes": CLASHES[:2]}
    assert recheck(solved("calendar-slot", {"calendar": text}, evidence))
    for clashes in ([], CLASHES[:1]):
        with pytest.raises(Refused, match="nothing stands in the way"):
            recheck(solved("calendar-slot", {"calendar": text}, {**evidence, "clashes": clashes}))


def test_the_most_friends_take_a_closed_table():
    assert recheck(solved("meeting-plan", DAY, {"plan": PLAN, "table": TABLE}))
    for table in ([], TABLE[:1], TABLE[1:], [[1, 0, 596], TABLE[1]], [*TABLE, [3, 1, 600]]):
        with pytest.raises(Refused):
            recheck(solved("meeting-plan", DAY, {"plan": PLAN, "table": table}))
    earlier = [[1, 0, 594], TABLE[1]]
    assert recheck(solved("meeting-plan", DAY, {"plan": PLAN, "table": earlier}))


def test_a_goal_that_cannot_be_met_takes_one_too():
    both = {**DAY, "goal": "2"}
    assert recheck(certificate("meeting-table", both, {"table": TABLE}))
    for statement in (DAY, {**DAY, "goal": "1"}):
        with pytest.raises(Refused):
            recheck(certificate("meeting-table", statement, {"table": TABLE}))
    longer = {**both, "meeting": both["meeting"].replace("9:00 | 10:00 | 30", "9:00 | 10:35 | 30")}
    with pytest.raises(Refused, match="not closed"):
        recheck(certificate("meeting-table", longer, {"table": TABLE}))


def test_a_way_by_another_place_counts_in_the_table():
    """Otherwise a friend would be called out of reach who is not."""
    text = (
        "start | Pier | 9:00\ntravel | Pier | Tower | 90\ntravel | Pier | Mill | 10\n"
        "travel | Mill | Tower | 10\nfriend | Ann | Tower | 9:00 | 10:00 | 30\n"
    )
    with pytest.raises(Refused, match="not closed"):
        recheck(certificate("meeting-table", {"meeting": text, "goal": "1"}, {"table": []}))
    plan = [["travel", "Mill", "", ""], ["travel", "Tower", "10", "9:20"]]
    plan.append(["meet", "Ann", "", "9:20", "9:50"])
    statement = {"meeting": text, "goal": "most"}
    assert recheck(solved("meeting-plan", statement, {"plan": plan, "table": []}))


def test_no_trip_takes_a_closed_table_without_all_cities():
    assert recheck(certificate("trip-table", NO_TRIP, {"table": ROWS}))
    for table in (ROWS[1:], ROWS[:2], [], [*ROWS, [7, 2]], [[1]], "none", [[True, 0], *ROWS]):
        with pytest.raises(Refused):
            recheck(certificate("trip-table", NO_TRIP, {"table": table}))
    with pytest.raises(Refused, match="not closed"):
        recheck(certificate("trip-table", TRIP, {"table": ROWS}))


def test_stays_that_do_not_add_up_need_no_table():
    statement = {"trip": TRIP["trip"].replace("days | 4", "days | 5")}
    assert recheck(certificate("trip-table", statement, {"table": []})).claim == "unsolvable"


@pytest.mark.parametrize(
    ("kind", "statement", "evidence"),
    [
        ("meeting-plan", {**DAY, "goal": "1"}, {"plan": PLAN, "table": []}),
        ("trip-plan", TRIP, {"plan": STAYS}),
    ],
)
def test_no_change_of_one_word_in_a_plan_is_accepted_unless_it_is_left_out(
    kind, statement, evidence
):
    """Words, lists, numbers and nothing in the place of each word, and whole steps gone."""
    assert recheck(solved(kind, statement, evidence))
    rng, refused = random.Random(0), 0
    for number, step in enumerate(evidence["plan"]):
        for at in range(len(step)):
            for other in ("0", "5", "Nowhere", "9:59", ["Oslo"], {}, 2, None, rng.random(), True):
                changed = copy.deepcopy(evidence)
                changed["plan"][number][at] = other
                with pytest.raises(Refused):
                    recheck(solved(kind, statement, changed))
                refused += 1
    assert refused > 80


@pytest.mark.parametrize(
    ("kind", "statement", "change"),
    [
        ("calendar-clashes", CALENDAR, ("busy | Ann", "busy | Cy")),
        ("calendar-clashes", CALENDAR, ("length | 60", "length | 060")),
        ("calendar-clashes", CALENDAR, ("9:00 | 11:00", "9:00 | 24:01")),
        ("calendar-clashes", CALENDAR, ("length | 60", "length | 60\nlength | 60")),
        ("calendar-clashes", CALENDAR, ("days | Monday", "days | Tuesday")),
        ("meeting-table", {**DAY, "goal": "2"}, ("friend | Bo", "friend | Ann")),
        ("meeting-table", {**DAY, "goal": "2"}, ("travel | Mill | Pier", "travel | Pier | Mill")),
        ("meeting-table", {**DAY, "goal": "2"}, ("| 10\n", f"| {'1' * 5_000}\n")),
        ("trip-table", NO_TRIP, ("whole | Bonn", "whole | Bern")),
        ("trip-table", NO_TRIP, ("3 | 4", "4 | 3")),
        ("trip-table", NO_TRIP, ("stay | Rome", "stay | Oslo")),
        ("trip-table", NO_TRIP, ("days | 4", "days | four")),
    ],
)
def test_a_statement_that_cannot_be_read_is_refused(kind, statement, change):
    evidence = {"clashes": CLASHES} if kind == "calendar-clashes" else {"table": ROWS}
    odd = {key: text.replace(*change, 1) for key, text in statement.items()}
    with pytest.raises(Refused, match=r"twice|unknown|no |different|leads|without|before"):
        recheck(certificate(kind, odd, evidence))


@pytest.mark.parametrize(
    "step",
    [
        ["meet", "Ann", "44", "9:10", "9:54"],
        ["meet", "Ann", "", "9:09", "9:54"],
        ["meet", "Ann", "", "9:16", "10:01"],
        ["meet", "Bo", "", "9:10", "9:55"],
        ["wait", "9:09"],
    ],
)
def test_a_meeting_is_long_enough_and_within_both_times(step):
    """One minute too short, too early, too late, or at another place."""
    with pytest.raises(Refused, match="step 2"):
        recheck(
            solved("meeting-plan", {**DAY, "goal": "1"}, {"plan": [PLAN[0], step], "table": []})
        )


def test_no_flight_is_left_over_in_a_trip():
    """Not before the first stay, not behind the last one, and not two in a row."""
    back = ["fly", "4", "Bonn", "Rome"]
    for plan in ([*STAYS, back], [["fly", "1", "Rome", "Oslo"], *STAYS], [*STAYS[:2], *STAYS[1:]]):
        with pytest.raises(Refused):
            recheck(solved("trip-plan", TRIP, {"plan": plan}))


def test_many_windows_cost_a_row_of_the_table_no_time():
    """Windows are looked at once, and not for each row: that would take hours."""
    cities = [f"C{a}{b}" for a in "abcdefgh" for b in "abcdefgh"][:20]
    rows = ["days | 21", *(f"stay | {city} | 2" for city in cities)]
    rows += [f"within | {city} | 1 | 21" for city in cities for _ in range(480)]
    table = [[1 << at, at] for at in range(20)]
    table += [[1 << at | other, at] for at in range(20) for other in range(1 << 10)]
    assert recheck(certificate("trip-table", {"trip": "\n".join(rows)}, {"table": table}))


@pytest.mark.parametrize(
    ("kind", "begin", "end", "days"),
    [
        ("whole", 2, 3, [1, 2]),
        ("whole", 2, 5, []),
        ("within", 2, 3, [1, 2, 3]),
        ("within", 5, 9, [3, 4]),
        ("within", 7, 9, []),
    ],
)
def test_a_stay_meets_its_window_on_these_days(kind, begin, end, days):
    """A stay of three days among six, with a city before it that takes the days to it."""
    for first in range(1, 5):
        rows = f"stay | Oslo | 3\n{kind} | Oslo | {begin} | {end}\n"
        plan = [["stay", str(first), str(first + 2), "Oslo", ""]]
        if first > 1:
            rows += f"stay | Bonn | {first}\nflight | Bonn | Oslo\n"
            plan.insert(0, ["stay", "1", str(first), "Bonn", ""])
        document = solved("trip-plan", {"trip": f"days | {first + 2}\n{rows}"}, {"plan": plan})
        if first in days:
            assert recheck(document)
        else:
            with pytest.raises(Refused):
                recheck(document)


def test_many_days_cost_a_busy_time_no_time():
    """A day is looked up, not searched for among all."""
    names = [f"{a}{b}{c}{d}" for a in LETTERS for b in LETTERS for c in LETTERS for d in LETTERS]
    busy = f"busy | Ann | {names[-1]} | 9:00 | 10:00\n" * 9_000
    text = f"days | {' | '.join(names)}\nhours | 9:00 | 9:30\nlength | 60\nperson | Ann\n{busy}"
    assert recheck(certificate("calendar-clashes", {"calendar": text}, {"clashes": []}))
