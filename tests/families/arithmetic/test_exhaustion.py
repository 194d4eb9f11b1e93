"""The search decides as brute force does, and the kernel believes no forged table."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.expression import spell, value_of
from soundly.families.arithmetic.family import countdown, game24
from soundly.families.arithmetic.statement import Task, task_of
from soundly.kernel import Refused, recheck, seal


def brute(values: tuple[Fraction, ...]) -> set[Fraction]:
    """Whatever all of the values make: any two joined in any way, again and again."""
    if len(values) == 1:
        return set(values)
    made = set()
    for i, j in combinations(range(len(values)), 2):
        rest = tuple(v for k, v in enumerate(values) if k not in (i, j))
        a, b = values[i], values[j]
        results = (
            {a + b, a - b, b - a, a * b} | ({a / b} if b else set()) | ({b / a} if a else set())
        )
        for result in results:
            made |= brute((*rest, result))
    return made


def makes(task: Task) -> bool:
    values = tuple(map(Fraction, task.numbers))
    sizes = [len(values)] if task.use == "all" else range(1, len(values) + 1)
    return any(task.target in brute(some) for size in sizes for some in combinations(values, size))


tasks = st.builds(
    Task,
    st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple),
    st.integers(0, 60),
    st.sampled_from(["all", "any"]),
)


def document(task: Task, claim: str, kind: str, evidence: object) -> dict[str, object]:
    return seal(claim, kind, "game24", task.problem("game24", "p").statement, evidence)


@settings(max_examples=150, deadline=None)
@given(tasks)
def test_the_search_decides_as_brute_force_and_the_kernel_agrees(task):
    found = search(task)
    assert isinstance(found, dict) != makes(task)
    if isinstance(found, dict):
        recheck(
            document(task, "unsolvable", "arithmetic-exhaustion", json.loads(json.dumps(found)))
        )
    else:
        evidence = {"expression": spell(found)}
        recheck(document(task, "solved", "arithmetic-expression", evidence))


@settings(max_examples=150, deadline=None)
@given(tasks, st.integers(0, 2**32), st.integers(0, 60))
def test_no_forged_tables_prove_what_is_false(task, seed, other):
    """Tables that prove one target impossible, spoilt or sealed anew for a task that has it."""
    found = search(Task(task.numbers, other, task.use))
    if not isinstance(found, dict) or not makes(task):
        return
    rng = Random(seed)
    for _ in range(5):
        evidence = copy.deepcopy(found)
        for values in [*evidence["reach"].values(), *evidence["need"].values()]:
            if rng.random() < 0.5 and values:
                values.remove(rng.choice(values))
            if rng.random() < 0.5:
                values.append(str(task.target))
        with pytest.raises(Refused):
            recheck(document(task, "unsolvable", "arithmetic-exhaustion", evidence))


def test_every_value_of_a_proof_is_needed():
    """Taking away any one value leaves tables that are not closed."""
    task = Task((2, 5, 9, 11), 83, "any")
    found = search(task)
    assert isinstance(found, dict)
    for tables in ("reach", "need"):
        for choice in found[tables]:
            for place in range(len(found[tables][choice])):
                evidence = copy.deepcopy(found)
                del evidence[tables][choice][place]
                with pytest.raises(Refused):
                    recheck(document(task, "unsolvable", "arithmetic-exhaustion", evidence))


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({}, "has to be an object with the fields reach, need"),
        ({"reach": {}, "need": {}}, "has no table for 1 1"),
        ({"reach": [], "need": {}}, "has no table"),
        ({"reach": {}, "need": {"1 1": "7"}}, "have to be a list"),
        ({"reach": {}, "need": {"1 1": [7]}}, "7 is no value"),
        ({"reach": {}, "need": {"1 1": ["7/0"]}}, "'7/0' is no value"),
        ({"reach": {}, "need": {"1 1": ["7"] * 129}}, "at most 128"),
        ({"reach": {}, "need": {"1 1": []}}, "lacks the target 7"),
    ],
)
def test_evidence_of_the_wrong_form_is_refused_with_the_reason(evidence, reason):
    task = Task((1, 1), 7, "all")
    with pytest.raises(Refused, match=reason):
        recheck(document(task, "unsolvable", "arithmetic-exhaustion", evidence))


@pytest.mark.parametrize(
    ("task", "evidence", "reason"),
    [
        (Task((3, 8), 24, "all"), {"reach": {}, "need": {"3 8": ["24"]}}, "8 may make 8, which"),
        (Task((7, 24), 24, "any"), {"reach": {}, "need": {"7 24": ["24"]}}, "24 may make 24"),
        (
            Task((2, 3, 4), 24, "all"),
            {"reach": {}, "need": {"2 3": [], "2 4": [], "3 4": [], "2 3 4": ["24"]}},
            "need for . . lacks",
        ),
        (Task((5,), 5, "all"), {"reach": {}, "need": {"5": ["5"]}}, "5 may make 5"),
    ],
)
def test_tables_that_meet_prove_nothing(task, evidence, reason):
    """Closed as they are, the target is reached where they touch."""
    with pytest.raises(Refused, match=reason):
        recheck(document(task, "unsolvable", "arithmetic-exhaustion", evidence))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("8 * 3", "3 is left over"),
        ("8 * 3 * 3 / 3 + 8", "3 is used more often"),
        ("8 + 8 + 3 + 3", "makes 22, not 24"),
        ("8 / (3 - 3) + 8", "divides by zero"),
        ("8 / (3 - 8 / 3", "parenthesis open"),
        ("8 / (3 - 8 / 3) = 24", "'=' is no part"),
        ("8 / (3 - 8 / 3))", "follows a whole expression"),
        ("-8 + 3", "'-' stands where a number"),
        ("", "'the end' stands"),
        ("08 / (3 - 8 / 3)", "'0' is no part"),
        ("(" * 60 + "8", "nested deeper than 50"),
        ("8" * 2000, "at most 1000 characters"),
        (24, "has to be a string"),
    ],
)
def test_a_wrong_expression_is_refused_with_the_reason(expression, reason):
    task = Task((3, 3, 8, 8), 24, "all")
    with pytest.raises(Refused, match=reason):
        recheck(document(task, "solved", "arithmetic-expression", {"expression": expression}))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ({"numbers": "1 1", "target": "7"}, "fields numbers, target, use"),
        ({"numbers": "1  1", "target": "7", "use": "all"}, "no positive whole numbers"),
        ({"numbers": "1 1", "target": "-7", "use": "all"}, "no target"),
        ({"numbers": "1 1", "target": "7", "use": "some"}, "has to be 'all' or 'any'"),
        ({"numbers": "1 1 1 1 1 1 1", "target": "7", "use": "all"}, "at most 6"),
    ],
)
def test_the_kernel_reads_a_statement_strictly(statement, reason):
    sealed = seal("solved", "arithmetic-expression", "game24", statement, {"expression": "1 + 1"})
    with pytest.raises(Refused, match=reason):
        recheck(sealed)


def test_1362_of_the_1820_hands_of_four_cards_make_24():
    """The known count, over every hand."""
    hands = list(combinations_with_replacement(range(1, 14), 4))
    assert len(hands) == 1820
    found = [search(Task(hand, 24, "all")) for hand in hands]
    values = [value_of(each) for each in found if not isinstance(each, dict)]
    assert values == [24] * 1362


@pytest.mark.parametrize("family", [game24(), countdown()], ids=lambda family: family.name)
@pytest.mark.parametrize("size", [3, 4, 5, 6])
def test_what_is_drawn_has_a_solution_or_a_proof(family, size):
    """Drawn solvable, it is solved; drawn unsolvable, the kernel accepts the proof."""
    for seed in range(3):
        assert not isinstance(search(task_of(family.draw(size=size, seed=seed))), dict)
        task = task_of(family.draw_unsolvable(size=size, seed=seed))
        recheck(document(task, "unsolvable", "arithmetic-exhaustion", search(task)))


def test_six_numbers_without_a_solution_stay_small():
    """The largest proof is read in well under a second and takes some twenty kilobytes."""
    task = Task((9, 4, 16, 25, 15, 7), 985_405, "any")
    found = search(task)
    assert isinstance(found, dict)
    assert len(json.dumps(found)) < 40_000
    recheck(document(task, "unsolvable", "arithmetic-exhaustion", found))
