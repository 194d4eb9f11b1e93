"""How often does a learned verifier err, on problems that it has never seen?

    python experiments/learned_verifier.py --out runs/learned-verifier

A discriminator is taught on right answers and near misses of the training split (3 to 5 blocks by
default), and measured on held-out forms and on one size beyond. OUT/events.jsonl has the losses and
every count, OUT/verifier the network, OUT/figures.json the rates with 95% Clopper-Pearson
intervals: false accepts of near misses, false rejects of solvers' answers, problems in which at
least one near miss is accepted, and problems in which a right answer is ranked first among all.
``--letters`` spells everything letter by letter, for families whose notation cannot say their near
misses, as Countdown's. One thread. Needs the extras `train` and `bench`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import anyio
import torch

from soundly.config.families import make_family
from soundly.config.strategies import make_solver
from soundly.core.family import Family
from soundly.core.splits import Split
from soundly.statistics.intervals import Proportion
from soundly.training.events import EventLog, Measured, read_events
from soundly.training.verifier.discriminator import Discriminator
from soundly.training.verifier.labelled import Drawing, Labelled, draw_labelled
from soundly.training.verifier.learning import STAGE, Course
from soundly.training.verifier.making import Plan, make_verifier
from soundly.training.verifier.measuring import opinions
from soundly.training.verifier.presenting import presentation_of

FOOLED, FIRST, CHANCE = "fooled at least once", "ranked first", "ranked first by chance"
_APART = 1_000_000


def by_problem(
    discriminator: Discriminator, labelled: Sequence[Labelled]
) -> Iterator[list[tuple[Labelled, float]]]:
    """The answers to each problem with their probabilities, those too long left out."""
    pairs = zip(labelled, opinions(discriminator, labelled), strict=True)
    read = [(each, chance) for each, chance in pairs if chance is not None]
    for _, answers in groupby(read, key=lambda pair: pair[0].example.form):
        some = list(answers)
        if len({each.right for each, _ in some}) == 2:
            yield some


def rankings(
    discriminator: Discriminator, labelled: Sequence[Labelled], *, step: int
) -> Iterator[Measured]:
    """By size: problems with an accepted near miss, and with a right answer ranked first.

    By chance is the number that a ranking at random is expected to get, rounded.
    """
    problems = list(by_problem(discriminator, labelled))
    for size in sorted({answers[0][0].example.size for answers in problems}):
        some = [answers for answers in problems if answers[0][0].example.size == size]
        fooled = sum(
            any(not e.right and chance >= discriminator.threshold for e, chance in answers)
            for answers in some
        )
        first = sum(max(answers, key=_by_chance)[0].right for answers in some)
        chance = sum(sum(each.right for each, _ in a) / len(a) for a in some)
        for what, count in ((FOOLED, fooled), (FIRST, first), (CHANCE, round(chance))):
            yield Measured(STAGE, step, what, "problems", count, len(some), size)


def _by_chance(pair: tuple[Labelled, float]) -> tuple[float, bool]:
    return pair[1], not pair[0].right  # of two as likely, the wrong one counts


def figures(events: Iterable[object]) -> Iterator[dict[str, object]]:
    """Every count with its rate and interval."""
    for each in events:
        if isinstance(each, Measured):
            low, high = Proportion(each.right, each.of).interval()
            rate = each.right / each.of if each.of else None
            where = {"what": each.what, "series": each.series, "size": each.size}
            yield where | {"count": each.right, "of": each.of, "rate": rate, "95%": [low, high]}


def measured_again(family: Family, plan: Plan, split: Split, size: int) -> list[Labelled]:
    """The answers that `make_verifier` measured, drawn once more."""
    measured = plan.measured
    drawing = Drawing((size,), measured.instances, measured.answers, measured.tries, measured.seed)
    draw = partial(
        draw_labelled,
        family,
        presentation_of(family, letters=plan.letters),
        drawing,
        split=split,
        solvers=plan.solvers,
    )
    return anyio.run(draw).all


def main() -> None:
    """Make, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--family", default="blocksworld")
    parser.add_argument("--solvers", nargs="*", default=["kairos", "blocksworld-towers"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[3, 4, 5])
    parser.add_argument("--beyond", type=int, nargs="*", default=[6])
    parser.add_argument("--instances", type=int, default=800)
    parser.add_argument("--measured", type=int, default=200)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--letters", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True)
    family = make_family(options.family)
    first = options.seed * _APART
    plan = Plan(
        train=Drawing(tuple(options.sizes), options.instances, seed=first),
        measured=Drawing((*options.sizes, *options.beyond), options.measured, seed=first + _APART),
        course=Course(steps=options.steps, seed=options.seed),
        solvers=tuple(map(make_solver, options.solvers)),
        letters=options.letters,
    )
    began = time.process_time()
    discriminator = make_verifier(family, plan, options.out)
    log = EventLog(options.out)
    splits: dict[Split, list[int]] = {"held-out": options.sizes, "beyond": options.beyond}
    for split, sizes in splits.items():
        for size in sizes:
            answers = measured_again(family, plan, split, size)
            for each in rankings(discriminator, answers, step=options.steps):
                log.add(each)
    found = list(figures(read_events(options.out)))
    (options.out / "figures.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    for figure in found:
        print(json.dumps(figure))
    print(f"{time.process_time() - began:.0f} s of one core, data and measuring included")


if __name__ == "__main__":
    main()
