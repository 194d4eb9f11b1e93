"""Held-out problems put to a model and to the baselines, by family and size."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from random import Random

import anyio

from soundly.core.errors import UsageError
from soundly.core.notation import END
from soundly.core.problem import Problem
from soundly.core.splits import is_held_out
from soundly.training.answers import answered, thought_is_run
from soundly.training.baselines import Baseline
from soundly.training.evaluation_settings import EvaluationSettings
from soundly.training.events import Event, Measured
from soundly.training.model import Model
from soundly.training.subject import Subject, form_of
from soundly.training.traces.kinds import tracing

FIRST_SEED = 10_000_000
"""Where the seeds of evaluation begin; what is held out is decided by form, never by seed."""

_PATIENCE = 300
"""Draws without a new form after which a size is taken to have no more."""

VALID = "valid answers"
VALID_WITHIN = "valid within {} rounds"
VALID_TRACE = "valid traces"


@lru_cache(maxsize=256)
def held_out_problems(family: str, size: int, count: int) -> tuple[Problem, ...]:
    """Held-out problems of different forms; fewer than ``count`` where no more came up.

    They are held out by what they are in the notation, so no family brings them under other names.
    """
    subject = Subject.of(family)
    found: dict[str, Problem] = {}
    since_the_last = 0
    for seed in itertools.count(FIRST_SEED):
        if len(found) == count or since_the_last == _PATIENCE:
            break
        problem = subject.draw(size, seed)
        form = form_of(subject.notation.state(problem))
        since_the_last += 1
        if form not in found and is_held_out(form):
            found[form] = problem
            since_the_last = 0
    return tuple(found.values())


def evaluate(
    model: Model,
    settings: EvaluationSettings,
    *,
    stage: str,
    step: int,
    series: str | None = None,
    trace: str = "none",
    log: Callable[[Event], None],
    seed: int = 0,
) -> None:
    """Logs how many first answers are valid, how many within the rounds, and how many traces.

    ``series`` names the model in pictures; None names each family. Raises `UsageError` where a
    size has no held-out problem.
    """
    for family, size, problems in _asked(settings):
        run = partial(_rounds, model, family, problems, settings=settings, seed=seed, trace=trace)
        counted = anyio.run(run)
        called = series or family
        for what, count in counted.items():
            log(
                Measured(
                    stage,
                    step,
                    what,
                    called,
                    count.right,
                    count.of,
                    size,
                    count.broken,
                    count.tokens,
                    count.seconds,
                )
            )


def evaluate_baselines(
    baselines: Sequence[Baseline],
    settings: EvaluationSettings,
    *,
    log: Callable[[Event], None],
    seed: int = 0,
) -> None:
    """Logs how many answers of each baseline are valid."""
    for baseline in baselines:
        for family, size, problems in _asked(settings):
            began = time.monotonic()
            right = sum(anyio.run(partial(_baseline_rights, baseline, family, problems, seed)))
            seconds = time.monotonic() - began
            called = baseline.name if len(settings.families) == 1 else f"{baseline.name}, {family}"
            log(Measured("baseline", 0, VALID, called, right, len(problems), size, seconds=seconds))


def excluded_forms(settings: EvaluationSettings) -> Collection[str]:
    """The forms of all problems that are asked, to be left out of every family's training."""
    return {
        form_of(Subject.of(family).notation.state(problem))
        for family, _, problems in _asked(settings)
        for problem in problems
    }


def _asked(settings: EvaluationSettings) -> Iterator[tuple[str, int, tuple[Problem, ...]]]:
    for family in settings.families:
        for size in settings.sizes:
            problems = held_out_problems(family, size, settings.instances)
            if not problems:
                raise UsageError(f"family {family} has no held-out problem of size {size}")
            yield family, size, problems


@dataclass(slots=True)
class _Count:
    right: int = 0
    of: int = 0
    broken: int = 0
    tokens: int = 0
    seconds: float = 0.0


async def _rounds(
    model: Model,
    family: str,
    problems: tuple[Problem, ...],
    *,
    settings: EvaluationSettings,
    seed: int,
    trace: str,
) -> dict[str, _Count]:
    """The counts by figure. A problem on which the critic broke is in no rate, only in broken."""
    subject = Subject.of(family)
    first, within, traces = _Count(), _Count(), _Count()
    open_problems = list(problems)
    began = time.monotonic()
    for number in range(settings.rounds):
        answers = await answered(
            model,
            subject,
            open_problems,
            seed=seed * 1_000 + number,
            temperature=settings.temperature if number else 0.0,
        )
        within.tokens += sum(answer.tokens for answer in answers)
        broken = sum(answer.right is None for answer in answers)
        within.broken += broken
        within.right += sum(answer.right is True for answer in answers)
        if number == 0:
            first.right, first.broken, first.tokens = within.right, broken, within.tokens
            first.of = len(answers) - broken
            first.seconds = time.monotonic() - began
            for problem, answer in zip(open_problems, answers, strict=True):
                traces.of += trace != "none"
                if trace != "none":
                    traces.right += thought_is_run(answer, subject, problem, tracing(trace))
        open_problems = [
            problem
            for problem, answer in zip(open_problems, answers, strict=True)
            if answer.right is False
        ]
        if not open_problems:
            break
    within.of = len(problems) - within.broken
    within.seconds = time.monotonic() - began
    counts = {VALID: first}
    if settings.rounds > 1:
        counts[VALID_WITHIN.format(settings.rounds)] = within
    if traces.of:
        counts[VALID_TRACE] = traces
    return counts


async def _baseline_rights(
    baseline: Baseline, family: str, problems: tuple[Problem, ...], seed: int
) -> list[bool]:
    subject = Subject.of(family)
    rights: list[bool] = []
    for place, problem in enumerate(problems):
        rng = Random(f"{seed}, {place}")  # noqa: S311 - reproducible, no secret
        words = await baseline.answer(subject, problem, rng)
        spelt = subject.notation.state(problem).spelt((*words, END))
        _, verdict = await subject.judged(problem, spelt)
        rights.append(verdict is not None and verdict.accepted)
    return rights
