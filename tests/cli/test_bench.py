"""`soundly bench import-planbench`: the table, the document, the faults, the exit code."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")

DOMAIN = """(define (domain lamps) (:predicates (lit ?x))
  (:action press :parameters (?x) :precondition (not (lit ?x)) :effect (lit ?x)))"""
PROBLEM = "(define (problem p) (:domain lamps) (:objects a) (:init) (:goal (lit a)))"
FILES = {
    "configs/lamps.yaml": (
        "domain_file: domain.pddl\ninstance_dir: basic\ninstances_template: i{}.pddl\n"
        "encoded_objects: {a: red lamp}\n"
    ),
    "instances/domain.pddl": DOMAIN,
    "instances/basic/i1.pddl": PROBLEM,
}


def entry(**changes):
    right = {"instance_id": 1, "query": "Light it.", "llm_raw_response": "press the red lamp"}
    return right | {"llm_correct": True, "extracted_llm_plan": "(press red)"} | changes


@pytest.fixture
def put(tmp_path):
    """Writes a benchmark whose one file of results has these entries."""

    def write(*entries, task="task_1_plan_generation", model="a-model"):
        results = json.dumps({"instances": list(entries)})
        for name, text in (FILES | {f"results/lamps/{model}/{task}.json": results}).items():
            path = tmp_path / "pb" / "plan-bench" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return write


def test_a_folder_without_a_fault_ends_with_code_0_and_silence_on_standard_error(run, put):
    put(entry())
    ran = run("bench", "import-planbench", "pb")
    assert (ran.code, ran.err) == (0, "")
    assert "lamps · task_1_plan_generation · plan-bench" in ran.out
    assert ran.out.count("a-model") == 1
    assert "written to out/planbench" in ran.out


def test_a_fault_is_named_with_file_and_field_and_ends_with_code_2(run, put):
    put(entry(), entry(instance_id=7), entry(instance_id=7))
    ran = run("bench", "import-planbench", "pb", "--out", "there")
    assert ran.code == 2
    assert ran.err == (
        "soundly: plan-bench/results/lamps/a-model/task_1_plan_generation.json, entry 1: "
        "field 'instance_id' names basic/i7.pddl, which cannot be read: "
        "No such file or directory (and in 1 more)\n"
    )
    assert "judged: 1 · skipped: 2" in ran.out


def test_json_is_one_object_that_is_also_in_the_folder(run, put, tmp_path):
    put(entry())
    ran = run("bench", "import-planbench", "pb", "--out", "there", "--json")
    document = json.loads(ran.out)
    assert document == json.loads((tmp_path / "there/summary.json").read_text())
    assert document["total"]["accepted"] == document["rows"][0]["accepted"] == 1


@pytest.mark.parametrize("width", [70, 80, 120])
def test_the_table_keeps_its_columns_at_any_width(run, put, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    put(entry(), model="a-model-with-a-very-long-name-indeed-" * 2)
    lines = run("bench", "import-planbench", "pb").out.splitlines()
    heading = next(line for line in lines if "answers" in line and "theirs" in line)
    total = next(line for line in lines if line.strip().startswith("all"))
    assert heading.rstrip().endswith("skipped")
    assert len(heading.rstrip()) == len(total.rstrip())
    assert all(len(line.rstrip()) <= width for line in lines)


@pytest.mark.parametrize("width", [20, 40, 50])
def test_on_a_short_line_every_number_has_its_heading_beside_it(run, put, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    put(entry())
    for command in ("import-planbench", "rejudge"):
        said = " ".join(run("bench", command, "pb").out.split())
        assert "a-model answers: 1 · ours: 1" in said
        assert "…" not in said


def test_hostile_names_do_not_reach_the_terminal(run, put):
    put(entry(instance_id=9), model="evil\x1b[31m")
    ran = run("bench", "import-planbench", "pb")
    assert "\x1b" not in ran.out + ran.err


def test_many_different_faults_are_cut_and_the_file_with_all_of_them_is_named(run, put, tmp_path):
    put(*(entry(instance_id=number) for number in range(100, 200)))
    ran = run("bench", "import-planbench", "pb")
    assert ran.err.count("\n") == 41
    assert ran.err.endswith("and 60 more; see out/planbench/oddities.jsonl\n")
    assert len((tmp_path / "out/planbench/oddities.jsonl").read_text().splitlines()) == 100


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_what_is_no_planbench_is_one_line_and_code_2(run, name):
    ran = run("bench", "import-planbench", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "PlanBench" in ran.err


def test_bench_alone_shows_its_commands(run):
    ran = run("bench")
    assert ran.code == 2
    assert "import-planbench" in ran.out
