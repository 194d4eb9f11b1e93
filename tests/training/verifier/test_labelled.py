"""What a verifier learns from: the judge's word, never how an answer was made."""

from dataclasses import replace

import pytest

from soundly.core.errors import UsageError
from soundly.core.splits import split_of
from soundly.core.verdict import Guarantee
from soundly.testing import FakeFamily
from soundly.training.forms import is_kept_from_training, problem_form
from soundly.training.verifier.labelled import Drawing, draw_labelled
from soundly.training.verifier.presenting import InLetters, presentation_of

pytestmark = pytest.mark.anyio
DRAWING = Drawing((1,), instances=60)


async def drawn(family, split="train", drawing=DRAWING):
    return await draw_labelled(family, presentation_of(family), drawing, split=split)


def problem_of(family, labelled):
    first, _, second = labelled.example.statement
    return replace(family.draw(size=1, seed=0), statement={"sum": f"{first}+{second}"})


async def test_labels_are_the_judges(sums):
    """A near miss that changed nothing is right, one that changed the number is wrong."""
    found = await drawn(sums)
    for each in found.all:
        candidate = sums.candidate(int(each.example.answer[0]))
        assert each.right == sums.twin(problem_of(sums, each), candidate)
    assert {(each.right, each.edited) for each in found.all} == {(True, False), (False, True)}


async def test_where_the_critic_promises_too_little_the_twin_decides(sums, sum_critic):
    """A rejection by a critic that is only SOUND, or an acceptance by one of none, is no label."""
    for guarantee in (Guarantee.SOUND, Guarantee.COMPLETE, Guarantee.NONE):
        family = replace(sums, critic=sum_critic(guarantee, lenient=True))
        assert (await drawn(family)).all == (await drawn(sums)).all


async def test_no_problem_is_on_both_sides(sums):
    """Splits are read off the canonical form, and so is what is kept for tuning."""
    train, held_out = await drawn(sums), await drawn(sums, "held-out")
    assert train.forms
    assert held_out.forms
    assert not train.forms & held_out.forms
    tuning = {each.example.form for each in train.all if each.for_tuning}
    assert not tuning & {each.example.form for each in train.all if not each.for_tuning}
    for each in train.all:
        problem = problem_of(sums, each)
        assert split_of(sums, problem, size=1) == "train"
        assert not is_kept_from_training(sums, problem)


async def test_a_problem_comes_once_whatever_its_names(sums):
    """3 + 4 is 4 + 3."""
    found = await drawn(sums)
    spelt = [sums.canonical_form(problem_of(sums, each)) for each in found.all if not each.edited]
    assert len(spelt) == len(set(spelt)) == len(found.forms)


async def test_what_cannot_be_read_or_said_is_counted_and_left_out(sums):
    """It has no words to learn from, and a count that is not zero says so."""
    found = await drawn(sums)
    assert found.unread > 0
    assert found.unsaid > 0
    in_letters = await drawn(sums.without_notation())
    assert in_letters.unsaid == 0
    assert ("'1", "'2") in {each.example.answer for each in in_letters.all}


async def test_the_seed_decides(sums):
    """The same drawing gives the same answers, another seed others."""
    assert (await drawn(sums)).all == (await drawn(sums)).all
    other = replace(DRAWING, instances=5, seed=7)
    assert (await drawn(sums, drawing=other)).all != (await drawn(sums)).all[: len(other.sizes)]


async def test_a_family_that_lacks_something_cannot_teach():
    """It is told what is wanted."""
    family = FakeFamily()
    with pytest.raises(UsageError, match="cannot teach a verifier"):
        await draw_labelled(family, InLetters(family), DRAWING, split="train")


@pytest.mark.parametrize("options", [{"sizes": ()}, {"instances": 0}, {"answers": 0}, {"tries": 0}])
async def test_a_drawing_of_nothing_is_none(options):
    """Each amount has to be at least one."""
    with pytest.raises(ValueError, match="nothing would be drawn"):
        replace(DRAWING, **options)


async def test_a_form_is_that_of_the_family_or_of_the_statement(sums):
    """Renamed problems have one form; without forms each statement is its own."""
    family = FakeFamily()
    problem = sums.draw(size=1, seed=34)
    turned = sums.draw(size=1, seed=43)
    assert problem_form(sums, problem) == problem_form(sums, turned)
    assert problem_form(family, problem) == problem.digest != problem_form(family, turned)
