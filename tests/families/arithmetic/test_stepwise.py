"""Lines step by step: which can be worked out, and what they leave at hand."""

from functools import partial

import pytest

from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.beam_search import beam_search
from soundly.strategies.expansion import Growth

GAME24 = make_family("game24")
COUNTDOWN = make_family("countdown")
ALL = Problem("game24", "four", {"numbers": "4 7 8 8", "target": "24", "use": "all"})
ANY = Problem("countdown", "four", {"numbers": "3 7 25 50", "target": "75", "use": "any"})
RIGHT = ("8 / 8 = 1", "7 - 1 = 6", "4 * 6 = 24")


def test_a_right_answer_is_alive_at_every_line_and_complete_at_the_last():
    """Each line leaves fewer numbers at hand."""
    prefixes = [GAME24.judge_steps(ALL, RIGHT[:count]) for count in range(4)]
    assert [prefix.complete for prefix in prefixes] == [False, False, False, True]
    assert [prefix.state for prefix in prefixes] == ["4 7 8 8", "1 4 7", "4 6", "24"]
    assert not any(prefix.dead for prefix in prefixes)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("7 - 1 = 5", "wrong-result"),
        ("8 - 1 = 7", "number-used-up"),
        ("9 - 1 = 8", "number-not-given"),
        ("7 / 0 = 1", "division-by-zero"),
        ("7 -", "malformed"),
    ],
)
def test_a_line_with_a_fault_is_dead_and_the_ones_before_it_stand(second, code):
    """The critique is that of the line, with its number."""
    prefix = GAME24.judge_steps(ALL, (RIGHT[0], second, RIGHT[2]))
    assert (prefix.reach, prefix.state) == (1, "1 4 7")
    assert code in [critique.code for critique in prefix.critiques]
    assert {critique.step for critique in prefix.critiques} == {2}


def test_one_number_left_that_is_not_the_target_is_dead():
    """All lines stand, and nothing can follow."""
    prefix = GAME24.judge_steps(ALL, ("8 + 8 = 16", "4 * 7 = 28", "28 - 16 = 12"))
    assert prefix.dead
    assert prefix.reach == 3
    assert prefix.critiques[0].code == "target-missed"


def test_numbers_may_be_left_over_where_the_problem_says_so():
    """Countdown is complete as soon as the target is made, a game of 24 is not."""
    assert COUNTDOWN.judge_steps(ANY, ("50 + 25 = 75",)).complete
    left = Problem("game24", "left", {"numbers": "1 3 8", "target": "24", "use": "all"})
    prefix = GAME24.judge_steps(left, ("3 * 8 = 24",))
    assert not prefix.complete
    assert not prefix.dead


def test_two_orders_of_the_same_lines_are_one_state():
    """What is at hand counts, not how it came."""
    one = GAME24.judge_steps(ALL, ("8 + 8 = 16", "4 + 7 = 11"))
    other = GAME24.judge_steps(ALL, ("4 + 7 = 11", "8 + 8 = 16"))
    assert one.state == other.state


def test_steps_are_read_from_prose_one_by_one():
    """Also those that no later one uses, which reading a whole answer would leave out."""
    text = "Let me see.\n8 + 8 = 16\nand then\n- 4 + 7 = 11 (left: 11 16)"
    assert GAME24.read_steps(ALL, text) == ("8 + 8 = 16", "4 + 7 = 11")


@pytest.mark.anyio
async def test_the_critic_accepts_what_is_complete():
    """The answer that the steps spell is read as these lines."""
    found = GAME24.read(ALL, GAME24.spell_steps(ALL, RIGHT))
    assert found.solution == RIGHT


def test_lines_are_written_in_the_notation_before_they_solve_anything():
    """So a model that reads it can go on from them; what it has no word for is refused."""
    notation = COUNTDOWN.notation
    words = notation.first_steps(ANY, ("3 + 7 = 10", "50 - 10 = 40"))
    assert " ".join(words) == "7 + 3 = 10 ; 50 - 10 = 40 ;"
    with pytest.raises(UsageError, match="no word"):
        notation.first_steps(ANY, ("3 - 7 = -4",))


@pytest.mark.anyio
async def test_a_model_that_reads_the_notation_goes_on_from_its_own_lines():
    """The next steps complete the answer, and the critic accepts it."""

    class ReadsNotation(Scripted):
        notation = "countdown-1"

    model = ReadsNotation(["[ANSWER]\n 7 - 3 = 4\n 9 - 1 = 8\n", " 50 + 25 = 75\n"])
    search = partial(beam_search, growth=Growth(breadth=1, proposals=1))
    outcome = await solve(ANY, family=COUNTDOWN, strategy=search, generator=model)
    assert model.requests[1].messages[-1].content == "plan 7 - 3 = 4 ;"
    assert outcome.status is Status.SOLVED
