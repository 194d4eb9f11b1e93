"""The laws of prefixes catch a family that is wrong about them."""

from dataclasses import dataclass, replace

import pytest

from soundly.core.stepwise import Prefix
from soundly.core.verdict import Critique
from soundly.testing import FakeFamily, FamilyCase, LawBroken
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO, WRONG
from soundly.testing.family_laws import (
    complete_beginnings_are_answers,
    reading_never_fails,
    right_answers_begin_alive,
)

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class CallsDead(FakeFamily):
    def judge_steps(self, problem, steps):
        if len(steps) == 1:
            return Prefix(steps, 0, "start", (Critique("no", "I do not like it"),))
        return super().judge_steps(problem, steps)


@dataclass(frozen=True)
class CallsComplete(FakeFamily):
    def judge_steps(self, problem, steps):
        return replace(super().judge_steps(problem, steps), critiques=(), complete=True, reach=0)

    def spell_steps(self, problem, steps):
        return "\n".join(steps) or WRONG[0]


@dataclass(frozen=True)
class NeverComplete(FakeFamily):
    def judge_steps(self, problem, steps):
        return replace(super().judge_steps(problem, steps), complete=False)


@dataclass(frozen=True)
class CannotHear(FakeFamily):
    def read_steps(self, problem, text):
        return tuple(str(int(text)))


def case(family):
    return FamilyCase(family, PROBLEM, (RIGHT, RIGHT_TOO), WRONG)


@pytest.mark.parametrize(
    ("family", "law", "said"),
    [
        (CallsDead(), right_answers_begin_alive, "is called dead"),
        (NeverComplete(), right_answers_begin_alive, "none of its beginnings is complete"),
        (CallsComplete(), complete_beginnings_are_answers, "is called complete"),
        (CannotHear(), reading_never_fails, "broke over the steps of ''"),
    ],
)
async def test_a_family_that_is_wrong_about_its_prefixes_breaks_a_law(family, law, said):
    """Each in its own way."""
    with pytest.raises(LawBroken, match=said):
        await law(case(family))
