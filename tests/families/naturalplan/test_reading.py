"""Which piece of an answer counts, what is kept of it, and what the prompts say."""

import re
import time

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.config.families import make_family
from soundly.core.candidate import ClaimedUnsolvable, Found
from soundly.core.family import PromptStyle
from soundly.families.naturalplan.calendars.reading import read_slot
from soundly.families.naturalplan.clock import MIDNIGHT, clock, clock_12, minutes
from soundly.families.naturalplan.meetings.reading import read_plan
from soundly.families.naturalplan.trips.reading import read_trip_plan

DAYS = ("Monday", "Tuesday")
READERS = {
    "calendar": lambda text: read_slot(text, DAYS),
    "meeting": read_plan,
    "trip": read_trip_plan,
}
PIECES = st.lists(
    st.sampled_from(
        (
            "Monday, 9:00 - 9:30",
            "You travel to Mill in 10 minutes and arrive at 9:10AM.",
            "You meet Ann from 9:10 AM to 24:00.",
            "You wait until 12:00AM",
            "Day 1-3: Visit Oslo for 3 days.",
            "Day 3: Fly from Oslo to Rome.",
            "**Day 4:** Stay in Rome",
            "- ", "* ", "1. ", "2) ", "• ", "**", "_", "`", "```", "\n", "\n\n", " ", ". ",
            ": ", ", ",
            "or", "maybe", "[ANSWER]", "[ANSWER END]", "[NO SOLUTION]", "SOLUTION:", "Answer:",
            "\u0661", "\u2013", "\r", "\t", "\x00", "no solution exists",
        )
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("name", READERS)
@given(text=PIECES)
def test_the_canonical_spelling_reads_as_itself(name, text):
    """Whatever was read, spelled anew, is read as the same."""
    reading = READERS[name](text)
    if isinstance(reading, Found):
        again = READERS[name](reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution
        assert again.canonical == reading.canonical


@pytest.mark.parametrize(
    ("text", "solution"),
    [
        ("SOLUTION: Here is the proposed time: Monday, 14:30 - 15:30 ",
         ("Monday", "14:30", "15:30")),
        ("The time is **Tuesday, 9:00 - 9:30**", ("Tuesday", "9:00", "9:30")),
        ("Answer: **Tuesday, 9:00 - 9:30**", ("Tuesday", "9:00", "9:30")),
        ("Tuesday, 9:00 - 9:30. Everyone is free then.", ("Tuesday", "9:00", "9:30")),
        ("Tuesday, 9:00 - 9:30. Or at 10.", ("Tuesday, 9:00 - 9:30. Or at 10.",)),
        ("Tuesday, 9:00 - 9:30, or not", ("Tuesday, 9:00 - 9:30, or not",)),
        ("Monday, 9:00 - 9:30\nTuesday, 9:00 - 9:30", ("Tuesday", "9:00", "9:30")),
        ("[ANSWER]Monday, 9:00 - 9:30[ANSWER END] [ANSWER]oh[ANSWER END]",
         ("Monday", "9:00", "9:30")),
        ("<think>Monday, 9:00 - 9:30</think>Tuesday, 9:00 - 9:30", ("Tuesday", "9:00", "9:30")),
        ("[ANSWER]Never: Monday, 9:00 - 9:30[ANSWER END]", ("Never: Monday, 9:00 - 9:30",)),
        ("[ANSWER]Monday, 9:00 - 9:30. Thanks[ANSWER END]", ("Monday, 9:00 - 9:30. Thanks",)),
    ],
)  # fmt: skip
def test_which_time_counts(text, solution):
    """The last one that is set apart; a block's every word."""
    reading = READERS["calendar"](text)
    assert isinstance(reading, Found)
    assert reading.solution == solution


def test_a_day_begins_with_the_last_start():
    """A model that begins anew outside of a block means the second plan."""
    text = (
        "You start at Pier at 9:00AM. You wait until 10:00AM.\n"
        "You start at Pier at 9:00AM. You wait until 11:00AM."
    )
    assert read_plan(text).solution == (("start", "Pier", "9:00"), ("wait", "11:00"))
    assert len(read_plan(f"[ANSWER]{text}[ANSWER END]").solution) == 4


def test_a_claim_behind_the_last_step_takes_it_back():
    text = "Day 1-3: Visit Oslo.\nThere is no valid trip plan."
    assert isinstance(read_trip_plan(text), ClaimedUnsolvable)


@given(total=st.integers(0, MIDNIGHT))
def test_both_clocks_spell_every_minute(total):
    assert minutes(clock(total)) == minutes(clock_12(total)) == total


@pytest.mark.parametrize(
    "text", ["24:01", "9:60", "13:00PM", "0:30AM", "9", "9:5", "", "\u0669:00", "9:00 XM"]
)
def test_what_is_no_time(text):
    assert minutes(text) is None


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "hostile",
    ["Monday, 9:00 - " * 60_000, "You travel to " * 60_000, "Day 1-" * 150_000, "- " * 400_000,
     "Day 1-2: Visit " + "a " * 400_000, "[ANSWER]" * 100_000, "9" * 900_000, "a: " * 300_000,
     "Day 1: Fly from a to b.\n" * 40_000],
    ids=lambda text: text[:15],
)  # fmt: skip
def test_hostile_texts_are_read_in_time(name, hostile):
    """Time grows with the text and no faster."""
    begin = time.perf_counter()
    READERS[name](hostile)
    assert time.perf_counter() - begin < 4


FAMILIES = ("calendar-scheduling", "meeting-planning", "trip-planning")


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("language", ["natural", "formal"])
def test_every_fact_is_in_the_prompt(name, language):
    """Each name and each number of the statement."""
    family = make_family(name)
    problem = family.draw(size=5, seed=4)
    (message,) = family.render(problem, PromptStyle(language, 0))
    key = {
        "calendar-scheduling": "calendar",
        "meeting-planning": "meeting",
        "trip-planning": "trip",
    }
    for row in problem.statement[key[name]].splitlines():
        for field in row.split(" | ")[1:]:
            total = minutes(field)
            shown = {field} if total is None else {field, clock_12(total)}
            assert any(each in message.content for each in shown), field


@pytest.mark.parametrize("name", FAMILIES)
def test_worked_examples_are_right_and_about_another_problem(name):
    """Each is the answer of its own problem, and of nothing that is asked."""
    family = make_family(name)
    problem = family.draw(size=3, seed=0)
    (message,) = family.render(problem, PromptStyle("formal", 3))
    answers = re.findall(r"\[ANSWER\]\n(?!Put).*?\[ANSWER END\]", message.content, re.DOTALL)
    assert len(answers) == 3

    async def judge(answer):
        from soundly.core.candidate import Candidate

        found = family.read(problem, answer)
        proposed = Candidate(found.solution, found.canonical, "test")
        return (await family.critic.judge(problem, proposed, None)).rejected

    assert all(anyio.run(judge, answer) for answer in answers)


@pytest.mark.parametrize("sign", ["\u017f", "\u0130"], ids=["long s", "dotted capital i"])
def test_a_sign_that_case_folding_takes_for_a_letter_is_none(sign):
    """Matching without regard to case keeps to the letters of the alphabet."""
    plain = "Day 1-3: Visit Oslo for 3 days."
    letter = {"\u017f": "s", "\u0130": "i"}[sign]
    at = plain.index(letter, len("Day 1-3: Vis")) if letter == "s" else plain.index(letter)
    changed = plain[:at] + sign + plain[at + 1 :]
    readings = [read_trip_plan(f"[ANSWER]\n{text}\n[ANSWER END]") for text in (plain, changed)]
    assert isinstance(readings[0], Found)
    assert not isinstance(readings[1], Found) or readings[1].solution != readings[0].solution
