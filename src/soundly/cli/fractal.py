"""``soundly bench fractal``."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from soundly.cli.shared_options import (
    AnswersKept,
    AsJson,
    Proposer,
    SessionsKept,
    Together,
    Tried,
)
from soundly.core.errors import UsageError


def fractal(
    *,
    family: Annotated[str, Option(help="A family whose problems have such neighbours.")],
    sizes: Annotated[str, Option(help="The sizes to map: 6, 5-8, or 4-16/4.")],
    model: Proposer = None,
    strategy: Tried = "single",
    neighbours: Annotated[
        str,
        Option(
            metavar="KIND",
            help="goal-swapped: two objects of the goal exchanged; renamed: other names alone; "
            "number-changed: one number a little more or less, for countdown and game24; "
            "word-exchanged: one word another, for last-letters and its like.",
        ),
    ] = "goal-swapped",
    instances: Annotated[int, Option(help="How many instances of each size.")] = 30,
    around: Annotated[int, Option(help="How many neighbours of each instance.")] = 2,
    samples: Annotated[int, Option(help="How often each is asked; two or more.")] = 4,
    confidence: Annotated[float, Option(help="Of each interval alone.")] = 0.95,
    obfuscation: Annotated[
        str | None,
        Option(metavar="NAME", help="Map the family in other words.", show_default="none"),
    ] = None,
    budget: Together = "",
    seed: Annotated[int, Option(help="Drives every random choice.")] = 0,
    out: AnswersKept = None,
    store: SessionsKept = None,
    as_json: AsJson = False,
) -> int:
    """Show how unpredictable success is from one instance to its neighbours, size by size.

    Each instance, and neighbours of it, are asked several times. `local` is how often samples of
    neighbours disagree beyond what two samples of one instance do; `strangers` the same for any two
    instances of the size; `share` is the one by the other. Near 0, a neighbour that was solved
    tells that this one will be. Near 1 it tells no more than the size does: success is fractal.
    """
    try:
        from soundly.cli.mapping import Mapped, map_success  # noqa: PLC0415 - heavy
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'soundly[bench]'") from error
    return map_success(
        Mapped(
            family=family,
            model=model,
            strategy=strategy,
            neighbours=neighbours,
            obfuscation=obfuscation,
            seed=seed,
        ),
        sizes=sizes,
        plan=(instances, around, samples),
        confidence=confidence,
        budget=budget,
        out=out,
        store=store,
        as_json=as_json,
    )
