"""What did reinforcement change? Models asked the same held-out problems at several temperatures.

    python experiments/temperatures.py RUN/model-model RUN/state-reinforced/last

Each model is a folder with a word model, as training writes them. A line a model, size and
temperature: how many of the answers to different held-out problems are valid, with the 95% interval
of Clopper and Pearson. The problems and the numbers that their blocks get are the same for all
models. One thread; needs the extras `train` and `bench`.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import anyio

from soundly.statistics.intervals import Proportion
from soundly.training.answers import answered
from soundly.training.evaluation import held_out_problems
from soundly.training.model import load_model
from soundly.training.subject import Subject


def main() -> None:
    """Ask every model, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--family", default="blocksworld")
    parser.add_argument("--sizes", type=int, nargs="+", default=[6, 8, 10, 12])
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.0, 0.3, 1.0])
    parser.add_argument("--instances", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    subject = Subject.of(options.family)
    for path in options.models:
        model = load_model(path)
        for size in options.sizes:
            problems = held_out_problems(options.family, size, options.instances)
            for temperature in options.temperatures:
                ask = partial(answered, seed=options.seed, temperature=temperature)
                answers = anyio.run(ask, model, subject, list(problems))
                judged = [each.right for each in answers if each.right is not None]
                count = Proportion(sum(judged), len(judged))
                low, high = count.interval()
                print(
                    f"{path}  size {size}  temperature {temperature:g}  "
                    f"{count.count} of {count.of}  {low:.1%} to {high:.1%}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
