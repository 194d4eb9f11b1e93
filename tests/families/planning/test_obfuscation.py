"""Other names, the same problem: what is valid stays valid, what is not stays not, and back."""

import re
from dataclasses import replace
from random import Random

import pytest

from soundly.core.family import PromptStyle
from soundly.families.planning import naive
from soundly.families.planning.edits import near_miss
from soundly.families.planning.hidden import mystery_blocksworld, random_blocksworld
from soundly.families.planning.obfuscation import mystery, randomised
from soundly.families.planning.pddl import format_domain, format_problem, parse_task
from soundly.families.planning.problems import problem_from_texts, task_of
from soundly.families.planning.renaming import Names, Renaming

WORD = re.compile(r"[^\s()]+")
OBFUSCATIONS = {"mystery": mystery(), "random": randomised(), "random-7": randomised(7)}


@pytest.mark.parametrize("obfuscation", OBFUSCATIONS.values(), ids=OBFUSCATIONS)
def test_a_plan_is_worth_the_same_in_other_words(obfuscation, draw_task, walk, with_goal_from):
    """For right plans and near misses, of tasks with every feature of the language."""
    verdicts = []
    for seed in range(40):
        random = Random(seed)
        task = draw_task(random)
        plan, state = walk(task, random, 5)
        task = with_goal_from(task, state, random)
        renaming = obfuscation.renaming(task)
        hidden = renaming.task(task)
        for edits in (0, 1, 1, 1, 2):
            edited = near_miss(plan, task, random, edits=edits)
            verdict = naive.solves(task, edited)
            assert naive.solves(hidden, renaming.plan(edited)) is verdict
            assert renaming.inverse().plan(renaming.plan(edited)) == edited
            verdicts.append(verdict)
    assert 40 <= sum(verdicts) < len(verdicts) - 40


@pytest.mark.parametrize("obfuscation", OBFUSCATIONS.values(), ids=OBFUSCATIONS)
def test_the_inverse_gives_the_task_back(obfuscation, draw_task):
    for seed in range(40):
        task = draw_task(Random(seed))
        renaming = obfuscation.renaming(task)
        assert renaming.inverse().task(renaming.task(task)) == task


@pytest.mark.parametrize("obfuscation", OBFUSCATIONS.values(), ids=OBFUSCATIONS)
def test_the_renamed_task_is_pddl_and_says_nothing_of_the_old_names(obfuscation, draw_task):
    """`total-cost` and `object` are the language's own and stay."""
    for seed in range(40):
        task = draw_task(Random(seed))
        plain = problem_from_texts(format_domain(task.domain), format_problem(task))
        hidden = obfuscation.problem(plain, family="hidden")
        assert task_of(hidden) == obfuscation.renaming(task).task(task)
        said = set(WORD.findall(" ".join(hidden.statement.values())))
        domain = task.domain
        old = {*domain.types, *domain.predicates, *domain.functions, *domain.actions, *task.objects}
        old |= {w for w in WORD.findall(" ".join(plain.statement.values())) if w.startswith("?")}
        assert said & (old - {"object", "total-cost"}) == set()


def test_problems_of_one_domain_share_its_words(draw_task):
    task = draw_task(Random(4))
    other = replace(task, objects={**task.objects, "one-more": "object"})
    first, second = (randomised().renaming(t) for t in (task, other))
    assert first.actions == second.actions
    assert first.predicates == second.predicates
    assert all(first.objects(n) == second.objects(n) for n in task.objects)


def test_more_names_than_words_are_numbered():
    predicates = " ".join(f"(p{n} ?x)" for n in range(40))
    task = parse_task(
        f"(define (domain d) (:predicates {predicates}))",
        f"(define (problem p) (:domain d) (:objects {' '.join(f'o{n}' for n in range(90))})"
        " (:init) (:goal (p0 o0)))",
    )
    hidden = mystery().renaming(task).task(task)
    assert len(hidden.domain.predicates) == 40
    assert len(hidden.objects) == 90
    assert "violin2" in hidden.objects


def test_a_name_that_is_not_listed_never_becomes_one_that_is():
    """A new name that stands in a wrong plan names nothing, and must not begin to name a thing."""
    names = Names({"a": "b", "b": "c"})
    assert [names(word) for word in "abcd"] == ["b", "c", "a", "d"]
    back = names.inverse()
    assert [back(names(word)) for word in "abcd"] == list("abcd")


def test_two_names_may_not_become_one():
    with pytest.raises(ValueError, match="would become one"):
        Names({"a": "c", "b": "c"})


def test_the_empty_step_stays_empty():
    assert Renaming(actions=Names({"a": "b"})).plan(((), ("a",))) == ((), ("b",))


@pytest.mark.parametrize("family", [mystery_blocksworld(), random_blocksworld()])
@pytest.mark.parametrize("language", ["natural", "formal"])
def test_a_prompt_does_not_say_blocksworld(family, language):
    for problem in (family.draw(size=4, seed=2), family.draw_unsolvable(size=4, seed=2)):
        (message,) = family.render(problem, PromptStyle(language, 1))
        said = message.content.lower()
        for word in ("block", "stack", "clear", "pick", "table", "hand", "tower"):
            assert word not in said
