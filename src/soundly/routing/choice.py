"""The router: the cheapest model and strategy that is shown to cover enough.

Every candidate is tested at once, so each test takes its part of the doubt (Bonferroni): the chance
that *any* candidate which covers too little passes is at most 1 - confidence, however many there
are, and the cheapest of those that pass may be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from soundly.core.routing import Considered, RouteChosen, Unit
from soundly.core.spend import Budget
from soundly.routing.asked import Route
from soundly.routing.evidence import Arm, MeanCost, Trial, arms, mean_cost, share, usual_unit
from soundly.routing.paired import learned_cascade
from soundly.routing.window import enough, spanned, speaking
from soundly.routing.words import chosen_words, fallen_back_words, short
from soundly.statistics.intervals import Proportion
from soundly.store import SessionSummary

Unusable: TypeAlias = Callable[[Arm], str | None]
"""Why an arm cannot be run here and now; None where it can."""


@dataclass(frozen=True, slots=True)
class Question:
    """A problem to route: its family and size, what is asked, and what may be spent."""

    family: str
    size: int | None
    route: Route
    budget: Budget


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An arm with the trials that may speak for it."""

    arm: Arm
    trials: tuple[Trial, ...]
    cost: MeanCost | None


def choose(
    question: Question,
    sessions: Iterable[SessionSummary],
    *,
    unusable: Unusable,
    default: Arm,
) -> RouteChosen:
    """The route of a problem, with the numbers that it rests on.

    ``sessions`` are of the problem's family. ``default`` is taken where nothing qualifies: no
    session of the family, an unknown size, too few sessions, or none that covers enough. Raises
    `UsageError` where scipy is not installed and there is something to compute.
    """
    everything, size = list(sessions), question.size
    known = [] if size is None else _fitting(arms(everything, budget=question.budget), size)
    if size is None or not known:
        return _fallen_back(question, default, (), _nothing_known(question, len(everything)))
    unit = question.route.prefer or usual_unit(known)
    candidates, doubt = _candidates(question, size, unit, known, unusable)
    considered = sorted(
        (_considered(each, question, unit, doubt, unusable) for each in candidates),
        key=lambda each: (each[0].ruled_out is not None, each[1]),
    )
    table = tuple(each for each, _ in considered)
    fit = [each for each in table if each.ruled_out is None]
    if not fit:
        return _fallen_back(question, default, table, fallen_back_words(table), unit)
    return _chosen(question, fit, table, unit)


def _fitting(known: Sequence[Arm], size: int) -> list[Arm]:
    """The arms that met this size or a larger one."""
    return [
        arm
        for arm in known
        if any(each.size is not None and each.size >= size for each in arm.trials)
    ]


def _candidates(
    question: Question, size: int, unit: Unit, known: Sequence[Arm], unusable: Unusable
) -> tuple[list[_Candidate], float]:
    """Every arm, a learned cascade for each model, and the doubt that each test may leave.

    How many tests there are is settled by counts of sessions alone, before any outcome is seen.
    """
    route = question.route
    usable = [arm for arm in known if unusable(arm) is None]
    models = dict.fromkeys(arm.model for arm in usable if arm.model is not None)
    groups: list[str | None] = [*models] or [None]
    doubt = (1 - route.confidence) / max(1, len(usable) + len(groups))
    wanted = enough(coverage=route.coverage, doubt=doubt, least=route.least_sessions)
    found = [_windowed(arm, size, wanted) for arm in known]
    for model in groups:
        group = [arm for arm in usable if arm.model in (None, model)]
        cascade = learned_cascade(
            group, size=size, coverage=route.coverage, unit=unit, least=route.least_sessions
        )
        if cascade is not None and all(cascade.strategy != arm.strategy for arm in known):
            found.append(_windowed(cascade.arm, size, wanted))
    return found, doubt


def _windowed(arm: Arm, size: int, wanted: int) -> _Candidate:
    trials = speaking(arm.trials, size=size, wanted=wanted)
    ended = [trial for trial in trials if trial.ended]
    cost = mean_cost(ended).per(share(ended)) if ended else None
    return _Candidate(arm, trials, cost)


_Rank: TypeAlias = tuple[float, float, float, str]


def _considered(
    candidate: _Candidate, question: Question, unit: Unit, doubt: float, unusable: Unusable
) -> tuple[Considered, _Rank]:
    """The candidate as the trace shows it, and its place: by the unit, then tokens, then seconds.

    The bound counts a session that did not end as one that covers nothing.
    """
    route, trials, cost = question.route, candidate.trials, candidate.cost
    covered = share(trials)
    at_least = covered.at_least(1 - doubt) if trials else 0.0
    price = None if cost is None else getattr(cost, unit)
    reason = unusable(candidate.arm)
    if reason is None and len(trials) < route.least_sessions:
        reason = f"{len(trials)} sessions are fewer than {route.least_sessions}"
    if reason is None and at_least < route.coverage:
        reason = _short_of(covered, at_least, route.coverage, doubt)
    if reason is None and price is None:
        reason = "the price of its calls is not known"
    arm = candidate.arm
    shown = Considered(
        arm.model, arm.strategy, spanned(trials), covered.of, covered.count, at_least, price, reason
    )
    if cost is None or price is None:
        return shown, (float("inf"), 0.0, 0.0, str(arm))
    return shown, (price, cost.tokens, cost.seconds, str(arm))


def _short_of(covered: Proportion, at_least: float, coverage: float, doubt: float) -> str:
    """Why the bound is below the coverage: too little was covered, or too little was tried."""
    needed = enough(coverage=coverage, doubt=doubt, least=1)
    if covered.of < needed:
        return f"{covered.of} sessions cannot show {coverage:.0%}: it takes {needed} or more"
    return f"at least {at_least:.1%} is less than {coverage:.0%}"


def _nothing_known(question: Question, sessions: int) -> str:
    if not sessions:
        return f"the store holds no session of family {question.family}"
    if question.size is None:
        return "the size of the problem is not known, so no session of another problem supports it"
    return (
        f"none of the {sessions} sessions of family {question.family} is known to be of size "
        f"{question.size} or larger, and smaller ones promise nothing for it"
    )


def _chosen(
    question: Question, fit: Sequence[Considered], table: tuple[Considered, ...], unit: Unit
) -> RouteChosen:
    best, route = fit[0], question.route
    return RouteChosen(
        question.family,
        question.size,
        route.coverage,
        route.confidence,
        unit,
        best.model,
        best.strategy,
        fell_back=False,
        reason=chosen_words(best, fit, table, size=question.size, route=route, unit=unit),
        considered=table,
    )


def _fallen_back(
    question: Question,
    default: Arm,
    table: tuple[Considered, ...],
    why: str,
    unit: Unit | None = None,
) -> RouteChosen:
    route = question.route
    return RouteChosen(
        question.family,
        question.size,
        route.coverage,
        route.confidence,
        unit or route.prefer or "tokens",
        default.model,
        default.strategy,
        fell_back=True,
        reason=f"{why}; the default is taken, {short(default.model, default.strategy)}, "
        "and promises no coverage",
        considered=table,
    )
