"""A reward for the form of an answer alone. It is not verified, and a model can learn to game it.

Where a model's answers can hardly ever be read, verified rewards are all 0 and teach nothing. This
one says at least which answers had the form. Give it beside a verified reward, which it cannot
outweigh, and drop it as soon as answers can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from soundly.training.judging import Judged
from soundly.training.rewards import VerifiedReward

LARGEST = 0.25
"""The most that a shaped reward may give, so that no wrong answer comes near a right one."""


class UnsoundFormReward:
    """``bonus`` for every answer that can be read, right or wrong; 0 for the others.

    Unsound by design: a wrong answer in the right form gets the bonus, and so does a right one,
    so in sum with a verified reward the order of right and wrong stands. None where the critic
    broke or could not tell, as for the verified reward that it judges with.

    ::

        verified = verified_reward(family)
        GRPOTrainer(…, reward_funcs=[verified, UnsoundFormReward(verified, bonus=0.1)])
    """

    def __init__(self, verified: VerifiedReward, *, bonus: float = 0.1) -> None:
        if not 0 < bonus <= LARGEST:
            raise ValueError(f"bonus is {bonus}, wanted more than 0 and at most {LARGEST}")
        self._verified = verified
        self._bonus = bonus
        self.__name__ = f"unsound_form_of_{verified.__name__}"

    def __call__(
        self,
        prompts: Sequence[Any],
        completions: Sequence[Any],
        **columns: Any,  # noqa: ANN401 - whatever columns the data set has
    ) -> list[float | None]:
        """The bonus or 0 for each completion, in order."""
        answers = self._verified.judged(prompts, completions, **columns)
        return [self._shaped(each) for each in answers]

    def _shaped(self, answer: Judged) -> float | None:
        if answer.reward is None:
            return None
        return 0.0 if answer.fate == "unreadable" else self._bonus
