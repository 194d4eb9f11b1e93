"""`soundly bench rejudge`, `cascade` and `rounds`: tables, documents, faults, exit codes."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("scipy", reason="intervals need scipy")

DOMAIN = """(define (domain lamps) (:predicates (lit ?x))
  (:action press :parameters (?x) :precondition (not (lit ?x)) :effect (lit ?x)))"""
PROBLEM = "(define (problem p) (:domain lamps) (:objects a) (:init) (:goal (lit a)))"
CONFIG = (
    "domain_file: domain.pddl\ninstance_dir: basic\ninstances_template: i{}.pddl\n"
    "actions: {press: 'press the {}'}\nencoded_objects: {a: red lamp}\n"
)


def entry(**changes):
    right = {"instance_id": 1, "query": "Light it.", "llm_raw_response": "press the red lamp"}
    return right | {"llm_correct": True, "extracted_llm_plan": "(press red)"} | changes


@pytest.fixture
def put(tmp_path):
    """Writes a benchmark of twenty instances, and one file of results with these entries."""

    def write(*entries, task="task_1_plan_generation", model="a-model"):
        root = tmp_path / "pb" / "plan-bench"
        files = {f"instances/basic/i{number}.pddl": PROBLEM for number in range(1, 21)}
        files |= {"configs/lamps.yaml": CONFIG, "instances/domain.pddl": DOMAIN}
        files[f"results/lamps/{model}/{task}.json"] = json.dumps({"instances": list(entries)})
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return write


def test_rejudge_prints_our_accuracy_beside_the_label_and_why_they_differ(run, put):
    put(entry(), entry(llm_correct=False, extracted_llm_plan=""))
    ran = run("bench", "rejudge", "pb")
    assert (ran.code, ran.err) == (0, "")
    row = next(line for line in ran.out.splitlines() if "a-model" in line)
    assert row.split() == ["a-model", "2", "100.0%", "15.8%", "to", "100.0%", "50.0%", "1"]
    assert "1 their plan differs" in ran.out
    assert "the plan taken from it then is another" in " ".join(ran.out.split())


def test_rejudge_as_json_is_one_object(run, put):
    put(entry())
    document = json.loads(run("bench", "rejudge", "pb", "--json").out)
    assert document["rows"][0]["ours"]["count"] == document["total"]["answers"] == 1


def test_rejudge_names_a_fault_and_ends_with_code_2(run, put):
    put(entry(), entry(instance_id=77))
    ran = run("bench", "rejudge", "pb")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "entry 1: field 'instance_id' names basic/i77.pddl" in ran.err
    assert "1 not judged" in ran.out


@pytest.mark.parametrize("command", ["rejudge"])
def test_what_is_no_planbench_is_one_line_and_code_2(run, command):
    ran = run("bench", command, "nowhere")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "PlanBench" in ran.err


def test_hostile_names_do_not_reach_the_terminal(run, put):
    put(entry(), model="evil\x1b[31m")
    assert "\x1b" not in run("bench", "rejudge", "pb").out
