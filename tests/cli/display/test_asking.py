"""How far a search is, in lines: at once whom it asks, then now and then how many answered."""

from __future__ import annotations

import io

from soundly.cli.display.asking import AskingLines
from soundly.cli.display.console import open_console


def lines_at(*moments, model="slow"):
    """What is said where answers come at these seconds."""
    clock, stream = iter([0.0, *moments]), io.StringIO()
    lines = AskingLines(open_console(stream), model=model, strategy="single", clock=clock.__next__)
    for _ in moments:
        lines.answered()
    return stream.getvalue().splitlines()


def test_the_model_is_named_before_it_answers():
    assert lines_at() == ["soundly: asking slow under single; no answer yet"]


def test_where_no_model_is_asked_none_is_named():
    assert lines_at(model=None) == []


def test_a_line_comes_with_the_first_answer_ten_seconds_after_the_last_line():
    assert lines_at(4.0, 9.9, 12.0, 21.9, 24.0)[1:] == [
        "soundly: 3 answers so far, 4.0 s each",
        "soundly: 5 answers so far, 4.8 s each",
    ]


def test_a_hostile_name_does_not_reach_the_terminal():
    assert "\x1b" not in lines_at(model="a\x1b[2J")[0]
