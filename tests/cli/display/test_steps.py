"""Steps are shown in part, and never without the one that fails."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from soundly.cli.display.console import open_console
from soundly.cli.display.steps import answer_lines, step_table


def shown(steps, **options):
    stream = io.StringIO()
    open_console(stream).print(step_table(steps, **options))
    return stream.getvalue()


@given(st.integers(1, 5_000), st.data(), st.integers(8, 40))
def test_the_failing_step_the_first_and_the_last_are_shown_and_little_else(count, data, most):
    failing = data.draw(st.integers(1, count))
    text = shown([f"(go r{i})" for i in range(1, count + 1)], failing={failing}, most=most)
    rows = text.splitlines()
    (marked,) = [row for row in rows if "✗" in row]
    assert marked.split() == ["✗", str(failing), "(go", f"r{failing})"]
    assert "(go r1)" in text
    assert f"(go r{count})" in text
    assert len(rows) <= most + 10


@given(st.integers(0, 3_000), st.integers(8, 40))
def test_what_is_left_out_is_counted(count, most):
    text = shown(["(go)"] * count, most=most)
    left_out = [row for row in text.splitlines() if "more step" in row]
    listed = text.count("(go)")
    hidden = sum(int(row.split()[1].replace(",", "")) for row in left_out)
    assert listed + hidden == count


def test_a_missed_goal_stands_behind_the_last_step():
    assert shown(["(go)"], missed=True).splitlines()[-1].split() == [
        "✗", "the", "goal", "is", "not", "reached"
    ]  # fmt: skip


def test_a_step_of_a_megabyte_is_cut():
    assert len(shown(["(" + "x" * 1_000_000 + ")"])) < 2_000


def test_only_the_marks_around_an_answer_are_taken_off():
    assert answer_lines("[ANSWER]\n1: 2\n\n2: 4\n[ANSWER END]\n") == ["1: 2", "", "2: 4"]
    assert answer_lines("[ANSWER]ab[ANSWER END]") == ["ab"]
    assert answer_lines("[ANSWER]\n42\n[/ANSWER]") == ["42"]
    assert answer_lines("(go)\n(stay)") == ["(go)", "(stay)"]
    assert answer_lines("") == []
