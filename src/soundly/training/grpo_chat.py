"""Reinforcement of a Hugging Face chat model on a family's own prompts and answers in text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem
from soundly.training.checkpoint_file import Checkpoint, open_checkpoint
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.reinforcement import Log, reinforced
from soundly.training.rewards import Listener, VerifiedReward, columns_of, verified_reward
from soundly.training.student import Student

DrawProblem: TypeAlias = Callable[[int, Random], Problem]
"""A problem of a size that may be trained on."""
Sized: TypeAlias = tuple[int, Problem]


def reinforce_chat(
    checkpoint: Checkpoint,
    settings: ReinforceSettings,
    *,
    family: Family,
    draw: DrawProblem,
    held: Sequence[Sized],
    folder: Path,
    log: Log,
    seed: int,
    style: PromptStyle = PromptStyle(),
) -> Checkpoint:
    """The model of the round that did best on ``held``, which are sizes with their problems.

    All its weights are learnt: merge what `lora` made first. ``folder`` is the run's own; called
    again with it, the run goes on (see `reinforced`, which says what is raised). It holds the best
    model as a Hugging Face folder, under "best". The weights of ``checkpoint`` are changed.
    Raises `UsageError` for a family without a sound critic.
    """
    student = chat_student(checkpoint, family=family, draw=draw, held=held, style=style)
    return open_checkpoint(reinforced(student, settings, folder=folder, log=log, seed=seed))


def chat_student(
    checkpoint: Checkpoint,
    *,
    family: Family,
    draw: DrawProblem,
    held: Sequence[Sized],
    style: PromptStyle = PromptStyle(),
) -> Student:
    """The model as `reinforced` takes it."""

    def row(size: int, problem: Problem) -> dict[str, Any]:
        messages = family.render(problem, style)
        prompt = [{"role": each.role, "content": each.content} for each in messages]
        return {"prompt": prompt, "size": size, **columns_of(problem)}

    def reward(heard: Listener | None) -> VerifiedReward:
        return verified_reward(family, heard=heard)

    reward(None)  # what makes the family unfit is said before anything is drawn
    return Student(
        network=checkpoint.network,
        tokenizer=checkpoint.tokenizer,
        row=lambda size, rng: row(size, draw(size, rng)),
        held=[row(*each) for each in held],
        reward=reward,
        save=checkpoint.save,
    )
