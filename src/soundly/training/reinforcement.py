"""Reinforcement round by round: draw, train, measure, keep; whole at every moment.

Two checkpoints stand in a run's folder. ``last`` has all that the run needs to go on. ``best`` is
the model with the highest mean reward on held-out problems so far, the one that came in among
them. Each is replaced in one step, so that a kill or a full disk leaves the one from before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from soundly.core.errors import CriticError
from soundly.training.checkpoints import whole, write_whole
from soundly.training.curriculum import Curriculum
from soundly.training.events import Event, Measured, Noted, Stepped
from soundly.training.judging import Counts, Judged
from soundly.training.progress import (
    Progress,
    Run,
    load_progress,
    save_progress,
    save_weights,
)
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.rewards import Row
from soundly.training.rollouts import new_optimizer, run_round
from soundly.training.student import Measurement, Student, measured

STAGE = "grpo"
LAST, BEST, START = "last", "best", "start"

Log = Callable[[Event], None]


def reinforced(
    student: Student,
    settings: ReinforceSettings,
    *,
    folder: Path,
    log: Log,
    seed: int,
    clock: Callable[[], float] = monotonic,
) -> Path:
    """The folder of the best model; the student's own weights end as those of the last step.

    A run whose folder is there already goes on where its last checkpoint stands, and takes the
    same steps as if nothing had interrupted it. Raises `StoreError` where a checkpoint cannot be
    written, `CriticError` where the critic broke on every answer of a round, and `UsageError` for a
    folder that was begun with other settings.
    """
    run = Run(student, new_optimizer(student.network, settings), settings, folder, seed)
    progress = _begun(run, log)
    while progress.step < settings.steps:
        if settings.max_seconds is not None and progress.seconds >= settings.max_seconds:
            log(Noted(STAGE, f"stopped at step {progress.step}: its time is over"))
            break
        progress = _next_round(run, progress, log, clock)
    return folder / BEST


def _begun(run: Run, log: Log) -> Progress:
    """Where the run stands: at its last checkpoint, or at a first one that is written now."""
    student, settings, folder = run.student, run.settings, run.folder
    if (last := whole(folder / LAST)) is not None:
        progress = load_progress(last, run)
        log(Noted(STAGE, f"taken up again after step {progress.step}"))
    else:
        measurement = measured(student, max_new_tokens=settings.max_new_tokens)
        _log_measurement(log, measurement, step=0)
        curriculum = Curriculum(settings.sizes, settings.bound)
        progress = Progress(curriculum, best=measurement.reward)
        for name in (BEST, START):
            write_whole(folder / name, partial(save_weights, student))
        _keep(run, progress)
    # trl reads the model that a divergence is measured from where the configuration says.
    student.network.config._name_or_path = str(folder / START)  # noqa: SLF001
    return progress


def _next_round(run: Run, before: Progress, log: Log, clock: Callable[[], float]) -> Progress:
    started = clock()

    def seconds() -> float:
        return before.seconds + clock() - started

    steps = _Round(run, before, log, seconds)
    steps.take()
    measurement = measured(run.student, max_new_tokens=run.settings.max_new_tokens)
    progress = steps.after(measurement.reward)
    _log_measurement(log, measurement, progress.step)
    if measurement.reward > before.best:
        write_whole(run.folder / BEST, partial(save_weights, run.student))
    progress = replace(progress, seconds=seconds())
    _keep(run, progress)
    return progress


def _keep(run: Run, progress: Progress) -> None:
    write_whole(run.folder / LAST, partial(save_progress, run=run, progress=progress))


class _Round:
    """The steps up to the next checkpoint: what they are made of and what became of them."""

    def __init__(self, run: Run, before: Progress, log: Log, seconds: Callable[[], float]) -> None:
        self._run = run
        self._before = before
        self._log = log
        self._seconds = seconds
        self._step = before.step
        self._tokens = before.tokens
        self._of_step: list[Judged] = []
        self._by_size: dict[int, list[Judged]] = {}

    def take(self) -> None:
        """Take the steps; the same ones for the same seed, model and progress."""
        run, before = self._run, self._before
        rng = Random(f"{run.seed}, step {before.step}")  # noqa: S311 - a seeded draw
        steps = min(run.settings.round_steps, run.settings.steps - before.step)
        count = steps * run.settings.prompts
        rows = [run.student.row(before.curriculum.draw(rng), rng) for _ in range(count)]
        run_round(
            run.student,
            run.optimizer,
            rows,
            run.student.reward(self._hear),
            run.settings,
            folder=run.folder,
            seed=rng.getrandbits(31),
            said=self._stepped,
        )
        self._require_a_judge()

    def _require_a_judge(self) -> None:
        answers = [each for some in self._by_size.values() for each in some]
        broken = [each for each in answers if each.fate == "broken"]
        if broken and all(each.fate in {"broken", "unreadable"} for each in answers):
            raise CriticError(
                f"the critic broke on all {len(broken)} answers that it was asked about up to "
                f"step {self._step}; the last time: {broken[-1].reason}"
            )

    def after(self, held_out_reward: float) -> Progress:
        """Where the run stands behind this round."""
        counts = {size: Counts.of(answers) for size, answers in self._by_size.items()}
        curriculum = self._before.curriculum.after(counts)
        for size, counted in sorted(counts.items()):
            self._log(_counted("readable", "sampled", self._step, size, counted))
        if curriculum.size != self._before.curriculum.size:
            self._log(Noted(STAGE, f"size {curriculum.size} from step {self._step} on"))
        return Progress(
            curriculum,
            step=self._step,
            tokens=self._tokens,
            best=max(self._before.best, held_out_reward),
        )

    def _hear(self, answers: Sequence[Judged], rows: Sequence[Row]) -> None:
        self._of_step += answers
        for answer, row in zip(answers, rows, strict=True):
            self._by_size.setdefault(row["size"], []).append(answer)

    def _stepped(self, figures: Mapping[str, Any]) -> None:
        self._step += 1
        self._tokens = self._before.tokens + int(figures["num_tokens"])
        self._log(
            Stepped(
                stage=STAGE,
                step=self._step,
                loss=float(figures["loss"]),
                tokens=self._tokens,
                seconds=self._seconds(),
                learning_rate=float(figures["learning_rate"]),
                reward=Counts.of(self._of_step).reward,
            )
        )
        self._of_step = []


def _log_measurement(log: Log, measurement: Measurement, step: int) -> None:
    for size, counts in sorted(measurement.counts.items()):
        for what in ("valid", "readable"):
            log(_counted(what, "held-out", step, size, counts))


def _counted(what: str, series: str, step: int, size: int, counts: Counts) -> Measured:
    """``what`` is "valid" or "readable"; those that nobody judged are beside the count."""
    wrong = counts.unreadable if what == "readable" else counts.rejected + counts.unreadable
    return Measured(
        stage=STAGE,
        step=step,
        what=what,
        series=series,
        right=counts.judged - wrong,
        of=counts.judged,
        size=size,
        broken=counts.unjudged,
    )
