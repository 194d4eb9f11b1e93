"""What is written: problems, recordings, judged answers, each a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soundly.bench.planbench.cost import exact_dollars
from soundly.bench.planbench.entries import Said
from soundly.bench.planbench.judged import Judged
from soundly.bench.planbench.tally import Place
from soundly.core.codec import to_json
from soundly.core.completion import Completion, Request
from soundly.core.problem import Problem
from soundly.core.spend import Usage
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
    Dollars are those that are stored, or those of the stored tokens at the price of their day.
    """
    request = Request(said.asked)
    return {
        "request_sha256": request_sha256(request),
        "request": to_json(request),
        "completion": to_json(completion_of(said, model)),
    }


def completion_of(said: Said, model: str) -> Completion:
    """The answer with its tokens and its dollars, as far as they are known."""
    bill = said.bill
    dollars = exact_dollars(said, model)
    return Completion(
        said.text,
        model,
        finish_reason=bill.finish_reason,
        usage=bill.usage or Usage(),
        dollars=dollars,
        price_date=bill.date if dollars is not None else None,
        reasoning=bill.reasoning,
    )


def judged_line(place: Place, file: str, entry: int, judged: Judged) -> dict[str, Any]:
    """Our verdict with its reasons, beside theirs; `Recorded` has the answer under its request."""
    usage: Mapping[str, int] | None = to_json(judged.said.bill.usage)
    return {
        "set": place.set,
        "task": place.task,
        "root": place.root,
        "model": place.model,
        "file": file,
        "entry": entry,
        "turn": judged.said.turn,
        "request_sha256": request_sha256(Request(judged.said.asked)),
        "model_version": judged.said.bill.version,
        "usage": usage,
        "dollars": exact_dollars(judged.said, place.model),
        "problem_sha256": judged.problem.digest,
        "verdict": judged.ruling,
        "answer": judged.answer,
        "critiques": [to_json(critique) for critique in judged.critiques],
        "label": judged.said.label,
        "theirs": judged.theirs,
        "theirs_accepted": judged.theirs_accepted,
        "class": judged.found,
    }
