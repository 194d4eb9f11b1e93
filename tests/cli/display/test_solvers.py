"""What is told of repairs and translations, live and in the end."""

from functools import partial

import anyio
import pytest
from rich.console import Console

from soundly.cli.display.console import open_console
from soundly.cli.display.ending import ending_panel
from soundly.cli.display.solvers import shares
from soundly.cli.display.story import Story
from soundly.core.continuing import Repaired
from soundly.core.replay import replay
from soundly.core.solver import SolverFound
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.formalise import formalise
from soundly.strategies.repair import repair
from soundly.testing import FakeFamily, FakeFormalism, FakeSolver
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO

REPAIR = partial(repair, planner=FakeSolver(SolverFound("(stack a b)")))


@pytest.fixture
def told(capsys):
    """Runs a strategy; gives the story and the ending as they are printed."""

    def run(strategy, *replies) -> str:
        outcome = anyio.run(
            lambda: solve(
                PROBLEM, family=FakeFamily(), strategy=strategy, generator=Scripted(replies)
            )
        )
        console: Console = open_console(None)
        story = Story()
        for record in outcome.trace:
            for renderable in story.take(record):
                console.print(renderable)
        console.print(ending_panel(outcome.trace, replay(outcome.trace), None))
        return capsys.readouterr().out

    return run


def test_a_repair_says_whose_the_steps_are(told):
    """Where it happens, and again beside the answer."""
    text = told(REPAIR, "(pick-up a)\n(stack b a)")
    assert "⚒ attempt 2: 1 of the model's 2 steps, 1 step by fake-solver · keep=prefix" in text
    assert "whose  1 of the model's 2 steps, 1 step by fake-solver" in text
    assert "fake-solver on the rest after step 1 found an answer" in text


def test_an_answer_that_was_right_has_no_shares(told):
    """Nothing was repaired."""
    assert "whose" not in told(REPAIR, RIGHT)


def test_translations_are_told_with_what_is_wrong_or_odd(told):
    """Each with its own mark."""
    text = told(partial(formalise, formalism=FakeFormalism()), "Well.", RIGHT_TOO)
    assert "✗ this is no translation to fake" in text
    assert "line 1, column 1: this does not begin with an action" in text
    assert "✔ the translation to fake is consistent" in text
    assert "more than one action a block" in text
    assert "echo on the translation found an answer" in text


@pytest.mark.parametrize(
    ("kept", "offered", "added", "said"),
    [
        (0, 1, 2, "0 of the model's 1 step, 2 steps by kairos"),
        (3, 3, 1, "3 of the model's 3 steps, 1 step by kairos"),
    ],
)
def test_shares_are_counted_in_words(kept, offered, added, said):
    """One step is not two."""
    assert shares(Repaired(1, "prefix", kept, offered, added, "kairos")) == said
