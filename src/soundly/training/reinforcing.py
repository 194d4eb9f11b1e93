"""Reinforcement as a recipe asks for it: which problems, and which of them only choose a model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from soundly.core.errors import UsageError
from soundly.training.events import Event
from soundly.training.example import Example
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.subject import Subject, form_of

if TYPE_CHECKING:
    from soundly.training.model import Model

_LAST_SEED = 10_000_000
"""Seeds of evaluation begin here; what is held out is decided by form all the same."""
_PATIENCE = 1_000


@dataclass(frozen=True, slots=True)
class Reinforcing:
    """Reinforcement on instances of ``family`` after supervised training.

    ``validation`` problems of each size are never learnt from: they tell which checkpoint is the
    best. They are no part of the evaluation, whose problems are not looked at before the end.
    """

    family: str
    settings: ReinforceSettings
    validation: int = 16

    def __post_init__(self) -> None:
        if self.validation < 1:
            raise ValueError(f"validation is {self.validation}, wanted 1 or more")


def reinforced_model(
    model: Model,
    wanted: Reinforcing,
    *,
    excluded: Collection[str],
    folder: Path,
    log: Callable[[Event], None],
    seed: int,
) -> Model:
    """The model that did best on the validation problems; the one that came in may be it.

    The weights of ``model`` are changed. Raises what `soundly.training.grpo.reinforce` raises.
    """
    from soundly.training.grpo import reinforce  # noqa: PLC0415 - brings torch and trl

    problems = Problems(Subject.of(wanted.family), frozenset(excluded))
    rng = Random(f"validation {seed}")  # noqa: S311 - reproducible, no secret
    chosen = [
        each
        for size in wanted.settings.sizes
        for each in problems.some(size, wanted.validation, rng)
    ]
    kept_apart = frozenset(excluded) | {each.form for each in chosen}
    return reinforce(
        model,
        wanted.settings,
        family=problems.subject.family,
        draw=Problems(problems.subject, kept_apart).one,
        held=chosen,
        folder=folder,
        log=log,
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class Problems:
    """Instances of a family that may be trained on: neither held out nor ``excluded`` by form."""

    subject: Subject
    excluded: frozenset[str]

    def one(self, size: int, rng: Random) -> Example:
        """A problem without an answer; `UsageError` where none of this size comes up."""
        for _ in range(_PATIENCE):
            seed = rng.randrange(_LAST_SEED)
            problem = self.subject.draw(size, seed)
            statement = self.subject.notation.state(problem)
            form = form_of(statement)
            if form not in self.excluded and not self.subject.is_held_out(problem):
                return Example(
                    family=self.subject.family.name,
                    size=size,
                    seed=seed,
                    form=form,
                    statement=statement.words,
                    names=len(statement.names),
                    answer=(),
                )
        raise UsageError(
            f"family {self.subject.family.name} has no problem of size {size} to train on: "
            f"{_PATIENCE} draws were all held out"
        )

    def some(self, size: int, count: int, rng: Random) -> Sequence[Example]:
        """Up to ``count`` problems of different forms; fewer where so many do not come up."""
        found: dict[str, Example] = {}
        for _ in range(_PATIENCE):
            if len(found) == count:
                break
            example = self.one(size, rng)
            found.setdefault(example.form, example)
        return list(found.values())
