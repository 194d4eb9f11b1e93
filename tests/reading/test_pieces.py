"""What is cut out of a text, and what never counts."""

import time

import pytest

from soundly.reading import (
    answer_blocks,
    boxed,
    claim_of_no_solution,
    fenced,
    labelled,
    spoken,
    stated_answer,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a <think>b</think> c", " c"),
        ("<think>b</think>c<thinking>d</thinking>e", "e"),
        ("a <think>never ends", ""),
        ("b</think>c", "c"),
        ("plain", "plain"),
    ],
)
def test_thinking_in_tags_never_counts(text, said):
    assert spoken(text) == said


@pytest.mark.parametrize("mark", ["[ANSWER END]", "[/ANSWER]", "[END ANSWER]", "[answer_end]"])
def test_a_block_ends_at_its_mark(mark):
    assert answer_blocks(f"x [ANSWER]1{mark} 2 <answer>3</answer> 4 [ANSWER]5") == ["1", "3", "5"]


def test_a_fence_that_is_open_ends_with_the_text():
    assert fenced("a\n```py\nb\n```\nc\n~~~\nd") == ["\nb\n", "\nd"]


@pytest.mark.parametrize(
    "line",
    [
        "Answer: 7",
        "**Final answer:** 7",
        "So, the answer is: 7",
        "> ANSWER : 7",
    ],
)
def test_a_label_introduces_the_rest_of_its_line(line):
    assert [piece.strip() for piece in labelled(f"{line}\n8")] == ["7"]


def test_the_last_statement_counts_whatever_its_form():
    label, box, block = "Answer: 1", r"\boxed{2}", "[ANSWER]3[/ANSWER]"
    assert stated_answer(f"{box}\n{label}\n{block}") == "3"
    assert stated_answer(f"{block}\n{label}\n{box}") == "2"
    assert stated_answer(f"{block}\n{box}\nNo.\n{label}") == "1"
    assert stated_answer(f"Answer: 0\n{label}\nAnswer:\n") == "1"


def test_a_sentence_counts_only_where_nothing_is_marked():
    assert stated_answer("So the answer is 7") == "7"
    assert stated_answer("[ANSWER]7[/ANSWER] The answer is checked.") == "7"
    assert stated_answer("[ANSWER] [/ANSWER] 5") is None


def test_a_block_counts_whole_less_a_label_or_box_around_it():
    assert stated_answer("[ANSWER]\nAnswer: 7\n[/ANSWER]") == "7"
    assert stated_answer(r"[ANSWER]$\boxed{7}$[/ANSWER]") == "7"
    assert stated_answer("[ANSWER]7\nAnswer: 8[/ANSWER]") == "7\nAnswer: 8"
    assert stated_answer(r"So: \boxed{\text{switch}}") == "switch"
    assert boxed(r"\boxed{1} \boxed{\frac{1}{2}} \boxed{{{3}}}") == ["1", r"\frac{1}{2}"]


@pytest.mark.parametrize(
    "text",
    [
        "[NO SOLUTION]",
        "There is no valid schedule.",
        "So no schedule exists.",
        "It is impossible to find one.",
        "The formula is unsatisfiable",
    ],
)
def test_a_claim_is_the_line_that_makes_it(text):
    assert claim_of_no_solution(f"Well.\n{text}\nBye", nouns=("schedule",)) == text


def test_talk_of_solutions_is_no_claim():
    assert claim_of_no_solution("There is a solution, and no other.") is None


@pytest.mark.parametrize(
    "piece",
    ["[ANSWER]", "```\n", "<think>", "answer:", "\\boxed{", "\\boxed{{", "the answer is ", " " * 9],
)
def test_hostile_text_takes_time_in_proportion(piece):
    started = time.process_time()
    text = piece * 100_000
    stated_answer(text)
    fenced(text)
    claim_of_no_solution(text)
    assert time.process_time() - started < 3
