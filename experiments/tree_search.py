"""Does a search over partial solutions beat best-of-n at equal tokens? Blocksworld, a tiny model.

    python experiments/tree_search.py [--sizes 12,16,20] [--count 100] [--tokens 2000]

Every problem is a session of the engine with one budget of tokens, problem and answers together;
an answer counts when it is certified. Calls are made one after the other, so what is solved within
fewer tokens is read off the bill of the same sessions. Prints counts with 95% intervals (Clopper
and Pearson) and the paired differences to the first strategy, with a bootstrap over problems.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from contextlib import aclosing
from functools import partial
from random import Random

import anyio

import soundly
from soundly.config.generators import open_model
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.core.spend import Budget
from soundly.statistics.intervals import Proportion
from soundly.training.evaluation import held_out_problems

STRATEGIES = (
    "best-of:n=1000,concurrency=1",
    "beam-search:depth=1000",
    "monte-carlo:rollouts=1000,evaluation=heuristic",
)
"""Each with the same temperature and the same room for one completion."""

RESAMPLES = 10_000


async def tokens_to_solve(
    problems: Sequence[Problem], strategy: str, options: argparse.Namespace
) -> list[float]:
    """For each problem the tokens of its session, or infinity where it was not solved."""
    decoding = f"temperature={options.temperature},max_output_tokens={options.room}"
    spent: list[float] = []
    async with aclosing(open_model("blocksworld-tiny?threads=1")) as opened:
        for place, problem in enumerate(problems):
            outcome = await soundly.solve(
                problem,
                model=opened.generator,
                strategy=f"{strategy},{decoding}",
                budget=Budget(tokens=options.tokens),
                seed=options.seed + place,
            )
            tokens = outcome.spend.input_tokens + outcome.spend.output_tokens
            spent.append(tokens if outcome.status is Status.SOLVED else float("inf"))
    return spent


def shown(rate: Proportion) -> str:
    """A count with its interval."""
    low, high = rate.interval()
    return f"{rate.count}/{rate.of} ({low:.0%} to {high:.0%})"


def difference(first: Sequence[bool], other: Sequence[bool], rng: Random) -> str:
    """How many points the other is ahead, with the middle 95% of resampled problems."""
    pairs = [int(b) - int(a) for a, b in zip(first, other, strict=True)]
    of = len(pairs)
    means = sorted(sum(rng.choices(pairs, k=of)) / of for _ in range(RESAMPLES))
    low, high = means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]
    return f"{100 * sum(pairs) / of:+.0f} ({100 * low:+.0f} to {100 * high:+.0f})"


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="12,16,20")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--tokens", type=int, default=2000)
    parser.add_argument("--room", type=int, default=200)
    parser.add_argument("--temperature", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    within = [options.tokens // 4, options.tokens // 2, options.tokens]
    rng = Random(options.seed)  # noqa: S311 - reproducible, no secret
    for size in map(int, options.sizes.split(",")):
        problems = held_out_problems("blocksworld", size, options.count)
        first: list[float] = []
        for strategy in STRATEGIES:
            began = time.perf_counter()
            spent = anyio.run(partial(tokens_to_solve, problems, strategy, options))
            seconds = time.perf_counter() - began
            first = first or spent
            for limit in within:
                rights = [each <= limit for each in spent]
                ahead = difference([each <= limit for each in first], rights, rng)
                rate = Proportion(sum(rights), len(rights))
                print(f"{size} blocks, {limit} tokens, {strategy}: {shown(rate)}, {ahead} points")
            print(f"  {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
