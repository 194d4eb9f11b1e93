"""Statements, prompts and readings of reasoning-gym's problems: no sandbox is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found, Unreadable
from soundly.core.errors import FamilyError, ProblemError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.reasoninggym.family import DataSet, StatedEntries
from soundly.families.reasoninggym.recipe import Recipe, recipe_of

RECIPE = Recipe("leg_counting", '{"max_animals": 3}', 7)
PROBLEM = RECIPE.problem("legs", "How many legs do 2 lobsters have?")
FAMILY = DataSet("leg_counting")


def changed(**texts):
    return Problem(PROBLEM.family, "changed", {**PROBLEM.statement, **texts})


def test_a_statement_reads_as_it_was_written():
    """The recipe goes through the problem and back."""
    assert recipe_of(PROBLEM) == RECIPE


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("dataset", "n_queens", "it is not leg_counting"),
        ("dataset", "../x", "no data set's name"),
        ("seed", "-1", "no whole number"),
        ("seed", "9" * 5_000, "no whole number"),
        ("index", "1.0", "no whole number"),
        ("configuration", "{", "no JSON"),
        ("configuration", "[" * 50_000, "configuration"),
        ("configuration", "[]", "wanted a JSON object"),
        ("configuration", '{"seed": 1}', "wanted a JSON object"),
    ],
)
def test_a_statement_that_is_none_is_refused(field, text, said):
    """The message names the field."""
    with pytest.raises(ProblemError, match=said) as raised:
        recipe_of(changed(**{field: text}))
    assert raised.value.source == field


def test_a_field_too_many_is_refused():
    """A key in a statement would be shown to solvers."""
    with pytest.raises(ProblemError, match="answer"):
        recipe_of(changed(answer="20"))


def test_the_prompt_shows_the_question_and_no_recipe():
    """The recipe is for the judge: whoever has it can look up the answer."""
    (message,) = FAMILY.render(PROBLEM, PromptStyle())
    assert "2 lobsters" in message.content
    assert "max_animals" not in message.content
    assert "[ANSWER]" in message.content


def test_an_echoed_prompt_is_no_answer():
    """Neither with the thoughts' line nor without."""
    for thoughts in (False, True):
        (message,) = FAMILY.render(PROBLEM, PromptStyle(thoughts=thoughts))
        assert isinstance(FAMILY.read(PROBLEM, message.content), Unreadable)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[ANSWER]20[/ANSWER]", "20"),
        ("[ANSWER]\n20\n[/ANSWER] Done.", "20"),
        ("<think>[ANSWER]20[/ANSWER]</think>\nAnswer: 30", "30"),
        ("[ANSWER]20[/ANSWER]\nNo. [ANSWER]30[/ANSWER]", "30"),
        ("Answer: 7 or 8", "7 or 8"),
        ("[ANSWER]Q _\n_ Q[/ANSWER]", "Q _\n_ Q"),
        ("[ANSWER]False[/ANSWER]", "False"),
        ("The answer is 20.", "20."),
    ],
)
def test_what_is_marked_is_kept_whole(text, answer):
    """The last mark counts, and a hedge in it stays."""
    found = FAMILY.read(PROBLEM, text)
    assert isinstance(found, Found)
    assert found.solution == answer


@given(st.text(max_size=80))
def test_the_canonical_spelling_reads_as_itself(inside):
    """Whatever is read can be written down again."""
    found = FAMILY.read(PROBLEM, f"[ANSWER]{inside}[/ANSWER]")
    if isinstance(found, Found):
        again = FAMILY.read(PROBLEM, found.canonical)
        assert isinstance(again, Found)
        assert (again.solution, again.canonical) == (found.solution, found.canonical)


@pytest.mark.parametrize("family", [FAMILY, StatedEntries()])
def test_there_is_no_certificate(family):
    """A score is nobody's evidence."""
    with pytest.raises(FamilyError, match="no certificates"):
        family.certify(PROBLEM, Candidate("20", "20", "test"))
