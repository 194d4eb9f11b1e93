"""A cascade of several arms, learned on half of the problems that all of them met.

The other half measures it, so that the best of many orders is not believed because it was lucky.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from soundly.core.routing import Unit
from soundly.core.spend import Spend
from soundly.routing.evidence import Arm, Trial
from soundly.routing.order import StageOutcome, learn_order

_MOST_STAGES: Final = 6


@dataclass(frozen=True, slots=True)
class Learned:
    """A cascade, and what it would have done with the problems that it was not learned on."""

    arm: Arm
    learned_on: int

    @property
    def strategy(self) -> str:
        """As it is typed."""
        return self.arm.strategy


def learned_cascade(
    group: Sequence[Arm], *, size: int, coverage: float, unit: Unit, least: int
) -> Learned | None:
    """The cheapest cascade of the arms, which share a model or ask none, for this size and larger.

    None where fewer than two arms have met enough problems together, ``least`` in either half, and
    where a single stage does as well. What a stage does behind others is taken to be what it does
    alone: the stages of a cascade draw from independent random numbers.
    """
    arms, problems = _met_together(group, size, least)
    halves = [[each for each in problems if _half(each) == half] for half in (0, 1)]
    if len(arms) < 2 or min(map(len, halves)) < least:
        return None
    met = {arm.strategy: {trial.problem: trial for trial in arm.trials} for arm in arms}
    names = [arm.strategy for arm in arms]
    instances = [
        {name: _outcome(met[name][problem], unit) for name in names} for problem in halves[0]
    ]
    order = learn_order(names, instances, coverage=coverage)
    if len(order) < 2:
        return None
    model = next((arm.model for arm in arms if arm.model and arm.strategy in order), None)
    trials = tuple(_run([met[name][problem] for name in order]) for problem in halves[1])
    return Learned(Arm(model, "+".join(order), trials), len(halves[0]))


def _met_together(group: Sequence[Arm], size: int, least: int) -> tuple[list[Arm], list[str]]:
    """The arms with the most trials that have enough problems in common, and these problems."""
    arms = sorted(group, key=lambda arm: -len(arm.trials))[:_MOST_STAGES]
    while len(arms) > 1:
        known = [{each.problem for each in arm.trials if (each.size or 0) >= size} for arm in arms]
        common = sorted(set.intersection(*known))
        if len(common) >= 2 * least:
            return arms, common
        arms.pop()
    return [], []


def _half(problem: str) -> int:
    """0 or 1, by the digest alone: a problem stays in its half whatever else is stored."""
    return int(problem[-1], 16) % 2


def _outcome(trial: Trial, unit: Unit) -> StageOutcome:
    return StageOutcome(trial.covered, float(getattr(trial.spend, unit)))


def _run(stages: Sequence[Trial]) -> Trial:
    """One problem through the stages, up to the first that covers it or did not end."""
    paid: list[Trial] = []
    for trial in stages:
        paid.append(trial)
        if trial.covered or not trial.ended:
            break
    return Trial(
        stages[0].problem,
        stages[0].size,
        paid[-1].covered,
        paid[-1].ended,
        sum((each.spend for each in paid), Spend()),
        all(each.priced for each in paid),
        stages[0].guarantee,
    )
