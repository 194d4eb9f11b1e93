"""Several models asked about the same instance: a vote among them, and the best of them.

A vote believes the answer that most of them give, and needs no critic; best-of asks a sound critic
about all. Both pay for every answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from soundly.bench.planbench.cascading import Runs, Split
from soundly.bench.planbench.cost import NOTHING
from soundly.bench.planbench.stages import Stage, StageTable, Trial
from soundly.statistics.paired import Paired


@dataclass(frozen=True, slots=True)
class Crowd:
    """Some stages, and what their vote and the best of them did with the measuring instances."""

    stages: tuple[Stage, ...]
    vote: Runs
    best_of: Runs

    @property
    def paired(self) -> Paired:
        """The best of them beside their vote."""
        return Paired.of(self.best_of.accepted, self.vote.accepted)


def crowds_over(table: StageTable, *, split: Split, sizes: Sequence[int] = (3, 5)) -> list[Crowd]:
    """Crowds of the stages that cover most of the learning instances, measured on the others.

    One crowd for each size that the domain has stages for, and one of all; none where there are
    fewer than two stages.
    """
    shared = table.shared()
    if len(shared.stages) < 2:
        return []
    learn, measure = split.divide(shared.instances)

    def rank(stage: Stage) -> tuple[int, Stage]:
        return -sum(table.trials[stage][each].accepted for each in learn), stage

    ranked = sorted(shared.stages, key=rank)
    numbers = sorted({size for size in sizes if 1 < size < len(ranked)} | {len(ranked)})
    return [_crowd(table, tuple(ranked[:number]), measure) for number in numbers]


def elected(trials: Sequence[Trial]) -> Trial | None:
    """The first trial of those whose plan most have; None where nobody has a plan.

    Of plans with as many votes, that of the earliest trial wins.
    """
    votes = Counter(trial.plan for trial in trials if trial.plan)
    most = max(votes.values(), default=0)
    return next((each for each in trials if each.plan and votes[each.plan] == most), None)


def _crowd(table: StageTable, stages: tuple[Stage, ...], instances: Sequence[str]) -> Crowd:
    asked = [[table.trials[stage][each] for stage in stages] for each in instances]
    winners = [elected(trials) for trials in asked]
    costs = tuple(sum((trial.cost for trial in trials), NOTHING) for trials in asked)
    return Crowd(
        stages,
        Runs("vote", tuple(each is not None and each.accepted for each in winners), costs),
        Runs("best of", tuple(any(each.accepted for each in trials) for trials in asked), costs),
    )
