"""What a verdict becomes in Inspect's terms."""

from __future__ import annotations

import math

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from soundly.bench.inspect_tasks.critic_scorer import score_text
from soundly.bench.inspect_tasks.samples import Posed
from soundly.core.certificate import Certificate
from soundly.core.errors import CriticError
from soundly.core.verdict import ACCEPT, Critique, Guarantee, unknown
from soundly.kernel import recheck
from soundly.testing.fake_family import (
    CLAIM,
    IMPOSSIBLE,
    PROBLEM,
    RIGHT,
    UNREADABLE,
    WRONG,
    FakeCritic,
    FakeFamily,
)

pytestmark = pytest.mark.anyio
SOLVABLE = Posed(PROBLEM, solvable=True)


def saying(judgement: object, guarantee: Guarantee = Guarantee.SOUND) -> FakeFamily:
    return FakeFamily(FakeCritic(judgement, guarantee))


async def test_a_right_answer_is_correct_with_a_certificate_that_holds() -> None:
    score = await score_text(SOLVABLE, RIGHT, family=FakeFamily())
    assert score.value == "C"
    assert score.answer == RIGHT
    assert score.metadata["guarantee"] == ["sound", "complete"]
    document = Certificate(score.metadata["certificate"]).document
    assert recheck(document).problem_sha256 == PROBLEM.digest


@pytest.mark.parametrize("text", WRONG)
async def test_a_near_miss_is_incorrect_and_says_why(text: str) -> None:
    score = await score_text(SOLVABLE, text, family=FakeFamily())
    assert score.value == "I"
    assert score.explanation
    assert score.metadata["critiques"][0]["code"] == "refused"
    assert "certificate" not in score.metadata


@pytest.mark.parametrize(
    ("text", "reason"), [(UNREADABLE, "invalid_response_format"), (" \n", "no_response")]
)
async def test_what_cannot_be_read_is_incorrect_with_the_reason(text: str, reason: str) -> None:
    score = await score_text(SOLVABLE, text, family=FakeFamily())
    assert (score.value, score.reason) == ("I", reason)
    assert "no line of the answer is an action" in score.explanation


@pytest.mark.parametrize("critiques", [(), (Critique("dark", "too dark to see"),)])
async def test_a_critic_that_cannot_tell_leaves_the_answer_unscored(critiques: tuple) -> None:
    score = await score_text(SOLVABLE, RIGHT, family=saying(unknown(*critiques)))
    assert math.isnan(score.value)
    assert score.reason == "critic-unknown"
    assert ("too dark" if critiques else "cannot tell") in score.explanation


@pytest.mark.parametrize("failure", [CriticError("no validator"), ZeroDivisionError("oh")])
async def test_a_critic_that_breaks_leaves_the_answer_unscored(failure: Exception) -> None:
    score = await score_text(SOLVABLE, WRONG[0], family=saying(failure))
    assert math.isnan(score.value)
    assert score.reason == "scoring_failed"
    assert str(failure) in score.explanation


async def test_a_sound_critic_whom_the_kernel_contradicts_is_broken() -> None:
    score = await score_text(SOLVABLE, WRONG[0], family=saying(ACCEPT))
    assert math.isnan(score.value)
    assert "accepted what the kernel refuses" in score.explanation


async def test_an_acceptance_without_soundness_carries_no_certificate() -> None:
    score = await score_text(SOLVABLE, WRONG[0], family=saying(ACCEPT, Guarantee.NONE))
    assert score.value == "C"
    assert score.metadata["guarantee"] == []
    assert "certificate" not in score.metadata
    assert "without a guarantee" in score.explanation


async def test_a_family_that_breaks_while_it_reads_leaves_the_answer_unscored() -> None:
    class Deaf(FakeFamily):
        def read(self, problem: object, text: str) -> object:
            raise IndexError("list index out of range")

    score = await score_text(SOLVABLE, RIGHT, family=Deaf())
    assert (math.isnan(score.value), score.reason) == (True, "scoring_failed")


async def test_a_claim_is_wrong_where_there_is_a_solution() -> None:
    score = await score_text(SOLVABLE, CLAIM, family=FakeFamily())
    assert (score.value, score.reason) == ("I", "claimed-unsolvable")


@pytest.mark.parametrize("solvable", [False, None])
async def test_a_claim_is_never_correct_without_proof(solvable: bool | None) -> None:
    score = await score_text(Posed(IMPOSSIBLE, solvable), CLAIM, family=FakeFamily())
    assert (math.isnan(score.value), score.reason) == (True, "unproved-claim")
