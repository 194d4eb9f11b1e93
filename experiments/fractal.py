"""Whether the fractal map finds what was put into a landscape.

An instance's chance of success is drawn from a distribution; a neighbour has the same chance with
probability 1 - share, and one drawn anew otherwise. So the true share is known, and with it the
true mean squared differences. Counted is how often each interval holds the truth.
"""

from __future__ import annotations

import argparse
from random import Random

from soundly.bench.boundary.ruggedness import Cluster, ruggedness
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.intervals import Proportion


def cluster(rng: Random, options: argparse.Namespace, *, share: float) -> Cluster:
    """An instance with its neighbours, each sampled as often as the options say."""

    def drawn() -> float:
        return rng.betavariate(options.alpha, options.beta)

    def sampled(chance: float) -> Proportion:
        right = sum(rng.random() < chance for _ in range(options.samples))
        return Proportion(right, options.samples)

    chance = drawn()
    near = [drawn() if rng.random() < share else chance for _ in range(options.around)]
    return Cluster(sampled(chance), tuple(map(sampled, near)))


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=500, help="for each landscape")
    parser.add_argument("--instances", type=int, nargs="+", default=[30, 60, 120])
    parser.add_argument("--around", type=int, default=2)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--alpha", type=float, default=0.5, help="of the Beta distribution")
    parser.add_argument("--beta", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    total = options.alpha + options.beta
    strangers = 2 * options.alpha * options.beta / (total**2 * (total + 1))
    for instances in options.instances:
        for share in (0.0, 0.5, 1.0):
            rng = Random(options.seed)  # noqa: S311 - a draw, not a secret
            held = [0, 0, 0]
            truths = (share * strangers, strangers, share)
            for run in range(options.runs):
                clusters = [cluster(rng, options, share=share) for _ in range(instances)]
                found = ruggedness(clusters, resamples=400, seed=run)
                parts = (found.local, found.strangers, found.share)
                for place, (part, truth) in enumerate(zip(parts, truths, strict=True)):
                    held[place] += _holds(part, truth)
            said = " ".join(
                f"{name} {count / options.runs:.1%}"
                for name, count in zip(("local", "strangers", "share"), held, strict=True)
            )
            print(f"{instances} instances, share {share:g}: held by {said}", flush=True)


def _holds(part: Estimate, truth: float) -> bool:
    return part.low <= truth <= part.high


if __name__ == "__main__":
    main()
