"""`soundly bench rejudge`, `cascade` and `rounds`: tables, documents, faults, exit codes."""

from __future__ import annotations

import json
import shutil

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


@pytest.mark.parametrize("command", ["rejudge", "cascade", "rounds"])
def test_what_is_no_planbench_is_one_line_and_code_2(run, command):
    ran = run("bench", command, "nowhere")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "PlanBench" in ran.err


def test_hostile_names_do_not_reach_the_terminal(run, put):
    put(entry(), model="evil\x1b[31m")
    assert "\x1b" not in run("bench", "rejudge", "pb").out


TALK = "task_1_plan_generation_backprompting"


def talk(*answers, correct=True):
    messages = []
    for answer in answers:
        messages += [{"role": "user", "content": "Light it."}]
        messages += [{"role": "assistant", "content": answer}]
    return {"instance_id": 1, "messages": messages, "correct": correct}


def numbered(answers):
    return [
        entry(instance_id=number, llm_raw_response=answer)
        for number, answer in enumerate(answers, 1)
    ]


RIGHT, WRONG = "press the red lamp", "nothing to press"


@pytest.fixture
def two(put):
    """A cheap model that is right every other time, and a dear one that always is."""
    pytest.importorskip("genai_prices", reason="prices come from genai-prices")
    put(*numbered([f"{RIGHT}\n", WRONG] * 10), model="llama3-70b-8192_groq")
    put(*numbered([RIGHT] * 20), model="gpt-4_chat")


def test_cascade_prints_the_order_its_coverage_and_what_it_saves(run, two):
    ran = run("bench", "cascade", "pb")
    assert (ran.code, ran.err) == (0, "")
    said = " ".join(ran.out.split())
    assert "lamps learned on 10 instances, measured on 10 others" in said
    assert "1. llama3-70b-8192_groq · one-shot 2. gpt-4_chat · one-shot" in said
    assert "cascade 10/10" in said
    assert "cascade and model cover the same instances" in said
    assert "saves at least" in said


def test_on_a_short_line_no_number_of_a_cascade_or_of_its_rounds_is_cut(run, put, two, monkeypatch):
    put(talk(WRONG, RIGHT), task=TALK)
    monkeypatch.setenv("COLUMNS", "40")
    assert "covered: 10/10 · 95%: 69.2%" in " ".join(run("bench", "cascade", "pb").out.split())
    assert "round: 2 · asked: 1 · solved: 1/1" in " ".join(run("bench", "rounds", "pb").out.split())


def test_cascade_says_how_many_instances_it_gains_beside_a_model_that_is_named(run, two):
    ran = run("bench", "cascade", "pb", "--against", "llama3-70b-8192_groq", "--coverage", "1")
    (domain,) = json.loads(
        run("bench", "cascade", "pb", "--against", "llama3-70b-8192_groq", "--json").out
    )["domains"]
    gained = 10 - domain["against"]["covered"]
    assert gained > 0
    said = " ".join(ran.out.split())
    assert f"cascade less model: covered +{gained}0.0% (95%:" in said
    assert f"{gained} instances gained, 0 lost (McNemar p =" in said


def test_cascade_as_json_has_the_same_order_and_every_single_model(run, two):
    (domain,) = json.loads(run("bench", "cascade", "pb", "--json").out)["domains"]
    assert domain["order"] == ["llama3-70b-8192_groq · one-shot", "gpt-4_chat · one-shot"]
    assert len(domain["singles"]) == 2
    assert domain["cascade"]["covered"] == domain["crowds"][0]["best_of"]["covered"] == 10


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--coverage", "1.5"], "coverage is 1.5, wanted a share from 0 to 1"),
        (["--learn", "1"], "learn is 1, wanted a share between 0 and 1"),
        (["--against", "gpt4_chat"], "did you mean gpt-4_chat"),
        (["--without", "gpt4_chat"], "did you mean gpt-4_chat"),
        (["--set", "lamp"], "did you mean lamps"),
        (["--without", "gpt-4_chat"], "no domain has answers of two models or prompts"),
    ],
)
def test_a_mistake_on_the_line_of_cascade_is_one_line_and_code_2(run, two, options, said):
    ran = run("bench", "cascade", "pb", *options)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_cascade_draws_one_domain_where_a_file_is_named(run, two, tmp_path):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    ran = run("bench", "cascade", "pb", "--out", "cascade.svg")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "drawn        cascade.svg")
    assert (tmp_path / "cascade.svg").read_text().startswith("<svg")


def test_cascade_draws_no_two_domains_and_says_so_before_an_answer_is_judged(
    run, two, tmp_path, monkeypatch
):
    root = tmp_path / "pb/plan-bench"
    (root / "configs/more.yaml").write_text(CONFIG)
    (root / "results/more").symlink_to(root / "results/lamps")
    monkeypatch.delattr("soundly.cli.cascade.stage_tables")
    ran = run("bench", "cascade", "pb", "--out", "cascade.svg")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "one domain, and there are 2: choose by --set among lamps, more" in ran.err


@pytest.mark.parametrize("options", [["--set", "more"], ["--against", "gpt-4o_chat"]])
def test_cascade_draws_the_one_domain_of_two_that_is_meant(run, put, two, tmp_path, options):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    root = tmp_path / "pb/plan-bench"
    (root / "configs/more.yaml").write_text(CONFIG)
    shutil.copytree(root / "results/lamps", root / "results/more")
    shutil.copytree(root / "results/more/gpt-4_chat", root / "results/more/gpt-4o_chat")
    ran = run("bench", "cascade", "pb", "--out", "cascade.svg", *options)
    assert (ran.code, ran.err) == (0, "")
    assert "more  learned on" in ran.out


def test_cascade_draws_no_two_generations_of_one_domain(run, two, tmp_path):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    shutil.copytree(tmp_path / "pb/plan-bench", tmp_path / "pb/later")
    ran = run("bench", "cascade", "pb", "--out", "cascade.svg")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "one domain, and there are 2: name the folder of one generation" in ran.err


def test_a_model_without_a_price_is_said_to_be_left_out(run, two, put):
    put(*numbered([RIGHT] * 20), model="bloom")
    said = " ".join(run("bench", "cascade", "pb").out.split())
    assert "left out: bloom · one-shot: no price of its time is known" in said


def test_a_half_written_file_is_named_and_the_cascade_is_built_without_it(run, two, tmp_path):
    torn = tmp_path / "pb/plan-bench/results/lamps/gpt-4o_chat/task_1_plan_generation.json"
    torn.parent.mkdir(parents=True)
    torn.write_text('{"instances": [{"instance_id"')
    ran = run("bench", "cascade", "pb")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "gpt-4o_chat/task_1_plan_generation.json: is not JSON" in ran.err
    assert "10/10" in ran.out


def test_rounds_prints_how_much_is_solved_after_each(run, put):
    put(talk(RIGHT), talk(WRONG, RIGHT), talk(WRONG, WRONG), task=TALK)
    ran = run("bench", "rounds", "pb")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split()[:3] for line in ran.out.splitlines() if "/3" in line]
    assert rows == [["1", "3", "1/3"], ["2", "2", "2/3"]]
    assert "1 conversation stopped as solved, with no answer that we accept" in ran.out


def test_rounds_says_where_it_leaves_rounds_out_and_only_there(run, put):
    left_out = "left out: rounds in which nothing more was solved; --json has them all"
    put(talk(WRONG, RIGHT), talk(WRONG, WRONG), task=TALK)
    assert left_out not in run("bench", "rounds", "pb").out
    put(talk(WRONG, RIGHT), talk(WRONG, WRONG, WRONG, WRONG), task=TALK)
    ran = run("bench", "rounds", "pb")
    assert [line.split()[0] for line in ran.out.splitlines() if "/2" in line] == ["1", "2", "4"]
    assert left_out in ran.out
    (curve,) = json.loads(run("bench", "rounds", "pb", "--json").out)["curves"]
    assert [each["round"] for each in curve["rounds"]] == [1, 2, 3, 4]


def test_rounds_draws_a_picture_where_a_file_is_named(run, put, tmp_path):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    put(talk(WRONG, RIGHT), task=TALK)
    ran = run("bench", "rounds", "pb", "--out", "rounds.svg", "--json")
    assert json.loads(ran.out)["curves"][0]["rounds"][1]["solved"] == 1
    assert (tmp_path / "rounds.svg").read_text().startswith("<svg")


def test_rounds_wants_a_picture_that_it_can_draw(run, put, tmp_path):
    put(talk(RIGHT), task=TALK)
    ran = run("bench", "rounds", "pb", "--out", "rounds.gif")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "wanted a name that ends in .svg or .png" in ran.err


def test_a_folder_without_conversations_is_one_line(run, put):
    put(entry())
    ran = run("bench", "rounds", "pb")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "holds no conversation" in ran.err
