"""Words for problems and answers: of a notation, or letters."""

import pytest

from soundly.core.errors import UsageError
from soundly.training.verifier.presenting import (
    RIGHT,
    WRONG,
    InLetters,
    InNotation,
    presentation_of,
)


def test_a_family_with_a_notation_is_put_in_it(sums):
    """Short and closed; everything else is spelt."""
    assert presentation_of(sums) == InNotation(sums.notation)
    spelt = sums.without_notation()
    assert presentation_of(spelt) == InLetters(spelt)
    assert presentation_of(sums, letters=True) == InLetters(sums)


def test_every_word_is_in_the_vocabulary(sums):
    """Those of the problem, of the answer, and the two verdicts."""
    problem = sums.draw(size=1, seed=34)
    for family in (sums, sums.without_notation()):
        presentation = presentation_of(family)
        put = presentation.present(problem, sums.candidate(7))
        words = (*put.statement, *put.answer, RIGHT, WRONG)
        assert presentation.vocabulary.decode(presentation.vocabulary.encode(words)) == words


def test_letters_are_any_letters(sums):
    """A number sign is no name's number, and what ASCII lacks is one sign."""
    candidate = sums.candidate(7)
    object.__setattr__(candidate, "canonical", "#1 é\n")
    put = InLetters(sums).present(sums.draw(size=1, seed=0), candidate)
    assert put.answer == ("'#", "'1", "' ", "'\ufffd", "'\n")


def test_an_answer_without_words_is_none(sums):
    """The notation has no word for it; that is no mistake of the caller's."""
    put = InNotation(sums.notation).present(sums.draw(size=1, seed=34), sums.candidate(12))
    assert put.answer is None


def test_a_problem_without_words_is_the_callers(sums):
    """A problem of another kind has nothing that could be judged."""

    class Mute:
        name, vocabulary, room = "mute-1", (), 0

        def state(self, problem):
            raise UsageError("no words")

    with pytest.raises(UsageError, match="no words"):
        InNotation(Mute()).present(sums.draw(size=1, seed=34), sums.candidate(7))
