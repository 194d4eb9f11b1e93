"""A learned verifier from nothing: drawn, taught, tuned, measured and kept in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import anyio

from soundly.core.family import Draws, Family
from soundly.core.solver import Solver
from soundly.core.splits import Split
from soundly.training.checkpoints import write_whole
from soundly.training.events import EventLog, Noted
from soundly.training.shape import Shape
from soundly.training.verifier.discriminator import Discriminator, save_discriminator
from soundly.training.verifier.labelled import Drawing, Drawn, draw_labelled
from soundly.training.verifier.learning import STAGE, Course, teach
from soundly.training.verifier.measuring import chosen_threshold, error_rates
from soundly.training.verifier.presenting import presentation_of

FOLDER = "verifier"
"""Where in a run's folder the verifier is kept."""
SMALL = Shape(layers=4, width=128, heads=4, inner=352, context=256)
"""A shape that learns on one core within minutes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a verifier is made from: ``train`` is drawn from the training split.

    ``measured`` are drawn from held-out forms, and from beyond the sizes of training where a size
    lies there. ``solvers`` give right answers; none means the family's first. ``letters`` spells
    everything, for a family whose notation cannot say most near misses.
    """

    train: Drawing
    measured: Drawing
    course: Course
    shape: Shape = SMALL
    solvers: tuple[Solver, ...] = ()
    letters: bool = False


def make_verifier(family: Family, plan: Plan, folder: Path) -> Discriminator:
    """Draws, teaches, chooses the threshold on training forms set apart, and measures.

    The run's folder, which has to exist, gets events and the verifier. Nothing measured was
    learnt from, and nothing learnt from was tuned on. Raises `UsageError` for a family that cannot
    teach, `StoreError` where the folder cannot be written.
    """
    log, presentation = EventLog(folder), presentation_of(family, letters=plan.letters)
    drawn = _drawn(family, plan, plan.train, "train")
    log.add(Noted(STAGE, f"training answers: {_told(drawn)}"))
    taught = [each for each in drawn.all if not each.for_tuning]
    discriminator = teach(taught, presentation.vocabulary, plan.shape, plan.course, take=log.add)
    tuning = [each for each in drawn.all if each.for_tuning]
    discriminator = replace(discriminator, threshold=chosen_threshold(discriminator, tuning))
    log.add(Noted(STAGE, f"threshold {discriminator.threshold:.4f} from {len(tuning)} answers"))
    for split, sizes in _splits(family, plan.measured.sizes):
        answers = _drawn(family, plan, replace(plan.measured, sizes=sizes), split)
        log.add(Noted(STAGE, f"{split} answers: {_told(answers)}"))
        for each in error_rates(discriminator, answers.all, step=plan.course.steps):
            log.add(each)
    write_whole(folder / FOLDER, partial(save_discriminator, discriminator))
    return discriminator


def _drawn(family: Family, plan: Plan, drawing: Drawing, split: Split) -> Drawn:
    draw = partial(
        draw_labelled,
        family,
        presentation_of(family, letters=plan.letters),
        drawing,
        split=split,
        solvers=plan.solvers,
    )
    return anyio.run(draw)


def _splits(family: object, sizes: Sequence[int]) -> list[tuple[Split, tuple[int, ...]]]:
    trained = family.dial.trained if isinstance(family, Draws) else max(sizes)
    held_out = tuple(size for size in sizes if size <= trained)
    beyond = tuple(size for size in sizes if size > trained)
    splits: list[tuple[Split, tuple[int, ...]]] = [("held-out", held_out), ("beyond", beyond)]
    return [(split, some) for split, some in splits if some]


def _told(drawn: Drawn) -> str:
    right = sum(each.right for each in drawn.all)
    return (
        f"{right} right and {len(drawn.all) - right} wrong ones to {len(drawn.forms)} problems; "
        f"left out: {drawn.unread} unreadable, {drawn.unsaid} that the notation cannot say, "
        f"{drawn.undecided} undecided"
    )
