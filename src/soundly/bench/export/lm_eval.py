"""Results and samples as the LM Evaluation Harness (EleutherAI, version 0.4) writes them."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from soundly._version import __version__
from soundly.bench.export.samples import Sample
from soundly.bench.output import Output
from soundly.bench.report.asked import Instance
from soundly.bench.report.systems import Results, System, by_family, system_of
from soundly.bench.runs.folder import Run
from soundly.core.codec import to_json

_METRICS: Final = {"acc": True, "covered": True, "unknown": False}
"""Each metric, and whether higher is better."""
_TARGETS: Final = {True: "solution", False: "no solution", None: "not known"}


@dataclass(slots=True)
class _Task:
    """The samples of one task under one system, and how many have no score."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0


def write_lm_eval(run: Run, samples: Iterable[Sample], out: Path) -> list[Path]:
    """Write a folder for each system, with results and with samples for each family; their files.

    ``acc`` is whether the last answer is known to be right, ``covered`` whether the session ended
    with a certificate, and ``unknown`` whether there is an answer of which nobody knows whether it
    is right: the accuracy lies from ``acc`` to ``acc`` and ``unknown`` together. Sessions in which
    a part broke or a call was refused are in neither file; ``n-samples`` counts them as original
    and not as effective. The same instance has the same ``doc_id`` and ``doc_hash`` under every
    system. Raises `UsageError` where the folder cannot be made.
    """
    numbers = {name: _numbers(of_family) for name, of_family in by_family(run.results).items()}
    done: dict[System, dict[str, _Task]] = {}
    latest = ""
    for sample in samples:
        cell = sample.result.cell
        name = f"soundly_{_plain(cell.family_name)}"
        tasks = done.setdefault(system_of(cell), {})
        task = tasks.setdefault(name, _Task())
        latest = max(latest, sample.started_at)
        if sample.result.counted:
            task.documents.append(_document(sample, numbers[cell.family_name][cell.instance]))
        else:
            task.left_out += 1
    date = latest.partition("+")[0].replace(":", "-")
    with Output(out) as files:
        for system, tasks in done.items():
            folder = _plain(str(system))
            files.whole(f"{folder}/results_{date}.json", _results(run, system, tasks))
            for name, task in tasks.items():
                for document in sorted(task.documents, key=itemgetter("doc_id")):
                    files.line(f"{folder}/samples_{name}_{date}.jsonl", document)
        return [out / name for name in files.names]


def _numbers(results: Results) -> dict[Instance, int]:
    """A number for each instance of a family, by size, label and seed, whoever was asked it."""
    cells = {each.cell.instance: each.cell for each in results}
    order = sorted(
        cells,
        key=lambda at: (
            cells[at].size,
            cells[at].solvable is False,
            cells[at].seed,
            cells[at].instance_name,
            str(at),
        ),
    )
    return {instance: number for number, instance in enumerate(order)}


def _document(sample: Sample, number: int) -> dict[str, Any]:
    result = sample.result
    prompt = "\n\n".join(message.content for message in sample.prompt)
    settings = to_json(sample.asked) if sample.asked else {}
    settings.pop("messages", None)
    target = _TARGETS[result.cell.solvable]
    doc = {
        "family": result.cell.family_name,
        "name": sample.problem.name,
        "statement": dict(sample.problem.statement),
        "size": result.cell.size,
        "solvable": result.cell.solvable,
    }
    return {
        "doc_id": number,
        "doc": doc,
        "target": target,
        "arguments": {"gen_args_0": {"arg_0": prompt, "arg_1": settings}},
        "resps": [[sample.answer]],
        "filtered_resps": [sample.candidate or ""],
        "filter": "none",
        "metrics": list(_METRICS),
        "doc_hash": _hash(json.dumps(doc, sort_keys=True)),
        "prompt_hash": _hash(prompt),
        "target_hash": _hash(target),
        "acc": float(result.right is True),
        "covered": float(result.covered),
        "unknown": float(not sample.known),
        "session_id": result.session_id,
        "cell": to_json(result.cell),
    }


def _results(run: Run, system: System, tasks: dict[str, _Task]) -> dict[str, Any]:
    scored = {name: task for name, task in tasks.items() if task.documents}
    return {
        "results": {name: _scores(name, task.documents) for name, task in scored.items()},
        "group_subtasks": {name: [] for name in tasks},
        "configs": {
            name: {"task": name, "output_type": "generate_until", "num_fewshot": None}
            for name in tasks
        },
        "versions": dict.fromkeys(tasks, 1),
        "n-shot": dict.fromkeys(tasks, 0),
        "higher_is_better": dict.fromkeys(tasks, _METRICS),
        "n-samples": {
            name: {
                "original": len(task.documents) + task.left_out,
                "effective": len(task.documents),
            }
            for name, task in tasks.items()
        },
        "config": {"model": system.model, "model_args": {"strategy": system.strategy}},
        "model_source": "soundly",
        "model_name": str(system),
        "model_name_sanitized": _plain(str(system)),
        "soundly": {"version": __version__, "suite": run.suite.name},
    }


def _scores(name: str, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"alias": name}
    for metric in _METRICS:
        values = [each[metric] for each in documents]
        mean = math.fsum(values) / len(values)
        found[f"{metric},none"] = mean
        found[f"{metric}_stderr,none"] = _standard_error(mean, len(values))
    return found


def _standard_error(mean: float, count: int) -> float | str:
    """Of a mean of zeros and ones, from the sample's variance; "N/A" for a single one."""
    return math.sqrt(mean * (1 - mean) / (count - 1)) if count > 1 else "N/A"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.=-]+", "_", name).strip("_") or "system"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
