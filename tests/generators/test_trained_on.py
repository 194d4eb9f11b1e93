"""What a model was trained on comes back from the sentence that its file keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.generators import blocksworld_tiny
from soundly.generators.trained_on import TrainedOn
from soundly.generators.word_model_file import read_word_model

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
SOURCES = st.tuples(NAMES, st.integers(0, 99), st.integers(0, 99))


@given(NAMES, st.lists(SOURCES, min_size=1, max_size=4), st.integers(-9, 9))
def test_the_sentence_comes_back_as_it_was(recipe, sources, seed):
    about = TrainedOn(recipe, tuple(sources), seed)
    assert TrainedOn.read(str(about)) == about


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "towers",
        "towers: ; seed 0",
        "towers: blocksworld 3 to; seed 0",
        "a: b 3 to 4",
        "a: b 3 to 4, ; seed 1",
    ],
)
def test_another_sentence_says_nothing(sentence):
    assert TrainedOn.read(sentence) is None


def test_sources_of_one_family_are_one_span():
    about = TrainedOn("mixed", (("b", 3, 8), ("c", 5, 5), ("b", 9, 20)), 0)
    assert about.sizes("b") == (3, 20)
    assert about.sizes("c") == (5, 5)
    assert about.sizes("d") is None


def test_the_model_that_ships_says_what_it_was_trained_on():
    pytest.importorskip("gguf", reason="gguf is not installed")
    about = TrainedOn.read(read_word_model(blocksworld_tiny.FILE).about)
    assert about is not None
    assert about.sizes("blocksworld") == (3, 20)
