"""What the sessions of a store say of each model with each strategy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from soundly.core.outcome import Status
from soundly.core.routing import Unit
from soundly.core.spend import Budget, Spend
from soundly.statistics.intervals import Proportion
from soundly.store import SessionSummary

COVERED: Final = (Status.SOLVED.value, Status.UNSOLVABLE.value)
"""How a session ends that gave what was asked: a certified answer, or a proof of none."""

_ENDED: Final = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Trial:
    """One problem, as one model and one strategy met it.

    ``ended`` is False for a session that broke, was cancelled or never ended: it says nothing of
    an answer. ``priced`` is False where the price of some call is not known, so that the dollars
    are too low.
    """

    problem: str
    size: int | None
    covered: bool
    ended: bool
    spend: Spend
    priced: bool
    guarantee: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.covered and not self.ended:
            raise ValueError("a session that did not end covers nothing")


@dataclass(frozen=True, slots=True)
class Arm:
    """A model (None: no model is asked) with a strategy, and its trials, one for each problem."""

    model: str | None
    strategy: str
    trials: tuple[Trial, ...] = field(repr=False)

    @property
    def ended(self) -> tuple[Trial, ...]:
        """The trials that say something of an answer."""
        return tuple(trial for trial in self.trials if trial.ended)

    @property
    def coverage(self) -> Proportion:
        """The covered among the trials that ended."""
        return share(self.ended)

    def __str__(self) -> str:
        return f"{self.model} with {self.strategy}" if self.model else self.strategy


@dataclass(frozen=True, slots=True)
class MeanCost:
    """What one session costs on average; ``dollars`` is None where a price is not known."""

    dollars: float | None
    tokens: float
    seconds: float

    def per(self, coverage: Proportion) -> MeanCost | None:
        """What one covered session costs, those that cover nothing paid too; None without any."""
        if not coverage.count:
            return None
        times = coverage.of / coverage.count
        dollars = None if self.dollars is None else self.dollars * times
        return MeanCost(dollars, self.tokens * times, self.seconds * times)


def arms(sessions: Iterable[SessionSummary], *, budget: Budget | None = None) -> tuple[Arm, ...]:
    """The sessions by model and strategy, in the order in which these were first used.

    Each problem counts once for an arm, by its first session that ended: a problem that is asked
    again, with a cache above all, is no further evidence. With a ``budget``, a session that spent
    more covers nothing, because it would have been stopped.
    """
    found: dict[tuple[str | None, str], dict[str, Trial]] = {}
    for session in sorted(sessions, key=lambda each: (each.started_at, each.session_id)):
        trials = found.setdefault((session.model, session.strategy), {})
        trial = _trial(session, budget or Budget())
        known = trials.get(trial.problem)
        if known is None or (trial.ended and not known.ended):
            trials[trial.problem] = trial
    return tuple(Arm(*key, tuple(trials.values())) for key, trials in found.items())


def share(trials: Sequence[Trial]) -> Proportion:
    """The covered among the trials."""
    return Proportion(sum(trial.covered for trial in trials), len(trials))


def mean_cost(trials: Sequence[Trial]) -> MeanCost:
    """What a trial costs on average; raises `ValueError` where there is none."""
    if not trials:
        raise ValueError("no trials have no mean cost")
    count = len(trials)
    known = all(trial.priced for trial in trials)
    return MeanCost(
        math.fsum(trial.spend.dollars for trial in trials) / count if known else None,
        sum(trial.spend.tokens for trial in trials) / count,
        math.fsum(trial.spend.seconds for trial in trials) / count,
    )


def usual_unit(known: Sequence[Arm]) -> Unit:
    """The first unit in which all is known and not all is free: dollars, tokens, else seconds."""
    trials = [trial for arm in known for trial in arm.ended]
    if all(trial.priced for trial in trials) and any(trial.spend.dollars for trial in trials):
        return "dollars"
    return "tokens" if any(trial.spend.tokens for trial in trials) else "seconds"


def _trial(session: SessionSummary, budget: Budget) -> Trial:
    spend = session.spent + session.held
    return Trial(
        session.problem_digest,
        session.size,
        session.status in COVERED and _within(spend, budget),
        session.status in _ENDED,
        spend,
        session.unpriced_calls == 0,
        session.guarantee,
    )


def _within(spend: Spend, budget: Budget) -> bool:
    limits = (budget.calls, budget.tokens, budget.seconds, budget.dollars)
    spent = (spend.calls, spend.tokens, spend.seconds, spend.dollars)
    return all(most is None or amount <= most for most, amount in zip(limits, spent, strict=True))
