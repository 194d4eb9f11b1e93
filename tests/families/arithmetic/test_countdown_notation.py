"""Countdown and the Game of 24 in few words."""

from __future__ import annotations

import re

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import UsageError
from soundly.core.notation import PLAN, Notated, Statement
from soundly.families.arithmetic.family import countdown, game24
from soundly.families.arithmetic.statement import Task

FAMILIES = {"game24": game24, "countdown": countdown}


@pytest.fixture(params=[(name, size) for name in FAMILIES for size in (3, 4, 5)], ids=str)
def drawn(request):
    """A family, and problems of one size."""
    name, size = request.param
    family = FAMILIES[name]()
    return family, [family.draw(size=size, seed=seed) for seed in range(12)]


def verdict(family, problem, text):
    reading = family.read(problem, text)
    assert isinstance(reading, Found), reading
    candidate = Candidate(reading.solution, reading.canonical, "tests")
    return anyio.run(family.critic.judge, problem, candidate, None)


def depths(space):
    """Every state that can be reached, with the fewest steps to it."""
    found = {space.start: 0}
    for state in (order := [space.start]):
        for _, after in space.successors(state):
            if after not in found:
                found[after] = found[state] + 1
                order.append(after)
    return found


def steps_left(space, state):
    """The fewest steps to a goal, by trying all; None where there is no way."""
    layer, steps = {state}, 0
    while layer:
        if any(space.estimate(each) == 0 for each in layer):
            return steps
        layer = {after for each in layer for _, after in space.successors(each)}
        steps += 1
    return None


def path(space):
    """A shortest path in words, breadth first; None where there is none."""
    found = {space.start: ()}
    for state in (order := [space.start]):
        if space.estimate(state) == 0:
            return found[state]
        for operator, after in space.successors(state):
            if after not in found:
                found[after] = (*found[state], *operator)
                order.append(after)
    return None


def test_a_path_to_a_goal_is_an_answer_that_the_critic_accepts(drawn):
    family, problems = drawn
    solved = 0
    for problem in problems:
        words = path(family.notation.space(problem))
        if words is not None:
            statement = family.notation.state(problem)
            for text in (statement.spelt(words), statement.spelt((PLAN, *words))):
                assert verdict(family, problem, text).accepted
            solved += 1
    assert solved >= 9


def test_a_solution_in_words_is_the_solution(drawn):
    family, problems = drawn
    said = 0
    for problem in problems:
        answer = anyio.run(family.solvers[0].solve, problem).text
        solution = family.read(problem, answer).solution
        try:
            words = family.notation.solution(problem, solution)
        except UsageError:  # of a result that is a fraction, negative or too large
            continue
        assert set(words) <= set(family.notation.vocabulary)
        assert verdict(family, problem, family.notation.state(problem).spelt(words)).accepted
        said += 1
    assert said


def test_a_statement_survives_the_message_that_it_is_sent_in(drawn):
    family, problems = drawn
    for problem in problems:
        statement = family.notation.state(problem)
        assert Statement.parse(statement.message().content) == statement
        assert set(statement.words) <= set(family.notation.vocabulary)


def test_the_order_of_the_numbers_makes_no_other_statement():
    one, other = (Task(n, 75, "any").problem("countdown", "p") for n in ((50, 3, 25), (25, 50, 3)))
    notation = countdown().notation
    assert notation.state(one) == notation.state(other)
    assert " ".join(notation.state(one).words) == "any 3 25 50 make 75"


def test_the_estimate_is_a_lower_bound_and_nothing_at_goals_alone(drawn):
    family, problems = drawn
    if len(problems[0].statement["numbers"].split(" ")) == 5:
        problems = problems[:1]
    for problem in problems:
        space = family.notation.space(problem)
        target = int(problem.statement["target"])
        for state in list(depths(space))[:300]:
            goal = target in state and (family.name == "countdown" or len(state) == 1)
            assert (space.estimate(state) == 0) == goal
            left = steps_left(space, state)
            assert left is None or space.estimate(state) <= left


def test_states_have_words_of_their_own(drawn):
    family, problems = drawn
    states = list(depths(family.notation.space(problems[0])))
    assert len({family.notation.space(problems[0]).words(state) for state in states}) == len(states)


@pytest.mark.parametrize(
    ("use", "steps"),
    [("any", {1: True, 2: True, 3: False}), ("all", {1: False, 2: True, 3: False})],
)
def test_the_grammar_allows_as_many_steps_as_the_numbers_do(use, steps):
    """The root rule has the form of a regular expression, so it is read as one."""
    notation = countdown().notation
    statement = notation.state(Task((3, 7, 25), 75, use).problem("countdown", "p"))
    root = notation.grammar(statement, ()).splitlines()[0].split(f'"{PLAN} " ')[1]
    for count, allowed in steps.items():
        found = re.fullmatch(root.replace("step", "s").replace(" ", ""), "s" * count)
        assert (found is not None) == allowed


def test_fractions_and_numbers_below_zero_have_no_words():
    task = Task((3, 3, 8, 8), 24, "all").problem("game24", "hardest")
    with pytest.raises(UsageError, match="8 / 3 makes 8/3"):
        game24().notation.solution(task, ("8 / (3 - 8 / 3)",))
    below = Task((3, 7, 25, 50), 71, "any").problem("countdown", "below")
    with pytest.raises(UsageError, match="3 - 7 makes -4"):
        countdown().notation.solution(below, ("3 - 7 + 25 + 50",))


@pytest.mark.parametrize("wrong", [("25 + 51",), ("25 +",), (), "25 + 50", (75,)])
def test_what_is_no_solution_has_no_words(wrong):
    problem = Task((3, 7, 25, 50), 75, "any").problem("countdown", "p")
    with pytest.raises(UsageError):
        countdown().notation.solution(problem, wrong)


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (Task((3, 101), 24, "any"), "go beyond 100"),
        (Task((3, 7), 101, "any"), "go beyond 100"),
        (Task((3, 24), 24, "any"), "its target is given"),
    ],
)
def test_what_cannot_be_said_is_refused(task, reason):
    with pytest.raises(UsageError, match=reason):
        countdown().notation.state(task.problem("countdown", "p"))


def test_the_families_have_notations():
    assert all(isinstance(family(), Notated) for family in FAMILIES.values())
