"""TravelPlanner's figures: which constraints a plan keeps, and the pass rates of many plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.core.verdict import Verdict
from soundly.families.travel.commonsense import COMMONSENSE
from soundly.families.travel.hard import HARD, asked_for
from soundly.families.travel.statement import trip_of

_GATES = ("within-sandbox", "complete-information")


@dataclass(frozen=True, slots=True)
class ConstraintReport:
    """What one query's plan keeps: True, False, or None for what was not asked for.

    ``delivered`` is False where there is no plan; then it keeps nothing.
    """

    delivered: bool
    kept: Mapping[str, bool | None]

    def __post_init__(self) -> None:
        if tuple(self.kept) != (*COMMONSENSE, *HARD):
            raise ValueError("a report has the thirteen constraints, in their order")
        if not self.delivered and any(self.kept.values()):
            raise ValueError("what is not delivered keeps nothing")
        object.__setattr__(self, "kept", MappingProxyType(dict(self.kept)))


@dataclass(frozen=True, slots=True)
class PassRates:
    """The rates of section 3.4 of arXiv:2402.01622, each from 0 to 1.

    Micro: kept constraints among all that there are. Macro: plans that keep all of a kind, among
    all queries. Final: plans that keep all of both kinds.
    """

    delivery: float
    commonsense_micro: float
    commonsense_macro: float
    hard_micro: float
    hard_macro: float
    final: float


def constraint_report(problem: Problem, verdict: Verdict | None) -> ConstraintReport:
    """Which constraints a plan keeps, read off its verdict; None stands for no plan at all."""
    asked = {*COMMONSENSE, *asked_for(trip_of(problem).query)}
    if verdict is None:
        kept = {name: False if name in asked else None for name in (*COMMONSENSE, *HARD)}
        return ConstraintReport(delivered=False, kept=kept)
    broken = {critique.code for critique in verdict.critiques}
    if unknown := broken - {*COMMONSENSE, *HARD}:
        raise UsageError(f"{min(unknown)!r} is no constraint: the verdict is another critic's")
    kept = {name: name not in broken if name in asked else None for name in (*COMMONSENSE, *HARD)}
    return ConstraintReport(delivered=True, kept=kept)


def pass_rates(reports: Iterable[ConstraintReport]) -> PassRates:
    """The rates over queries; raises `UsageError` for none.

    As in the official evaluation, the hard constraints of a plan that is incomplete, or names what
    there is not, count as broken: they say nothing about such a plan.
    """
    listed = list(reports)
    if not listed:
        raise UsageError("pass rates need one report at least")
    commonsense = [[report.kept[name] is True for name in COMMONSENSE] for report in listed]
    hard = [
        [
            report.kept[name] is True and all(report.kept[gate] for gate in _GATES)
            for name in HARD
            if report.kept[name] is not None
        ]
        for report in listed
    ]
    both = [[*first, *second] for first, second in zip(commonsense, hard, strict=True)]
    return PassRates(
        delivery=sum(report.delivered for report in listed) / len(listed),
        commonsense_micro=_micro(commonsense),
        commonsense_macro=_macro(commonsense),
        hard_micro=_micro(hard),
        hard_macro=_macro(hard),
        final=_macro(both),
    )


def _micro(kept: list[list[bool]]) -> float:
    return sum(map(sum, kept)) / sum(map(len, kept))


def _macro(kept: list[list[bool]]) -> float:
    return sum(map(all, kept)) / len(kept)
