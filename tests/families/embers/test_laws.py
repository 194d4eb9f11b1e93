"""What holds of shift ciphers and products, whatever the size and seed."""

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
from soundly.families.embers.cipher import POPULAR_SHIFT, UNPOPULAR_SHIFTS
from soundly.families.embers.family import multiplication, shift_cipher
from soundly.families.embers.product import is_popular
from soundly.kernel import Refused, recheck

FAMILIES = {family.name: family for family in (shift_cipher(), multiplication())}
DRAWN = given(
    name=st.sampled_from(sorted(FAMILIES)), size=st.integers(3, 25), seed=st.integers(-9, 10**9)
)


@settings(max_examples=300, deadline=None)
@DRAWN
def test_critic_twin_and_kernel_agree_on_near_misses(name, size, seed):
    family = FAMILIES[name]
    problem = family.draw(size=size, seed=seed)
    puzzle, rng = family.puzzle(problem), Random(seed)
    for _ in range(3):
        found = family.read(problem, family.near_miss(problem, f"Answer: {puzzle.answer}", rng))
        if not isinstance(found, Found):
            continue
        candidate = Candidate(found.solution, found.canonical, "near-miss")
        right = not puzzle.critiques(found.solution)
        assert right == family.twin(problem, candidate), found
        certificate = family.certify(problem, candidate)
        if right:
            assert recheck(certificate.document).claim == "solved"
        else:
            with pytest.raises(Refused):
                recheck(certificate.document)


@settings(max_examples=100, deadline=None)
@DRAWN
def test_a_statement_read_again_is_the_same_puzzle(name, size, seed):
    problem = FAMILIES[name].draw(size=size, seed=seed)
    assert FAMILIES[name].puzzle(problem).statement == problem.statement


@settings(max_examples=100, deadline=None)
@given(first=st.integers(1, 10**40), second=st.integers(1, 10**40))
def test_a_product_and_its_thoughts_are_exact(first, second):
    puzzle = multiplication().puzzle(
        Problem("multiplication", "x", {"factors": f"{first} {second}"})
    )
    for equation in puzzle.thoughts.removesuffix(".").split(". "):
        left, right = equation.split(" = ")
        factors = [int(each) for each in left.replace(" x ", " ").replace(" + ", " ").split()]
        made = factors[0] * factors[1] if " x " in left else sum(factors)
        assert made == int(right)
    assert puzzle.thoughts.endswith(f"= {first * second}.")


@pytest.mark.parametrize("size", range(3, 40))
def test_a_text_has_as_many_words_as_its_size(size):
    for kind in ("sentence", "words", "letters"):
        text = shift_cipher(text=kind).draw(size=size, seed=size).statement["text"]
        assert len(text.split(" ")) == size


def test_six_seeds_in_a_row_have_every_text_with_a_popular_and_an_unpopular_shift():
    shifts = [shift_cipher().draw(size=5, seed=seed).statement["shift"] for seed in range(60)]
    assert [shift == str(POPULAR_SHIFT) for shift in shifts] == [True] * 3 + [False] * 3 + (
        [True] * 3 + [False] * 3
    ) * 9
    unpopular = {int(shift) for shift in shifts} - {POPULAR_SHIFT}
    assert unpopular <= set(UNPOPULAR_SHIFTS)
    assert len(unpopular) > 10


def test_the_three_texts_of_a_seed_share_words_or_their_lengths():
    sentence, words, letters = (
        shift_cipher(shift=13, text=kind).draw(size=7, seed=4).statement["text"].split(" ")
        for kind in ("sentence", "words", "letters")
    )
    assert sentence != words
    assert sorted(sentence) == sorted(words)
    assert list(map(len, letters)) == list(map(len, sentence))


@pytest.mark.parametrize("size", [2, 3, 9, 200])
def test_popular_numbers_are_popular_and_the_others_are_not(size):
    for seed in range(20):
        for popularity in ("popular", "unpopular"):
            problem = multiplication(popularity=popularity).draw(size=size, seed=seed)
            for factor in problem.statement["factors"].split(" "):
                assert len(factor) == size
                assert is_popular(int(factor)) == (popularity == "popular")


def test_the_same_text_by_another_shift_and_turned_factors_are_one_instance():
    family = shift_cipher()
    texts = [
        Problem("shift-cipher", "x", {"text": text, "shift": shift})
        for text, shift in (("gur png", "13"), ("vjg ecv", "2"), ("ecv vjg", "2"))
    ]
    assert len({family.canonical_form(problem) for problem in texts}) == 1
    products = [Problem("multiplication", "x", {"factors": each}) for each in ("12 37", "37 12")]
    assert len({multiplication().canonical_form(problem) for problem in products}) == 1


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_examples_are_short_and_never_the_asked_problem(name):
    family = FAMILIES[name]
    problem = family.draw(size=20, seed=2)
    prompt = family.render(problem, PromptStyle(examples=3, thoughts=True))[0].content
    assert prompt.count("Example: ") == 3
    assert family.puzzle(problem).answer not in prompt
    assert prompt.count(STEP_BY_STEP) == 1


@pytest.mark.parametrize("name", sorted(FAMILIES))
@pytest.mark.parametrize("split", ["train", "held-out"])
def test_each_split_has_instances_of_every_size_that_is_trained_on(name, split):
    family = FAMILIES[name]
    for size in range(family.dial.smallest, family.dial.trained + 1):
        draw_from(family, split, size=size, seed=0)


@pytest.mark.parametrize(
    ("family", "statement"),
    [
        (shift_cipher(), {"text": "gur", "shift": "0"}),
        (shift_cipher(), {"text": "gur", "shift": "26"}),
        (shift_cipher(), {"text": "gur", "shift": "-2"}),
        (shift_cipher(), {"text": "Gur", "shift": "2"}),
        (shift_cipher(), {"text": "gur  png", "shift": "2"}),
        (shift_cipher(), {"text": "", "shift": "2"}),
        (shift_cipher(), {"text": "a " * 1_000 + "a", "shift": "2"}),
        (shift_cipher(), {"text": "gur"}),
        (multiplication(), {"factors": "0 3"}),
        (multiplication(), {"factors": "12"}),
        (multiplication(), {"factors": "12 3 4"}),
        (multiplication(), {"factors": "12 -3"}),
        (multiplication(), {"factors": "٣ 3"}),
        (multiplication(), {"factors": "9" * 1_001 + " 3"}),
    ],
)
def test_a_statement_that_is_none_is_refused(family, statement):
    with pytest.raises(ProblemError):
        family.puzzle(Problem(family.name, "odd", statement))


def test_settings_that_do_not_exist_are_refused():
    for make in (
        lambda: shift_cipher(shift=0),
        lambda: shift_cipher(shift=26),
        lambda: shift_cipher(text="poem"),
        lambda: multiplication(popularity="common"),
        lambda: shift_cipher().draw(size=2, seed=1),
        lambda: shift_cipher().draw(size=1_001, seed=1),
        lambda: multiplication().render(
            multiplication().draw(size=2, seed=1), PromptStyle(procedure="magic")
        ),
    ):
        with pytest.raises(UsageError):
            make()


def test_a_solution_of_another_kind_breaks_the_critic():
    problem = multiplication().draw(size=4, seed=1)
    with pytest.raises(CriticError, match="text"):
        anyio.run(multiplication().critic.judge, problem, Candidate(3, "3", "test"), None)


@pytest.mark.parametrize("name", sorted(FAMILIES))
@pytest.mark.parametrize(
    "text",
    [
        "Answer: " + "9" * 20_000,
        "Answer: " + "9," * 20_000,
        "Answer: " + "1 x " * 20_000 + "=",
        "[ANSWER]" + "a " * 50_000 + "[ANSWER END]",
        "is " * 50_000,
        "the text is " * 20_000,
        "(" * 30_000 + "1",
        " " * 30_000 + "1",
        "1 " * 30_000,
    ],
)
def test_hostile_answers_are_read_and_judged_quickly(name, text):
    family = FAMILIES[name]
    problem = family.draw(size=4, seed=1)
    found = family.read(problem, text)
    if isinstance(found, Found):
        assert family.puzzle(problem).critiques(found.solution)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_the_largest_instances_are_drawn_judged_and_certified(name, judge):
    family = FAMILIES[name]
    problem = family.draw(size=1_000, seed=1)
    answer = family.puzzle(problem).answer
    assert judge(family, problem, f"Answer: {answer}").accepted
    assert not judge(family, problem, f"Answer: {answer[:-1]}").accepted
    candidate = Candidate(answer, answer, "test")
    assert recheck(family.certify(problem, candidate).document).claim == "solved"
