"""What holds of all classics and of their changed twins."""

from random import Random

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.core.splits import draw_from
from soundly.families.classics.asides import ASIDES
from soundly.families.classics.catalogue import CATALOGUE
from soundly.families.classics.classic import CLASSIC, Classic, Variant
from soundly.families.classics.critic import answered_the_famous_puzzle, shares
from soundly.families.classics.family import ClassicsFamily
from soundly.families.classics.telling import telling_of
from soundly.families.classics.twin import acted_out
from soundly.kernel import Refused, recheck

FAMILY = ClassicsFamily()
PRICE = Problem(
    "perturbed-classics",
    "price",
    {
        "puzzle": "bat-and-ball",
        "variant": "price",
        "numbers": "total=110 amount=100",
        "asides": "none",
    },
)


def candidate(answer: str) -> Candidate:
    return Candidate(answer, answer, "test")


@pytest.mark.parametrize("puzzle", CATALOGUE)
@pytest.mark.parametrize("changed", [False, True])
def test_rule_kernel_and_acting_it_out_agree(puzzle, changed):
    family = ClassicsFamily(puzzle=puzzle, changed=changed)
    variants = set()
    for seed in range(60):
        problem = family.draw(size=1 + seed % 3, seed=seed)
        telling = telling_of(problem)
        variants.add(telling.variant)
        assert acted_out(problem) == telling.answer
        certificate = family.certify(problem, candidate(telling.answer))
        assert recheck(certificate.document).claim == "solved"
    wanted = set(CATALOGUE[puzzle].changed) if changed else {CLASSIC}
    assert variants == wanted


@settings(max_examples=300, deadline=None)
@given(size=st.integers(1, len(ASIDES)), seed=st.integers(-9, 10**9))
def test_critic_twin_and_kernel_agree_on_near_misses(size, seed):
    problem, rng = FAMILY.draw(size=size, seed=seed), Random(seed)
    telling = telling_of(problem)
    for _ in range(4):
        text = FAMILY.near_miss(problem, f"Answer: {telling.answer}", rng)
        found = FAMILY.read(problem, text)
        assert isinstance(found, Found), text
        tried = Candidate(found.solution, found.canonical, "near-miss")
        right = not telling.critiques(found.solution)
        assert right == FAMILY.twin(problem, tried), text
        document = FAMILY.certify(problem, tried).document
        if right:
            assert recheck(document).claim == "solved"
        else:
            with pytest.raises(Refused):
                recheck(document)


@settings(max_examples=200, deadline=None)
@given(size=st.integers(1, 5), seed=st.integers(0, 10**6))
def test_a_pair_of_seeds_is_a_classic_and_its_twin_with_the_same_numbers(size, seed):
    classic, twin = (telling_of(FAMILY.draw(size=size, seed=2 * seed + odd)) for odd in (0, 1))
    assert classic.classic is twin.classic
    assert classic.numbers == twin.numbers
    assert classic.asides == twin.asides
    assert classic.variant == CLASSIC != twin.variant


@settings(max_examples=200, deadline=None)
@given(size=st.integers(1, 5), seed=st.integers(0, 10**6))
def test_the_famous_answer_to_a_changed_puzzle_is_wrong_and_named_so(size, seed):
    problem = ClassicsFamily(changed=True).draw(size=size, seed=seed)
    telling = telling_of(problem)
    classic = telling.classic.right(CLASSIC, telling.numbers)
    assert classic in telling.famous
    assert not answered_the_famous_puzzle(problem, candidate(telling.answer))
    assert answered_the_famous_puzzle(problem, candidate(classic))
    (critique,) = telling.critiques(classic)
    assert critique.code == "famous-answer"
    assert any(change in critique.repair for change in telling.changes)


def test_a_classic_with_its_own_numbers_has_no_famous_answer_but_the_right_one():
    for name, classic in CATALOGUE.items():
        family = ClassicsFamily(puzzle=name, changed=False)
        telling = telling_of(family.draw(size=1, seed=0))
        assert telling.numbers == classic.own
        assert telling.famous == ()


def test_the_number_that_everybody_knows_is_famous_whatever_the_numbers_are():
    for variant in ("classic", "price"):
        statement = {**PRICE.statement, "variant": variant, "numbers": "total=210 amount=190"}
        told = Problem(PRICE.family, "other numbers", statement)
        assert answered_the_famous_puzzle(told, candidate("5"))
        (critique,) = telling_of(told).critiques("5")
        assert critique.code == "famous-answer"


def test_every_puzzle_comes_in_turn_and_every_variant_is_drawn():
    drawn = [telling_of(FAMILY.draw(size=1, seed=seed)) for seed in range(1_000)]
    in_turn = [telling.classic.name for telling in drawn[: 2 * len(CATALOGUE) : 2]]
    assert in_turn == list(CATALOGUE)
    variants = {(name, each) for name, classic in CATALOGUE.items() for each in classic.variants}
    assert {(telling.classic.name, telling.variant) for telling in drawn} == variants
    assert len(CATALOGUE) >= 10


def test_asides_have_nothing_to_count():
    assert not any(digit in aside for aside in ASIDES for digit in "0123456789")
    assert len(set(ASIDES)) == len(ASIDES)


def test_asides_make_no_other_instance_and_numbers_do():
    problem = FAMILY.draw(size=4, seed=1)
    bare = Problem(problem.family, "bare", {**problem.statement, "asides": "none"})
    assert FAMILY.canonical_form(problem) == FAMILY.canonical_form(bare)
    other = Problem(problem.family, "x", {**PRICE.statement, "numbers": "total=120 amount=100"})
    assert FAMILY.canonical_form(other) != FAMILY.canonical_form(PRICE)


def test_an_example_is_another_puzzle():
    for seed in range(2 * len(CATALOGUE)):
        problem = FAMILY.draw(size=1, seed=seed)
        prompt = FAMILY.render(problem, PromptStyle(examples=3, thoughts=True))[0].content
        assert prompt.count("Example: ") == 3
        assert prompt.count(telling_of(problem).question) == 1
        assert prompt.count(STEP_BY_STEP) == 1


def test_shares_count_right_famous_and_other_answers():
    answered = [(PRICE, candidate(each)) for each in ("10", "10", "5", "7", "ten")]
    counted = shares([*answered, (PRICE, None)])
    assert (counted.right, counted.famous, counted.other) == (2, 1, 3)
    assert counted.share(counted.famous) == 1 / 6
    assert shares([]).share(0) == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("puzzle", "cat-and-dog"),
        ("variant", "cheaper"),
        ("numbers", "none"),
        ("numbers", "total=110"),
        ("numbers", "total=110 amount=110"),
        ("numbers", "total=110 amount=101"),
        ("numbers", "total=110 amount=-5"),
        ("numbers", "total=110  amount=100"),
        ("numbers", "total=110000 amount=100"),
        ("asides", "0"),
        ("asides", "99"),
        ("asides", "3 3"),
        ("asides", "the ball costs 7"),
    ],
)
def test_a_statement_that_is_none_is_refused(field, text):
    with pytest.raises(ProblemError):
        telling_of(Problem(PRICE.family, "odd", {**PRICE.statement, field: text}))


def test_other_fields_are_refused():
    with pytest.raises(ProblemError, match="states"):
        telling_of(Problem(PRICE.family, "odd", {"puzzle": "snail"}))


def test_settings_that_do_not_exist_are_refused():
    for make in (
        lambda: ClassicsFamily(puzzle="ark"),
        lambda: FAMILY.draw(size=0, seed=1),
        lambda: FAMILY.draw(size=len(ASIDES) + 1, seed=1),
        lambda: FAMILY.render(PRICE, PromptStyle(procedure="magic")),
    ):
        with pytest.raises(UsageError):
            make()


def test_a_classic_whose_changed_twin_has_the_same_answer_is_none():
    same = {name: Variant(("A fact.",), "What?", lambda: 1) for name in (CLASSIC, "other")}
    with pytest.raises(ValueError, match="own numbers"):
        Classic("same", {}, {}, same)
    with pytest.raises(ValueError, match="nothing but"):
        Classic("alone", {}, {}, {CLASSIC: same[CLASSIC]})


def test_a_solution_of_another_kind_breaks_the_critic():
    with pytest.raises(CriticError, match="text"):
        anyio.run(FAMILY.critic.judge, PRICE, Candidate(3, "3", "test"), None)


@pytest.mark.parametrize("split", ["train", "held-out"])
def test_each_split_has_instances_of_every_size_that_is_trained_on(split):
    for size in range(1, 5):
        draw_from(FAMILY, split, size=size, seed=0)
