"""Parts that break and calls that are refused: counted apart, and they stop nothing."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from soundly.bench.runs.folder import read_run
from soundly.bench.runs.run import PATIENCE
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Budget
from soundly.generators.scripted import Scripted

FAILS = {"error": "no such model"}


def run(suite, folder, **options):
    return anyio.run(partial(run_suite, read_suite(suite), folder, **options))


def test_a_model_that_fails_is_refused_and_the_others_are_run(tmp_path, write_suite, script):
    failing, talking = script(FAILS, name="failing"), script("no answer", name="talking")
    suite = write_suite("single", models=(failing, talking))
    end = run(suite, tmp_path / "run")
    assert end.stopped is None
    assert end.progress.statuses == {"refused": 10, "unsolved": 10}
    assert {result.reason for result in end.progress.broken} == {"no such model (after 1 try)"}
    for result in read_run(tmp_path / "run").results:
        assert result.right is (None if result.cell.model == failing else False)


def test_a_run_in_which_everything_breaks_stops_early(tmp_path, write_suite, script):
    suite = write_suite("single", models=(script(FAILS),), seeds="0-199")
    end = run(suite, tmp_path / "run", concurrency=4)
    assert end.stopped == "broken"
    assert PATIENCE <= end.progress.done < 200


def test_what_broke_is_run_again_only_when_asked(tmp_path, write_suite, script, monkeypatch):
    async def is_down(*_):
        raise GeneratorError("it is down", billed=False)

    suite = write_suite("single", models=(script("no answer"),))
    with monkeypatch.context() as for_now:
        for_now.setattr(Scripted, "complete", is_down)
        run(suite, tmp_path / "run")
    kept = run(suite, tmp_path / "run", resume=True)
    assert kept.progress.statuses == {"refused": 10}
    mended = run(suite, tmp_path / "run", resume=True, retry_broken=True)
    assert mended.progress.statuses == {"unsolved": 10}
    assert len(read_run(tmp_path / "run").results) == 10


def test_sessions_of_a_script_each_begin_at_its_start(tmp_path, write_suite, script):
    suite = write_suite("best-of:n=2,concurrency=1", models=(script("first", "second"),))
    end = run(suite, tmp_path / "run")
    assert end.progress.statuses == {"unsolved": 10}
    assert end.progress.spent.calls == 20


def test_a_model_without_a_price_is_refused_under_a_budget_in_dollars(
    tmp_path, write_suite, monkeypatch
):
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    model = "openai-compatible:m@http://127.0.0.1:9/v1"
    suite = write_suite("single", models=(model,))
    with pytest.raises(UsageError, match=r"has no known price; give it with --price '.*=IN,OUT'"):
        run(suite, tmp_path / "run", budget=Budget(dollars=1))


def test_answers_that_are_filtered_are_refused_and_not_wrong(tmp_path, write_suite, script):
    suite = write_suite("single", models=(script({"text": "", "finish_reason": "filter"}),))
    end = run(suite, tmp_path / "run")
    assert end.progress.statuses == {"refused": 10}
    assert end.progress.right == 0
