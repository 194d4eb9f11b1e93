"""Moves in a prompt: an instruction behind what the user said, or words behind a statement."""

import pytest

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.notation import Statement
from soundly.strategies.moves import (
    ANSWER,
    INSTRUCTIONS,
    Move,
    prompt_of,
    require_moves,
    with_moves,
    words_of,
)

ASKED = (
    Message("system", "You plan."),
    Message("user", "an example"),
    Message("assistant", "its plan"),
    Message("user", "the problem"),
)
STATEMENT = Statement("toy-1", ("start", "#0", "#1"), ("a", "b"), {"go": "\ngo"})
DIRECT, TILDE = Move("direct", "Go straight."), Move("tilde", "~3 ~1")


def test_moves_stand_at_the_end_of_what_the_user_said_last():
    """One behind the other, and everything else is as it was."""
    *before, last = with_moves(ASKED, [DIRECT, Move("check", "Check it.")])
    assert tuple(before) == ASKED[:-1]
    assert last == Message("user", "the problem\n\nGo straight. Check it.")


def test_a_statement_gets_moves_as_its_last_words():
    """Names and spelling stay, so that the answer can be written out."""
    (message,) = with_moves((STATEMENT.message(),), [Move("by", "by-tables"), TILDE])
    said = Statement.parse(message.content)
    assert said.words == ("start", "#0", "#1", "by-tables", "~3", "~1")
    assert (said.names, said.spelling) == (STATEMENT.names, STATEMENT.spelling)


def test_text_that_only_looks_like_a_statement_is_text():
    """A problem may itself be JSON."""
    (message,) = with_moves((Message("user", '{"cards": [1, 2]}'),), [DIRECT])
    assert message.content == '{"cards": [1, 2]}\n\nGo straight.'


@pytest.mark.parametrize("messages", [ASKED, (STATEMENT.message(),)])
@pytest.mark.parametrize("moves", [[], [ANSWER]])
def test_the_move_that_ends_adds_nothing(messages, moves):
    """To ask at once is a move as well."""
    assert with_moves(messages, moves) == messages


def test_the_prompt_is_what_the_user_said_last():
    """A guide sees the problem and no worked examples before it."""
    assert prompt_of((*ASKED, Message("assistant", "I begin."))) == "the problem"


def test_words_of_a_prompt_are_its_statements():
    """Or those of the text."""
    assert words_of(STATEMENT.message().content) == STATEMENT.words
    assert words_of("two  blocks\n") == ("two", "blocks")


def test_without_a_user_there_is_nothing_to_add_to():
    """The caller's to mend."""
    with pytest.raises(UsageError, match="no user speaks"):
        with_moves((Message("system", "hello"),), [DIRECT])


def test_a_move_about_a_name_that_is_not_there_is_refused():
    """A statement knows what it is about."""
    with pytest.raises(UsageError, match="#7"):
        with_moves((STATEMENT.message(),), [Move("seven", "#7")])


@pytest.mark.parametrize(("name", "words"), [("", "go"), ("go", " go"), ("go", "go  on")])
def test_a_move_has_a_name_and_plain_words(name, words):
    """Words are told apart by single blanks."""
    with pytest.raises(ValueError, match="move"):
        Move(name, words)


@pytest.mark.parametrize(
    ("moves", "message"),
    [
        ((), "0 moves have no words"),
        ((DIRECT,), "0 moves have no words"),
        ((ANSWER, Move("now", "")), "2 moves have no words"),
        ((ANSWER, DIRECT, DIRECT), "one name"),
    ],
)
def test_of_a_set_exactly_one_move_ends(moves, message):
    """Otherwise a search could not ask without adding words."""
    with pytest.raises(UsageError, match=message):
        require_moves(moves)


def test_the_instructions_are_a_set():
    """So they can be searched over as they are."""
    require_moves(INSTRUCTIONS)
