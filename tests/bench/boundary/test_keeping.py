"""Answers of a map that are kept: asked for once, but for what broke."""

import anyio
import pytest

from soundly.bench.boundary.answers import AnswerFile
from soundly.bench.boundary.giving_up import BROKEN_IN_A_ROW, GivingUp
from soundly.bench.boundary.keeping import keeping, remembered, remembering
from soundly.core.problem import Problem

PROBLEM = Problem("letters", "one", {"text": "abc"})


class Scripted:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self, *says):
        self.says = iter(says)
        self.seeds = []

    async def answer(self, problem, seed):
        self.seeds.append(seed)
        return next(self.says)


@pytest.fixture
def file(tmp_path):
    return AnswerFile(tmp_path / "answers.jsonl", {"family": "letters"})


def said(scripted, file, *seeds, size=3):
    answered = keeping(scripted.answer, file, size=size)
    return [anyio.run(answered, PROBLEM, seed) for seed in seeds]


def test_what_was_answered_is_not_asked_again(file):
    assert said(Scripted("right", "wrong"), file, 7, 8) == ["right", "wrong"]
    later = Scripted("right")
    assert said(later, file, 7, 8, 9) == ["right", "wrong", "right"]
    assert later.seeds == [9]


@pytest.mark.parametrize("unsaid", ["broken", None])
def test_what_broke_or_was_not_paid_for_is_asked_again(file, unsaid):
    assert said(Scripted(unsaid), file, 7) == [unsaid]
    assert said(Scripted("right"), file, 7) == ["right"]


def test_an_answer_at_another_size_is_another_answer(file):
    said(Scripted("right"), file, 7, size=3)
    assert said(Scripted("wrong"), file, 7, size=4) == ["wrong"]


def test_what_was_remembered_is_all_that_is_answered():
    said = {}
    answered = remembering(Scripted("right", "broken", None).answer, said)
    found = [anyio.run(answered, PROBLEM, seed) for seed in (7, 8, 9)]
    assert [anyio.run(remembered(said), PROBLEM, seed) for seed in (7, 8, 9)] == found


@pytest.mark.parametrize("other", ["right", "wrong"])
def test_what_breaks_between_answers_is_no_reason_to_give_up(other):
    broken = ["broken"] * (BROKEN_IN_A_ROW - 1)
    scripted = Scripted(*broken, other, *broken, "broken", other)
    asking = GivingUp(scripted.answer)
    found = [anyio.run(asking.answer, PROBLEM, seed) for seed in range(2 * BROKEN_IN_A_ROW + 2)]
    assert asking.gave_up
    assert found == [*broken, other, *broken, "broken", None, None]
    assert len(scripted.seeds) == 2 * BROKEN_IN_A_ROW
