"""What Inspect finds of ours by the entry point ``inspect_ai``: names that begin with ``soundly/``.

Inspect registers by decorator and knows no other way; it happens here alone. A family is loaded
when its task is made, not before, so a broken plug-in breaks its own task and no other.
"""

from __future__ import annotations

from collections.abc import Callable

from inspect_ai import Task, task

from soundly.bench.inspect_tasks.claims_scorer import unsolvability
from soundly.bench.inspect_tasks.critic_scorer import critic
from soundly.bench.inspect_tasks.recorded_model import RecordedModel
from soundly.bench.inspect_tasks.strategy_solver import strategy as strategy_solver
from soundly.bench.inspect_tasks.tasks import family_task, style_of
from soundly.config import registry
from soundly.core.family import Language
from soundly.core.splits import Split

__all__ = ["TASKS", "RecordedModel", "critic", "strategy_solver", "unsolvability"]


def _registered(family: str) -> Callable[..., Task]:
    @task(name=family)
    def of_family(
        *,
        size: int | str | list[int | str] | None = None,
        instances: int = 20,
        seed: int = 0,
        split: Split | None = None,
        unsolvable: float = 0.0,
        language: Language = "natural",
        examples: int = 1,
        thoughts: bool = False,
        procedure: str | None = None,
        strategy: str | list[str] | None = None,
        budget: str | list[str] = "",
    ) -> Task:
        """The family's instances, scored by its critic; see `family_task` for the options."""
        return family_task(
            family,
            size=size,
            instances=instances,
            seed=seed,
            split=split,
            unsolvable=unsolvable,
            style=style_of(
                language=language, examples=examples, thoughts=thoughts, procedure=procedure
            ),
            strategy=strategy,
            budget=budget,
        )

    return of_family


TASKS = {family: _registered(family) for family in registry.names("families")}
"""The registered task of each family."""
