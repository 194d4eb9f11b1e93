"""Augmentations and templates: what a style may ask for, and what contradicts itself."""

import re

import pytest

from soundly.core.added_words import in_notation, reworded, with_words
from soundly.core.augmentation import Template
from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.notation import Statement

SAID = (Message("system", "Be brief."), Message("user", "Move the blocks."))
STATED = (Statement("n", ("goal", "#0"), ("a",)).message(),)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ({"augmentation": "magic"}, "augmentation is 'magic', wanted one of none, zero-shot-cot"),
        ({"augmentation": "plan-and-solve", "thoughts": True}, "and thoughts=true came"),
        ({"augmentation": "zero-shot-cot", "examples": 2}, "shows no examples, and examples=2"),
        ({"augmentation": "few-shot-cot", "examples": 0}, "is made of examples, and examples=0"),
        ({"augmentation": "solver-trace", "examples": 0}, "is made of examples, and examples=0"),
        ({"augmentation": "solver-trace", "procedure": "p"}, "and a procedure came"),
        ({"augmentation": "progression", "template": Template("{problem}")}, "a template came"),
    ],
)
def test_a_style_that_contradicts_itself_is_refused(style, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        PromptStyle(**style)


@pytest.mark.parametrize("examples", [0, 1])
def test_zero_shot_shows_no_examples_so_the_default_gives_way(examples):
    assert PromptStyle(augmentation="zero-shot-cot", examples=examples)


@pytest.mark.parametrize(
    "text", ["", "Solve it.", "{problem} {problem}", "{Problem}", "{ problem }"]
)
def test_a_template_has_exactly_one_place_for_the_problem(text):
    with pytest.raises(ValueError, match=r"wanted once"):
        Template(text)


def test_a_template_is_called_by_its_file_or_by_a_digest_of_its_text():
    """A trace shows which one it was, and a long text does not stand in an option."""
    assert str(Template("{problem}", "@mine.txt")) == "@mine.txt"
    one, other = Template("{problem}"), Template("{problem} now")
    assert re.fullmatch(r"sha256-[0-9a-f]{12}", str(one))
    assert str(one) != str(other)


def test_a_problem_that_speaks_of_places_is_put_in_as_it_is():
    assert Template("A {problem} B").around("{problem} {x}") == "A {problem} {x} B"


def test_words_go_to_the_end_of_the_users_last_turn():
    assert with_words(SAID, "Now.") == (SAID[0], Message("user", "Move the blocks.\n\nNow."))


def test_a_conversation_that_ends_with_another_turn_takes_no_words():
    with pytest.raises(UsageError, match="the last is the assistant's"):
        with_words((*SAID, Message("assistant", "Yes.")), "Now.")


def test_a_problem_in_a_notation_takes_no_words():
    assert in_notation(STATED)
    with pytest.raises(UsageError, match="name a model that reads text"):
        reworded(STATED, str.upper)


@pytest.mark.parametrize("text", ["{a: 1}", "{}", '{"notation": 3}', "Move."])
def test_text_that_only_looks_like_a_notation_is_none(text):
    assert not in_notation((Message("user", text),))
