"""``soundly solve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from soundly.cli.shared_options import AsJson, SessionStore


def solve(
    domain: Annotated[
        Path | None, Argument(metavar="DOMAIN", help="The domain, a PDDL file.", show_default=False)
    ] = None,
    problem: Annotated[
        Path | None,
        Argument(metavar="PROBLEM", help="The problem, a PDDL file.", show_default=False),
    ] = None,
    *,
    family: Annotated[
        str | None,
        Option(
            help="The problem's family: without files it draws an instance, with files it lends "
            "its words.",
            show_default="planning",
        ),
    ] = None,
    size: Annotated[
        int | None, Option(help="How large an instance to draw, as in --family blocksworld.")
    ] = None,
    seed: Annotated[
        int, Option(help="Drives every random choice: the instance drawn, the samples asked for.")
    ] = 0,
    unsolvable: Annotated[
        bool, Option("--unsolvable", help="Draw an instance that has no solution.")
    ] = False,
    model: Annotated[
        str | None,
        Option(
            help="The proposer; see `soundly models`.",
            show_default="blocksworld-tiny for Blocksworld, else smollm2",
        ),
    ] = None,
    strategy: Annotated[
        str,
        Option(help="Strategies and solvers tried in turn, as in refine:rounds=3+kairos+h2."),
    ] = "cascade",
    route: Annotated[
        bool,
        Option(
            "--route",
            help="Choose the cheapest model and strategy that the store's sessions of this family "
            "and size show to be enough.",
        ),
    ] = False,
    coverage: Annotated[
        float | None,
        Option(
            help="With --route: the share of sessions that has to end solved or proved.",
            show_default="0.95",
        ),
    ] = None,
    prefer: Annotated[
        Literal["dollars", "tokens", "seconds"] | None,
        Option(
            help="With --route: what costs are compared in. Seconds are on the clock, and compare "
            "only where nothing ran beside the sessions.",
            show_default="dollars where all are priced, else tokens",
        ),
    ] = None,
    advice: Annotated[
        str | None,
        Option(
            metavar="TEXT|@FILE",
            help="Words that enter every prompt; --strategy advised shows what they change.",
        ),
    ] = None,
    with_me: Annotated[
        bool,
        Option(
            "--with-me",
            help="Be asked about every candidate: accept, reject, edit, or say what is wanted.",
        ),
    ] = False,
    budget: Annotated[
        str,
        Option(help="Limits, as in usd=0.5,calls=10,tokens=20000,seconds=60.", show_default="none"),
    ] = "",
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        Option(
            metavar="FOLDER",
            help="The folder for certificate.json, plan.pddl or answer.txt, outcome.json and "
            "trace.jsonl.",
            show_default="soundly-out/SESSION",
        ),
    ] = None,
    store: SessionStore = None,
    no_store: Annotated[
        bool, Option("--no-store", help="Keep the session in its folder alone.")
    ] = False,
    cache: Annotated[
        Path | None,
        Option(metavar="FILE", help="Keep answers here, and ask nothing twice."),
    ] = None,
    record: Annotated[
        Path | None,
        Option(metavar="FILE", help="Record its answers here, for --model recorded:FILE."),
    ] = None,
) -> int:
    """Solve a problem: a checked answer, a proof that there is none, or an honest "unknown".

    Give a DOMAIN and a PROBLEM, or let a family draw one: `--family blocksworld --size 4 --seed 1`.
    The model proposes, the family's critic judges, and the family's own solvers step in when the
    rounds run out. The certificate of an answer is written to a file, and that file is re-checked.
    """
    from soundly.cli.route_options import route_asked  # noqa: PLC0415
    from soundly.cli.session import run_session  # noqa: PLC0415 - heavy, and --help is quick
    from soundly.cli.stated import stated_problem  # noqa: PLC0415

    return run_session(
        lambda: stated_problem(
            domain, problem, family=family, size=size, seed=seed, unsolvable=unsolvable
        ),
        model=model,
        strategy=strategy,
        budget=budget,
        seed=seed,
        as_json=as_json,
        out=out,
        store=store,
        keep=not no_store,
        cache=cache,
        record=record,
        route=route_asked(
            wanted=route, strategy=strategy, coverage=coverage, prefer=prefer, store=store
        ),
        advice=advice,
        with_me=with_me,
    )
