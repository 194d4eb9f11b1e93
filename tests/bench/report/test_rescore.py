"""Exported logs are scored again by Inspect, and the scores agree."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra inspect")

from inspect_ai.log import read_eval_log

from soundly.bench.export.write import export_run
from soundly.bench.suites.suite import Grid, Suite

from .conftest import make_run


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """Of a model, of a model with a solver behind it, and of solvers that find and prove."""
    asking = Grid(
        families=("blocksworld",),
        sizes=(3,),
        seeds=(0, 1, 2),
        solvable=(True, False),
        models=("cheap",),
        strategies=("single", "refine:rounds=1+closed-set"),
    )
    solving = replace(asking, models=(), strategies=("kairos", "h2"))
    suite = Suite(name="paper", grids=(asking, solving))
    folder = tmp_path_factory.mktemp("rescore")
    return export_run(make_run(folder / "run", suite), "inspect", folder / "logs")


def scored_again(path, tmp_path):
    """The log as ``inspect score`` leaves it."""
    out = tmp_path / path.name
    command = [Path(sys.executable).parent / "inspect", "score", path, "--scorer", "soundly/critic"]
    more = ["--action", "overwrite", "--output-file", out, "--display", "none"]
    done = subprocess.run(
        [*map(str, command), *map(str, more)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return read_eval_log(str(out))


def test_inspect_scores_every_log_again_and_agrees(logs, tmp_path):
    """Only an unproved claim that there is no solution is right by the label and unscored here."""
    seen = set()
    for path in logs:
        before, after = read_eval_log(str(path)), scored_again(path, tmp_path)
        for exported, scored in zip(before.samples, after.samples, strict=True):
            first, second = exported.scores["critic"], scored.scores["critic"]
            seen.add((exported.metadata["status"], second.value if second.reason is None else None))
            if second.reason == "unproved-claim":
                assert exported.metadata["answer"] == "claim"
                assert (first.value, math.isnan(second.value)) == ("C", True)
            else:
                assert first.value == second.value
    assert {("solved", "C"), ("unsolvable", "C")} <= seen


def test_a_log_names_its_run_its_model_and_its_time(logs):
    found = [read_eval_log(str(path)) for path in logs]
    assert {each.eval.model for each in found} == {"soundly/cheap", "none/none"}
    assert len({each.eval.run_id for each in found}) == 1
    assert len({each.eval.eval_id for each in found}) == len(found)
    for each in found:
        assert len(each.eval.run_id) == len(each.eval.eval_id) == 22
        assert each.stats.started_at == min(sample.started_at for sample in each.samples)
        assert each.stats.completed_at == max(sample.completed_at for sample in each.samples)
        assert each.stats.started_at < each.stats.completed_at
        used = sum(u.total_tokens for s in each.samples for u in s.model_usage.values())
        assert sum(u.total_tokens for u in each.stats.model_usage.values()) == used


def test_what_a_solver_found_or_proved_after_a_model_is_the_answer(logs):
    (path,) = [each for each in logs if "closed-set" in each.name]
    samples = read_eval_log(str(path)).samples
    for sample in samples:
        status, answer = sample.metadata["status"], sample.output.completion
        assert status in ("solved", "unsolvable")
        if status == "solved":
            assert answer.startswith("(")
        elif sample.metadata["answer"] != "claim":
            assert answer == "[NO SOLUTION]"
        held = sample.store["soundly_outcome"]
        assert (held["certificate"] is not None) == (status == "unsolvable")
    assert {sample.metadata["status"] for sample in samples} == {"solved", "unsolvable"}


def test_the_model_of_a_log_says_nothing_more():
    import anyio
    from inspect_ai.model import GenerateConfig

    from soundly.bench.inspect_tasks.recorded_model import RecordedModel, recorded_name
    from soundly.core.errors import UsageError

    assert recorded_name("scripted:r.jsonl") == "soundly/scripted:r.jsonl"

    async def ask():
        await RecordedModel("scripted:r.jsonl").generate([], [], "none", GenerateConfig())

    with pytest.raises(UsageError, match=r"soundly/scripted:r\.jsonl names the model of sessions"):
        anyio.run(ask)
