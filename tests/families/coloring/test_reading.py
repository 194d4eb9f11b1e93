"""Which piece of an answer counts as the colouring."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.coloring.reading import format_coloring, read_answer

BOTH = (("1", "2"), ("2", "3"))


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\n1: 2\n2: 3\n[ANSWER END]",
        "Sure!\n**[ANSWER]**\n- 1: 2\n- 2: 3\n**[/ANSWER]** I checked the edges: 7: 7.",
        "[ANSWER]\n1 2\n2 3",
        "So:\n1. Vertex 1: 2\n2) node 2: colour 3",
        '[ANSWER]\n```json\n{"1": 2, "2": 3}\n```\n[ANSWER END]',
        "[answer]\nVertex 2 gets colour 3.\nVertex 1 is color 2.\n[answer end]",
        "[ANSWER] 1: 2, 2: 3 [ANSWER END]",
        '```json\n{"1": 2, "2": 3}\n```',
        "First try:\n[ANSWER]\n1: 1\n[ANSWER END]\nBetter:\n[ANSWER]\n2=3\n1=2\n[ANSWER END]",
        "1: 1\n2: 1\nThat clashes. So:\n\n1 -> 2\n2 -> 3\nDone.",
        "There is no solution with vertex 1 blue, but:\n1: 2\n2: 3",
        "[ANSWER]\n1: 2\n2: 3\n[ANSWER END]\nWhat stands behind [ANSWER] is my colouring.",
        "<think>1: 1, no solution exists</think>1: 2\n2: 3",
    ],
)
def test_the_same_colouring_in_many_forms(text):
    """Marks, fences, lists, sentences: what was said last is what counts."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == BOTH


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[ANSWER]\n1: 2 or 3\n2: 3\n[ANSWER END]", ("1: 2 or 3",)),
        ("[ANSWER]\n1: 2\n1: 3\n[ANSWER END]", ("1", "3")),
        ("[ANSWER]\n1: 2\n2: 3\nand the rest anything\n[ANSWER END]", ("and the rest anything",)),
        ("[ANSWER]\n1: 2 - 3\n[ANSWER END]", ("1: 2 - 3",)),
        ("[ANSWER]\n1: red\n[ANSWER END]", ("1", "red")),
        ("[ANSWER]\nvertex 1 is not 2\n[ANSWER END]", ("vertex 1 is not 2",)),
        ("[ANSWER]\n\uff11: 2\n[ANSWER END]", ("\uff11", "2")),
        ("[ANSWER]\n1: 2\n[NO SOLUTION]\n[ANSWER END]", ("NO SOLUTION",)),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(text, kept):
    """Hedges, colours by name and look-alike digits go to the critic as they are."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert kept in reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "Vertices 1 to 4 are all joined, so there is no valid colouring.",
        "1: 1\n2: 2\n3: 3\n4 has no colour left, so no solution exists.",
        "The graph is not 3-colorable.",
    ],
)
def test_claims_that_there_is_none(text):
    """A claim counts where it is the last word."""
    assert isinstance(read_answer(text), ClaimedUnsolvable)


@pytest.mark.parametrize("text", ["", "I like graphs.", "<think>1: 2", "[ANSWER]\n\n[ANSWER END]"])
def test_no_answer_is_unreadable(text):
    """Nothing proposed is nothing read, and thinking that never ends proposes nothing."""
    assert isinstance(read_answer(text), Unreadable)


@given(st.text(alphabet="123:=->, \n[]ANSWERED*`{}\"'.-vertxiscolu;|²\r\t", max_size=60))
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]")
    if isinstance(reading, Found) and reading.solution:
        again = read_answer(reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution


@pytest.mark.parametrize(
    "unit", ["[ANSWER]", "1: ", "1 ", "[ANSWER]\n1: 2\n", "```\n", "vertex ", "- ", "<think>", "\n"]
)
def test_hostile_text_is_read_in_linear_time(unit):
    """A megabyte of anything takes seconds at most."""
    started = time.process_time()
    read_answer(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 5


def test_formatting_and_reading_are_inverse():
    """A colouring reads back as it was."""
    reading = read_answer(format_coloring(BOTH))
    assert isinstance(reading, Found)
    assert reading.solution == BOTH
