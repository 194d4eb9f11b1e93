"""The comparison is fair: equal calls, equal tokens, and nobody wins where nothing can be known."""

import pytest

from soundly.core.errors import UsageError
from soundly.strategies.move_tree import Puct
from soundly.training.moves.ablation import (
    AT_EQUAL_CALLS,
    AT_EQUAL_TOKENS,
    PLAIN,
    Course,
    compared,
    courses,
    curve,
    difference,
    sample_tokens,
)
from soundly.training.moves.learning import learn
from soundly.training.moves.lessons import Lessons
from soundly.training.moves.players import seats
from soundly.training.moves.policy import MovePolicy, PolicyShape

from .conftest import MOVES, problems

HELD_OUT = problems(120, first=1000)
PUCT = Puct(depth=1)


def players(environment):
    policy = MovePolicy(MOVES, PolicyShape(16, 1, 2, 61, 16), seed=0)
    lessons = Lessons(rounds=10, problems=150, steps=12, batch=96, learning_rate=1e-2)
    learn(policy, environment, problems(150), lessons, log=lambda event: None)
    return seats(policy, puct=PUCT, best_move=MOVES[1:2])


@pytest.fixture(scope="module")
def found():
    from .conftest import Environment, KindBase, KindFamily

    environment = Environment(KindBase(), KindFamily())
    return compared(environment, players(environment), HELD_OUT, seed=1)


def rate(found, name, calls):
    return sum(each.won(calls, float("inf")) for each in found[name]) / len(HELD_OUT)


@pytest.mark.parametrize("name", ["policy alone", "Q alone", "search, Q", "search, policy, Q"])
def test_what_was_learnt_beats_random_moves_and_plain_samples(found, name):
    """Where one move is right for each problem, and it can be told which."""
    for other in (PLAIN, "random moves"):
        _, low, _ = difference(found, name, other, budget=1)
        assert low > 0.2


def test_search_beats_one_move_for_all(found):
    """A move that is right for a third of the problems."""
    _, low, _ = difference(found, "search, policy, Q", "best move", budget=2)
    assert low > 0.1


def test_more_calls_never_win_less(found):
    """A course is one course, seen up to a budget."""
    for name in found:
        rates = [rate(found, name, calls) for calls in (1, 2, 4, 8, 16)]
        assert rates == sorted(rates)


def test_where_all_moves_are_equal_nothing_wins(environment):
    """No player is better than best of n by more than luck."""
    same = environment(fits=0.3, otherwise=0.3)
    found = compared(same, players(same), HELD_OUT, seed=2)
    for name in found:
        gain, _, _ = difference(found, name, PLAIN, budget=2)
        assert abs(gain) < 0.2  # three standard deviations


def test_moves_are_paid_for(found):
    """A prompt with a move is a token longer here, so equal tokens are fewer calls."""
    assert set(sample_tokens(found[PLAIN])) == {10.0}
    told = {(each.what, each.series, each.step): each for each in curve(found)}
    for name in found:
        tokens = told["accepted at equal tokens", name, 4]
        assert tokens.tokens <= 40 * len(HELD_OUT)
        assert tokens.of == len(HELD_OUT)
    costly = told["accepted at equal tokens", "Q alone", 1]
    assert (costly.right, costly.tokens) == (0, 0)


def test_plain_samples_win_the_same_by_calls_and_by_tokens(found):
    """For them the two budgets are one, since each costs the same here."""
    told = {(each.what, each.series, each.step): each for each in curve(found)}
    for budget in (1, 2, 4, 8, 16):
        by_calls, by_tokens = [
            told[f"accepted at equal {what}", PLAIN, budget] for what in ("calls", "tokens")
        ]
        assert by_calls.right == by_tokens.right


def test_a_broken_critic_is_in_neither_count(environment):
    """Neither a failure nor a success of the player."""
    broken = environment(broken=True)
    policy = MovePolicy(MOVES, PolicyShape(16, 1, 2, 61, 16), seed=0)
    found = compared(broken, seats(policy, puct=PUCT), HELD_OUT[:6], seed=0)
    assert {(each.right, each.of, each.broken) for each in curve(found)} >= {(0, 0, 6)}
    with pytest.raises(UsageError, match="no pairs"):
        difference(found, PLAIN, "Q alone", budget=4)


def test_the_seed_decides(environment):
    """The same courses twice."""
    first, second = [
        courses(
            environment(),
            seats(MovePolicy(MOVES, PolicyShape(), seed=0), puct=PUCT)[name],
            HELD_OUT[:20],
            calls=3,
            seed=4,
        )
        for name in ("random moves",) * 2
    ]
    assert first == second


def test_nothing_is_asked_behind_an_acceptance(environment):
    """The critic ends the game."""
    sure = environment(fits=1.0, otherwise=1.0)
    seat = seats(MovePolicy(MOVES, PolicyShape(), seed=0), puct=PUCT)[PLAIN]
    (course,) = courses(sure, seat, HELD_OUT[:1], calls=16, tokens=[1000], seed=0)
    assert course == Course((10,), accepted=True)


def test_without_plain_samples_there_is_no_comparison(environment):
    """They say what a token budget is."""
    with pytest.raises(UsageError, match="best of n"):
        compared(environment(), {}, HELD_OUT, seed=0)


@pytest.mark.parametrize("options", [((), False), ((1,), True, True)])
def test_a_course_has_calls_and_one_end(options):
    """What is broken was not accepted."""
    with pytest.raises(ValueError, match="no course"):
        Course(*options)


def test_a_difference_has_an_interval_around_it():
    """Wide for few pairs, empty of doubt where all agree."""
    won, lost = Course((10,), accepted=True), Course((10,), accepted=False)
    found = {PLAIN: [lost] * 40, "all": [won] * 40, "half": [won, lost] * 20}
    assert difference(found, "all", PLAIN, budget=1) == (1.0, 1.0, 1.0)
    gain, low, high = difference(found, "half", PLAIN, budget=1, what=AT_EQUAL_TOKENS)
    assert low < gain == 0.5 < high


def test_a_token_budget_is_each_problems_own():
    """Where plain samples are long, so may others be."""
    found = {
        PLAIN: [Course((100, 200), accepted=True), Course((10, 20), accepted=True)],
        "long": [Course((150,), accepted=True), Course((15,), accepted=True)],
    }
    told = {(each.what, each.series, each.step): each for each in curve(found, budgets=(1, 2))}
    assert told[AT_EQUAL_TOKENS, "long", 1].right == 0
    assert told[AT_EQUAL_TOKENS, "long", 2].right == 2
    assert told[AT_EQUAL_CALLS, "long", 1].right == 2
