"""Natural Plan's files: what is read, what is skipped, and the two figures."""

import json
import time

import pytest

from soundly.core.errors import UsageError
from soundly.families.naturalplan.calendars.calendar import Taken, calendar_of
from soundly.families.naturalplan.official import exact_match, read_official, score
from soundly.families.naturalplan.official.exact_match import meetings_in, same_slot, same_trip
from soundly.families.naturalplan.trips.trip import Window, trip_of


def items(entries, **options):
    official = read_official(json.dumps(entries), **options)
    assert not official.skipped, official.skipped
    return {item.id: item for item in official.items}


def test_each_kind_is_read_into_its_family(entries):
    """One file may hold all three."""
    families = {name: item.problem.family for name, item in items(entries).items()}
    assert families == {
        "calendar_1": "calendar-scheduling",
        "meeting_1": "meeting-planning",
        "trip_1": "trip-planning",
    }


def test_wishes_count_as_taken_time(entries):
    """A wish may go on in the next sentence, and it is cut to the working hours."""
    calendar = calendar_of(items(entries)["calendar_1"].problem)
    wishes = [each for each in calendar.taken if each.kind == "avoid"]
    assert wishes == [
        Taken("Wilma", "Monday", 15 * 60, 17 * 60, "avoid"),
        Taken("Wilma", "Tuesday", 9 * 60, 9 * 60 + 30, "avoid"),
    ]
    assert calendar.gaps == (("Monday", 780, 900), ("Tuesday", 600, 660))


def test_the_earliest_availability_is_a_demand(entries):
    """Both of the file's wordings, with its spelling mistake."""
    for words in (
        "You would like to schedule the meeting at their earlist availability.",
        "The group would like to meet at their earlist availability.",
    ):
        entry = dict(entries["calendar_1"])
        entry["prompt_0shot"] = entry["prompt_0shot"].replace(
            "Find a time", f"{words}\nFind a time"
        )
        (item,) = items({"it": entry}).values()
        assert calendar_of(item.problem).earliest
        assert score(item, "Here is the proposed time: Monday, 13:00 - 14:00").valid
        assert not score(item, "Here is the proposed time: Monday, 13:30 - 14:30").valid


def test_any_valid_time_is_valid_and_only_the_golden_one_matches(entries):
    """The two figures are about different things."""
    item = items(entries)["calendar_1"]
    recorded = score(item, item.responses["pred_5shot_pro"])
    assert (recorded.valid, recorded.exact_match) == (True, False)
    golden = score(item, item.golden)
    assert (golden.valid, golden.exact_match) == (True, True)


def test_as_many_friends_match_and_are_most(entries):
    """Another friend than the golden one is as good; two cannot be met."""
    item = items(entries)["meeting_1"]
    recorded = score(item, item.responses["pred_5shot_pro"])
    assert (recorded.valid, recorded.exact_match, recorded.feasible) == (True, True, True)
    assert (recorded.met, recorded.most) == (1, 1)
    idle = score(item, "You start at Old Pier at 9:00AM.")
    assert (idle.valid, idle.exact_match, idle.feasible, idle.met) == (False, False, True, 0)
    late = score(item, item.responses["pred_5shot_pro"].replace("9:20AM", "9:25AM"))
    assert (late.valid, late.exact_match, late.feasible) == (False, True, False)


def test_windows_are_read_as_worded_or_as_whole_stays(entries):
    """ "Between" is one of the days, unless the stricter reading is asked for."""
    entry = dict(entries["trip_1"])
    entry["prompt_0shot"] = entry["prompt_0shot"].replace("day 1 and day 3", "day 1 and day 5")
    (item,) = items({"it": entry}).values()
    assert trip_of(item.problem).windows == (
        Window("Cork", 6, 7, True),
        Window("Tartu", 1, 5, False),
    )
    assert score(item, item.golden).valid
    (item,) = items({"it": entry}, windows="whole").values()
    assert not score(item, item.golden).valid


def test_the_golden_trip_is_valid_and_matches(entries):
    """A trip that stops half way is neither."""
    item = items(entries)["trip_1"]
    assert (score(item, item.golden).valid, score(item, item.golden).exact_match) == (True, True)
    recorded = score(item, item.responses["pred_5shot_pro"])
    assert (recorded.valid, recorded.exact_match) == (False, False)


def test_stays_without_flights_are_valid_and_do_not_match(entries):
    """The official rule reads cities from flights alone."""
    item = items(entries)["trip_1"]
    answer = "Day 1-3: Visit Tartu.\nDay 3-6: Visit Ghent.\nDay 6-7: Visit Cork."
    assert (score(item, answer).valid, score(item, answer).exact_match) == (True, False)


def test_the_last_task_of_a_prompt_with_examples_counts(entries):
    """The prompt with five examples is read where there is no other."""
    for entry in entries.values():
        other = entry.pop("prompt_0shot")
        first = other.replace("Frieda", "Gudrun").replace("Otto", "Odo").replace("Cork", "Linz")
        entry["prompt_5shot"] = f"{first}\n\n{other}"
    assert "Frieda" in calendar_of(items(entries)["calendar_1"].problem).people
    assert "Cork" in trip_of(items(entries)["trip_1"].problem).stays


def test_what_a_model_goes_on_with_is_not_its_answer(entries):
    """After five examples a model may write a sixth task."""
    item = items(entries)["calendar_1"]
    answer = f"{item.golden}\n\nTASK: You need …\nSOLUTION: Here it is: Friday, 9:00 - 9:30"
    assert score(item, answer).valid


@pytest.mark.parametrize(
    ("name", "field", "change", "said"),
    [
        ("calendar_1", "prompt_0shot", lambda text: None, "a NoneType came"),
        ("calendar_1", "prompt_0shot", lambda text: "Hello", "begins"),
        ("calendar_1", "prompt_0shot", lambda t: t.replace("to 13", "till 13"), "till 13"),
        ("calendar_1", "prompt_0shot", lambda t: t.replace("15:30 to", "18:30 to"), "18:30"),
        ("calendar_1", "prompt_0shot", lambda t: t.replace("Ottohas no", "Ottohas few"), "Otto"),
        ("calendar_1", "prompt_0shot", lambda t: t.replace("rather not", "hate to"), "hate to"),
        ("calendar_1", "golden_plan", lambda text: 7, "a int came"),
        ("meeting_1", "constraints", lambda rows: rows[:2], "another thing"),
        ("meeting_1", "dist_matrix", lambda rows: {**rows, "Old Pier": {}}, "the 10 minutes"),
        ("meeting_1", "prompt_0shot", lambda t: t.replace("Depot: 30", "Depot: far"), "far"),
        ("meeting_1", "prompt_0shot", lambda t: t.replace("minimum", "maximum"), "maximum"),
        ("trip_1", "durations", lambda text: "3**4", "not one for each"),
        ("trip_1", "durations", lambda text: "3**4**x", "wanted numbers"),
        ("trip_1", "cities", lambda text: None, "a NoneType came"),
        ("trip_1", "prompt_0shot", lambda t: t.replace("3 European", "4 European"), "4 cities"),
        ("trip_1", "prompt_0shot", lambda t: t.replace("Tartu and G", "Tartu or G"), "no flight"),
        ("trip_1", "prompt_0shot", lambda t: t.replace("in Cork. You", "in Cork 12. You"), "12"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(entries, name, field, change, said):
    """File, id and field; the other items stand."""
    entries[name][field] = change(entries[name][field])
    official = read_official(json.dumps(entries), source="odd.json")
    (skipped,) = official.skipped
    assert (skipped.source, skipped.id, skipped.field) == ("odd.json", name, field)
    assert said in skipped.reason
    assert len(official.items) == 2


def test_an_odd_response_is_skipped_and_its_item_stays(entries):
    """A field that is no text is counted, and is no answer."""
    entries["trip_1"]["pred_5shot_pro"] = None
    official = read_official(json.dumps(entries), source="odd.json")
    assert [str(each).split(": ")[1:3] for each in official.skipped] == [
        ["trip_1", "pred_5shot_pro"]
    ]
    assert len(official.items) == 3


@pytest.mark.parametrize("text", ["", "[]", "7", "{", "[" * 100_000])
def test_what_is_no_file_is_a_usage_error(text):
    """Nothing of it can be gone on with."""
    with pytest.raises(UsageError):
        read_official(text)


def test_other_minutes_than_half_hours_are_lost_on_the_official_rule():
    """It reads 9:15 as 9:00, and the first time only."""
    assert same_slot("Monday, 9:15 - 10:00", "Monday, 9:00 - 10:00")
    assert same_slot("Monday, 9:00 - 10:00 or Friday, 9:00 - 10:00", "Monday, 9:00 - 10:00")
    assert not same_slot("Monday, 9:00 - 9:30", "Monday, 9:00 - 10:00")
    assert not same_slot("", "Monday, 9:00 - 10:00")


def test_the_official_rule_takes_flights_and_stops_at_the_last_day():
    """What comes behind the day that ends the trip is another plan."""
    plan = (
        "European cities for 5 days:\nDay 1-2: Oslo\nDay 2: from Oslo to Rome.\nDay 2-5: Rome\n"
        "Day 3: from Rome to Bonn."
    )
    assert same_trip(plan, "Oslo**Rome", "2**4")
    assert not same_trip(plan, "Oslo**Rome**Bonn", "2**4**1")
    assert not same_trip(plan, "", "")


def test_the_official_rule_counts_meetings_up_to_the_first_mistake(entries):
    """Then it stops; what a step says of its own times does not matter."""
    from soundly.families.naturalplan.meetings.day import day_of

    item = items(entries)["meeting_1"]
    day = day_of(item.problem)
    assert meetings_in(item.golden, day) == 1
    assert meetings_in(["You meet Wilma for 45 minutes", *item.golden], day) == 0
    assert meetings_in([*item.golden[:2], "You travel to Nowhere in 3 minutes"], day) == 0
    assert meetings_in([*item.golden, *item.golden[3:]], day) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "9" * 200_000,
        "a" * 500_000,
        "Day 1 " * 90_000,
        "from a to b " * 50_000,
        "1-" * 200_000,
        "Monday, " * 90_000,
        "You meet " * 90_000,
        "9:" * 200_000,
    ],
)
def test_hostile_answers_are_scored_in_time(entries, hostile):
    """Time grows with the text, and no number is too large."""
    begin = time.perf_counter()
    for item in items(entries).values():
        assert not score(item, hostile).valid
        assert not exact_match(item, hostile)
    assert time.perf_counter() - begin < 5
