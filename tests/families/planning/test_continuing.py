"""What is kept of a plan runs, and what is left is the same problem from another state."""

from dataclasses import replace
from random import Random

import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.continuing import Continues, Joined, Repaired, Rest
from soundly.core.errors import SolverError
from soundly.families.planning.continuing import rest_of
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.edits import near_miss
from soundly.families.planning.pddl import format_atom, format_plan, format_problem, parse_plan
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.walks import applicable_steps

DRAWN = [name for name in registry.names("families") if isinstance(make_family(name), DrawnFamily)]
SIZES = {"sokoban": 5}


def broken(name, seed):
    """A drawn problem, and its plan with one or two edits."""
    family = make_family(name)
    example = family.draw_solved(size=SIZES.get(name, 4), seed=seed)
    plan = near_miss(example.plan, task_of(example.problem), Random(seed), edits=2)
    return family, example, plan


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("keep", ["prefix", "applicable"])
@pytest.mark.parametrize("seed", range(3))
def test_the_steps_that_are_kept_lead_to_where_the_rest_begins(name, keep, seed):
    """All of them run, and the state behind them is the initial state of what is left."""
    family, example, plan = broken(name, seed)
    assert isinstance(family, Continues)
    rest = family.rest(example.problem, plan, keep=keep)
    kept = parse_plan("\n".join(rest.kept))
    validator = validator_of(example.problem)
    *_, state = validator.progress(kept)
    assert validator.valid_prefix(kept) == len(kept)
    assert rest.offered == len(plan)
    if rest.problem is None:
        assert validator.accepts(kept)
    else:
        left = task_of(rest.problem)
        assert left.init == state
        assert left.goal == task_of(example.problem).goal
        assert not validator.accepts(kept)


@pytest.mark.parametrize("name", DRAWN)
def test_a_plan_for_what_is_left_makes_the_whole_plan_right(name):
    """A right plan cut in two: the second half continues the first, in the family's own ears."""
    family = make_family(name)
    example = family.draw_solved(size=SIZES.get(name, 4), seed=1)
    half = len(example.plan) // 2
    rest = family.rest(example.problem, example.plan[:half], keep="prefix")
    whole = family.joined(example.problem, rest, format_plan(example.plan[half:]))
    assert family.read(example.problem, whole.text).solution == example.plan
    assert whole.added == len(example.plan) - half
    assert validator_of(rest.problem).accepts(example.plan[half:])


@pytest.mark.parametrize("seed", range(5))
def test_more_is_kept_where_later_steps_may_stay(seed):
    """What begins a plan is kept either way, and the order of what follows is the plan's."""
    _, example, plan = broken("blocksworld", seed)
    prefix = rest_of(example.problem, plan, keep="prefix").kept
    more = rest_of(example.problem, plan, keep="applicable").kept
    assert more[: len(prefix)] == prefix


@pytest.mark.parametrize("keep", ["prefix", "applicable"])
@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_more_steps_are_kept_than_allowed(keep, most):
    """With none allowed, what is left is the problem itself."""
    _, example, _ = broken("blocksworld", 0)
    rest = rest_of(example.problem, example.plan, keep=keep, most=most)
    assert rest.kept == tuple(map(format_atom, example.plan[:most]))
    if not most:
        assert task_of(rest.problem).init == task_of(example.problem).init
        assert rest.problem.name == "the whole problem"


def test_steps_that_name_nothing_are_not_kept():
    """Neither an unknown action nor an unknown block can be taken, wherever it stands."""
    _, example, _ = broken("blocksworld", 0)
    plan = (("fly", "a"), ("unstack", "a", "nothing"), *example.plan)
    assert rest_of(example.problem, plan, keep="prefix").kept == ()
    kept = rest_of(example.problem, plan, keep="applicable")
    assert kept.kept == tuple(map(format_atom, example.plan))
    assert kept.problem is None


def test_a_problem_that_is_solved_at_the_start_needs_no_step():
    """Nothing is kept of a plan that goes on from there, and nothing is left."""
    _, example, _ = broken("blocksworld", 0)
    task = task_of(example.problem)
    *_, last = validator_of(example.problem).progress(example.plan)
    statement = dict(example.problem.statement) | {
        "problem": format_problem(replace(task, init=last))
    }
    done = replace(example.problem, statement=statement)
    plan = (next(applicable_steps(task, last, Random(0))),)
    assert validator_of(done).valid_prefix(plan) == 1
    for rule, offered in (("prefix", plan), ("applicable", (("fly", "a"), *plan))):
        assert rest_of(done, offered, keep=rule) == Rest((), len(offered), None)


def test_an_answer_in_prose_continues_nothing():
    """The planner is named, not the family."""
    family, example, plan = broken("blocksworld", 0)
    rest = family.rest(example.problem, plan, keep="prefix")
    with pytest.raises(SolverError, match="no plan"):
        family.joined(example.problem, rest, "go on as before")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rest(("(a)",), 0, None),
        lambda: Joined("", -1),
        lambda: Repaired(1, "prefix", 2, 1, 0, "kairos"),
        lambda: Repaired(1, "prefix", 1, 1, -1, "kairos"),
    ],
)
def test_counts_of_steps_have_to_add_up(wrong):
    """No more steps are kept than there were, and none is added less than once."""
    with pytest.raises(ValueError, match=r"kept|added"):
        wrong()
