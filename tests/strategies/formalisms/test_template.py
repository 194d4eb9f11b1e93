"""How an answer is worded from values: what a model wrote is read strictly and filled in."""

import pytest

from soundly.solvers.translated_json import Mistakes
from soundly.strategies.formalisms.extraction import object_in
from soundly.strategies.formalisms.template import template_in

VARIABLES = {"x": 1, "long_name": 2}


def read(lines, *, logical=False):
    mistakes = Mistakes()
    template = template_in({"answer": lines}, VARIABLES, mistakes, logical=logical)
    return template, [str(each) for each in mistakes.found]


@pytest.mark.parametrize(
    ("lines", "values", "answer"),
    [
        (["1: {x}", "2: { long_name }"], {"x": 3, "long_name": -1}, "1: 3\n2: -1"),
        (["{x=1|one|other}"], {"x": 1}, "one"),
        (["{x = 1|one|other}"], {"x": 2}, "other"),
        (["{x==2|two|}{x=1|one|}"], {"x": 1}, "one"),
        (["begin", "{x=1|one|}", "end {x}"], {"x": 0}, "begin\nend 0"),
    ],
)
def test_places_are_filled_with_values(lines, values, answer):
    """A value, one of two texts, and no line that comes out blank."""
    template, mistakes = read(lines)
    assert mistakes == []
    assert template.filled(values) == answer


@pytest.mark.parametrize(("value", "answer"), [(True, "true: yes"), (False, "false: no")])
def test_a_truth_value_chooses_between_two_texts(value, answer):
    """Or is written as a word."""
    template, mistakes = read(["{x}: {x|yes|no}"], logical=True)
    assert mistakes == []
    assert template.filled({"x": value}) == answer


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{long_nam}"], "answer[0]: there is no variable 'long_nam' (did you mean 'long_name'?)"),
        (["{x}", "{x"], "answer[1]: a brace has no partner"),
        (["{x}}"], "answer[0]: a brace has no partner"),
        (["{x + 1}"], "found {x + 1}, wanted a place such as {x}"),
        (["{x|yes|no}"], "found {x|yes|no}, wanted a place such as {x}, {x=1|if so|if not}"),
        (["{x=1|yes}"], "found {x=1|yes}, wanted a place"),
        (["{x=1|a|b|c}"], "wanted a place"),
        (["{}"], "wanted a place"),
        ([3], "answer[0]: found the number 3, wanted a line of text"),
        ([], "answer: found a list, wanted a list of 1 to"),
        ("{x}", "answer: found the text '{x}', wanted a list"),
        (["no value at all"], "answer: no line says a value"),
    ],
)
def test_each_mistake_is_named_with_its_place(lines, said):
    """So that a model can be told."""
    _, mistakes = read(lines)
    assert any(said in each for each in mistakes), mistakes


def test_a_number_does_not_choose_by_truth():
    """Clauses have no numbers, and whoever writes one means something else."""
    _, mistakes = read(["{x=1|yes|no}"], logical=True)
    assert "{p|if true|if false}" in mistakes[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Here:\n```json\n{"a": 1}\n```\nDone {really}.', '{"a": 1}'),
        ('```json\n{"a": 1}\n```\nNo, better:\n```\n{"a": 2}\n```', '{"a": 2}'),
        ('It is {"a": {"b": 1}}, as I said.', '{"a": {"b": 1}}'),
        ('<think>{"a": 1}</think> {"a": 2}', '{"a": 2}'),
        ("nothing", "nothing"),
        ("", ""),
        ('```json\n{"a": ', '{"a":'),
    ],
)
def test_the_last_object_that_is_said_counts(text, found):
    """A fenced one before anything in prose; thoughts never."""
    assert object_in(text) == found
