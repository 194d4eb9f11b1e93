"""Which piece of an answer counts as the schedule."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.jobshop.reading import format_answer, read_answer

BOTH = (("job", "0", "0", "5"), ("job", "1", "3", "7"))
ORDERS = (("machine", "0", "0", "1"), ("machine", "1", "1", "0"))


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\njob 0: 0 5\njob 1: 3 7\n[ANSWER END]",
        "Sure!\n**[ANSWER]**\n- **Job 1:** 3, 7\n- **Job 0:** 0, 5\n**[/ANSWER]** Job 7: 7.",
        "[ANSWER]\n0: [0, 5]\n1: [3, 7]",
        '[ANSWER]\n```json\n{"0": [0, 5], "1": [3, 7]}\n```\n[ANSWER END]',
        '```json\n{"job 0": [0, 5],\n "job 1": [3, 7]}\n```',
        "<answer>J0 = 0; 5\nJ1 = 3; 7</answer>",
        "1. Job 0: 0, 5\n2. Job 1: 3, 7",
        "[ANSWER] Job 0: 0, 5; Job 1: 3, 7 [ANSWER END]",
        "job 0: 1 1\nNo, that overlaps:\n\njob 0: 0 5\njob 1: 3 7\nDone.",
        "<think>job 0: 9 9, no schedule exists</think>job 0: 0 5\njob 1: 3 7",
        "[ANSWER]\njob 0: 0 5\njob 1: 3 7\n[ANSWER END]\nBehind [ANSWER] is my schedule.",
    ],
)
def test_the_same_starts_in_many_forms(text):
    """Marks, fences, lists, JSON: what was marked last is what counts."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "[ANSWER]\nmachine 0: 0 1\nmachine 1: 1 0\n[ANSWER END]",
        "Machine 0: job 0 -> job 1\nMachine 1: job 1 -> job 0",
        "M1: J1, J0\nM0: J0, J1",
    ],
)
def test_orders_of_jobs_on_machines(text):
    """A line of a machine lists jobs."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == ORDERS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("job 0: M2 (0-1), M0 (1-4)", ("2@0-1", "0@1-4")),
        ("job 0: machine 2: 0 to 1, machine 0: 1 to 4", ("2@0-1", "0@1-4")),
        ("job 0: machine 2 at 0, machine 0 starts at 1", ("2@0", "0@1")),
        ("job 0: 0-1, 1-4", ("0-1", "1-4")),
    ],
)
def test_operations_with_their_machines_and_ends(text, words):
    """What is said beside the starts is kept, for the critic to compare."""
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == (("job", "0", *words),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("job 0: 0 or 1, 5", ("job", "0", "0", "or", "1", "5")),
        ("job 0: 0 5?", ("job", "0", "0", "5?")),
        ("job 0: 0 5\njob 0: 1 5", ("job", "0", "1", "5")),
        ("job 0: 0 5\nand the rest later", ("and the rest later",)),
        ("job 0: 0 -5", ("job", "0", "0", "-5")),
        ("job 0: 0 \uff15", ("job", "0", "0", "\uff15")),
        ("job 0: 0 5\n[NO SOLUTION]", ("no solution",)),
        ("job 0: " + "9" * 5000, ("job", "0", "9" * 5000)),
    ],
)
def test_what_stands_in_an_answer_stays_in_it(text, kept):
    """Hedges, words and look-alike digits go to the critic as they are."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]")
    assert isinstance(reading, Found)
    assert kept in reading.solution


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "[ANSWER]\n[NO SOLUTION]\n[ANSWER END]",
        "Machine 2 alone needs 70, so there is no feasible schedule.",
        "job 0: 0 5\nJob 1 is late then, so no schedule exists.",
    ],
)
def test_claims_that_there_is_none(text):
    """A claim counts where it is the last word."""
    assert isinstance(read_answer(text), ClaimedUnsolvable)


@pytest.mark.parametrize("text", ["", "I like work.", "<think>job 0: 1", "[ANSWER]\n[ANSWER END]"])
def test_no_answer_is_unreadable(text):
    """Nothing proposed is nothing read, and thinking that never ends proposes nothing."""
    assert isinstance(read_answer(text), Unreadable)


@given(st.text(alphabet="0123:=->, \n[]ANSWERjobmachine*`{}()\"'@.;?²\r\t<", max_size=60))
def test_the_canonical_spelling_reads_as_itself(text):
    """Law: what was read, spelt canonically, reads the same."""
    reading = read_answer(f"[ANSWER]\n{text}\n[ANSWER END]")
    if isinstance(reading, Found):
        again = read_answer(reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution


@given(
    st.lists(
        st.sampled_from(
            [
                "job ",
                "m",
                "machine ",
                "j",
                "1",
                "2",
                " ",
                ": ",
                "-",
                "to ",
                "at ",
                "@",
                "\n",
                "(",
                "->",
            ]
        ),
        max_size=20,
    )
)
def test_the_canonical_spelling_reads_as_itself_whatever_the_words(words):
    """Law: the same, with the words that the reader knows."""
    reading = read_answer(f"[ANSWER]\n{''.join(words)}\n[ANSWER END]")
    if isinstance(reading, Found):
        again = read_answer(reading.canonical)
        assert isinstance(again, Found)
        assert again.solution == reading.solution


@pytest.mark.parametrize(
    "unit",
    ["[ANSWER]", "1: ", "m 1 ", "[ANSWER]\njob 1: 2\n", "```\n", "job ", "- ", "1. job", "\n"],
)
def test_hostile_text_is_read_in_linear_time(unit):
    """Hundreds of thousands of characters take seconds at most, alone and inside a line."""
    for begin in ("", "[ANSWER]\njob 1: "):
        started = time.process_time()
        read_answer(begin + unit * (300_000 // len(unit)))
        assert time.process_time() - started < 3


def test_formatting_and_reading_are_inverse():
    """A schedule reads back as it was."""
    for answer in (BOTH, ORDERS, (*BOTH, ("maybe",))):
        reading = read_answer(format_answer(answer))
        assert isinstance(reading, Found)
        assert reading.solution == answer


def test_a_later_block_counts_whatever_stands_before_its_jobs():
    """An answer that is replaced in a block of its own is replaced, words before it or not."""
    text = "[ANSWER]\njob 0: 0 7\n[ANSWER END]\n[ANSWER]\nI meant:\njob 0: 1 8\n[ANSWER END]"
    reading = read_answer(text)
    assert isinstance(reading, Found)
    assert reading.solution == (("job", "0", "1", "8"), ("i meant:",))
