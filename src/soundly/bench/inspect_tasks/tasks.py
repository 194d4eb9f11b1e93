"""A family as an Inspect task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.solver import Solver, generate

from soundly.bench.inspect_tasks.claims_scorer import unsolvability
from soundly.bench.inspect_tasks.critic_scorer import critic
from soundly.bench.inspect_tasks.drawing import Instance, draw_instances
from soundly.bench.inspect_tasks.samples import sample_of
from soundly.bench.inspect_tasks.strategy_solver import strategy as strategy_solver
from soundly.config.families import make_family
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.family import Family, Language, Procedures, PromptStyle
from soundly.core.splits import Split


def family_task(
    family: str,
    *,
    size: int | str | Sequence[int | str] | None = None,
    instances: int = 20,
    seed: int = 0,
    split: Split | None = None,
    unsolvable: float = 0.0,
    style: PromptStyle = PromptStyle(),
    strategy: str | Sequence[str] | None = None,
    budget: str | Sequence[str] = "",
) -> Task:
    """A task over instances that the family draws, scored by the family's critic.

    ``size`` is one or several (``[4, 5]`` or "4,5"), with ``instances`` of each; None is the
    smallest that the split has. ``split`` is "train", "held-out" or "beyond", and None draws from
    all. ``unsolvable`` is the share of instances without a solution; where there are some, what is
    claimed about them is scored beside right and wrong. Without a ``strategy`` the model answers
    once; with one, that searches within ``budget`` for each sample.

    The ids of samples name size, split and seed, so that the same instance has the same id under
    every prompt and strategy. Raises `UsageError` for what the family cannot draw or ask.
    """
    made = make_family(family)
    _require_style(made, style)
    drawn = draw_instances(
        made,
        sizes=_sizes(size),
        instances=instances,
        seed=seed,
        split=split,
        unsolvable=unsolvable,
    )
    scorers = [critic(), unsolvability()] if unsolvable else [critic()]
    return Task(
        dataset=MemoryDataset([_sample(made, style, each) for each in drawn], name=family),
        solver=_solver(strategy, budget, seed),
        scorer=scorers,
        name=f"soundly/{family}",
        metadata={"family": family, "style": asdict(style)},
    )


def _solver(strategy: str | Sequence[str] | None, budget: str | Sequence[str], seed: int) -> Solver:
    if strategy is None:
        if budget:
            raise UsageError("a budget is spent by a strategy: name one")
        return generate()
    return strategy_solver(strategy, budget, seed)


def _sample(family: Family, style: PromptStyle, instance: Instance) -> Sample:
    return sample_of(
        instance.problem,
        family=family,
        style=style,
        sample_id=instance.name,
        solvable=instance.solvable,
        metadata={"size": instance.size, "seed": instance.seed, "split": instance.split},
    )


def _sizes(size: int | str | Sequence[int | str] | None) -> tuple[int, ...]:
    if size is None:
        return ()
    if isinstance(size, str):
        size = size.split(",")
    given = [size] if isinstance(size, int) else size
    try:
        return tuple(int(each) for each in given)
    except (TypeError, ValueError) as error:
        raise UsageError(f"size is {size!r:.80}, wanted whole numbers joined by commas") from error


def _require_style(family: Family, style: PromptStyle) -> None:
    taught = family.procedures if isinstance(family, Procedures) else ()
    if style.procedure is not None and style.procedure not in taught:
        raise UnknownNameError("procedure of this family", style.procedure, taught)


def style_of(
    *,
    language: Language = "natural",
    examples: int = 1,
    thoughts: bool = False,
    procedure: str | None = None,
) -> PromptStyle:
    """The style that a task's options spell; raises `UsageError` for one that does not exist."""
    if language not in ("natural", "formal"):
        raise UsageError(f"language is {language!r}, wanted 'natural' or 'formal'")
    if type(examples) is not int or type(thoughts) is not bool:
        raise UsageError(
            f"examples is {examples!r} and thoughts {thoughts!r}, wanted a whole number, and true "
            "or false"
        )
    try:
        return PromptStyle(language, examples, thoughts, procedure)
    except ValueError as error:
        raise UsageError(str(error)) from error
