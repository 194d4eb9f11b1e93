"""Which piece of an answer counts, and that reading mends nothing."""

# ruff: noqa: RUF001 - look-alike letters are what is tested

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.arithmetic.answers import read_answer


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("(8 − 4) × (7 – 8 ÷ 8)", ["(8 - 4) * (7 - 8 / 8)"]),
        ("[ANSWER]\n8*3=24\n[/ANSWER]\nI checked that 8 + 3 = 11.", ["8 * 3 = 24"]),
        ("[ANSWER]8+3[/ANSWER] no: [ANSWER]8*3[/ANSWER]", ["8 * 3"]),
        ("<answer>8*3</answer>", ["8 * 3"]),
        ("<think>8*3 = 24</think>4*6", ["4 * 6"]),
        ("8 + 3 = 11 is too small.\nSo 8 * 3 = 24 works", ["8 * 3 = 24"]),
        ("8-4=4, then 4*6 = 24.", ["8 - 4 = 4", "4 * 6 = 24"]),
        ("1. 8 - 4 = 4 (left: 4 6)\n2. 4 * 6 = 24 (left: 24)", ["8 - 4 = 4", "4 * 6 = 24"]),
        ("8 - 4 = 4\nand so\n4 * 6 = 24", ["4 * 6 = 24"]),
        ("1 + 2 = 3\n9 - 1 = 8\n3 * 8 = 24", ["1 + 2 = 3", "9 - 1 = 8", "3 * 8 = 24"]),
        ("1 + 2 = 3\n9 - 2 = 7\n3 * 8 = 24", ["1 + 2 = 3", "3 * 8 = 24"]),
        ("8 - 4 = 4\n4 * 6 = 24\nAnswer: (8 - 4) * 6 = 24", ["(8 - 4) * 6 = 24"]),
        ("Exploring Operation: 39+36=75, Resulting Numbers: [13,75]", ["39 + 36 = 75"]),
        (r"\[ \boxed{(8-4)\times 6} \]", ["(8 - 4) * 6"]),
        (r"The answer is $\frac{8}{3} \cdot 9$.", ["((8) / (3)) * 9"]),
        ("**(8-4)*6 = 24**", ["(8 - 4) * 6 = 24"]),
        ("- `8 x 3`", ["8 * 3"]),
        ("Solution - 8 * 3", ["8 * 3"]),
        ("It is -4 + 28.", ["-4 + 28"]),
        ("24", ["24"]),
        ("8 * 3 or maybe 4 * 6", ["8 * 3 or 4 * 6"]),
        ("8 * 3 = 24\nor alternatively\n(4) * 6", ["8 * 3 = 24 or (4) * 6"]),
        ("8 * 3 - or maybe 4 * 6", ["8 * 3 - or 4 * 6"]),
        ("We may use 8 or 3: 8 * 3", ["8 * 3"]),
        ("Try 8 * 2 or 3 * 3. No. So 8 * 3", ["8 * 3"]),
    ],
)
def test_the_last_explicit_formula_counts(text, lines):
    """Blocks before labels before all that was said; steps come with their last one."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert list(reading.solution) == lines


@pytest.mark.parametrize(
    "text",
    ["3x * 8", "y * 8 * 3", "8 * 3x", "2 ** 3 * 3", "８*3*2", "8 * (3", "8*3*1e0", "-(3 - 11) * 3"],
)
def test_what_is_no_arithmetic_is_not_mended_by_leaving_it_out(text, judged, stated):
    """Odd pieces stay in what is read, and are rejected."""
    assert judged(stated(2, 3, 8, use="any"), text).rejected


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER][NO SOLUTION][/ANSWER]",
        "8 * 3 is 24 but 3 is missing.\nThere is no solution.",
        "It is impossible to make 24.",
        "24 cannot be made from these numbers.",
    ],
)
def test_a_claim_behind_every_formula_is_a_claim(text):
    assert isinstance(read_answer(text), ClaimedUnsolvable)


def test_a_formula_behind_a_claim_takes_it_back():
    assert isinstance(read_answer("There is no solution.\nWait: 8 * 3 = 24"), Found)


@pytest.mark.parametrize("text", ["", "<think>8*3", "I do not know", "[ANSWER][/ANSWER]"])
def test_nothing_to_read_is_unreadable(text):
    assert isinstance(read_answer(text), Unreadable)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123489 +-*/()=.x\n×−,[]:$y", max_size=60))
def test_what_is_read_reads_as_itself(text):
    """Reading the canonical spelling gives the same lines again."""
    reading = read_answer(text)
    if isinstance(reading, Found):
        again = read_answer(reading.canonical)
        assert isinstance(again, Found)
        assert (again.solution, again.canonical) == (reading.solution, reading.canonical)


@pytest.mark.parametrize(
    "piece",
    [
        "8*3 ",
        "8 * 3 = 24\n",
        "[ANSWER]",
        "(",
        "- ",
        "\\frac{",
        "1. ",
        "9" * 900 + "\n",
        "Answer:\n",
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece):
    """A megabyte of anything is read in a few seconds."""
    started = time.perf_counter()
    read_answer(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - started < 10
