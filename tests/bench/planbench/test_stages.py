"""Stored answers as stages: which answers count, and which files are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from soundly.bench.planbench.stages import Stage, stage_tables
from soundly.core.errors import UnknownNameError, UsageError

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("genai_prices", reason="prices come from genai-prices")

GPT = "gpt-4_chat"


def only(tables):
    (table,) = tables
    return table


def test_a_stage_is_a_model_under_one_prompt(bench, entry, wrong):
    bench.result(entry(), model=GPT)
    bench.result(
        entry(llm_raw_response=wrong), model=GPT, task="task_1_zero_shot_plan_generation_pddl"
    )
    table = only(stage_tables(bench.folder, []))
    accepted = {stage.name: trials["instance-1"].accepted for stage, trials in table.trials.items()}
    assert accepted == {f"{GPT} · one-shot": True, f"{GPT} · zero-shot pddl": False}


def test_of_two_answers_to_an_instance_the_first_counts(bench, entry, wrong):
    bench.result(entry(llm_raw_response=wrong), entry(), model=GPT)
    (trials,) = only(stage_tables(bench.folder, [])).trials.values()
    assert not trials["instance-1"].accepted


def test_conversations_and_other_tasks_are_no_stages(bench, entry):
    bench.result(entry(), model=GPT)
    bench.result(entry(), model=GPT, task="task_1_plan_generation_backprompting")
    bench.result(entry(), model=GPT, task="task_2_plan_optimality")
    assert list(only(stage_tables(bench.folder, [])).trials) == [Stage(GPT, "one-shot")]


def test_a_model_without_a_price_is_left_out_and_named(bench, entry):
    bench.result(entry(), model=GPT)
    bench.result(entry(), model="bloom")
    shared = only(stage_tables(bench.folder, [])).shared()
    assert shared.stages == (Stage(GPT, "one-shot"),)
    assert shared.left_out == {Stage("bloom", "one-shot"): "no price of its time is known"}


def test_a_stage_is_not_left_out_for_one_answer_without_a_price(bench, entry):
    text = (bench.root / "instances/lamps/basic/instance-1.pddl").read_text()
    for number in range(3, 11):
        bench.write(f"instances/lamps/basic/instance-{number}.pddl", text)
    tokens = {"prompt_tokens": 10, "completion_tokens": 10}
    late = {"created": int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), "usage": tokens}
    asked = [entry(instance_id=number) for number in range(1, 10)]
    unpriced = entry(instance_id=10, response_object=late)
    bench.result(*asked, unpriced, model="o1-mini_chat")
    bench.result(*asked, entry(instance_id=10), model=GPT)
    shared = only(stage_tables(bench.folder, [])).shared()
    assert [stage.model for stage in shared.stages] == [GPT, "o1-mini_chat"]
    assert (len(shared.instances), shared.left_out) == (9, {})
    half = [entry(instance_id=number, response_object=late) for number in range(5, 11)]
    bench.result(*asked[:4], *half, model="o1-mini_chat")
    shared = only(stage_tables(bench.folder, [])).shared()
    assert shared.left_out == {Stage("o1-mini_chat", "one-shot"): "no price of its time is known"}


def test_a_file_with_too_few_answers_is_left_out_and_the_others_keep_theirs(bench, entry):
    bench.result(entry(), entry(instance_id=2), model=GPT)
    bench.result(entry(), model="gpt-4o_chat")
    shared = only(stage_tables(bench.folder, [])).shared()
    assert shared.instances == ("instance-1", "instance-2")
    assert shared.left_out == {Stage("gpt-4o_chat", "one-shot"): "answered 1 of 2 instances"}


def test_what_a_stage_did_not_answer_is_shared_by_none(bench, entry):
    whole = [entry(instance_id=number) for number in range(1, 11)]
    for number in range(3, 11):
        text = (bench.root / "instances/lamps/basic/instance-1.pddl").read_text()
        bench.write(f"instances/lamps/basic/instance-{number}.pddl", text)
    bench.result(*whole, model=GPT)
    bench.result(*whole[1:], model="gpt-4o_chat")
    shared = only(stage_tables(bench.folder, [])).shared()
    assert (len(shared.stages), len(shared.instances)) == (2, 9)
    assert "instance-1" not in shared.instances


def test_a_domain_without_solutions_has_no_stages(bench, entry):
    bench.config("unsolvable_lamps")
    bench.result(entry(), model=GPT)
    bench.result(entry(), model=GPT, name="unsolvable_lamps")
    assert only(stage_tables(bench.folder, [])).set == "lamps"


def test_a_file_that_holds_the_answers_of_another_is_left_out(bench, entry):
    bench.result(entry(), model=GPT)
    bench.result(entry(), model=GPT, task="task_1_plan_generation_run1")
    bench.result(entry(), model="gpt-4o_chat")
    shared = only(stage_tables(bench.folder, [])).shared()
    assert [stage.name for stage in shared.stages] == [
        f"{GPT} · one-shot",
        "gpt-4o_chat · one-shot",
    ]
    assert list(shared.left_out.values()) == ["holds the answers of one-shot once more"]


def test_models_can_be_left_out_and_sets_chosen_by_name(bench, entry):
    bench.result(entry(), model=GPT)
    bench.result(entry(), model="gpt-4o_chat")
    table = only(stage_tables(bench.folder, [], sets=["lamps"], without=[GPT]))
    assert [stage.model for stage in table.trials] == ["gpt-4o_chat"]


@pytest.mark.parametrize("options", [{"sets": ["lamp"]}, {"without": ["gpt-4"]}])
def test_an_unknown_name_is_named_with_the_nearest(bench, entry, options):
    bench.result(entry(), model=GPT)
    with pytest.raises(UnknownNameError, match="did you mean"):
        stage_tables(bench.folder, [], **options)


def test_a_folder_without_such_answers_is_refused(bench, entry):
    bench.result(entry(), model="bloom")
    with pytest.raises(UsageError, match="holds no answer with a price"):
        stage_tables(bench.folder, [])
