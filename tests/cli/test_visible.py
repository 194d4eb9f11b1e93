"""Foreign text is shown, never obeyed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from soundly.cli.visible import one_line, visible


@given(st.text(st.characters(max_codepoint=0x2100)))
def test_nothing_that_moves_a_cursor_or_turns_the_text_comes_out(text):
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_plain_text_is_left_as_it_is(text):
    assert visible(text) == text


@given(st.text())
def test_one_line_is_one_line_of_bounded_length(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert len(line) <= 2_000
