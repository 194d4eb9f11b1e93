"""``soundly audit``."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from soundly.cli.shared_options import AsJson


def audit(
    family: Annotated[str, Argument(metavar="FAMILY|all", help="Whose critic to attack.")],
    *,
    texts: Annotated[int, Option(help="How many answers to try, over all families.")] = 10_000,
    size: Annotated[
        int | None,
        Option(help="The size of the instances.", show_default="small ones in turns"),
    ] = None,
    seed: Annotated[int, Option(help="Drives every random choice.")] = 0,
    judge: Annotated[
        str | None,
        Option(
            metavar="MODEL",
            help="Let a model judge in place of the family's own critic; or reasoning-gym, for the "
            "scorer of one of its data sets.",
            show_default=False,
        ),
    ] = None,
    at_once: Annotated[
        bool,
        Option("--at-once", help="Ask the model that judges for its verdict alone, no thoughts."),
    ] = False,
    processes: Annotated[
        int | None, Option(help="Processes to use.", show_default="one for each core")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Try to break a critic with answers that are almost right, or only look right.

    Near misses are right answers with one or two edits; a slow twin that shares no code with the
    critic says what they are worth. Other attacks are right or wrong by construction: hedges, the
    prompt echoed back, look-alike letters, huge numbers, words addressed to the judge.

    Prints how many wrong answers were accepted and how many right ones rejected, with 95%
    intervals, and the smallest answers that broke something. Exit code 30 when a critic breaks the
    guarantee that it declares; 2 when none does, and a family was skipped because its solver needs
    a package that is not installed.
    """
    from soundly.cli.auditing import run_audit  # noqa: PLC0415 - heavy, and --help is quick

    return run_audit(
        family,
        texts=texts,
        size=size,
        seed=seed,
        judge=judge,
        at_once=at_once,
        processes=processes,
        as_json=as_json,
    )
