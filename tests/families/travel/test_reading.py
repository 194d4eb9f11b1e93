"""Which piece of an answer counts as the plan."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.travel.plan import UNCLEAR, format_plan
from soundly.families.travel.reading import read_answer

DAYS = [{"days": 1, "current_city": "Farol", "lunch": "One Pan, Farol", "dinner": None}]
PLAN = ((("days", "1"), ("current_city", "Farol"), ("lunch", "One Pan, Farol"), ("dinner", "-")),)
LIST = json.dumps(DAYS)
OTHER = LIST.replace("Farol", "Otrin")
TEXT = "Day 1:\nCurrent City: Farol\nLunch: One Pan, Farol\nDinner: -"


@pytest.mark.parametrize(
    "text",
    [
        f"[ANSWER]\n{LIST}\n[ANSWER END]",
        f"[ANSWER]\n```json\n{LIST}\n```\n[ANSWER END]\nEnjoy!",
        f"Here it is:\n```json\n{LIST}\n```\nEnjoy!",
        f"Here it is:\n{LIST}\nIt costs 200 in all.",
        f"[ANSWER]\n{OTHER}\n[ANSWER END]\nNo, rather:\n[ANSWER]\n{LIST}",
        f"<think>[ANSWER]{OTHER}[/ANSWER]</think>{LIST}",
        f'{{"idx": 3, "query": "a trip", "plan": {LIST}}}'.join(["[ANSWER]", "[/ANSWER]"]),
        f"[ANSWER]\n{TEXT}\n[ANSWER END]",
        f"A plan:\n\n{TEXT}\n\nHave a good trip.",
        "**Day 1:**\n- **Current City:** Farol\n- **Lunch:** One Pan, Farol.\n- **Dinner:** -",
        '[ANSWER][{"Day":"1","Current City":" Farol ","lunch":"One  Pan, Farol.","dinner":""}]',
        f"No plan exists without a meal, but:\n{LIST}",
    ],
)
def test_the_same_plan_in_many_forms(text):
    """Marks, fences, headings, spellings of nothing: what was said last is what counts."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == PLAN


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"[ANSWER]\n{LIST} or another day\n[ANSWER END]", "or another day"),
        (f"[ANSWER]\nPerhaps:\n{LIST}\n[ANSWER END]", "Perhaps:"),
        (f"[ANSWER]\n```\n{LIST}\n```\nor:\n{OTHER}\n[ANSWER END]", f"or: {OTHER}"),
        (f"[ANSWER]\n{TEXT}\nor One Pan again\n[ANSWER END]", "or One Pan again"),
        ('[ANSWER]\n[{"days": 1}, "and so on"]\n[ANSWER END]', "and so on"),
        ("[ANSWER]\nI would stay at home.\n[ANSWER END]", "I would stay at home"),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(text, kept):
    """Hedges and second plans go to the critic, as text that is no field."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert (UNCLEAR, kept) in [pair for day in reading.solution for pair in day]


def test_a_field_given_twice_is_kept_twice():
    """JSON readers keep the last of two; here both reach the critic."""
    reading = read_answer('[ANSWER][{"lunch": "A, B", "lunch": "C, D"}][/ANSWER]')
    assert reading.solution == ((("lunch", "A, B"), ("lunch", "C, D")),)
    assert read_answer(reading.canonical).solution == reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "The budget is too small, so there is no valid plan that keeps it.",
        f"{LIST}\nThat costs too much. [NO SOLUTION]",
        "It is impossible to satisfy every wish.",
    ],
)
def test_claims_that_there_is_none(text):
    """A claim counts where it is the last word."""
    assert isinstance(read_answer(text), ClaimedUnsolvable)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I like trips.",
        f"<think>{LIST}",
        '[ANSWER]\n[{"days": 1,]\n[ANSWER END]',
        '[ANSWER]\n{"days": 1}\n[ANSWER END]',
        "[ANSWER]\n" + "[" * 100_000,
        '[ANSWER]\n[{"a": ' + "[" * 100_000,
    ],
)
def test_no_answer_is_unreadable(text):
    """Nothing proposed, JSON that is none, and thinking that never ends."""
    assert isinstance(read_answer(text), Unreadable)


def test_a_number_of_many_digits_is_a_text():
    """No number is made of ten thousand digits."""
    reading = read_answer('[ANSWER][{"days": ' + "9" * 10_000 + ', "x": 1e999, "y": NaN}][/ANSWER]')
    assert isinstance(reading, Found)


@given(st.text(alphabet='{}[]":,\\ \nANSWERDday1.*-;x`~<>/u0d8\ud800é', max_size=80))
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    for answer in (f"[ANSWER]\n{text}\n[ANSWER END]", f'[{{"lunch": {json.dumps(text)}}}]'):
        reading = read_answer(answer)
        if isinstance(reading, Found):
            again = read_answer(reading.canonical)
            assert isinstance(again, Found)
            assert again.solution == reading.solution
            assert again.canonical == reading.canonical


@pytest.mark.parametrize(
    "unit",
    [
        "[ANSWER]",
        "[{",
        '[{"a":1}]\n',
        "[ {\n",
        "Day 1:\n",
        "Day 1\nLunch: A, B\n",
        "```\n",
        "- a: ",
        "[\n",
    ],
)
def test_hostile_text_is_read_in_linear_time(unit):
    """A megabyte of anything takes seconds at most."""
    started = time.process_time()
    read_answer(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 5


def test_formatting_and_reading_are_inverse():
    """A plan reads back as it was, marks and fences in its texts not excepted."""
    plan = ((("days", "1"), ("lunch", "[ANSWER END] ```<think>")),)
    assert read_answer(format_plan(plan)).solution == plan
