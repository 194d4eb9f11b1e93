"""Which piece of an answer counts."""

import time

import pytest

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable


def plan_of(reading):
    assert isinstance(reading, Found), reading
    return reading.canonical.split("\n")[:-1]


def test_a_block_counts_before_a_fence_and_a_fence_before_a_list(blocks):
    listed, fenced = "1. pick up block a", "```\n(pick-up b)\n```"
    block = "[PLAN]\n(pick-up c)\n[PLAN END]"
    for answer in (f"{block}\n{fenced}\n{listed}", f"{listed}\n{fenced}\n{block}"):
        assert plan_of(blocks(answer)) == ["(pick-up c)"]
    assert plan_of(blocks(f"{fenced}\n{listed}")) == ["(pick-up b)"]


def test_of_two_blocks_the_last_counts(blocks):
    answer = "[PLAN]\n(pick-up a)\n[PLAN END]\nBetter:\n[PLAN]\n(pick-up b)\n[PLAN END]\nDone."
    assert plan_of(blocks(answer)) == ["(pick-up b)"]


def test_a_block_of_prose_leaves_the_word_to_the_block_before(blocks):
    answer = "[PLAN]\n(pick-up a)\n[PLAN END]\nI used [PLAN] and [PLAN END] as asked."
    assert plan_of(blocks(answer)) == ["(pick-up a)"]


def test_of_two_numbered_lists_the_last_counts_and_they_are_never_joined(blocks):
    answer = "1. pick up a\n2. stack a onto b\n\nCorrected:\n1. pick up c\n2. stack c onto d"
    assert plan_of(blocks(answer)) == ["(pick-up c)", "(stack c d)"]


def test_prose_between_lines_without_numbers_ends_the_list(blocks):
    answer = "(pick-up a)\n(stack a b)\n\nA shorter plan would be:\n\n(pick-up c)\n(stack c d)"
    assert plan_of(blocks(answer)) == ["(pick-up c)", "(stack c d)"]


def test_empty_lines_do_not_end_a_list(blocks):
    assert plan_of(blocks("(pick-up a)\n\n\n(stack a b)\n")) == ["(pick-up a)", "(stack a b)"]


def test_numbers_go_on_across_explanations(blocks):
    answer = "1. **Pick up a**\n\nIt is clear.\n- on the table\n\n2. **Stack a onto b**\n\nDone."
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(stack a b)"]


def test_bullets_below_a_numbered_heading_are_its_steps(blocks):
    answer = "1. Free block b:\n   - unstack a from b\n   - put down a\n2. Build:\n   - pick up b"
    assert plan_of(blocks(answer)) == ["(unstack a b)", "(put-down a)", "(pick-up b)"]


def test_bullets_below_a_numbered_step_only_explain_it(blocks):
    answer = "1. unstack a from b\n   - put down a would come next\n2. put down a"
    assert plan_of(blocks(answer)) == ["(unstack a b)", "(put-down a)"]


def test_an_explanation_that_sounds_like_steps_does_not_count_behind_a_list(blocks):
    answer = (
        "1. pick up a\n2. stack a onto b\n\n**Explanation**:\n"
        "- Pick up a empties its place.\n- Stack a onto b reaches the goal."
    )
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(stack a b)"]


def test_a_numbered_line_that_cannot_be_read_stays_at_the_end_as_well(blocks):
    answer = "1. pick up a\n2. put it wherever you like"
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(put it wherever you like …)"]


@pytest.mark.parametrize(
    "remark",
    ["Stack a onto b is done now.", "- pick up c is impossible", "\nThen pick up c?\n", "(wait)"],
)
@pytest.mark.parametrize("third", ["3. unstack a from b", "Step 3: unstack a from b"])
def test_a_remark_that_sounds_like_a_step_cuts_no_numbered_list(blocks, remark, third):
    answer = f"1. pick up a\n2. stack a onto b\n{remark}\n{third}"
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(stack a b)", "(unstack a b)"]


def test_a_step_with_a_later_number_behind_another_list_is_not_left_out(blocks):
    answer = "(pick-up a)\n(stack a b)\n3. (unstack a b)"
    assert plan_of(blocks(answer)) == ["(unstack a b)"]


def test_steps_below_a_heading_are_read_in_linear_time(blocks):
    answer = "1. Do this:\n" + "   - pick up a\n" * 60_000
    begun = time.process_time()
    assert len(plan_of(blocks(answer))) == 60_000
    assert time.process_time() - begun < 5, "reading is no longer linear"


@pytest.mark.parametrize(
    "line",
    [
        "\u2705 (put-down a)",
        "b) (put-down a)",
        "then (put-down a)",
        "Next step: (put-down a)",
        "{3} (put-down a).",
        "(put\u2013down a)",
        "(put\u2011down a)",
        "(put-down\u200b a)",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bracketed_step_in_a_strange_spelling_is_nowhere_left_out(blocks, line, place):
    lines = ["(pick-up a)", "(stack a b)"]
    lines.insert(place, line)
    plan = plan_of(blocks("[PLAN]\n" + "\n".join(lines) + "\n[PLAN END]"))
    assert len(plan) == 3
    assert plan[place] != "(put-down a)"


def test_several_steps_on_one_line_are_all_read(blocks):
    whole = ["(pick-up a)", "(stack a b)"]
    assert plan_of(blocks("(pick-up a), (stack a b)")) == whole
    assert plan_of(blocks("1. pick up a and stack it onto b.")) == whole
    assert plan_of(blocks("1. pick up a 2. stack a onto b")) == whole


def test_thinking_never_counts(blocks):
    assert plan_of(blocks("<think>(pick-up a)</think>\n(pick-up b)")) == ["(pick-up b)"]
    assert isinstance(blocks("<think>\n[PLAN]\n(pick-up a)\n[PLAN END]"), Unreadable)


def test_a_further_problem_that_the_model_makes_up_does_not_count(blocks):
    answer = "(pick-up a)\n[PLAN END]\n\n[STATEMENT]\nNext one.\n[PLAN]\n(pick-up b)\n[PLAN END]"
    assert plan_of(blocks(answer)) == ["(pick-up a)"]


@pytest.mark.parametrize(
    "answer",
    [
        "[PLAN]\n[PLAN END]",
        "The goal holds.\n[PLAN]\n\n[PLAN END]",
        "[PLAN END]",
        "No further actions are needed, for the goal holds already.",
    ],
)
def test_an_empty_plan_is_read_only_where_the_answer_gives_one(blocks, answer):
    reading = blocks(answer)
    assert isinstance(reading, Found)
    assert reading.solution == ()


@pytest.mark.parametrize(
    "answer", ["", "  \n\t\n", "I do not know.", "\x00\x01\xff" * 50, "[PLAN]\nsorry\n[PLAN END]"]
)
def test_an_answer_without_steps_is_unreadable_and_the_critique_says_what_is_wanted(blocks, answer):
    reading = blocks(answer)
    assert isinstance(reading, Unreadable)
    assert reading.critique.code == "no-plan"
    assert "[PLAN]" in (reading.critique.repair or "")


@pytest.mark.parametrize(
    "claim",
    [
        "[NO PLAN]",
        "[NO SOLUTION]",
        "There is no valid plan for this problem.",
        "No plan exists.",
        "The goal cannot be achieved from this state.",
        "So it is impossible to reach the goal.",
        "[PLAN]\nNo plan possible\n[PLAN END]",
        "1. pick up a\nThis fails.\n\nTherefore there is no plan that reaches the goal.",
    ],
)
def test_a_claim_that_there_is_no_plan_is_read_as_a_claim(blocks, claim):
    reading = blocks(claim)
    assert isinstance(reading, ClaimedUnsolvable)
    assert reading.excerpt


def test_a_plan_in_a_block_counts_before_a_claim_behind_it(blocks):
    answer = "[PLAN]\n(pick-up a)\n[PLAN END]\nThere is no plan that is shorter."
    assert plan_of(blocks(answer)) == ["(pick-up a)"]


def test_a_claim_before_a_list_is_overtaken_by_it(blocks):
    assert plan_of(blocks("At first no plan exists, it seems. But:\n1. pick up a")) == [
        "(pick-up a)"
    ]


def test_the_excerpt_is_the_piece_that_counted(blocks):
    reading = blocks("First try: (pick-up b)\n\n[PLAN]\n(pick-up a)\n(stack a b)\n[PLAN END]")
    assert isinstance(reading, Found)
    assert reading.excerpt == "(pick-up a)\n(stack a b)"


def test_an_article_is_not_the_object_of_that_name(blocks):
    assert plan_of(blocks("1. pick up a block")) == ["(pick-up block)"]
    assert plan_of(blocks("1. pick up a block b")) == ["(pick-up b)"]


@pytest.mark.parametrize(
    "piece", ["A sentence about towers.\n", "(", "[PLAN]\n", "1. ", "| a ", "\n"]
)
def test_a_megabyte_of_anything_is_read(blocks, piece):
    reading = blocks(piece * (1_000_000 // len(piece)))
    assert isinstance(reading, Unreadable | Found)


def test_a_stray_mark_before_an_action_does_not_drop_the_first_or_the_last_line(blocks):
    assert plan_of(blocks(".pick-up a)\n(stack a b)")) == ["(.pick-up a …)", "(stack a b)"]
    assert plan_of(blocks("(pick-up a)\n.stack a b)")) == ["(pick-up a)", "(.stack a b …)"]


def test_a_numbered_list_counts_before_bullets_behind_it(blocks):
    answer = "1. pick up a\n2. stack a onto b\n\nOne could also:\n- pick up c"
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(stack a b)"]


def test_a_list_of_remarks_does_not_count_behind_a_list_of_steps(blocks):
    answer = (
        "1. pick up a\n2. stack a onto b\n\nWhy this works:\n"
        "1. **Pick up a** to free its place\n2. **Stack a onto b** to reach the goal"
    )
    assert plan_of(blocks(answer)) == ["(pick-up a)", "(stack a b)"]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n; note\n\n"])
@pytest.mark.parametrize("line", ["Grab c", "- Robot picks up c", "# 2nd: c", "(not (pick-up c))"])
def test_a_block_of_bracketed_steps_keeps_each_line_at_its_edges(blocks, line, gap):
    steps = "(pick-up a)\n(stack a b)"
    for inside in (f"{line}{gap}{steps}", f"{steps}{gap}{line}"):
        plan = plan_of(blocks(f"[PLAN]\n{inside}\n[PLAN END]"))
        assert len(plan) == 3
        assert sum("\u2026" in step for step in plan) == 1


@pytest.mark.parametrize(
    "inside",
    [
        "Here is the plan:\n\n{}",
        "; cost = 2 (unit cost)\n{}\n// done",
        "```pddl\n{}\n```",
        "(\n{}\n)",
        "---\n{}\n***",
        "My plan\n=======\n{}",
        "| action |\n|--------|\n{}",
        "\n\n{}\n\n",
    ],
)
def test_what_only_frames_the_steps_of_a_block_is_none_of_them(blocks, inside):
    answer = f"[PLAN]\n{inside.format('(pick-up a)')}\n[PLAN END]\nThis reaches the goal."
    assert plan_of(blocks(answer)) == ["(pick-up a)"]


def test_a_block_that_never_ends_ends_with_the_empty_line_behind_its_steps(blocks):
    answer = "[PLAN]\n(pick-up a)\n(stack a b){}This reaches the goal."
    assert plan_of(blocks(answer.format("\n\n"))) == ["(pick-up a)", "(stack a b)"]
    assert len(plan_of(blocks(answer.format("\n")))) == 3


def test_in_words_an_explanation_may_stand_around_the_steps_of_a_block(blocks):
    answer = "[PLAN]\nLet me think.\npick up block a\nThis reaches the goal.\n[PLAN END]"
    assert plan_of(blocks(answer)) == ["(pick-up a)"]
