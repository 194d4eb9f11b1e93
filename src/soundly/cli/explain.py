"""``soundly explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from soundly.cli.shared_options import AsJson


def explain(
    family: Annotated[str, Argument(metavar="FAMILY", help="The family that draws the problem.")],
    answer: Annotated[
        Path, Argument(metavar="ANSWER", help="A file with the whole answer; - is standard input.")
    ],
    *,
    size: Annotated[int, Option(help="The size of the instance.")],
    seed: Annotated[int, Option(help="The seed of the instance.")] = 0,
    unsolvable: Annotated[
        bool,
        Option(
            "--unsolvable",
            help="The instance without a solution, and which of four replies the answer is.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Say three things of an answer with an explanation, each of its own.

    Is the answer right? Is every state right that the explanation states on its way, given the one
    before? Do these states lead to that answer? The problem is the one that the family draws for
    this size and seed; for a planning problem in files there is `soundly verify --explanation`.

    Exit code 0 when the answer is right and no fact is false, 11 otherwise.

    With `--unsolvable` the answer is one of `claimed-unsolvable`, `proposed`, `argued` (it says
    that its solution is right) and `neither`; exit code 0 for the first, unless its chain is wrong.
    What the explanation states is followed as well where the family can.
    """
    from soundly.cli.explaining import explain_one, explain_unsolvable  # noqa: PLC0415 - heavy

    told = explain_unsolvable if unsolvable else explain_one
    return told(family, answer, size=size, seed=seed, as_json=as_json)
