"""Cascades and crowds over stored answers, as JSON says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from soundly.bench.planbench.cascading import Cascade, Runs
from soundly.bench.planbench.crowds import Crowd
from soundly.bench.planbench.oddity import Oddity
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.paired import Paired


def cascade_document(
    found: Iterable[tuple[Cascade, Sequence[Crowd]]], oddities: Iterable[Oddity]
) -> dict[str, Any]:
    """One object for each domain: order, figures, singles, crowds; dollars are an instance's."""
    return {
        "domains": [_domain(cascade, crowds) for cascade, crowds in found],
        "oddities": [oddity.document() for oddity in oddities],
    }


def _domain(found: Cascade, crowds: Sequence[Crowd]) -> dict[str, Any]:
    against = found.against
    return {
        "set": found.set,
        "root": found.root,
        "order": [stage.name for stage in found.order],
        "learned_on": found.learned_on,
        "coverage_wanted": found.wanted,
        "cascade": _runs(found.runs),
        "against": {
            **_runs(against.single),
            "name": against.single.name,
            "paired": _paired(against.paired),
            "saved_at_least": _estimate(against.saved_least),
            "times_at_least": _estimate(against.times_less),
        },
        "singles": [{"name": runs.name, **_runs(runs)} for runs in found.singles],
        "crowds": [
            {
                "stages": [stage.name for stage in crowd.stages],
                "vote": _runs(crowd.vote),
                "best_of": _runs(crowd.best_of),
                "paired": _paired(crowd.paired),
            }
            for crowd in crowds
        ],
        "left_out": {stage.name: why for stage, why in found.left_out.items()},
    }


def _runs(runs: Runs) -> dict[str, Any]:
    low, high = runs.covered.interval()
    cost = runs.mean_cost
    return {
        "covered": runs.covered.count,
        "of": runs.covered.of,
        "at_least": low,
        "at_most": high,
        "dollars_at_least": cost.least,
        "dollars_at_most": cost.most,
    }


def _paired(paired: Paired) -> dict[str, Any]:
    difference = paired.difference_estimate()
    return {
        "both": paired.both,
        "first_only": paired.first_only,
        "second_only": paired.second_only,
        "neither": paired.neither,
        "difference": _estimate(difference),
        "mcnemar": paired.mcnemar(),
    }


def _estimate(estimate: Estimate | None) -> dict[str, float | None] | None:
    if estimate is None:
        return None
    return {"value": estimate.value, "at_least": estimate.low, "at_most": estimate.high}
