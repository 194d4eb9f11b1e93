"""Whether the fractal map finds what was put into a landscape.

An instance's chance of success is drawn from a Beta distribution; a neighbour has the same chance
with probability 1 - share, and one drawn anew otherwise. So the true share is known, and with it
the true mean squared differences. Counted is how often each interval holds the truth, and how wide
half of the intervals are at most.
"""

from __future__ import annotations

import argparse
from random import Random
from statistics import median

from soundly.bench.boundary.ruggedness import Cluster, ruggedness
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.intervals import Proportion

LANDSCAPES = {
    "mostly always or never": (0.5, 0.5),
    "mostly in the middle": (2.0, 2.0),
    "mostly wrong": (0.3, 1.2),
    "nearly always right": (1.5, 0.2),
}
"""The parameters of the Beta distribution from which chances are drawn."""


def cluster(
    rng: Random, options: argparse.Namespace, beta: tuple[float, float], share: float
) -> Cluster:
    """An instance with its neighbours, each sampled as often as the options say."""

    def sampled(chance: float) -> Proportion:
        right = sum(rng.random() < chance for _ in range(options.samples))
        return Proportion(right, options.samples)

    chance = rng.betavariate(*beta)
    near = [
        rng.betavariate(*beta) if rng.random() < share else chance for _ in range(options.around)
    ]
    return Cluster(sampled(chance), tuple(map(sampled, near)))


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=1000, help="for each line")
    parser.add_argument("--instances", type=int, nargs="+", default=[30, 100])
    parser.add_argument("--around", type=int, default=2)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print("| chances | instances | share | local | strangers | share |")
    print("|---|---|---|---|---|---|")
    for name, beta in LANDSCAPES.items():
        for instances in options.instances:
            for share in (0.0, 0.5, 1.0):
                cells = " | ".join(measured(options, beta, instances, share))
                print(f"| {name} | {instances} | {share:g} | {cells} |", flush=True)


def measured(
    options: argparse.Namespace, beta: tuple[float, float], instances: int, share: float
) -> list[str]:
    """How often each of the three intervals held the truth, and its median width."""
    total = sum(beta)
    strangers = 2 * beta[0] * beta[1] / (total**2 * (total + 1))
    truths = (share * strangers, strangers, share)
    rng = Random(f"{options.seed}/{beta}/{instances}/{share}")  # noqa: S311 - a draw, not a secret
    found: list[tuple[Estimate, Estimate, Estimate]] = []
    for run in range(options.runs):
        clusters = [cluster(rng, options, beta, share) for _ in range(instances)]
        rugged = ruggedness(clusters, seed=run)
        found.append((rugged.local, rugged.strangers, rugged.share))
    cells: list[str] = []
    for parts, truth in zip(zip(*found, strict=True), truths, strict=True):
        held = sum(part.low <= truth <= part.high for part in parts)
        width = median(part.high - part.low for part in parts)
        cells.append(f"{held / options.runs:.1%}, {width:.2f}")
    return cells


if __name__ == "__main__":
    main()
