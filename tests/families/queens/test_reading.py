"""Which piece of an answer counts as the placement."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.queens.reading import format_placement, read_answer

FOUR = (("1", "2"), ("2", "4"), ("3", "1"), ("4", "3"))


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\n1: 2\n2: 4\n3: 1\n4: 3\n[ANSWER END]",
        "Sure!\n**[ANSWER]**\n- 3: 1\n- 4: 3\n- 1: 2\n- 2: 4\n**[/ANSWER]** Row 9: 9.",
        "[ANSWER]\n2 4 1 3\n[ANSWER END]",
        "[ANSWER]\n[2, 4, 1, 3]\n[ANSWER END]",
        "The columns are \\boxed{2, 4, 1, 3}.",
        "[ANSWER]\n1 2\n2 4\n3 1\n4 3",
        "[ANSWER]\n(1, 2), (2, 4), (3, 1), (4, 3)\n[ANSWER END]",
        "[ANSWER]\n[[1, 2], [2, 4], [3, 1], [4, 3]]\n[ANSWER END]",
        "<answer>b1, d2, a3, c4</answer>",
        "[ANSWER]\nQb1 Qd2 Qa3 Qc4\n[ANSWER END]",
        "[ANSWER]\n. Q . .\n. . . Q\nQ . . .\n. . Q .\n[ANSWER END]",
        "```\n_Q__\n___Q\nQ___\n__Q_\n```",
        "Row 1: column 2\nRow 2: column 4\nRow 3: column 1\nRow 4: column 3",
        "1. Row 1, column 2\n2. Row 2, column 4\n3. Row 3, column 1\n4. Row 4, column 3",
        'So:\n```json\n{"1": 2, "2": 4, "3": 1, "4": 3}\n```',
        "1: 1\n2: 1\nThat clashes.\n\n1 -> 2\n2 -> 4\n3 -> 1\n4 -> 3\nDone.",
        "Answer: [2, 4, 1, 3]",
        "[ANSWER]\n```json\n[2, 4, 1, 3]\n```\n[ANSWER END]",
        "<think>1: 1, no solution exists</think>Answer: 2 4 1 3",
        "[ANSWER]\n2 4 1 3\n[ANSWER END]\nWhat stands behind [ANSWER] is my placement.",
    ],
)
def test_the_same_placement_in_many_forms(text):
    """Pairs, lists of columns, chess squares, pictures: what was marked last is what counts."""
    reading = read_answer(text, 4)
    assert isinstance(reading, Found)
    assert reading.solution == FOUR


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1: 2 or 3\n2: 4", ("or 3",)),
        ("1: 2\n1: 3", ("1", "3")),
        ("1: 2\nand the rest anything", ("and the rest anything",)),
        ("1: 2-3", ("-3",)),
        ("1: 2/3", ("/3",)),
        ("1: 2.5", (".5",)),
        ("1: 2?", ("?",)),
        ("1: two\n2: 1", ("1: two",)),
        ("\uff11: 2\n2: 1", ("\uff11: 2",)),
        ("1: ²\n2: 1", ("1: ²",)),
        ("-1: 2\n2: 1", ("-1: 2",)),
        ("1: 02", ("1", "02")),
        ("b0 d2", ("0", "2")),
        ("1: 2\n[NO SOLUTION]", ("(NO SOLUTION)",)),
        (". Q . .\n. . . Q\nQ . . .", (". Q . .",)),
        (". Q . .\n. . . Q\nQ . . .\n. . Q . .", (". . Q . .",)),
        ("1: " + "9" * 5000, ("1: " + "9" * 5000,)),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(text, kept):
    """Hedges, words, look-alike digits, pictures of another size go to the critic as they are."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]", 4)
    assert isinstance(reading, Found)
    assert kept in reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "Row 3 is attacked everywhere, so there is no valid placement.",
        "1: 1\n2: 3\nRow 3 has nothing left, so no solution exists.",
    ],
)
def test_claims_that_there_is_none(text):
    """A claim counts where it is the last word."""
    assert isinstance(read_answer(text, 4), ClaimedUnsolvable)


@pytest.mark.parametrize(
    "text",
    ["", "I like chess.", "<think>1: 2", "[ANSWER]\n\n[ANSWER END]"],
)
def test_no_answer_is_unreadable(text):
    """Nothing proposed is nothing read, and thinking that never ends proposes nothing."""
    assert isinstance(read_answer(text, 4), Unreadable)


@given(st.text(alphabet="123:=->, \n[]ANSWERD*`{}()\"'.-rowclumnQb;|_²\r\t<\x0b", max_size=60))
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]", 2)
    if isinstance(reading, Found):
        again = read_answer(reading.canonical, 2)
        assert isinstance(again, Found)
        assert again.solution == reading.solution


@pytest.mark.parametrize(
    "unit",
    ["[ANSWER]", "1: ", "1 ", "[ANSWER]\n1: 2\n", "```\n", "row ", "- ", "1. a", "\n", "(1,", ". "],
)
def test_hostile_text_is_read_in_linear_time(unit):
    """A megabyte of anything takes seconds at most, alone and inside a block."""
    for begin in ("", "[ANSWER]\n"):
        started = time.process_time()
        read_answer(begin + unit * (300_000 // len(unit)), 8)
        assert time.process_time() - started < 3


def test_formatting_and_reading_are_inverse():
    """A placement reads back as it was."""
    reading = read_answer(format_placement(FOUR), 4)
    assert isinstance(reading, Found)
    assert reading.solution == FOUR


@pytest.mark.parametrize("letter", ["\u212a", "\u017f", "\u0130", "\u0131", "\uff4b"])
def test_a_letter_that_only_looks_like_a_column_is_none(letter):
    """Without regard to case, some signs count as a letter of ASCII; none of them is a column."""
    reading = read_answer(f"[ANSWER]\n{letter}10\na1\n[ANSWER END]", 12)
    assert isinstance(reading, Found)
    assert reading.solution == (("1", "1"), (f"{letter}10",))


def test_a_later_block_counts_whatever_stands_before_its_squares():
    """An answer that is replaced in a block of its own is replaced, words before it or not."""
    text = format_placement(FOUR) + "\n[ANSWER]\nI meant:\n1: 1\n[ANSWER END]"
    reading = read_answer(text, 4)
    assert isinstance(reading, Found)
    assert reading.solution == (("1", "1"), ("I meant:",))
