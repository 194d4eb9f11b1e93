"""``soundly bench rejudge``, ``cascade``, ``rounds``, ``replay``: what stored answers show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from typer import Argument, Option

from soundly.cli.shared_options import AsJson

Folder: TypeAlias = Annotated[
    Path, Argument(metavar="FOLDER", help="A checkout of PlanBench's repository, or a part of it.")
]

Picture: TypeAlias = Annotated[
    Path | None, Option(metavar="FILE", help="Draw a picture: a name that ends in .svg or .png.")
]


def add_to(bench: typer.Typer) -> None:
    """Add the commands to ``soundly bench``."""
    bench.command("rejudge")(rejudge)
    bench.command("cascade")(cascade)
    bench.command("rounds")(rounds)
    bench.command("replay")(replay)


def rejudge(
    folder: Folder,
    *,
    by_task: Annotated[
        bool, Option("--by-task", help="A row for each task, such as zero-shot, of a model.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Re-judge every answer that PlanBench stores: our accuracy beside the stored label.

    A row for each domain and model says how many answers our critics accept, with an exact 95%
    interval, how many are labelled right, and below it, class by class, why the two differ; the
    classes stand in `docs/planbench-agreement.md`. Of a conversation the last answer counts.
    Nothing is written; `soundly bench import-planbench` writes every verdict down.

    What cannot be used is named on standard error, and counted; the rest goes on, and the exit
    code is then 2.
    """
    from soundly.cli.rejudging import show_rejudged  # noqa: PLC0415 - heavy, and --help is quick

    return show_rejudged(folder, by_task=by_task, as_json=as_json)


def cascade(
    folder: Folder,
    *,
    sets: Annotated[
        list[str] | None,
        Option("--set", metavar="NAME", help="Only this domain; may be given again."),
    ] = None,
    without: Annotated[
        list[str] | None,
        Option(metavar="MODEL", help="Leave a model out; may be given again."),
    ] = None,
    against: Annotated[
        str | None,
        Option(
            metavar="MODEL",
            help="The model to compare with.",
            show_default="the one that covers most where the order is learned",
        ),
    ] = None,
    coverage: Annotated[
        float | None,
        Option(
            metavar="SHARE",
            help="The share of instances that the order has to cover where it is learned.",
            show_default="as much as the best single model",
        ),
    ] = None,
    learn: Annotated[
        float, Option(metavar="SHARE", help="The share of instances that the order is learned on.")
    ] = 0.5,
    seed: Annotated[int, Option(help="Which instances these are.")] = 0,
    out: Picture = None,
    as_json: AsJson = False,
) -> int:
    """Cheapest model first, a sound critic, escalate: measured on the answers of real models.

    A stage is a model under one prompt. The order of the stages is learned on one part of a
    domain's instances and measured on the other, beside one model alone: coverage with exact 95%
    intervals, dollars at the prices of the time, and paired differences with bootstrap intervals.
    Below stand a vote among the models, and the best of them by the critic.

    Dollars are exact where the tokens are stored. Elsewhere the texts bound them from below and
    above, and what a model thought and did not show is bounded from below only. A model
    without a price of its time is left out, and so is a file that holds another's answers.
    """
    from soundly.bench.planbench.cascading import Split  # noqa: PLC0415 - heavy
    from soundly.cli.cascade import show_cascades  # noqa: PLC0415 - heavy

    return show_cascades(
        folder,
        split=Split(seed, learn),
        coverage=coverage,
        against=against,
        sets=sets or (),
        without=without or (),
        out=out,
        as_json=as_json,
    )


def rounds(
    folder: Folder,
    *,
    out: Picture = None,
    as_json: AsJson = False,
) -> int:
    """How much is solved after one, two, … rounds of PlanBench's back-prompting conversations.

    In these a model answered, a validator rejected, and its words went back to the model. Every
    answer is judged again by our critic; the first that it accepts solves the instance. Shares are
    of all conversations, with exact 95% intervals.
    """
    from soundly.cli.rounds import show_rounds  # noqa: PLC0415 - heavy, and --help is quick

    return show_rounds(folder, out=out, as_json=as_json)


def replay(
    folder: Folder,
    *,
    out: Annotated[Path, Option(metavar="FOLDER", help="The run's folder, a new one.")],
    sets: Annotated[
        list[str] | None,
        Option("--set", metavar="NAME", help="Only this domain; may be given again."),
    ] = None,
    models: Annotated[
        list[str] | None,
        Option("--model", metavar="NAME", help="Only this model; may be given again."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Put PlanBench's stored answers through sessions: a run to report, compare and export.

    Every answer to plan generation goes through the engine, the critic and the kernel as if the
    model had just said it, at the tokens and dollars that are stored. A system of the run is a
    model under one of the benchmark's tasks, a family one of its domains. `soundly bench report`,
    `compare` and `export` take the folder like any other run's. Back-prompting conversations are
    left out.

    What cannot be used is named on standard error, and counted; the rest goes on, and the exit
    code is then 2.
    """
    from soundly.cli.replaying import run_replay  # noqa: PLC0415 - heavy, and --help is quick

    return run_replay(folder, out, sets=sets or (), models=models or (), as_json=as_json)
