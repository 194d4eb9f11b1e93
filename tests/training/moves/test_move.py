"""The moves to choose from, and strings that evolution finds."""

import pytest

from soundly.core.errors import UsageError
from soundly.strategies.moves import ANSWER, Move
from soundly.training.moves.move import MEANINGLESS, Evolution, evolved, move_set


def likes(word):
    """A score that counts one word, and what was asked of it."""
    asked = []

    def score(moves, generation):
        asked.append((generation, [move.words for move in moves]))
        return [move.words.split().count(word) / 4 for move in moves]

    return score, asked


def test_a_set_begins_with_the_move_that_ends():
    """So that the plain prompt is one of the choices."""
    assert move_set(instructions=["by-tables"], strings=["~1 ~1"]) == (
        ANSWER,
        Move("by-tables", "by-tables"),
        Move("~1 ~1", "~1 ~1"),
    )


def test_the_same_words_twice_are_no_choice():
    """Both would be one move."""
    with pytest.raises(UsageError, match="one name"):
        move_set(instructions=["go"], strings=["go"])


def test_evolution_finds_what_is_rewarded():
    """With nothing but the score to go by."""
    score, _ = likes("~5")
    best, _ = evolved(score, Evolution(generations=25, seed=1))
    assert best.words == "~5 ~5 ~5 ~5"


def test_every_generation_scores_a_whole_population_of_different_strings():
    """None is paid for twice, and none is longer than allowed."""
    score, asked = likes("~0")
    evolved(score, Evolution(generations=4, population=9, parents=3, longest=3))
    assert [generation for generation, _ in asked] == [0, 1, 2, 3]
    for _, strings in asked:
        assert len(set(strings)) == len(strings) == 9
        assert all(1 <= len(string.split()) <= 3 for string in strings)
        assert {word for string in strings for word in string.split()} <= set(MEANINGLESS)


def test_one_lucky_draw_is_not_merit():
    """Who lives on is scored again, and stands by the mean."""
    lucky = []

    def score(moves, generation):
        lucky.extend([moves[3].words] if generation == 0 else [])
        return [
            (1.0 if generation == 0 else 0.0) if move.words == lucky[0] else 0.4 for move in moves
        ]

    best, *_ = evolved(score, Evolution(generations=4))
    assert best.words != lucky[0]


def test_the_seed_decides():
    """Two runs find the same strings."""
    first, second = [evolved(likes("~2")[0], Evolution(seed=3)) for _ in range(2)]
    assert first == second


@pytest.mark.parametrize(
    "options",
    [
        {"words": ()},
        {"longest": 0},
        {"generations": 0},
        {"parents": 0},
        {"parents": 12},
        {"words": ("~0", "~1"), "longest": 2},
    ],
)
def test_an_evolution_that_cannot_be(options):
    """More strings than there are would never be found."""
    with pytest.raises(ValueError, match=r"word|parents|different strings"):
        Evolution(**options)


@pytest.mark.parametrize("keep", [0, 13])
def test_no_more_can_be_kept_than_live(keep):
    """The caller's to mend."""
    with pytest.raises(UsageError, match="keep is"):
        evolved(likes("~0")[0], Evolution(), keep=keep)
