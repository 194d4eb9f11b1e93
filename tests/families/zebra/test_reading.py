"""Which piece of an answer counts as the grid."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.zebra.puzzle import Puzzle
from soundly.families.zebra.reading import format_grid, read_answer

STREET = Puzzle(
    (
        ("colour", ("red", "blue")),
        ("job", ("baker", "pilot")),
        ("pet", ("cat", "guinea-pig")),
    ),
    (),
)
BOTH = (
    ("1", "red"),
    ("1", "baker"),
    ("1", "cat"),
    ("2", "blue"),
    ("2", "pilot"),
    ("2", "guinea-pig"),
)

TABLE = """
Here is the final arrangement:

| House | Colour | Job   | Pet        |
|-------|:------:|-------|------------|
| 1     | red    | Baker | **cat**    |
| 2     | blue   | pilot | guinea-pig |

Every clue is satisfied.
"""
TURNED = """
+--------+---------+------------+
| | House 1 | House 2 |
+========+=========+============+
| **Pet** | cat | guinea-pig |
| Color | red | blue |
| Occupation | baker | pilot |
"""
NESTED = """### House 1
- **Colour**: Red
- **Job**: Baker
- **Pet**: Cat

### House 2
- **Colour**: Blue
- **Job**: Pilot
- **Pet**: Guinea-pig

I checked all the clues."""
PROSE = """Let me see. House 1 could be blue. But then clue 2 fails.

So the answer is:
- House 1: the baker, who lives in the red house and keeps the cat
- House 2: the pilot, the blue house, guinea-pig

That is all."""
JSON = (
    '{"House 1": {"Colour": "red", "Job": "baker", "Pet": "cat"},'
    ' "House 2": ["blue", "pilot", "guinea-pig"]}'
)
LISTED = (
    '[{"house": 2, "colour": "blue", "job": "pilot", "pet": "guinea-pig"},'
    ' {"house": 1, "colour": "red", "job": "baker", "pet": "cat"}]'
)
HEADER = (
    '{"solution": {"header": ["House", "Colour", "Job", "Pet"],'
    ' "rows": [["1", "red", "baker", "cat"], ["2", "blue", "pilot", "guinea-pig"]]}}'
)


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\nHouse 1: red, baker, cat\nHouse 2: blue, pilot, guinea-pig\n[ANSWER END]",
        "[ANSWER]\n1: red, baker, cat\n2: blue, pilot, guinea-pig\n[/ANSWER] House 1 is fine.",
        "[ANSWER]\nHouse 2: pet: guinea-pig; job: pilot; color = blue\nHouse 1 is red, baker, cat.",
        TABLE,
        TURNED,
        NESTED,
        PROSE,
        f"<answer>{TABLE.split(':', 1)[1].rsplit('|', 1)[0]}|</answer>",
        f"```json\n{JSON}\n```",
        f"[ANSWER]\n```json\n{JSON}\n```\n[ANSWER END]",
        f"[ANSWER]{LISTED}[ANSWER END]",
        f"Done.\n```\n{HEADER}\n```\nBye.",
        "<think>House 1: blue</think>House 1: red, baker, cat\nHouse 2: blue, pilot, guinea-pig",
        (
            "[ANSWER]\nHouse 1: blue\n[ANSWER END]\nNo:\n[ANSWER]\n**House #1:** Red, "
            "*Baker*, cat\n**House #2:** blue, pilot and guinea-pig\n[ANSWER END]"
        ),
        (
            "There is no solution with the cat in house 2.\n"
            "House 1: red, baker, cat\nHouse 2: blue, pilot, guinea-pig"
        ),
        "1. House 1 - red (colour), baker (job), cat\n2. House 2 - blue, pilot, guinea-pig",
    ],
)
def test_the_same_grid_in_many_forms(text):
    """Marks, fences, tables, lists, JSON, sentences: what was said last is what counts."""
    reading = read_answer(STREET, text)
    assert isinstance(reading, Found)
    assert reading.solution == BOTH


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("House 1: red or blue", ("1", "red or blue")),
        ("House 1: not red", ("1", "not red")),
        ("House 1: red?", ("1", "red?")),
        ("House 1: red (or blue)", ("1", "red (or blue)")),
        ("House 1: pet: red", ("1", "pet: red")),
        ("House 1: job, red", ("1", "job")),
        ("House 1: red pet", ("1", "red pet")),
        ("House 1: maybe: red", ("1", "maybe: red")),
        ("House 1: definitely not: red", ("1", "definitely not: red")),
        ("House 1 or 2: red", ("1", "or 2: red")),
        ("House 1: r\u0435d", ("1", "r\u0435d")),
        ("House 1: \u212aat", ("1", "\u212aat")),
        ("House 01: red", ("01", "red")),
        ("House \uff11: red\nHouse 2: cat", ("House \uff11: red",)),
        ("House 1: red\nprobably", ("probably",)),
        ("House 1: red\nor", ("or",)),
        ("| House | Colour |\n|---|---|\n| 1 or 2 | red |\n| 1 | cat |", ("1 or 2 red",)),
        ('{"1": "red", "note": "unsure"}', ("note: unsure",)),
        ('{"1": "red", "1": "blue"}', ("1", "blue")),
        ('{"1": {"colour": {"red": 0.5}}, "2": "cat"}', ("1", "0.5)")),
        ("-1: red\nHouse 2: cat", ("-1: red",)),
        ("House 2: cat\n[NO SOLUTION]", ("NO SOLUTION",)),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(line, kept):
    """Hedges, wrong labels, look-alikes and asides go to the critic as they are."""
    reading = read_answer(STREET, f"[ANSWER]\n{line}\n[ANSWER END]")
    assert isinstance(reading, Found)
    assert kept in reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "Clues 1 and 3 exclude each other, so there is no valid arrangement that keeps both.",
        "House 1: red\nHouse 2: cat\nBut clue 4 fails, so the puzzle is unsolvable.",
        "[ANSWER]\nHouse 1: red\n[ANSWER END]\nWrong.\n[ANSWER]There is no solution.[ANSWER END]",
    ],
)
def test_claims_that_there_is_none(text):
    """A claim counts where it is the last word."""
    reading = read_answer(STREET, text)
    assert isinstance(reading, ClaimedUnsolvable)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I like puzzles.",
        "<think>House 1: red",
        "[ANSWER]\n\n[ANSWER END]",
        "| a | b |\n|---|---|\n| c | d |",
        "1. The baker is not in house 2.\n2. The cat is red.",
    ],
)
def test_no_answer_is_unreadable(text):
    """Nothing proposed is nothing read, and a list of thoughts is no list of houses."""
    assert isinstance(read_answer(STREET, text), Unreadable)


@given(
    st.lists(
        st.sampled_from(
            [
                *"12,;:|\n\n?-= (){}[]\"'*.#",
                "House ",
                "House 1: ",
                "red",
                "cat",
                " and ",
                "pet",
                "or ",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    reading = read_answer(STREET, f"[ANSWER]\n{text}\n[ANSWER END]")
    if isinstance(reading, Found) and reading.solution:
        again = read_answer(STREET, reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution
        assert again.canonical == reading.canonical


@pytest.mark.parametrize(
    "unit",
    [
        "[ANSWER]",
        "House 1: ",
        "House 1: red\n",
        "1: red,",
        "| 1 | red ",
        "|\n",
        "[ANSWER]\n1: red\n",
        "```\n",
        '{"1":',
        "- ",
        "<think>",
        "\n",
        "9",
        "red ",
    ],
)
def test_hostile_text_is_read_in_linear_time(unit):
    """Two hundred thousand characters of anything take seconds at most."""
    started = time.process_time()
    read_answer(STREET, unit * (200_000 // len(unit)))
    read_answer(STREET, f"[ANSWER]{unit * (200_000 // len(unit))}")
    assert time.process_time() - started < 8


def test_huge_numbers_are_no_houses():
    """Five thousand digits are kept as text, in lines and in JSON."""
    huge = "1" * 5_000
    for text in (f"House {huge}: red\nHouse 1: cat", f'{{"{huge}": "red", "1": {huge}}}'):
        reading = read_answer(STREET, f"[ANSWER]{text}[ANSWER END]")
        assert isinstance(reading, Found)
        assert any(huge in word for line in reading.solution for word in line)


def test_formatting_and_reading_are_inverse():
    """A grid reads back as it was."""
    reading = read_answer(STREET, format_grid(BOTH))
    assert isinstance(reading, Found)
    assert reading.solution == BOTH
