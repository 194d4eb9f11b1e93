"""What is written: problems, recordings, judged answers, each a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soundly.bench.planbench.agreement import Compared
from soundly.bench.planbench.entries import Said
from soundly.bench.planbench.tally import Place
from soundly.core.codec import to_json
from soundly.core.completion import Completion, Request
from soundly.core.problem import Problem
from soundly.core.spend import Usage
from soundly.families.planning.pddl import Plan, format_atom
from soundly.generators.request_digest import request_sha256


def problem_line(problem: Problem, sets: list[str]) -> dict[str, Any]:
    """A problem under its digest, with the sets that ask for it."""
    return {
        "sha256": problem.digest,
        "family": problem.family,
        "name": problem.name,
        "statement": dict(problem.statement),
        "sets": sets,
    }


def recording_line(said: Said, model: str) -> dict[str, Any]:
    """The answer as `soundly.generators.recorded.Recorded` replays it.

    How the model was asked besides the conversation is not stored: the request has the defaults.
    Where no token counts are stored, the recording has none; ``judged.jsonl`` says null then.
    """
    request = Request(said.asked)
    bill = said.bill
    completion = Completion(
        said.text,
        model,
        finish_reason=bill.finish_reason,
        usage=bill.usage or Usage(),
        dollars=bill.dollars,
        price_date=bill.date if bill.dollars is not None else None,
        reasoning=bill.reasoning,
    )
    return {
        "request_sha256": request_sha256(request),
        "request": to_json(request),
        "completion": to_json(completion),
    }


def judged_line(place: Place, file: str, entry: int, compared: Compared) -> dict[str, Any]:
    """Our verdict with its reasons, beside theirs."""
    answer, plan = compared.answer, compared.plan
    return {
        **_where(place, file, entry, answer.said),
        "problem_sha256": answer.problem.digest,
        "verdict": compared.ruling,
        "plan": None if plan is None else steps_of(plan),
        "critiques": [to_json(critique) for critique in compared.critiques],
        "label": answer.label,
        "their_plan": steps_of(answer.extracted),
        "their_plan_accepted": compared.theirs_accepted,
        "class": compared.found,
    }


def unjudged_line(place: Place, file: str, entry: int, said: Said) -> dict[str, Any]:
    """An answer that we do not judge: verdict "not-judged", and what they took from it."""
    return {
        **_where(place, file, entry, said),
        "problem_sha256": None,
        "verdict": "not-judged",
        "plan": None,
        "critiques": [],
        "label": said.label,
        "their_answer": said.extracted,
        "class": None,
    }


def steps_of(plan: Plan) -> list[str]:
    """A plan's steps as PDDL writes them."""
    return [format_atom(step) for step in plan]


def _where(place: Place, file: str, entry: int, said: Said) -> dict[str, Any]:
    usage: Mapping[str, int] | None = to_json(said.bill.usage)
    return {
        "set": place.set,
        "task": place.task,
        "root": place.root,
        "model": place.model,
        "file": file,
        "entry": entry,
        "turn": said.turn,
        "request_sha256": request_sha256(Request(said.asked)),
        "model_version": said.bill.version,
        "usage": usage,
        "dollars": said.bill.dollars,
    }
