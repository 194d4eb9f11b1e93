"""Stored answers as a run: what the critics said of each is what the run says."""

from __future__ import annotations

from collections import Counter

import pytest

from soundly.bench.planbench.rejudging import rejudge
from soundly.bench.planbench.replaying import PLANS, replay_planbench
from soundly.bench.runs.folder import read_run
from soundly.bench.runs.result import result_of
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.events import CallSettled
from soundly.store import Store

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("genai_prices", reason="prices come from genai-prices")

TASK = "task_1_plan_generation"
RESPONSE = {
    "created": 1726652688,
    "usage": {"prompt_tokens": 1_000, "completion_tokens": 1_000},
}


def replayed(bench, tmp_path, **wanted):
    done = replay_planbench(bench.folder, tmp_path / "run", **wanted)
    return done, read_run(tmp_path / "run")


def test_every_answer_is_a_session_with_its_tokens_its_dollars_and_a_certificate(
    bench, entry, wrong, tmp_path
):
    bench.result(
        entry(response_object=RESPONSE),
        entry(instance_id=2, llm_raw_response=wrong, response_object=RESPONSE),
        model="o1-mini_chat",
    )
    done, run = replayed(bench, tmp_path)
    assert (done.sessions, done.conversations, done.oddities) == (2, 0, ())
    assert run.finished
    right, missed = run.results
    assert (right.status, right.right, right.cell.model) == ("solved", True, "o1-mini_chat")
    assert (right.cell.family, right.cell.strategy, right.cell.size) == ("lamps", TASK, 2)
    assert (right.spend.tokens, right.spend.dollars) == (2_000, pytest.approx(0.015))
    assert (right.unpriced_calls, right.uncounted_calls) == (0, 0)
    assert (missed.status, missed.answer, missed.right) == ("unsolved", "solution", False)
    with Store.open(run.store, create=False) as store:
        trace = store.trace(right.session_id)
    assert result_of(right.cell, trace) == right
    (settled,) = [each.event for each in trace if isinstance(each.event, CallSettled)]
    assert settled.completion.text == entry()["llm_raw_response"]


def test_what_nobody_counted_or_priced_is_said_to_be_unknown(bench, entry, tmp_path):
    bench.result(entry(), model="somebody's model")
    _, run = replayed(bench, tmp_path)
    (result,) = run.results
    assert (result.uncounted_calls, result.unpriced_calls) == (1, 1)


def test_the_same_question_twice_is_two_sessions(bench, entry, tmp_path):
    bench.result(entry(), entry())
    _, run = replayed(bench, tmp_path)
    assert [each.cell.seed for each in run.results] == [0, 1]
    assert len({each.session_id for each in run.results}) == 2


def test_conversations_other_tasks_and_what_cannot_be_used_are_left_out(
    bench, entry, wrong, tmp_path
):
    says = {"role": "user", "content": "Light both lamps."}
    answers = [
        {"role": "assistant", "content": text} for text in (wrong, entry()["llm_raw_response"])
    ]
    long = {"instance_id": 1, "messages": [says, answers[0], says, answers[1]], "correct": True}
    short = {"instance_id": 1, "messages": [says, answers[1]], "correct": True}
    bench.result(long, short, task="task_1_plan_generation_backprompting")
    bench.result(entry(), task="task_2_plan_optimality")
    bench.result(entry(instance_id=None), entry())
    done, run = replayed(bench, tmp_path)
    assert (done.sessions, done.conversations, len(done.oddities)) == (1, 2, 1)
    assert [each.cell.strategy for each in run.results] == [TASK]


def test_domains_and_models_are_chosen_by_name(bench, entry, tmp_path):
    bench.result(entry(), model="one")
    bench.result(entry(), model="two")
    _, run = replayed(bench, tmp_path, models=["two"])
    assert [each.cell.model for each in run.results] == ["two"]
    for wanted, said in (
        ({"models": ["tow"]}, "unknown model of these answers 'tow'; did you mean two"),
        ({"sets": ["lamp"]}, "unknown domain of these answers 'lamp'; did you mean lamps"),
    ):
        with pytest.raises(UnknownNameError, match=said):
            replay_planbench(bench.folder, tmp_path / "other", **wanted)
        assert not (tmp_path / "other").exists()


def test_a_folder_that_is_there_is_left_alone(bench, entry, tmp_path):
    bench.result(entry())
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="run exists already"):
        replay_planbench(bench.folder, tmp_path / "run")
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_sessions_and_verdicts_agree_on_every_real_answer(planbench, tmp_path):
    replay_planbench(planbench, tmp_path / "run")
    run = read_run(tmp_path / "run")
    covered = Counter(
        (each.cell.family, each.cell.model, each.cell.strategy)
        for each in run.results
        if each.covered
    )
    asked = Counter((each.cell.family, each.cell.model, each.cell.strategy) for each in run.results)
    rows = rejudge(planbench, by_task=True).rows
    compared = 0
    for group, row in rows.items():
        key = (group.set, group.model, group.task)
        if group.task.startswith(PLANS) and "backprompting" not in group.task:
            assert (covered[key], asked[key]) == (row.ours, row.answers)
            compared += row.answers
    assert compared == len(run.results) > 5_000
