"""How weak is the embedded default? Drawn Blocksworld problems, back-prompting, no planner.

    python experiments/embedded_baseline.py [--problems 20] [--size 3] [--rounds 3]

Prints how many problems ended SOLVED, with a 95% Wilson interval, and what became of the attempts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from contextlib import aclosing
from math import sqrt

import anyio

import soundly
from soundly.config.families import draw
from soundly.config.generators import open_model
from soundly.core.events import AnswerUnreadable, Judged, UnsolvabilityClaimed
from soundly.core.outcome import Outcome, Status

Z_95 = 1.959963984540054


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95% score interval of a proportion (Wilson, 1927)."""
    share, z2 = successes / trials, Z_95**2
    centre = share + z2 / (2 * trials)
    half = Z_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return (centre - half) / (1 + z2 / trials), (centre + half) / (1 + z2 / trials)


def attempts(outcome: Outcome) -> Counter[str]:
    """What became of each attempt: accepted, rejected at its first reason, unreadable, a claim."""
    kinds: Counter[str] = Counter()
    for record in outcome.trace:
        match record.event:
            case Judged(critiques=critiques):
                kinds[critiques[0].code if critiques else "accepted"] += 1
            case AnswerUnreadable():
                kinds["unreadable"] += 1
            case UnsolvabilityClaimed():
                kinds["claimed unsolvable"] += 1
            case _:
                pass
    return kinds


async def measure(options: argparse.Namespace) -> None:
    """Solve, count, print."""
    strategy = f"refine:rounds={options.rounds},language=formal,examples=2,max_output_tokens=120"
    solved, kinds, spend = 0, Counter[str](), soundly.Spend()
    async with aclosing(open_model(options.model)) as opened:
        for seed in range(options.problems):
            outcome = await soundly.solve(
                draw("blocksworld", size=options.size, seed=seed),
                model=opened.generator,
                strategy=strategy,
                seed=seed,
            )
            solved += outcome.status is Status.SOLVED
            kinds += attempts(outcome)
            spend += outcome.spend
    low, high = wilson(solved, options.problems)
    print(f"{options.model}, {options.size} blocks, {strategy}")
    print(f"solved {solved} of {options.problems}, 95% interval {low:.1%} to {high:.1%}")
    print(f"{spend.calls} calls, {spend.tokens} tokens, {spend.seconds:.0f} s")
    for kind, number in kinds.most_common():
        print(f"  {number:>4}  {kind}")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--problems", type=int, default=20)
    parser.add_argument("--size", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="smollm2")
    anyio.run(measure, parser.parse_args())


if __name__ == "__main__":
    main()
