"""Data sets of reasoning-gym that our own critics judge, and what their scorers make of answers."""

import json
from random import Random

import anyio
import pytest

import soundly
from soundly.bench.audit.audit import audit_part, parts
from soundly.bench.audit.scorers import SCORER, DataSetScorer
from soundly.config.families import draw, make_family
from soundly.config.reasoning_gym import BRIDGES
from soundly.core.errors import FamilyError, UsageError
from soundly.core.solver import SolverFound
from soundly.core.verdict import Decision
from soundly.critics.sandbox import bubblewrap
from soundly.families.reasoninggym import gym
from soundly.generators.scripted import Scripted
from soundly.testing import FAMILY_LAWS, FamilyCase

pytest.importorskip("reasoning_gym", reason="the extra reasoning-gym is not installed")
lacking = bubblewrap.lacking()
pytestmark = pytest.mark.skipif(bool(lacking), reason=f"no sandbox here: {lacking}")

ELSEWHERE = ("reading_never_fails", "drawing_follows_the_seed")
"""Laws that our own families keep where they are tested, and one whose size is no level."""


def bridged(dataset):
    return make_family(f"reasoning-gym:{dataset}")


def solved(dataset, seed=1):
    family = bridged(dataset)
    problem = family.draw(size=1, seed=seed)
    answer = anyio.run(family.solvers[0].solve, problem)
    assert isinstance(answer, SolverFound)
    return family, problem, answer.text


@pytest.mark.parametrize("dataset", sorted(BRIDGES))
def test_an_instance_is_solved_and_certified(dataset):
    """Our critic is sound, so an answer to the data set's instance is SOLVED with a certificate."""
    family, problem, answer = solved(dataset)
    assert problem.family == BRIDGES[dataset].family
    reading = family.read(problem, answer)
    outcome = soundly.run(problem, model=Scripted([reading.canonical]), strategy="single")
    assert outcome.status is soundly.Status.SOLVED
    soundly.recheck(outcome.certificate)


@pytest.mark.parametrize("dataset", sorted(BRIDGES))
@pytest.mark.parametrize("seed", [1, 2])
def test_our_answer_in_their_form_is_right_to_their_scorer(dataset, seed):
    """The translation is faithful: what our solver finds is scored 1.0."""
    family, problem, answer = solved(dataset, seed)
    assert anyio.run(gym.score, *family.theirs(problem, answer)) == 1.0


def test_their_key_is_right_to_our_critic():
    """n-queens: the stored picture is read and accepted by our family as it stands."""
    family = bridged("n_queens")
    for seed in range(5):
        problem = family.draw(size=1, seed=seed)
        theirs = family.data_set.draw(size=1, seed=seed)
        found = family.read(problem, f"[ANSWER]\n{gym.entry_of(theirs).key}\n[ANSWER END]")
        candidate = soundly.core.candidate.Candidate(found.solution, found.canonical, "key")
        assert family.twin(problem, candidate)


@pytest.mark.slow
@pytest.mark.parametrize("dataset", sorted(BRIDGES))
def test_a_bridged_data_set_keeps_the_laws_of_a_family(dataset):
    """As every registered family does."""
    family, problem, answer = solved(dataset)
    case = FamilyCase(family, problem, (answer,))
    for law in FAMILY_LAWS:
        if law.__name__ not in ELSEWHERE:
            anyio.run(law, case)


def test_a_problem_from_elsewhere_has_no_entry():
    """Only what was drawn here can be scored by the data set."""
    other = draw("n-queens", size=6, seed=1)
    with pytest.raises(FamilyError, match="was not drawn from n_queens"):
        bridged("n_queens").theirs(other, "1: 1")


def test_an_entry_that_our_family_cannot_state_is_refused():
    """The upper levels of countdown give more than six numbers."""
    with pytest.raises(UsageError, match="cannot be stated as countdown: 8 numbers"):
        draw("reasoning-gym:countdown", size=4, seed=7)


def test_puzzle24_accepts_numbers_that_are_not_given():
    """Four numbers from one to ten that make 24 are enough for its scorer, and not for our twin."""
    family, problem, _ = solved("puzzle24")
    scorer = DataSetScorer(family)
    assert sorted(problem.statement["numbers"].split()) != ["1", "2", "3", "4"]
    text = "[ANSWER]1 * 2 * 3 * 4 = 24[/ANSWER]"
    assert anyio.run(scorer.judge, problem, text) is Decision.ACCEPT
    reading = family.read(problem, text)
    candidate = soundly.core.candidate.Candidate(reading.solution, reading.canonical, "test")
    assert not family.twin(problem, candidate)


def test_a_data_set_without_twin_is_attacked_by_construction():
    """No near misses, and the known case shows: any text is accepted."""
    (part,) = parts(["reasoning-gym:game_of_life_halting"], texts=17, seed=0)
    tally = audit_part(part)
    assert tally.family == "reasoning-gym:game_of_life_halting"
    assert "near miss" not in tally.counts
    assert tally.counts["wrong, injected"].false_accepts == 1
    assert tally.total.broken == 0


def test_the_scorer_judges_data_sets_alone():
    """Another family has no scorer."""
    with pytest.raises(UsageError, match="no data set of reasoning-gym"):
        DataSetScorer(make_family("coloring"))
    (part,) = parts(["reasoning-gym:n_queens"], texts=20, seed=0, judge=SCORER)
    assert audit_part(part).critic == "reasoning-gym-scorer"


def test_an_answer_that_their_form_cannot_say_stays_as_it_is():
    """Two colours for one vertex have no place in a map."""
    family, problem, _ = solved("graph_color")
    text = "[ANSWER]\n1: 1\n1: 2\n[ANSWER END]"
    assert family.theirs(problem, text)[1] == text
    said = family.theirs(problem, "[ANSWER]\n1: 1\n2: 2\n[ANSWER END]")[1]
    assert json.loads(said) == {"0": 1, "1": 2}
    assert family.near_miss(problem, solved("graph_color")[2], Random(1))
