"""Renamed and reordered instances have one spelling; instances that differ have two."""

from dataclasses import replace
from random import Random

from soundly.families.planning.blocksworld import Blocksworld
from soundly.families.planning.canonical import canonical_form
from soundly.families.planning.pddl import And
from soundly.families.planning.problems import task_of
from soundly.families.planning.renaming import Names, Renaming


def shuffled(task, random):
    """The task with its own objects renamed and reordered, and the parts of its goal too."""
    constants = {item.name for item in task.domain.constants}
    own = [name for name in task.objects if name not in constants]
    new = [f"n{number}" for number in range(len(own))]
    random.shuffle(new)
    renamed = Renaming(objects=Names(dict(zip(own, new, strict=True)))).task(task)
    objects = list(renamed.objects.items())
    random.shuffle(objects)
    goal = renamed.goal
    if isinstance(goal, And):
        goal = And(tuple(random.sample(goal.operands, len(goal.operands))))
    return replace(renamed, objects=dict(objects), goal=goal)


def test_names_and_order_do_not_matter(draw_task):
    for seed in range(80):
        random = Random(seed)
        task = draw_task(random)
        assert canonical_form(shuffled(task, random)) == canonical_form(task)


def form(start, goal):
    return canonical_form(task_of(Blocksworld(start, goal).problem("p")))


def test_blocks_change_names_and_stay_one_problem():
    assert form((("a", "b"), ("c",)), (("c", "b", "a"),)) == form(
        (("c", "a"), ("b",)), (("b", "a", "c"),)
    )


def test_what_is_swapped_on_one_side_alone_is_another_problem():
    forms = {
        form((("a", "b"), ("c",)), goal)
        for goal in ((("c", "b", "a"),), (("c", "a", "b"),), (("a", "b", "c"),), (("b", "c", "a"),))
    }
    assert len(forms) == 4


def test_start_and_goal_exchanged_are_another_problem():
    low, high = (("a",), ("b",), ("c",)), (("a", "b", "c"),)
    assert form(low, high) != form(high, low)


def test_what_differs_far_from_anything_special_is_another_problem():
    """The block taken out of a tall tower is told by its height alone."""
    tower = tuple("abcdefghijklm")
    forms = {
        form((tower,), (tower[:height] + tower[height + 1 :], (tower[height],)))
        for height in range(len(tower) - 1)
    }
    assert len(forms) == len(tower) - 1


def test_a_fact_more_is_another_problem(draw_task):
    for seed in range(40):
        task = draw_task(Random(seed))
        if task.init:
            fewer = replace(task, init=task.init - {min(task.init)})
            assert canonical_form(fewer) != canonical_form(task)
            assert canonical_form(replace(task, minimizes_cost=not task.minimizes_cost)) != (
                canonical_form(task)
            )
