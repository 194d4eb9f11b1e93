"""Sokoban in few words."""

from __future__ import annotations

import pytest

from soundly.core.candidate import Found
from soundly.core.errors import UsageError
from soundly.core.notation import PLAN, Notated, Statement
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.problems import validator_of
from soundly.families.planning.sokoban import sokoban
from soundly.families.planning.sokoban_grid import Sokoban

FAMILY = sokoban()
NOTATION = FAMILY.notation
ROOM = frozenset((row, column) for row in (1, 2, 3) for column in (1, 2, 3))


@pytest.fixture(params=[(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0), (4, 0)], ids=str)
def drawn(request):
    """An instance with its plan."""
    size, seed = request.param
    return FAMILY.draw_solved(size=size, seed=seed)


def test_a_plan_in_words_is_spelt_back(drawn):
    words = NOTATION.solution(drawn.problem, drawn.plan)
    statement = NOTATION.state(drawn.problem)
    for text in (statement.spelt(words), statement.spelt((PLAN, *words))):
        reading = FAMILY.read(drawn.problem, text)
        assert isinstance(reading, Found)
        assert reading.solution == drawn.plan
    assert {*words, *statement.words} <= {*NOTATION.vocabulary}
    assert len(words) == len(drawn.plan)


def test_a_statement_survives_the_message_that_it_is_sent_in(drawn):
    statement = NOTATION.state(drawn.problem)
    assert Statement.parse(statement.message().content) == statement


def walked(space, plan):
    """The states of a plan in words, from the start on."""
    states = [space.start]
    for word in plan:
        states.append(dict(space.successors(states[-1]))[(word,)])
    return states


def test_the_space_carries_out_what_the_validator_carries_out(drawn):
    """The same plan ends at the goal, and no action is possible that the validator rejects."""
    space = NOTATION.space(drawn.problem)
    plan = NOTATION.solution(drawn.problem, drawn.plan)
    states = walked(space, plan)
    assert space.estimate(states[-1]) == 0
    statement = NOTATION.state(drawn.problem)
    moves = {word for word in NOTATION.vocabulary if word.startswith(("walk", "push"))}
    for place, state in list(enumerate(states))[:: max(1, len(states) // 3)]:
        possible = {word for (word,), _ in space.successors(state)}
        for word in sorted(possible | {*sorted(moves & set(statement.spelling))[place::5]}):
            text = statement.spelt((*plan[:place], word))
            solution = FAMILY.read(drawn.problem, text).solution
            verdict = validator_of(drawn.problem).check(solution)
            undone = {critique.step for critique in verdict.critiques} - {None}
            assert (word in possible) == (not undone), (word, verdict)


def depths(space, start, most):
    """Up to so many states, with the fewest actions to each, breadth first."""
    found = {start: 0}
    for state in (order := [start]):
        if len(found) > most:
            break
        for _, after in space.successors(state):
            if after not in found:
                found[after] = found[state] + 1
                order.append(after)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_estimate_is_a_lower_bound_and_nothing_at_goals_alone(seed):
    problem = FAMILY.draw(size=1, seed=seed)
    space = NOTATION.space(problem)
    states = list(depths(space, space.start, 1000))
    for state in states[::5]:
        assert (space.estimate(state) == 0) == (space.instance.goal == set(state[1:]))
        reached = depths(space, state, 1000)
        left = [steps for each, steps in reached.items() if space.estimate(each) == 0]
        assert not left or space.estimate(state) <= min(left)


def test_a_box_in_a_corner_is_hopeless_and_more_boxes_are_no_worse():
    corner = Sokoban(ROOM, (2, 2), frozenset({(1, 1), (2, 1)}), frozenset({(3, 3), (3, 1)}))
    space = NOTATION.space(corner.problem("corner"))
    assert space.estimate(space.start) == 99


def test_states_have_words_of_their_own(drawn):
    space = NOTATION.space(drawn.problem)
    states = depths(space, space.start, 500)
    assert len({space.words(state) for state in states}) == len(states)


def test_the_grammar_has_the_actions_between_cells_of_the_floor():
    """Three cells in a row beside one below: four walks each way round, and one push each way."""
    floor = frozenset({(1, 1), (1, 2), (1, 3), (2, 1)})
    problem = Sokoban(floor, (1, 1), frozenset({(1, 2)}), frozenset({(1, 3)})).problem("corridor")
    statement = NOTATION.state(problem)
    assert " ".join(statement.words) == "grid 2-3 wall 2-2 2-3 worker 1-1 box 1-2 goal 1-3"
    root, moves = NOTATION.grammar(statement, ()).splitlines()
    assert root == f'root ::= "{PLAN} " move*'
    named = [each.strip('" ') for each in moves.removeprefix("move ::= ").split(" | ")]
    assert sorted(named) == sorted(
        [
            *("walk-1-1-down", "walk-1-1-right", "push-1-1-right", "walk-1-2-left"),
            *("walk-1-2-right", "walk-1-3-left", "push-1-3-left", "walk-2-1-up"),
        ]
    )


def with_texts(problem, old, new):
    """The problem with a piece of its PDDL exchanged."""
    texts = {name: text.replace(old, new) for name, text in problem.statement.items()}
    assert texts != dict(problem.statement)
    return type(problem)(problem.family, "changed", texts)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("cell-1-1", "corner", "corner is no cell"),
        ("cell-1-1", "cell-9-9", "cell-9-9 is no cell of a grid of 8 by 8"),
        ("(not (worker-at ?from))", "", "its domain is not"),
        ("(leads cell-1-1 cell-1-2 right)", "", "not those of cells named by their places"),
        ("(worker-at cell-1-1)", "", "no worker with a goal for each box"),
        ("(and (box-at cell-1-3))", "(worker-at cell-1-3)", "not only about where boxes are"),
        ("(and (box-at cell-1-3))", "(not (box-at cell-1-3))", "not only about where boxes are"),
    ],
)
def test_what_cannot_be_said_is_refused(old, new, reason):
    problem = Sokoban(ROOM, (1, 1), frozenset({(1, 2)}), frozenset({(1, 3)})).problem("p")
    assert NOTATION.state(problem).words
    with pytest.raises(UsageError, match=reason):
        NOTATION.state(with_texts(problem, old, new))


def test_another_familys_problem_is_refused():
    with pytest.raises(UsageError, match="its domain is not"):
        NOTATION.state(blocksworld().draw(size=3, seed=0))


@pytest.mark.parametrize("wrong", ["walk", (("walk", "cell-1-1", "cell-3-3", "up"),), (3,)])
def test_what_is_no_plan_has_no_words(wrong):
    with pytest.raises(UsageError):
        NOTATION.solution(FAMILY.draw(size=1, seed=0), wrong)


def test_the_family_has_a_notation():
    assert isinstance(FAMILY, Notated)
