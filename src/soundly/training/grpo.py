"""Reinforcement of a word model: its family's critic decides what it learns from.

After supervised training a model writes what its teacher wrote. Here it writes what it will, and
learns from what a sound critic accepts: group-relative policy optimisation (GRPO, Shao et al.,
arXiv:2402.03300, equation 3) as trl implements it, with rewards that cannot be talked round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from soundly.core.errors import UsageError
from soundly.core.family import Family
from soundly.core.notation import relabelled
from soundly.training.example import Example, draw_labels
from soundly.training.model import Model, load_model, save_model
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.reinforcement import Log, reinforced
from soundly.training.rewards import Listener, VerifiedReward, notation_of, notation_reward
from soundly.training.student import Student
from soundly.training.tokenizer import word_tokenizer
from soundly.training.vocabulary import BEGIN

Draw: TypeAlias = Callable[[int, Random], Example]
"""A problem of a size that may be trained on; its answer is not looked at and may be empty."""


def reinforce(
    model: Model,
    settings: ReinforceSettings,
    *,
    family: Family,
    draw: Draw,
    held: Sequence[Example],
    folder: Path,
    log: Log,
    seed: int,
) -> Model:
    """The model of the round that did best on ``held``, the one that came in among them.

    Problems' names are numbered anew for each prompt. ``folder`` is the run's own; called again
    with it, the run goes on (see `reinforced`, which says what is raised). The weights of
    ``model`` are changed. Raises `UsageError` for a family without a notation or without a sound
    critic, a model of another notation, and a problem that leaves no room for an answer.
    """
    student = word_student(model, settings, family=family, draw=draw, held=held)
    return load_model(reinforced(student, settings, folder=folder, log=log, seed=seed))


def word_student(
    model: Model,
    settings: ReinforceSettings,
    *,
    family: Family,
    draw: Draw,
    held: Sequence[Example],
) -> Student:
    """The model as `reinforced` takes it. Held-out problems keep their numbers."""
    notation = notation_of(family)
    if model.vocabulary.notation != notation.name:
        raise UsageError(
            f"the model reads {model.vocabulary.notation}, "
            f"problems of {family.name} are written in {notation.name}"
        )

    def row(example: Example, rng: Random) -> dict[str, Any]:
        labels = draw_labels(example.names, notation.room, rng)
        words = (BEGIN, *relabelled(example.statement, labels))
        if len(words) + settings.max_new_tokens > model.context:
            raise UsageError(
                f"a problem of size {example.size} is {len(words)} words long; with "
                f"{settings.max_new_tokens} new ones that is more than the model's context of "
                f"{model.context}"
            )
        return {
            "prompt": " ".join(words),
            "family": example.family,
            "size": example.size,
            "seed": example.seed,
            "labels": labels,
        }

    def reward(heard: Listener | None) -> VerifiedReward:
        return notation_reward(family, vocabulary=model.vocabulary, heard=heard)

    reward(None)  # what makes the family unfit is said before anything is drawn
    tokenizer = word_tokenizer(model.vocabulary)

    def save(folder: Path) -> None:
        save_model(model, folder)
        tokenizer.save_pretrained(folder)

    return Student(
        network=model.network,
        tokenizer=tokenizer,
        row=lambda size, rng: row(draw(size, rng), rng),
        held=[row(each, Random(place)) for place, each in enumerate(held)],  # noqa: S311 - a seeded draw
        reward=reward,
        save=save,
    )
