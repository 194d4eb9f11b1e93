"""A Ray cluster runs the same cells to the same results."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import anyio
import pytest

from soundly.bench.runs.folder import read_run
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite
from soundly.core.errors import UsageError

ray = pytest.importorskip("ray", reason="Ray is not installed")


@pytest.fixture
def cluster(monkeypatch):
    """Two processors on this machine, with workers that are not made to wait for everybody else."""
    monkeypatch.setenv("RAY_worker_niceness", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield
    ray.shutdown()


def run(suite, folder, **options):
    anyio.run(partial(run_suite, read_suite(suite), folder, **options))
    timeless = [
        replace(result, spend=replace(result.spend, seconds=0.0))
        for result in read_run(folder).results
    ]
    return sorted(timeless, key=lambda result: result.session_id)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_ids_and_results_are_those_of_one_machine(tmp_path, write_suite, script, cluster):
    model = script("first", "second")
    suite = write_suite("kairos", "best-of:n=2,concurrency=1", models=(model,), seeds="0-14")
    here = run(suite, tmp_path / "here")
    there = run(suite, tmp_path / "there", engine="ray")
    assert here == there
    assert len(there) == 30


def test_paid_models_on_a_cluster_need_a_store_that_every_machine_reaches(
    tmp_path, write_suite, monkeypatch
):
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    model = "openai-compatible:m@http://127.0.0.1:9/v1?input_price=1,output_price=1"
    suite = write_suite("single", models=(model,))
    with pytest.raises(UsageError, match="needs a store that every machine reaches"):
        run(suite, tmp_path / "run", engine="ray")
    assert not (tmp_path / "run").exists()
