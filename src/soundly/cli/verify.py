"""``soundly verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option


def verify(
    domain: Annotated[
        Path | None, Argument(metavar="DOMAIN", help="The domain, a PDDL file.", show_default=False)
    ] = None,
    problem: Annotated[
        Path | None,
        Argument(metavar="PROBLEM", help="The problem, a PDDL file.", show_default=False),
    ] = None,
    plan: Annotated[
        Path | None,
        Argument(
            metavar="PLAN",
            help="The plan, or a whole answer; - is standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    batch: Annotated[
        Path | None,
        Option(
            metavar="FILE",
            help="Judge every line of a JSON Lines file instead; - is standard input.",
        ),
    ] = None,
    family: Annotated[str, Option(help="The family whose words an answer may use.")] = "planning",
    phrases: Annotated[
        Path | None,
        Option(
            metavar="FILE",
            help="A JSON file with the words that an answer may use: actions, predicates, objects.",
        ),
    ] = None,
    explanation: Annotated[
        bool,
        Option(
            "--explanation",
            help="Follow the answer's explanation too: is its chain of states right, and does it "
            "lead to the answer?",
        ),
    ] = False,
    as_json: Annotated[
        bool, Option("--json", help="Print the verdict as one JSON object and nothing else.")
    ] = False,
) -> int:
    """Judge a plan: exit code 0 when it is accepted, 11 when it is not, with every reason.

    PLAN may be PDDL or a raw model answer with prose around the plan. Answers in words are read
    with the names that the PDDL has, or with `--phrases`:
    `{"actions": {"stack": "put the {} on the {}"}, "objects": {"a": "red block"}}`.

    With `--explanation` three facts are printed, each of its own: whether the answer is right,
    whether every state that its explanation states is, and whether they lead to that answer. The
    exit code is then 0 only where none of them is false.

    A line of a batch is `{"domain": path, "problem": path, "answer": text}`. A line comes out for
    each, in order: `{"verdict": "accept"|"reject"|"unknown"|"unparseable", "plan": [...],
    "step": n, "critiques": [...]}`, or `{"error": text}` for a line that could not be judged, and
    the rest goes on. With `--explanation` a line also has `"explanation": {"answer_right": …,
    "chain_right": …, "leads_to_answer": …, "steps": n, "faults": [...]}`. Relative paths are looked
    up beside the batch file, then in the current folder. The exit code of a batch is 0 whatever the
    verdicts are, 2 where a line was malformed, and 30 where a part broke.
    """
    from soundly.cli.batch import verify_batch  # noqa: PLC0415 - heavy, and --help is quick
    from soundly.cli.verdict import verify_one  # noqa: PLC0415

    if batch is not None:
        return verify_batch(
            batch,
            given=(domain, problem, plan),
            family=family,
            phrases=phrases,
            explanation=explanation,
        )
    return verify_one(
        domain,
        problem,
        plan,
        family=family,
        phrases=phrases,
        explanation=explanation,
        as_json=as_json,
    )
