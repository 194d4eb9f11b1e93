"""Every kind of odd official file is named with its field, counted, and the rest goes on."""

from __future__ import annotations

import json
from importlib import import_module as import_really

import pytest

from soundly.bench.planbench.importing import import_planbench
from soundly.bench.planbench.oddity import Oddity, told
from soundly.core.errors import UsageError

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")

EVENT_TOO_LATE = """initial conditions I have that, the red lamp is lit.
My goal is to have that the blue lamp is lit.
An unexpected event "x" at step 9 in the plan
[PLAN]
press the blue lamp
[PLAN END]
The following became unexpectedly false: the red lamp is lit
"""


@pytest.fixture
def spoiled(bench, entry, tmp_path):
    """Imports with one right answer beside what was spoiled; the oddities and the total."""

    def run():
        bench.result(entry(), model="beside")
        found = import_planbench(bench.folder, tmp_path / "out")
        assert found.tally.total.accepted >= 1, "the rest goes on"
        return found.oddities, found.tally.total

    return run


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"llm_raw_response": None}, "llm_raw_response", "is missing"),
        ({"llm_raw_response": 7}, "llm_raw_response", "is a number, wanted a text"),
        ({"instance_id": None}, "instance_id", "is missing"),
        (
            {"instance_id": 999},
            "instance_id",
            "names basic/instance-999.pddl, which cannot be read",
        ),
        ({"instance_id": "../../lamps/domain"}, "instance_id", "wanted a number"),
        ({"instance_id": -1}, "instance_id", "wanted a number"),
        ({"instance_id": 10**40}, "instance_id", "is a huge number"),
        ({"instance_id": True}, "instance_id", "is true or false, wanted a number"),
        ({"instance_id": [1]}, "instance_id", "is a list, wanted a number"),
        ({"query": None}, "query", "is missing"),
        ({"query": {}}, "query", "is an object, wanted a text"),
        ({"llm_correct": "yes"}, "llm_correct", "is 'yes', wanted true or false"),
        ({"llm_correct": -2}, "llm_correct", "is -2, wanted true or false"),
        (
            {"extracted_llm_plan": {"valid": True}},
            "extracted_llm_plan",
            "is an object, wanted steps",
        ),
        ({"extracted_llm_plan": [1]}, "extracted_llm_plan", "is a list, wanted steps"),
        ({"messages": "none"}, "messages", "is a text, wanted a list"),
        ({"messages": []}, "messages", "holds no question with an answer"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "messages", "holds no question"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages", "role is 'tool'"),
        ({"messages": [{"role": "user"}]}, "messages", "field 'content' is missing"),
        ({"messages": ["hello"]}, "messages", "holds a text, wanted objects"),
    ],
)
def test_an_entry_that_cannot_be_used_is_skipped_with_its_field(
    bench, entry, spoiled, changes, field, said
):
    path = bench.result(entry(), entry(**changes), entry(instance_id=2))
    (oddity,), total = spoiled()
    assert oddity.file == path.relative_to(bench.folder).as_posix()
    assert (oddity.entry, oddity.field, oddity.skipped) == (1, field, 1)
    assert said in oddity.message
    assert (total.answers, total.accepted, total.skipped) == (4, 3, 1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("no statement at all", "lacks the usual words"),
        (
            "initial conditions I have that, the red lamp is happy.\nMy goal is to have that x.\n",
            "says 'the red lamp is happy', which no phrase",
        ),
        (
            "initial conditions I have that, the pink lamp is lit.\nMy goal is to have that x.\n",
            "says 'the pink lamp is lit', which no phrase",
        ),
        (
            EVENT_TOO_LATE,
            "an event at a step that the plan does not reach",
        ),
    ],
)
def test_a_prompt_that_cannot_be_read_is_named(bench, entry, spoiled, query, said):
    bench.result(entry(query=f"[STATEMENT]\n{query}"), task="task_6_replanning")
    (oddity,), total = spoiled()
    assert (oddity.field, total.skipped) == ("query", 1)
    assert said in oddity.message


@pytest.mark.parametrize(
    ("query", "task", "said"),
    [
        ("no plan", "task_3_plan_verification", "lacks a plan between '[PLAN]' and '[PLAN END]'"),
        ("[PLAN]\npress the red lamp", "task_3_plan_verification", "lacks a plan"),
        ("[PLAN]\nsing\n[PLAN END]", "task_3_plan_verification", "says 'sing', which no phrase"),
        (
            "[ACTION SEQUENCE]\npass on from the red lamp to the blue lamp\n[ACTION SEQUENCE END]",
            "task_7_plan_execution",
            "(pass-on a b) cannot be carried out there",
        ),
    ],
)
def test_a_prompt_without_a_plan_to_ask_about_is_named(bench, entry, spoiled, query, task, said):
    bench.result(entry(query=query), task=task)
    (oddity,), total = spoiled()
    assert (oddity.field, total.skipped) == ("query", 1)
    assert said in oddity.message


def test_a_prompt_for_no_instance_is_named_before_its_words_are_read(bench, entry, spoiled):
    bench.result(entry(instance_id=[1], query="[STATEMENT]"), task="task_4_plan_reuse")
    (oddity,), _ = spoiled()
    assert oddity.field == "instance_id"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"domain_file": "lamps/none.pddl"}, "domain_file", "No such file"),
        ({"domain_file": None}, "domain_file", "is missing"),
        ({"domain_file": "lamps/basic/instance-1.pddl"}, "domain_file", "which cannot be read"),
        ({"domain_file": "lamps"}, "domain_file", "which cannot be read"),
        ({"domain_file": "a\0b"}, "domain_file", "which cannot be read"),
        ({"instance_dir": None}, "instance_dir", "is missing"),
        ({"instance_dir": 3}, "instance_dir", "is a number, wanted a text"),
        (
            {"instances_template": "all.pddl"},
            "instances_template",
            "wanted a file name with one {}",
        ),
        ({"instances_template": "{}/x"}, "instances_template", "wanted a file name with one {}"),
        ({"actions": ["press"]}, "actions", "is a list, wanted an object"),
        ({"encoded_objects": {"a": 1}}, "encoded_objects", "wanted texts"),
    ],
)
def test_a_config_at_fault_is_named_once_and_its_results_are_counted_as_skipped(
    bench, entry, spoiled, changes, field, said
):
    bench.config("odd", **changes)
    bench.result(entry(), entry(), name="odd")
    (config, result), total = spoiled()
    assert (config.file, config.field) == ("llm_planning_analysis/configs/odd.yaml", field)
    assert said in config.message
    assert said in result.message
    assert (result.field, result.skipped, total.skipped) == (field, 2, 2)


def test_a_config_without_results_is_named_all_the_same(bench, spoiled):
    bench.config("odd", domain_file="absent.pddl")
    (oddity,), total = spoiled()
    assert (oddity.field, total.skipped) == ("domain_file", 0)


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "- 1\n", "", "\0", "&a [*a, *a" * 9, "!!python/none"]
)
def test_a_config_that_is_no_yaml_is_named(bench, spoiled, text):
    bench.write("configs/odd.yaml", text)
    (oddity,), _ = spoiled()
    assert oddity.file == "llm_planning_analysis/configs/odd.yaml"


def test_results_of_a_set_without_a_config_are_named_and_counted(bench, entry, spoiled):
    bench.result(entry(), entry(), name="nowhere")
    (oddity,), total = spoiled()
    assert "configs/nowhere.yaml: cannot be read: No such file" in oddity.message
    assert (oddity.skipped, total.skipped) == (2, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"task": "t1", "instances": [{"instance_id": 1, "que', "only the beginning of it"),
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("\xff", "is not JSON"),
        ("[]", "'instances' is missing: the file holds a list"),
        ("{}", "'instances' is missing"),
        ('{"instances": {}}', "'instances' is an object, wanted a list"),
        ('{"instances": [3]}', "'instances' holds a number, wanted objects"),
    ],
)
def test_a_file_of_results_that_is_half_written_or_odd_is_named(bench, spoiled, text, said):
    path = bench.write("results/lamps/model-1/task_1_plan_generation.json", "")
    path.write_bytes(text.encode("latin-1"))
    (oddity,), _ = spoiled()
    assert oddity.file == path.relative_to(bench.folder).as_posix()
    assert said in oddity.message


def test_a_file_of_prompts_is_read_with_the_same_care(bench, entry, spoiled):
    bench.write("prompts/lamps/task_1_plan_generation.json", {"instances": [{"instance_id": 9}]})
    (oddity,), total = spoiled()
    assert (oddity.field, oddity.skipped, total.skipped) == ("instance_id", 0, 0)


def test_a_file_that_names_no_task_is_named(bench, entry, spoiled):
    bench.result(entry(), task="notes")
    (oddity,), total = spoiled()
    assert (oddity.field, total.skipped) == ("task", 1)


def test_an_instance_that_is_no_pddl_is_named_and_so_are_the_answers_to_it(bench, entry, spoiled):
    bench.write("instances/lamps/basic/instance-3.pddl", "(define (problem")
    bench.result(entry(instance_id=3))
    (instance, answer), total = spoiled()
    assert instance.file.endswith("instance-3.pddl")
    assert (answer.field, answer.skipped, total.skipped) == ("instance_id", 1, 1)


@pytest.mark.parametrize(
    "response",
    [
        7,
        {"usage": {"prompt_tokens": -1, "completion_tokens": 2}},
        {"usage": {"prompt_tokens": "many", "completion_tokens": 2}},
        {"usage": []},
        {"costs": {"total": "dear"}, "created": "today", "choices": {}},
        {"costs": {"total": float("nan")}, "created": 10**30, "choices": [None]},
        {"choices": [{"finish_reason": ["stop"], "message": 3}]},
    ],
)
def test_an_odd_bill_costs_no_answer(bench, entry, spoiled, response):
    bench.result(entry(response_object=response))
    oddities, total = spoiled()
    assert (oddities, total.accepted) == ((), 2)


def test_the_answer_is_found_in_the_response_where_it_is_not_beside_it(bench, entry, spoiled):
    said = entry()["llm_raw_response"]
    openai = {"choices": [{"message": {"content": said}}]}
    bench.result(
        entry(llm_raw_response=None, response_object=openai),
        entry(llm_raw_response=None, response_object={"generation": said}),
    )
    assert spoiled()[1].accepted == 3


@pytest.mark.parametrize("made", [None, "empty", "file", "other"])
def test_what_is_no_planbench_is_refused(tmp_path, made):
    folder = tmp_path / "folder"
    if made == "file":
        folder.write_text("x")
    elif made:
        (folder / ("src" if made == "other" else "")).mkdir(parents=True)
    with pytest.raises(UsageError, match=r"is no (folder|PlanBench)"):
        import_planbench(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_pyyaml_one_failure_says_what_to_install(bench, tmp_path, monkeypatch):
    def absent(name):
        if name == "yaml":
            raise ImportError(name)
        return import_really(name)

    monkeypatch.setattr("soundly.bench.planbench.settings.import_module", absent)
    with pytest.raises(UsageError, match=r"pip install 'soundly\[bench\]'"):
        import_planbench(bench.folder, tmp_path / "out")


def test_all_oddities_stand_in_a_file(bench, entry, spoiled, tmp_path):
    bench.result(entry(instance_id=77))
    oddities, _ = spoiled()
    written = (tmp_path / "out/oddities.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in written] == [oddity.document() for oddity in oddities]


def test_the_same_fault_in_many_entries_is_told_once_with_its_number():
    faults = [Oddity("f.json", "field 'x' is missing", place, "x", 1) for place in (4, 7, 9)]
    assert told(faults) == ["f.json, entry 4: field 'x' is missing (and in 2 more)"]
