"""How often a stated boundary is wrong, and what it costs, on success curves that are known.

Every run searches the boundary of one curve with answers drawn from it. A run is wrong if the true
boundary was ever ruled out. The same curve is then met by a grid that asks at every size equally
often, until what it can state is as narrow: once with the same bets, and once with exact binomial
tests in a fixed order, as if it had known beforehand how many answers a size would take.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binom

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.betting import Indexes, Reals
from soundly.bench.boundary.searches import Searches
from soundly.statistics.intervals import Proportion

SIZES = 20
_AT_ONCE = 250


def curves(probability: float) -> dict[str, Reals]:
    """Chances of a right answer at sizes 1 to 20, by name, around the probability that is asked."""
    size = np.arange(1, SIZES + 1)

    def steps(*parts: tuple[int, float]) -> Reals:
        return np.concatenate([np.full(length, chance) for length, chance in parts])

    return {
        "cliff": steps((12, 0.98), (8, 0.2)),
        "steep logistic": 0.99 / (1 + np.exp((size - 12.5) / 0.4)),
        "logistic": 0.995 / (1 + np.exp((size - 14) / 1.2)),
        "flat logistic": 0.995 / (1 + np.exp((size - 16) / 2.5)),
        "plateau above": steps((6, 0.99), (7, 0.95), (7, 0.4)),
        "plateau below": steps((6, 0.99), (7, 0.75), (7, 0.2)),
        "knife edge": steps((10, probability), (10, probability - 1e-6)),
        "always": np.full(SIZES, 0.99),
        "never": np.full(SIZES, 0.3),
    }


@dataclass(frozen=True)
class Runs:
    """How the runs ended: calls asked, boundaries left from ``low`` to ``high``, wrong or not."""

    calls: Indexes
    low: Indexes
    high: Indexes
    wrong: int


def simulate(
    chance: Reals,
    aim: Aim,
    *,
    runs: int,
    most: int,
    seed: int,
    choose: Callable[[Searches, int], Indexes],
    width: Indexes | None = None,
) -> Runs:
    """Search until one boundary is left, or as few as ``width`` says, or ``most`` were asked."""
    rng = np.random.default_rng(seed)
    truth = int((chance >= aim.probability).sum())
    wanted = np.zeros(runs, dtype=np.intp) if width is None else width
    searches, going = Searches(aim, sizes=len(chance), runs=runs), np.arange(runs)
    calls, low, high = (np.zeros(runs, dtype=np.intp) for _ in range(3))
    for asked in range(most):
        index = choose(searches, asked)
        searches.learn(index, rng.random(len(going)) < chance[index])
        calls[going] += 1
        low[going], high[going] = searches.low, searches.high
        none_left = searches.contradicted
        high[going[none_left]] = low[going[none_left]] = -1
        more = ~searches.settled & (searches.high - searches.low > wanted[going])
        if not more.any():
            break
        if not more.all():
            searches, going = searches.only(np.flatnonzero(more)), going[more]
    return Runs(calls, low, high, int(((low > truth) | (high < truth)).sum()))


def adaptively(searches: Searches, asked: int) -> Indexes:  # noqa: ARG001 - a chooser's form
    """The size that the search itself would ask at."""
    return searches.prospects().index


def in_turn(searches: Searches, asked: int) -> Indexes:
    """The next size of a grid."""
    return np.full(len(searches.right), asked % searches.right.shape[1])


def exact_grid(chance: Reals, aim: Aim, *, width: Indexes, most: int, seed: int) -> Indexes:
    """Calls that a grid needs with exact tests, where its number of rounds is known beforehand.

    Sizes are tested from the smallest on, and from the largest on, each until one is not rejected,
    with half of the doubt for each direction: in a fixed order no correction is needed. The first
    number of rounds that happens to be enough is taken, which favours the grid.
    """
    rng, doubt = np.random.default_rng(seed), (1 - aim.confidence) / 2
    right = np.zeros((len(width), len(chance)))
    calls = np.full(len(width), most, dtype=np.intp)
    open_ = np.ones(len(width), dtype=np.bool_)
    for rounds in range(1, most // len(chance) + 1):
        right += rng.random(right.shape) < chance
        holds = binom.sf(right - 1, rounds, aim.probability) <= doubt
        fails = binom.cdf(right, rounds, aim.probability) <= doubt
        low = np.cumprod(holds, axis=1).sum(axis=1)
        high = len(chance) - np.cumprod(fails[:, ::-1], axis=1).sum(axis=1)
        done = open_ & (high - low <= width)
        calls[done] = rounds * len(chance)
        open_ &= ~done
        if not open_.any():
            break
    return calls


def measure(name: str, aim: Aim, options: argparse.Namespace) -> dict[str, Any]:
    """One curve: errors with their interval, and calls beside those of both grids."""
    chance = curves(aim.probability)[name]
    parts = []
    for begin in range(0, options.runs, _AT_ONCE):
        seed = options.seed + begin
        runs = min(_AT_ONCE, options.runs - begin)
        parts.append(
            simulate(chance, aim, runs=runs, most=options.most, seed=seed, choose=adaptively)
        )
    calls = np.concatenate([each.calls for each in parts])
    width = np.concatenate([each.high - each.low for each in parts])
    wrong = Proportion(sum(each.wrong for each in parts), options.runs)
    some, most = min(options.grids, options.runs), options.most * 8
    grid = simulate(
        chance,
        aim,
        runs=some,
        most=most,
        seed=options.seed + 1_000_000,
        choose=in_turn,
        width=width[:some],
    )
    exact = exact_grid(chance, aim, width=width[:some], most=most, seed=options.seed + 2_000_000)
    mine = float(calls[:some].mean())
    return {
        "curve": name,
        "boundary": int((chance >= aim.probability).sum()),
        "wrong": wrong.count,
        "runs": wrong.of,
        "wrong_interval": wrong.interval(),
        "settled": float((width == 0).mean()),
        "width": float(width.mean()),
        "calls": float(calls.mean()),
        "calls_median": float(np.median(calls)),
        "grid_calls": float(grid.calls.mean()),
        "grid_capped": float((grid.calls >= most).mean()),
        "grid_share": mine / float(grid.calls.mean()),
        "exact_grid_calls": float(exact.mean()),
        "exact_grid_share": mine / float(exact.mean()),
    }


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--curves", default="", help="some of them, joined by commas; default all")
    parser.add_argument("--probability", type=float, default=0.9)
    parser.add_argument("--confidence", type=float, default=0.95)
    parser.add_argument("--runs", type=int, default=1000, help="of the search, for each curve")
    parser.add_argument("--grids", type=int, default=50, help="for each curve")
    parser.add_argument("--most", type=int, default=500, help="answers of a search")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="a JSON Lines file for the numbers")
    options = parser.parse_args()
    try:
        aim = Aim(options.probability, options.confidence)
    except ValueError as error:
        parser.error(str(error))
    if min(options.runs, options.grids, options.most) < 1:
        parser.error("--runs, --grids and --most have to be at least 1")
    known = curves(aim.probability)
    names = [name.strip() for name in options.curves.split(",") if name.strip()] or list(known)
    if unknown := set(names) - set(known):
        parser.error(f"no curve {', '.join(unknown)}; there are {', '.join(known)}")
    for name in names:
        began = time.perf_counter()
        found = measure(name, aim, options)
        low, high = Proportion(found["wrong"], found["runs"]).interval()
        print(
            f"{name}: boundary {found['boundary']}; wrong {found['wrong']} of {found['runs']} "
            f"({low:.2%} to {high:.2%}); settled {found['settled']:.0%}, width "
            f"{found['width']:.2f}; calls {found['calls']:.0f} (median "
            f"{found['calls_median']:.0f}); grid {found['grid_calls']:.0f}, so "
            f"{found['grid_share']:.2f} of it; exact grid {found['exact_grid_calls']:.0f}, so "
            f"{found['exact_grid_share']:.2f} ({math.ceil(time.perf_counter() - began)} s)",
            flush=True,
        )
        if options.out is not None:
            with options.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
