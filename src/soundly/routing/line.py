"""The line from general to special: what each model and strategy covers, and at which cost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from soundly.core.routing import Unit
from soundly.routing.evidence import Arm, MeanCost, Trial, arms, mean_cost, share, usual_unit
from soundly.routing.kinds import Kind, kind_of
from soundly.routing.window import spanned
from soundly.statistics.intervals import Proportion
from soundly.store import SessionSummary


@dataclass(frozen=True, slots=True)
class Station:
    """A model with a strategy, where the two stand.

    ``cost`` is what one covered session costs, those that covered nothing paid too; None where
    none is covered. ``without_end`` counts sessions that broke, were cancelled or never ended:
    they are in no rate and in no cost. ``on_front``: nothing covers as much for less.
    """

    kind: Kind
    model: str | None
    strategy: str
    sizes: str
    coverage: Proportion
    interval: tuple[float, float]
    cost: MeanCost | None
    without_end: int
    guarantee: tuple[str, ...]
    on_front: bool

    def in_unit(self, unit: Unit) -> float | None:
        """The cost in one unit, None where it is not known."""
        return None if self.cost is None else getattr(self.cost, unit)


@dataclass(frozen=True, slots=True)
class Line:
    """All stations of a family, from general to special, and those of one kind by their cost."""

    family: str
    sizes: str
    unit: Unit
    stations: tuple[Station, ...]

    @property
    def front(self) -> tuple[Station, ...]:
        """The cost-coverage curve: the stations on the Pareto front, the cheapest first."""
        found = [each for each in self.stations if each.on_front]
        return tuple(sorted(found, key=lambda each: each.in_unit(self.unit) or 0.0))


def line(
    family: str,
    sessions: Iterable[SessionSummary],
    *,
    solvers: Collection[str],
    unit: Unit | None = None,
    sizes: tuple[int, int] | None = None,
) -> Line:
    """The line of a family's sessions, of the given sizes (both ends included) or of all.

    ``solvers`` are the names that stand for a solver in a strategy. ``unit`` is what costs are
    compared in: by default dollars where every price is known and something costs any, else
    tokens, and seconds where nothing costs tokens either. Raises `UsageError` where scipy is not
    installed.
    """
    low, high = sizes or (None, None)
    known = arms(
        each
        for each in sessions
        if low is None or high is None or (each.size is not None and low <= each.size <= high)
    )
    return line_of(family, known, solvers=solvers, unit=unit)


def line_of(
    family: str, known: Sequence[Arm], *, solvers: Collection[str], unit: Unit | None = None
) -> Line:
    """The line of arms; otherwise as `line`."""
    compared = unit or usual_unit(known)
    on_front = _front(known, compared)
    stations = [_station(arm, solvers, on_front=arm in on_front) for arm in known]
    return Line(
        family,
        spanned([trial for arm in known for trial in arm.trials]),
        compared,
        tuple(sorted(stations, key=lambda each: _place(each, compared))),
    )


def _station(arm: Arm, solvers: Collection[str], *, on_front: bool) -> Station:
    ended = arm.ended
    return Station(
        kind_of(arm, solvers=solvers),
        arm.model,
        arm.strategy,
        spanned(arm.trials),
        arm.coverage,
        arm.coverage.interval(),
        _cost(ended),
        len(arm.trials) - len(ended),
        _guarantee(arm.trials),
        on_front,
    )


def _cost(ended: Sequence[Trial]) -> MeanCost | None:
    return mean_cost(ended).per(share(ended)) if ended else None


def _guarantee(trials: Sequence[Trial]) -> tuple[str, ...]:
    """What every critic of these sessions declared, in their order of declaring it."""
    words = [word for trial in trials for word in trial.guarantee]
    return tuple(
        word for word in dict.fromkeys(words) if all(word in trial.guarantee for trial in trials)
    )


def _front(known: Sequence[Arm], unit: Unit) -> list[Arm]:
    """The arms that no other beats: at most its cost and at least its coverage, and one better."""
    points = [
        (arm, price, arm.coverage.count / arm.coverage.of)
        for arm in known
        if (cost := _cost(arm.ended)) is not None and (price := getattr(cost, unit)) is not None
    ]
    return [
        arm
        for arm, price, covered in points
        if not any(
            other_price <= price
            and other_covered >= covered
            and (other_price, other_covered) != (price, covered)
            for _, other_price, other_covered in points
        )
    ]


def _place(station: Station, unit: Unit) -> tuple[int, bool, float, str]:
    price = station.in_unit(unit)
    return station.kind.place, price is None, price or 0.0, station.strategy
