"""``soundly bench boundary``."""

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


def boundary(
    *,
    family: Annotated[str, Option(help="A family of problems; see `soundly families`.")],
    model: Proposer = None,
    strategy: Tried = "single",
    probability: Annotated[
        float, Option(help="How often an answer has to be right: more than 0, less than 1.")
    ] = 0.9,
    confidence: Annotated[
        float, Option(help="How sure both ends have to be, all sizes and looks together.")
    ] = 0.95,
    sizes: Annotated[
        str | None,
        Option(
            help="The sizes to search: 3-12, or 3-30/3 for every third one.",
            show_default="the smallest to four times the largest that is trained on",
        ),
    ] = None,
    obfuscation: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Search the family in other words: mystery or random, for blocksworld.",
            show_default="none",
        ),
    ] = None,
    held_out: Annotated[
        bool,
        Option("--held-out", help="Draw no instance that models may have been trained on."),
    ] = False,
    limit: Annotated[int, Option(help="The most answers to ask for, those kept included.")] = 1000,
    budget: Together = "",
    at_once: Annotated[int, Option(help="How many sessions are under way at once.")] = 1,
    seed: Annotated[int, Option(help="Drives every random choice: instances and samples.")] = 0,
    out: AnswersKept = None,
    store: SessionsKept = None,
    as_json: AsJson = False,
) -> int:
    """Find the largest size at which a model under a strategy is right often enough.

    Asks where an answer tells most, and stops when the boundary is known. It says the largest size
    that is shown to be right with `--probability`, the smallest that is shown not to be, and what
    it cannot say yet; with `--confidence` both ends are true, whatever was asked and whenever it
    stopped. This takes for granted that success does not rise with size; where the answers
    contradict that, it says so. A session that broke is asked again and never counts as wrong.
    """
    try:
        from soundly.cli.searching import Asked, search_boundary  # noqa: PLC0415 - heavy
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'soundly[bench]'") from error

    return search_boundary(
        Asked(
            family=family,
            model=model,
            strategy=strategy,
            obfuscation=obfuscation,
            held_out=held_out,
            seed=seed,
        ),
        probability=probability,
        confidence=confidence,
        sizes=sizes,
        limit=limit,
        at_once=at_once,
        budget=budget,
        out=out,
        store=store,
        as_json=as_json,
    )
