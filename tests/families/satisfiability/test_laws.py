"""What the family draws, and answers that are almost right; `tests/laws` has its laws."""

import random

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.critics.no_model import no_model
from soundly.families.satisfiability.critic import check
from soundly.families.satisfiability.family import SatFamily
from soundly.families.satisfiability.formula import Formula, formula_of

FAMILY = SatFamily()
PROBLEM = FAMILY.draw(size=8, seed=1)
RIGHT = FAMILY.right_answer(size=8, seed=1)
WRONG = (
    RIGHT.replace(" 0\n", " 9 0\n"),
    RIGHT.replace("v ", "v 3 -3 "),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    RIGHT.replace("v ", "v 1 or "),
    "[ANSWER]\nv 1 0\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.parametrize("text", WRONG)
def test_what_is_almost_right_is_rejected(text):
    """Answers with one slip each, as a person would make them."""
    verdict = anyio.run(FAMILY.critic.judge, PROBLEM, candidate(text), no_model)
    assert verdict.rejected


@pytest.mark.parametrize("size", [4, 5, 9, 20, 200])
def test_the_hidden_model_is_right(size):
    """Whatever is drawn comes with a model that the critic has to accept."""
    for seed in range(10):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(formula_of(problem), found.solution).accepted


@given(
    st.lists(st.lists(st.sampled_from([1, -1, 2, -2, 3, -3, 4]), max_size=3), max_size=8),
    st.randoms(),
)
def test_other_names_and_signs_change_nothing_of_the_canonical_form(clauses, rng):
    """Law: variables renumbered, some negated, all reordered, is the same instance."""
    names = dict(zip(range(1, 5), rng.sample(range(1, 5), 4), strict=True))
    signs = {variable: rng.choice((-1, 1)) for variable in names}
    moved = [
        tuple(
            (1 if each > 0 else -1) * signs[abs(each)] * names[abs(each)]
            for each in rng.sample(clause, len(clause))
        )
        for clause in rng.sample(clauses, len(clauses))
    ]
    forms = {
        FAMILY.canonical_form(Formula(4, tuple(map(tuple, each))).problem("p"))
        for each in (clauses, moved)
    }
    assert len(forms) == 1


def test_other_formulas_have_other_forms():
    """Each seed draws an instance of its own."""
    forms = {FAMILY.canonical_form(FAMILY.draw(size=10, seed=seed)) for seed in range(50)}
    assert len(forms) == 50


def test_the_splits_can_be_drawn_from():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    for split, size in (("train", 8), ("held-out", 8), ("beyond", 21)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split


def test_a_hidden_model_is_not_the_majority():
    """Over the literals of many formulas, as many are true as false in the hidden model."""
    rng = random.Random(0)
    true = literals = 0
    for _ in range(40):
        seed = rng.randrange(10**6)
        problem = FAMILY.draw(size=100, seed=seed)
        model = set(FAMILY.read(problem, FAMILY.right_answer(size=100, seed=seed)).solution)
        said = [str(each) for clause in formula_of(problem).clauses for each in clause]
        true += sum(each in model for each in said)
        literals += len(said)
    assert 0.49 < true / literals < 0.51
