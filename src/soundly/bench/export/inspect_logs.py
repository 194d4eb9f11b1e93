"""Logs of Inspect, written through its own types: a log for each system and family."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from inspect_ai.log import (
    EvalConfig,
    EvalDataset,
    EvalLog,
    EvalMetric,
    EvalResults,
    EvalSample,
    EvalScore,
    EvalSpec,
    EvalStats,
    write_eval_log,
)
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ModelOutput, ModelUsage
from inspect_ai.scorer import CORRECT, INCORRECT, NOANSWER, Score

from soundly._version import __version__
from soundly.bench.export.samples import Sample
from soundly.bench.inspect_tasks.record import Ending, recorded
from soundly.bench.inspect_tasks.recorded_model import recorded_name
from soundly.bench.inspect_tasks.samples import PROBLEM_KEY, chat
from soundly.bench.report.frames import session_row
from soundly.bench.report.systems import System, system_of
from soundly.bench.runs.folder import Run
from soundly.bench.runs.result import CellResult
from soundly.charts.file_names import FileNames
from soundly.core.codec import to_json
from soundly.core.errors import StoreError, UsageError
from soundly.core.spend import Spend
from soundly.kernel.seal import digest

_SCORER: Final = "critic"
_NO_MODEL: Final = "none/none"
_UNKNOWN: Final = "unknown"
"""Why an answer has no score of which nobody knows whether it is right."""
_ID: Final = 22
"""As many signs as Inspect's own ids have."""

_STOPS: Final[dict[str, Literal["stop", "max_tokens", "content_filter", "unknown"]]] = {
    "stop": "stop",
    "length": "max_tokens",
    "filter": "content_filter",
}


def write_inspect(run: Run, samples: Iterable[Sample], out: Path) -> list[Path]:
    """Write the logs into a folder for ``inspect view`` and ``inspect score``; gives their files.

    A sample's score is correct or incorrect where the last answer is known to be right or wrong,
    and "no answer" where there is none. An answer of which nobody knows it is unscored, and so is
    what broke or was refused; the score says why. Accuracy is over scored samples, and coverage
    over all that neither broke nor were refused. A sample's id names size,
    label and seed, so that the same instance has the same id under every system. Raises
    `UsageError` where the folder cannot be made, and `StoreError` where a log cannot be written.
    """
    groups: dict[tuple[System, str], list[Sample]] = {}
    for sample in samples:
        key = system_of(sample.result.cell), sample.result.cell.family_name
        groups.setdefault(key, []).append(sample)
    name = FileNames()
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror or error}") from error
    began = min((each.started_at for group in groups.values() for each in group), default="")
    run_id = digest([to_json(run.manifest), began])[:_ID]
    for (system, family), group in groups.items():
        path = out / f"{name(f'{family} {system}')}.eval"
        try:
            write_eval_log(log_of(run, system, family, group, run_id=run_id), path)
        except OSError as error:
            raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
        written.append(path)
    return written


def log_of(
    run: Run, system: System, family: str, samples: Sequence[Sample], *, run_id: str
) -> EvalLog:
    """The log of a system's sessions about a family; the logs of one run share ``run_id``."""
    started = min(each.started_at for each in samples)
    return EvalLog(
        status="success",
        eval=EvalSpec(
            eval_id=digest([run_id, family, str(system)])[:_ID],
            run_id=run_id,
            created=started,
            task=f"soundly/{family}",
            task_id=digest([family, str(system)])[:_ID],
            task_attribs={"family": family},
            solver=system.strategy,
            dataset=EvalDataset(name=family, samples=len(samples)),
            model=_model(system.model),
            config=EvalConfig(),
            packages={"soundly": __version__},
            metadata={"suite": run.suite.name},
        ),
        results=_results(samples),
        stats=EvalStats(
            started_at=started,
            completed_at=max(map(_ended_at, samples)),
            model_usage=_used(_model(system.model), [each.result for each in samples]),
        ),
        samples=[_sample(each) for each in samples],
    )


def _model(name: str | None) -> str:
    return recorded_name(name) if name is not None else _NO_MODEL


def _ended_at(sample: Sample) -> str:
    began = datetime.fromisoformat(sample.started_at)
    return (began + timedelta(seconds=sample.result.spend.seconds)).isoformat()


def _results(samples: Sequence[Sample]) -> EvalResults:
    scored = [each.result.right is True for each in samples if each.known]
    covered = [each.result.covered for each in samples if each.result.counted]
    metrics = {
        name: EvalMetric(name=name, value=sum(found) / len(found))
        for name, found in (("accuracy", scored), ("coverage", covered))
        if found
    }
    score = EvalScore(
        name=_SCORER,
        scorer=_SCORER,
        scored_samples=len(scored),
        unscored_samples=len(samples) - len(scored),
        metrics=metrics,
    )
    return EvalResults(total_samples=len(samples), completed_samples=len(samples), scores=[score])


def _sample(sample: Sample) -> EvalSample:
    result, cell = sample.result, sample.result.cell
    model = _model(cell.model)
    shown: list[ChatMessage] = chat(sample.prompt)
    spoken: list[ChatMessage] = [ChatMessageAssistant(content=sample.answer)]
    return EvalSample(
        id=cell.instance_name,
        epoch=1,
        input=shown or sample.problem.name,
        target="",
        messages=[*shown, *spoken],
        output=_output(sample, model),
        scores={_SCORER: _score(sample)},
        metadata=_metadata(sample),
        store=_store(sample),
        model_usage=_used(model, [result]),
        started_at=sample.started_at,
        completed_at=_ended_at(sample),
        total_time=result.spend.seconds,
        uuid=result.session_id,
    )


def _store(sample: Sample) -> dict[str, Any]:
    """What our scorers look for beside the answer: how the session ended, and a proof."""
    result = sample.result
    status: Ending = "broken" if result.status == "refused" else result.status
    proof = sample.certificate if result.status == "unsolvable" else None
    return recorded(status, result.reason, None if proof is None else json.loads(proof))


def _output(sample: Sample, model: str) -> ModelOutput:
    reason = sample.answered.finish_reason if sample.answered else "stop"
    return ModelOutput.from_content(model, sample.answer, stop_reason=_STOPS.get(reason, "unknown"))


def _score(sample: Sample) -> Score:
    result = sample.result
    said = "\n".join(map(str, sample.critiques)) or result.reason
    metadata = {
        "status": result.status,
        "covered": result.covered,
        "guarantee": list(result.guarantee),
        "certificate_sha256": result.certificate_sha256,
    }
    if not result.counted:
        why = "scoring_failed" if result.status == "broken" else "refusal"
        return Score.unscored(reason=why, explanation=result.reason, metadata=metadata)
    if not sample.known:
        return Score.unscored(
            reason=_UNKNOWN, answer=sample.candidate, explanation=said, metadata=metadata
        )
    return Score(
        value=CORRECT if result.right is True else INCORRECT if sample.answer else NOANSWER,
        answer=sample.candidate,
        explanation=said,
        metadata=metadata,
    )


def _metadata(sample: Sample) -> dict[str, Any]:
    problem = sample.problem
    posed = {
        "family": problem.family,
        "name": problem.name,
        "statement": dict(problem.statement),
        "solvable": sample.result.cell.solvable,
    }
    return {**session_row(sample.result), PROBLEM_KEY: posed}


def _used(model: str, results: Sequence[CellResult]) -> dict[str, ModelUsage]:
    """What sessions used together; nothing where nobody counted some of it."""
    spent = sum((each.spend for each in results), Spend())
    counted = all(each.uncounted_calls == 0 for each in results)
    return {model: _usage(spent)} if spent.calls and counted else {}


def _usage(spend: Spend) -> ModelUsage:
    return ModelUsage(
        input_tokens=spend.input_tokens,
        output_tokens=spend.output_tokens,
        total_tokens=spend.tokens,
        input_tokens_cache_read=spend.cached_tokens,
        reasoning_tokens=spend.reasoning_tokens,
    )
