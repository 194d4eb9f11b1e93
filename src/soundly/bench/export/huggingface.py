"""A data set of Hugging Face: JSON Lines and a card that says where they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from soundly.bench.export.samples import Sample
from soundly.bench.output import Output
from soundly.bench.report.frames import session_row
from soundly.bench.runs.folder import Run
from soundly.charts.files import write_whole
from soundly.core.codec import to_json

DATA: Final = "data/sessions.jsonl"
CARD: Final = "README.md"


def write_huggingface(run: Run, samples: Iterable[Sample], out: Path) -> list[Path]:
    """Write the data set into a folder for ``datasets.load_dataset``; gives its files.

    A line is a session: its coordinates and results, as in the report's data, and the problem, the
    prompt, the response and its critiques. Raises `UsageError` where the folder cannot be made.
    """
    with Output(out) as files:
        files.begin(DATA)
        for sample in samples:
            files.line(DATA, row(sample))
    return [write_whole(out / CARD, card(run).encode()), out / DATA]


def row(sample: Sample) -> dict[str, Any]:
    """One session, the same fields for each, so that all lines have the same types."""
    return session_row(sample.result) | {
        "problem": sample.problem.name,
        # one text: data sets want the same fields in every line, and families have their own
        "statement": json.dumps(dict(sample.problem.statement), ensure_ascii=False),
        "prompt": to_json(sample.prompt),
        "response": sample.answer,
        "candidate": sample.candidate,
        "critic": sample.critic,
        "critiques": [
            {"code": each.code, "message": each.message, "where": each.where, "step": each.step}
            for each in sample.critiques
        ],
        "started_at": sample.started_at,
    }


def card(run: Run) -> str:
    """The card, with the configuration that loaders read."""
    suite = run.suite
    return f"""---
pretty_name: {json.dumps(f"Sessions of suite {suite.name}")}
task_categories:
- text-generation
configs:
- config_name: default
  data_files:
  - split: test
    path: {DATA}
---

# Sessions of suite {suite.name}

{len(run.results):,} sessions of {run.manifest.cells:,} cells, written by Soundly. Each line is one
session: a problem, a model with a strategy, the answer, what its critic said, and what it cost.

- `status`: `solved` and `unsolvable` have a certificate; `unsolved` and `exhausted` have none;
  `broken` and `refused` say nothing of the answer (`counted` is false).
- `covered`: ended with a certificate. `right`: whether the last answer is known to be right or
  wrong, null where nobody can tell.
- `response`: the words that the answer was read from. `candidate`: what was read. `answer`: its
  kind.
- `guarantee`: what the critic declared. `solvable`: the label of the instance,
  stated or shown by a certificate of this run, null where there is neither.
- `dollars`: US dollars, null where a price is not known. `uncounted_calls`: answers whose tokens
  nobody counted; above 0, the tokens are null. `capped_calls`: calls that were cut short and count
  at the most that they can have cost; above 0, tokens and dollars are upper bounds.
- `seconds`: on the clock; they compare only where nothing ran beside the session.
"""
