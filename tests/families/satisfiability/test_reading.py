"""Which piece of an answer counts as the assignment."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.satisfiability.reading import format_assignment, read_answer

ALL = ("1", "-2", "3")


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\n1 -2 3\n[ANSWER END]",
        "s SATISFIABLE\nv 1 -2\nv 3 0\n",
        "c a solver's log\ns SATISFIABLE\nv 1 -2 3 0",
        "[ANSWER]\ns SATISFIABLE\nv 1 -2 3 0\n[/ANSWER]\nI checked x2 = true as well.",
        "[ANSWER] [1, -2, 3] [ANSWER END]",
        "[ANSWER]\nx1 = true\nx2 = false\nx3 = true\n[ANSWER END]",
        "[ANSWER]\nx1=true, x2=false, x3=true\n[ANSWER END]",
        "[ANSWER]\nx_1: True; x_2: False; x_3: True.\n[ANSWER END]",
        "[ANSWER]\nx1=1 x2=0 x3=1\n[ANSWER END]",
        "[ANSWER]\nx1, ¬x2, and x3\n[ANSWER END]",
        "[ANSWER]\n1, not 2, 3, 0\n[ANSWER END]",
        '```json\n{\n  "x1": true,\n  "x2": false,\n  "x3": true\n}\n```',
        '[ANSWER]\n```\n{"assignment": {"1": true, "2": false, "3": true}}\n```\n[ANSWER END]',
        "So x1 = false fails:\n\n- **x1** = True\n- **x2** = False\n- **x3** = True\n\nDone.",
        "Let me try.\n1. x1: false\nThat clashes.\n\n1. x1: true\n2. x2: false\n3. x3: true",
        "Final answer: 1 -2 3",
        "Answer: x1 = true, x2 = false, x3 = true",
        "[ANSWER]\n-1 2\n[ANSWER END]\nNo, wrong.\n[ANSWER]\n3 1 -2 1\n[ANSWER END]",
        "<think>v -1 0, unsatisfiable</think>v 1 -2 3 0",
        "There is no solution with x1 false, but:\n1 -2 3",
    ],
)
def test_the_same_assignment_in_many_forms(text):
    """Marks, solver lines, lists, names, JSON: what was said last is what counts."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == ALL


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1 or -1", "1 or -1"),
        ("x1 = true or false\n2", "x1 = true or false"),
        ("x1 is not true\n2", "x1 is not true"),
        ("1 -1", "-1"),
        ("1 2?", "1 2?"),
        ("1 0 2\n3", "1 0 2"),
        ("1, 0, 1", "0"),
        ("\uff11 2\n3", "\uff11 2"),
        ("² \n3", "²"),
        ("01\n3", "01"),
        ("1.5\n3", "1.5"),
        ("--1\n3", "--1"),
        ("99999999\n3", "99999999"),
        ("1" * 5_000 + "\n3", "1" * 5_000),
        ("1 2\nor the other way around", "or the other way around"),
        ("1\nNO SOLUTION", "NO SOLUTION"),
        ("? 5\n3", "? 5"),
        ("y1 = true\n3", "y1 = true"),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(text, kept):
    """Hedges, other spellings and asides go to the critic as they are."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]")
    assert isinstance(reading, Found)
    assert kept in reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "s UNSATISFIABLE",
        "c log\ns UNSATISFIABLE\n",
        "[ANSWER]UNSAT[ANSWER END]",
        "Clauses 1 to 4 clash, so there is no satisfying assignment that works.",
        "x1 = true\nx2 = false\nThen clause 3 fails: the formula is unsatisfiable.",
    ],
)
def test_claims_that_there_is_none(text):
    """In words or as a solver's status, a claim counts where it is the last word."""
    assert isinstance(read_answer(text), ClaimedUnsolvable)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I like logic.",
        "<think>v 1 0",
        "[ANSWER]\n\n[ANSWER END]",
        "s SATISFIABLE",
        "1. x1 is true, or x2 is false",
    ],
)
def test_no_answer_is_unreadable(text):
    """Nothing stated is nothing read; that there is a model does not say which."""
    assert isinstance(read_answer(text), Unreadable)


@example("? ")
@given(st.text(alphabet="123 -0vx_=:,;?.\n[]ANSWER*`{}\"'trueorfalsandsno¬²|\r\t", max_size=60))
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]")
    if isinstance(reading, Found) and reading.solution:
        again = read_answer(reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution
        assert again.canonical == reading.canonical


@pytest.mark.parametrize(
    "unit",
    [
        "[ANSWER]",
        "v 1 ",
        "1 ",
        "1,",
        "x1 = true\n",
        "x1",
        "```\n",
        "- ",
        "<think>",
        "\n",
        "9",
        "s ",
    ],
)
def test_hostile_text_is_read_in_linear_time(unit):
    """Two hundred thousand characters of anything take seconds at most."""
    started = time.process_time()
    read_answer(unit * (200_000 // len(unit)))
    read_answer(f"[ANSWER]{unit * (200_000 // len(unit))}")
    assert time.process_time() - started < 5


def test_formatting_and_reading_are_inverse():
    """An assignment reads back as it was."""
    reading = read_answer(format_assignment(ALL))
    assert isinstance(reading, Found)
    assert reading.solution == ALL
