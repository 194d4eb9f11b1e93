"""A cascade over stored answers: the cheapest model first, a sound critic, and the next one.

Its order is learned on one part of the instances and measured on the other, beside the best single
model. What a stage does behind others is what its stored answer did: no stage sees another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from soundly.bench.planbench.cost import NOTHING, Cost
from soundly.bench.planbench.stages import Stage, StageTable, Trial
from soundly.core.errors import UnknownNameError, UsageError
from soundly.routing.order import MOST_STAGES, StageOutcome, learn_order
from soundly.statistics.bootstrap import Estimate, bootstrap_interval
from soundly.statistics.intervals import Proportion
from soundly.statistics.paired import Paired

LEAST_INSTANCES: Final = 10
"""Of fewer instances no half says anything."""


@dataclass(frozen=True, slots=True)
class Runs:
    """What one way to answer did with the instances that measure it, in their order."""

    name: str
    accepted: tuple[bool, ...]
    costs: tuple[Cost, ...]

    def __post_init__(self) -> None:
        if not self.accepted or len(self.accepted) != len(self.costs):
            raise ValueError(f"{len(self.accepted)} answers and {len(self.costs)} costs")

    @property
    def covered(self) -> Proportion:
        """How many instances have an accepted answer."""
        return Proportion(sum(self.accepted), len(self.accepted))

    @property
    def mean_cost(self) -> Cost:
        """Dollars an instance."""
        number = len(self.costs)
        most = [cost.most for cost in self.costs if cost.most is not None]
        least = sum(cost.least for cost in self.costs) / number
        return Cost(least, max(least, sum(most) / number) if len(most) == number else None)


@dataclass(frozen=True, slots=True)
class Against:
    """The cascade beside one model on the same instances.

    ``saved_least`` are the dollars an instance that the cascade saves at least, negative where it
    may cost more; a stage that both ask costs both the same, whatever that is. ``times_less`` is
    how many times as much the model costs at least. Each is None where nothing bounds it.
    """

    single: Runs
    paired: Paired
    saved_least: Estimate | None
    times_less: Estimate | None


@dataclass(frozen=True, slots=True)
class Cascade:
    """A learned order, what it did with instances that it was not learned on, and the singles."""

    set: str
    root: str
    order: tuple[Stage, ...]
    learned_on: int
    wanted: float
    runs: Runs
    against: Against
    singles: tuple[Runs, ...]
    left_out: Mapping[Stage, str]


@dataclass(frozen=True, slots=True)
class Split:
    """How instances are divided: ``share`` of them to learn on, drawn by ``seed``."""

    seed: int = 0
    share: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise UsageError(f"learn is {self.share:g}, wanted a share between 0 and 1")

    def divide(self, instances: Sequence[str]) -> tuple[list[str], list[str]]:
        """Those to learn on and those to measure on, each in the order given."""
        number = min(max(1, round(self.share * len(instances))), len(instances) - 1)
        chosen = set(Random(self.seed).sample(sorted(instances), number))  # noqa: S311 - a split
        learn = [each for each in instances if each in chosen]
        return learn, [each for each in instances if each not in chosen]


def cascade_over(
    table: StageTable,
    *,
    split: Split,
    coverage: float | None = None,
    against: str | None = None,
) -> Cascade:
    """Learn and measure the cascade of one domain.

    ``coverage`` is the share of the learning instances that the order has to cover; without it,
    what the best single model covers there. ``against`` names the model to compare with; without
    it, it is the stage that covers most of the learning instances, the cheaper of equals. Dollars
    that are only bounded are taken at their upper bound when the order is learned, and at the
    lower where there is no upper one.

    Raises `UsageError` for fewer than ten shared instances and `UnknownNameError` for a model that
    the domain does not have.
    """
    shared = table.shared()
    stages, instances = shared.stages, shared.instances
    if len(instances) < LEAST_INSTANCES:
        raise UsageError(
            f"{table.set}: its models share {len(instances)} instances, wanted {LEAST_INSTANCES}"
        )
    learn, measure = split.divide(instances)
    single = _best(table, _of_model(stages, against), learn)
    best = _best(table, stages, learn)
    wanted = coverage if coverage is not None else _count(table, best, learn) / len(learn)
    order = _learned(table, _promising(table, stages, best, learn), learn, wanted)
    paths = [_path([table.trials[stage][each] for stage in order]) for each in measure]
    runs = Runs(
        " → ".join(stage.name for stage in order),
        tuple(path[-1].accepted for path in paths),
        tuple(sum((trial.cost for trial in path), NOTHING) for path in paths),
    )
    trials = [table.trials[single][each] for each in measure]
    singles = tuple(_alone(table, stage, measure) for stage in stages)
    return Cascade(
        table.set,
        table.root,
        order,
        len(learn),
        wanted,
        runs,
        _against(_alone(table, single, measure), trials, runs, paths),
        singles,
        shared.left_out,
    )


def _of_model(stages: Sequence[Stage], model: str | None) -> list[Stage]:
    found = [stage for stage in stages if model in (None, stage.model, stage.name)]
    if not found:
        raise UnknownNameError(
            "stored model", str(model), sorted({stage.model for stage in stages})
        )
    return found


def _count(table: StageTable, stage: Stage, instances: Sequence[str]) -> int:
    return sum(table.trials[stage][each].accepted for each in instances)


def _bill(table: StageTable, stage: Stage, instances: Sequence[str]) -> float:
    return sum(table.trials[stage][each].cost.bound for each in instances)


def _best(table: StageTable, stages: Sequence[Stage], learn: Sequence[str]) -> Stage:
    return min(
        stages, key=lambda each: (-_count(table, each, learn), _bill(table, each, learn), each)
    )


def _promising(
    table: StageTable, stages: Sequence[Stage], best: Stage, learn: Sequence[str]
) -> list[Stage]:
    """As many stages as an order is learned over: the best, and the cheapest for their cover."""
    useful = [stage for stage in stages if stage != best and _count(table, stage, learn)]
    useful.sort(key=lambda each: (_bill(table, each, learn) / _count(table, each, learn), each))
    return [*useful[: MOST_STAGES - 1], best]


def _learned(
    table: StageTable, stages: Sequence[Stage], learn: Sequence[str], wanted: float
) -> tuple[Stage, ...]:
    named = {stage.name: stage for stage in stages}
    outcomes = [
        {
            name: StageOutcome(
                table.trials[stage][each].accepted, table.trials[stage][each].cost.bound
            )
            for name, stage in named.items()
        }
        for each in learn
    ]
    return tuple(named[name] for name in learn_order(list(named), outcomes, coverage=wanted))


def _path(trials: Sequence[Trial]) -> list[Trial]:
    """The stages that are asked: up to the first that is accepted."""
    for number, trial in enumerate(trials, start=1):
        if trial.accepted:
            return list(trials[:number])
    return list(trials)


def _alone(table: StageTable, stage: Stage, instances: Sequence[str]) -> Runs:
    trials = [table.trials[stage][each] for each in instances]
    return Runs(
        stage.name, tuple(each.accepted for each in trials), tuple(each.cost for each in trials)
    )


def _against(
    single: Runs, trials: Sequence[Trial], runs: Runs, paths: Sequence[Sequence[Trial]]
) -> Against:
    saved = [_saved(trial, path) for trial, path in zip(trials, paths, strict=True)]
    known = [[amount] for amount in saved if amount is not None]
    return Against(
        single,
        Paired.of(runs.accepted, single.accepted),
        _mean(known) if len(known) == len(saved) else None,
        _times(
            single,
            runs,
            asked=any(
                any(trial is each for each in path)
                for trial, path in zip(trials, paths, strict=True)
            ),
        ),
    )


def _saved(single: Trial, path: Sequence[Trial]) -> float | None:
    """Dollars that the path saves at least; its own cost cancels where it asks the model too."""
    others = sum((trial.cost for trial in path if trial is not single), NOTHING)
    if others.most is None:
        return None
    asked = any(trial is single for trial in path)
    return -others.most if asked else single.cost.least - others.most


def _mean(rows: Sequence[Sequence[float]]) -> Estimate:
    low, high = bootstrap_interval(rows, lambda means: means[0])
    return Estimate(sum(row[0] for row in rows) / len(rows), low, high)


def _times(single: Runs, runs: Runs, *, asked: bool) -> Estimate | None:
    """How many times the cascade's upper bound the model's lower bound is.

    None where the cascade asks the model too and its cost is only bounded: then the two bounds are
    of one and the same unknown cost, and their ratio would be no bound of anything.
    """
    if asked and any(cost.exact is None for cost in single.costs):
        return None
    rows = [
        [cost.least, run.most]
        for cost, run in zip(single.costs, runs.costs, strict=True)
        if run.most
    ]
    if len(rows) < len(runs.costs):
        return None
    low, high = bootstrap_interval(rows, lambda means: means[0] / means[1])
    return Estimate(sum(row[0] for row in rows) / sum(row[1] for row in rows), low, high)
