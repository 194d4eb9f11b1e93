"""Data sets drawn and scored in the sandbox: what an exact score of one is worth."""

import anyio
import pytest

import soundly
from soundly.config.families import draw, make_family
from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError, FamilyError, UnknownNameError, UsageError
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.core.verdict import Decision, Guarantee
from soundly.critics.no_model import no_model
from soundly.critics.sandbox import bubblewrap
from soundly.families.reasoninggym import gym
from soundly.generators.scripted import Scripted

pytest.importorskip("reasoning_gym", reason="the extra reasoning-gym is not installed")
lacking = bubblewrap.lacking()
pytestmark = pytest.mark.skipif(bool(lacking), reason=f"no sandbox here: {lacking}")

LEGS = "reasoning-gym:leg_counting"
ENDS_IT = "__import__('os')._exit(77)"


def verdict(problem: Problem, text: str):
    critic = make_family(problem.family).critic
    return anyio.run(critic.judge, problem, Candidate(text, text, "test"), no_model)


def key(problem: Problem) -> str:
    answer = anyio.run(make_family(problem.family).solvers[0].solve, problem)
    assert isinstance(answer, SolverFound)
    return make_family(problem.family).read(problem, answer.text).solution


def test_an_entry_is_drawn_alike_from_the_same_seed():
    """Also by another worker, in which sets of strings could be ordered otherwise."""
    names = [f"reasoning-gym:{each}" for each in ("leg_counting", "ab", "family_relationships")]
    first = [draw(name, size=1, seed=5) for name in names]
    gym.sandbox().close()
    assert [draw(name, size=1, seed=5) for name in names] == first


def test_a_size_is_a_level():
    """Levels are those of the curriculum, and a level beyond them is refused with their number."""
    low, high = (draw(LEGS, size=size, seed=1).statement["configuration"] for size in (1, 5))
    assert low != high
    with pytest.raises(UsageError, match="levels 1 to"):
        draw(LEGS, size=1_000, seed=1)


def test_exactly_one_is_accepted():
    """The key is accepted, another number is rejected with its score."""
    problem = draw(LEGS, size=1, seed=1)
    right = key(problem)
    assert verdict(problem, right).decision is Decision.ACCEPT
    wrong = verdict(problem, f"{right}1")
    assert wrong.decision is Decision.REJECT
    assert "gives 0" in wrong.critiques[0].message


def test_partial_credit_is_a_rejection():
    """A key with words around it gets a score between nought and one from many scorers."""
    problem = draw("reasoning-gym:spell_backward", size=1, seed=1)
    right = key(problem)
    near = verdict(problem, right[:-1] + "#")
    assert near.decision is Decision.REJECT


def test_no_outcome_is_solved_by_a_scorer():
    """What the scorer accepts ends unsolved, with the answer as its candidate."""
    problem = draw(LEGS, size=1, seed=1)
    model = Scripted([f"[ANSWER]{key(problem)}[/ANSWER]"])
    outcome = soundly.run(problem, model=model, strategy="single")
    assert make_family(LEGS).critic.guarantee is Guarantee.NONE
    assert outcome.status is soundly.Status.UNSOLVED
    assert outcome.candidate is not None
    assert outcome.certificate is None


def test_a_problem_states_its_data_set_to_the_plain_family():
    """The family without a data set judges what a problem of any of them states."""
    drawn = draw(LEGS, size=1, seed=1)
    problem = Problem("reasoning-gym", "legs", drawn.statement)
    assert verdict(problem, key(drawn)).decision is Decision.ACCEPT


def test_n_queens_runs_the_answer_as_code():
    """The scorer ends the interpreter as the answer says: in the sandbox, a fork of the worker.

    A crash is a broken critic and no verdict, and the next answer is scored as ever.
    """
    theirs = make_family("reasoning-gym:n_queens").data_set.draw(size=1, seed=1)
    with pytest.raises(CriticError, match="ended with 77"):
        anyio.run(gym.score, theirs, ENDS_IT)
    assert anyio.run(gym.score, theirs, gym.entry_of(theirs).key) == 1.0


def test_game_of_life_halting_accepts_anything():
    """Any text that is not empty is scored 1.0: the known case."""
    problem = draw("reasoning-gym:game_of_life_halting", size=1, seed=1)
    for text in ("False", "True", "I cannot say."):
        assert verdict(problem, text).decision is Decision.ACCEPT


def test_a_changed_entry_is_a_broken_critic():
    """An entry that comes out with another question cannot judge this one."""
    drawn = draw(LEGS, size=1, seed=1)
    problem = Problem(drawn.family, "changed", {**drawn.statement, "question": "How many?"})
    with pytest.raises(CriticError, match="another version"):
        verdict(problem, "20")


def test_an_unknown_data_set_gets_the_nearest():
    """By its name on the command line, and in a problem's statement."""
    with pytest.raises(UnknownNameError, match="did you mean leg_counting"):
        make_family("reasoning-gym:leg_countin")
    statement = {**draw(LEGS, size=1, seed=1).statement, "dataset": "no_such_set"}
    with pytest.raises(CriticError, match="no data set 'no_such_set'"):
        verdict(Problem("reasoning-gym", "x", statement), "20")


def test_options_that_a_data_set_refuses_break_aloud():
    """Composite has no default of its own."""
    with pytest.raises(FamilyError, match="at least one dataset"):
        draw("reasoning-gym:composite", size=1, seed=1)


def test_without_bubblewrap_nothing_is_drawn_or_scored(monkeypatch):
    """It refuses and says what is lacking; nothing runs in this process."""
    problem = draw(LEGS, size=1, seed=1)
    gym.sandbox().close()
    monkeypatch.setattr(bubblewrap, "lacking", lambda: "bwrap is not installed")
    with pytest.raises(CriticError, match="bwrap is not installed"):
        verdict(problem, "20")
    with pytest.raises(FamilyError, match="bwrap is not installed"):
        draw(LEGS, size=2, seed=77)
